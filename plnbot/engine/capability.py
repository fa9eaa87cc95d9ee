"""A capability: one thing that the bot can do for people, as one declared value.

What can be forgotten in silence is a required field. Everything that has to know of every capability
(the application, backups, doctor, help, lint, tests) reads it from here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from plnbot.engine.notices.model import NoticeKind
from plnbot.engine.parts import Part
from plnbot.engine.personal import Personal
from plnbot.engine.posts import Gathered, NothingToDo, Post
from plnbot.engine.routes import Happenings, Routes
from plnbot.packs import Pack
from plnbot.talk.words import Message


class Gathering(Protocol):
    """What gathers words below cards, by the cards' names; `plnbot.gathering` says the rest."""

    @property
    def below(self) -> Mapping[str, object]:
        """The cards."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """One capability; `name` is that of its folder.

    `title` is what people call it. `parts` are those of the help that are its own. `words` are the
    English ones in its commands and their arguments, one each, for menus in other languages.
    `happenings` returns what takes place in a network, for its calendar. `gathers` says what
    words below its posts are about (`plnbot.gathering.Gathers`). `notices` are the
    kinds of what it tells one member unasked. `counted` names tables by what they
    hold many of, which a backup counts. `packs` are the lists in `config/packs` that it reads.
    """

    name: str
    title: Message
    routes: Routes
    parts: Sequence[Part]
    words: Sequence[Message]
    posts: Sequence[Post]
    happenings: Happenings | NothingToDo
    notices: Sequence[NoticeKind]
    gathers: Sequence[Gathering]
    personal: Personal
    counted: Mapping[str, str]
    packs: Sequence[Pack[Any]] = ()

    def __post_init__(self) -> None:
        """Find cards that nobody says anything about."""
        declared, made = [each.card for each in self.posts], set(self.routes.cards)
        if len(set(declared)) < len(declared):
            raise ValueError(f"{self.name}: a card is declared twice: {sorted(declared)}")
        if missing := sorted(made - set(declared)):
            raise ValueError(f"{self.name}: cards without a declared Post: {missing}")
        if unknown := sorted(set(declared) - made):
            raise ValueError(f"{self.name}: declared posts that no card makes: {unknown}")
        below = {card for each in self.gathers for card in each.below}
        said = {each.card for each in self.posts if each.words is Gathered.BELOW}
        if differ := sorted(below ^ said):
            raise ValueError(f"{self.name}: posts and gathers disagree about words below {differ}")
        listens = {each.card for each in self.posts if not isinstance(each.gap, NothingToDo)}
        for each in self.gathers:
            if not listens & set(each.below):
                deaf = sorted(each.below)
                raise ValueError(f"{self.name}: words below {deaf} are gathered but for gaps")
