"""What a capability declares of what it posts: that words below it are gathered, and how."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import ClassVar, Generic, Protocol, TypeVar

from plnbot.engine.notices import NoticeKind
from plnbot.engine.ports import Person
from plnbot.engine.roles import Needs
from plnbot.engine.routes import Context
from plnbot.gathering.store import Answer
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.interactions import Answer as Told
from plnbot.talk.interactions import Said
from plnbot.talk.words import Sentence
from plnbot.values import dataclass

Args = Mapping[str, str | int]
Export = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Read:
    """What words answer: `answers` by what they are under, a mark without words among them.

    `unknown` holds the marks that name nothing there is.
    """

    answers: Mapping[int, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Took:
    """What came of what somebody said: what stands from it now, by what it is under, with ids.

    `empty` are those of which the words say nothing, `unknown` the marks that name nothing there is,
    `talk` what counts once a person and stands otherwise already.
    """

    stands: Mapping[int, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    empty: tuple[int, ...] = ()
    talk: tuple[int, ...] = ()


class Subject(Protocol):
    """One whole that gathers, such as a chat, as it stands in this unit of work, now.

    What it hangs below, where that is a thread, it knows: whoever makes it tells it.
    """

    kind: ClassVar[str]
    """The name of what gathers; `Gathers.kind` is the same."""
    once: ClassVar[bool]
    """Whether each person counts once under each thing, whatever way they answer."""

    @property
    def tx(self) -> Tx:
        """The unit of work."""
        ...

    @property
    def now(self) -> datetime:
        """The instant of it."""
        ...

    @property
    def whole(self) -> int:
        """The row of the whole."""
        ...

    @property
    def network(self) -> int:
        """Whose it is."""
        ...

    def read(self, words: str, *, meant: bool) -> Read:
        """Return what words said here answer; `meant` says that their author calls them an answer."""
        ...

    def late(self, under: int) -> bool:
        """Return whether an answer to this is late by now."""
        ...

    def prepared(self, under: int) -> bool:
        """Return whether an answer to this is its author's alone until `store.open_up`."""
        ...

    def answered(self, person: Person, new: Collection[int]) -> None:
        """Do what follows when somebody answers; `new` are the ids of what did not stand before."""
        ...

    def changed(self, unders: Collection[int], altered: Collection[int]) -> None:
        """Have all shown anew that counts or shows these; `altered` answers stood before."""
        ...


S = TypeVar("S", bound=Subject)


@dataclass(frozen=True, slots=True)
class Hiding:
    """Who may hide answers, and what they are told.

    `action` names button and form (`chat` makes `chat.hide`), the audit's lines begin with it, and
    `card` tells an author why, as a notice of the kind `notice`. `needs` is asked within the whole; `done` says where it is hidden.
    `held_in` returns the rooms of a whole, as `Object.held_in` does.
    """

    action: str
    needs: Needs
    done: Sentence
    card: str
    notice: NoticeKind
    held_in: Callable[[Context, int], Collection[Place]] = lambda _ctx, _whole: ()


@dataclass(frozen=True, slots=True)
class Gathers(Generic[S]):
    """That words are gathered below cards.

    `below` gives, for a card's name and arguments, what words in the thread below it are about; None
    where that is no more. `of` gives the whole by its row, for what is edited or deleted later. `here`
    gives what words in a room itself are about. `told` returns what their author is told of what
    was taken in. `about` says what each answer is about, for its author's export. `anonymous` says that
    answers without a name are taken too (`gathering.anonymous`).
    With `replied`, it is noted which answers get a reply, and that is called with those whose replies
    changed; `shown_by` names the cards that show one answer, by their argument `answer`.
    """

    kind: str
    below: Mapping[str, Callable[[Tx, datetime, Args], S | None]]
    of: Callable[[Tx, datetime, int], S | None]
    told: Callable[[Context, S, Said, Took], Told | None]
    about: Callable[[Tx, Sequence[Answer]], Mapping[int, Export]]
    here: Callable[[Tx, datetime, Place], S | None] = lambda _tx, _now, _place: None
    hiding: Hiding | None = None
    anonymous: bool = False
    replied: Callable[[Tx, datetime, Sequence[Answer]], None] | None = None
    shown_by: Collection[str] = ()
