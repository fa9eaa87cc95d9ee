"""What capabilities have on offer, and what they can take over: how they meet without knowing another.

Whoever suggests something to a member (a home, a pathway, a mentor's note) reads what is on offer from
all capabilities alike. Whoever has words that deserve more (a prompt that was answered well) offers the
ways of all others to take them over, each behind its own button. Both come from the declarations in
`plnbot.capabilities`; no capability imports another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from plnbot.engine.roles import Needs
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.interactions import Answer
from plnbot.talk.words import Sentence
from plnbot.values import dataclass

if TYPE_CHECKING:
    from plnbot.engine.context import Context


@dataclass(frozen=True, slots=True)
class OnOffer:
    """Something that members of a network can take part in, read or watch.

    `kind` is the capability's word for it, and `called` what people read for that. `title` is in the words
    of who made it; `titles` are those in other languages, where there are any. `page` is its page, as
    `chat/12`; `at` when it begins, None for what is there any time; `minutes` how long it takes, None where
    nobody knows. `subjects`, `grades` and `skills` are ids of their packs. `held_in` is the room that one
    has to be able to look into (`Context.sees`) to be offered it; None where everybody may be. `source`
    is that of the activities that come from it, empty where there is none of its own, and `link` its
    address elsewhere. `but_for` are the members who take part already, by number.
    """

    kind: str
    called: Sentence
    title: str
    page: str
    at: datetime | None = None
    minutes: int | None = None
    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    held_in: Place | None = None
    source: str = ""
    link: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    but_for: frozenset[int] = frozenset()

    def said(self, locale: str) -> str:
        """Return its title in this language, or in the one that there is."""
        return self.titles.get(locale, self.title)


@dataclass(frozen=True, slots=True)
class Idea:
    """Words that may become more: a question as it was asked, under the title it had.

    `page` is where what was answered to it can be read, as `prompt/12`: it comes along by that page, so
    that whatever is changed, hidden or taken back there is so wherever it is read. `place` is the room
    it was asked in.
    """

    words: str
    title: str = ""
    page: str = ""
    place: Place | None = None


OnOfferFinder = Callable[[Tx, int, datetime], Sequence[OnOffer]]
"""Returns what a network (by number) can take part in from an instant on, the soonest first."""


def offered_to(context: "Context") -> Sequence[OnOffer]:
    """Return everything that is on offer to this person, in the order of capabilities.

    Left out is what lies in rooms that they may not look into, and what they take part in already.
    """
    found = [
        each
        for find in context.catalogue.on_offer
        for each in find(context.tx, context.network.id, context.now)
    ]
    rooms = {each.held_in for each in found if each.held_in is not None}
    unseen, me = context.unseen(rooms), context.person.id
    shut = {each for each in rooms if each.channel_itself() in unseen}
    return [
        each for each in found if not (shut and each.held_in in shut) and me not in each.but_for
    ]


def always(_context: "Context") -> bool:
    """Say that something is possible at any time."""
    return True


@dataclass(frozen=True, slots=True)
class TakesOver:
    """A way to make more of an idea: what its button says, who may, and what it answers with.

    `open_now` says whether it is possible for this person at this moment.
    """

    label: Sentence
    needs: Needs
    take: Callable[["Context", Idea], Answer]
    open_now: Callable[["Context"], bool] = always
