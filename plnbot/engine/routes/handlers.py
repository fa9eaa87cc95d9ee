"""What routes lead to: the functions that capabilities give them, by what each gets and returns."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from plnbot.engine import outbox
from plnbot.engine.audit import Entry
from plnbot.engine.context import Anybody, Context, Due, Showing
from plnbot.engine.objects import Thing
from plnbot.engine.outside import AnyCardOutside, FileOutside
from plnbot.engine.ports import OwnMessage, Person
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Option
from plnbot.talk.forms import Answered, Form
from plnbot.talk.happenings import Announced, Happening
from plnbot.talk.interactions import Answer, Press, Said
from plnbot.talk.pages import Attached, File, Missing, Page
from plnbot.talk.words import Value

Values = Mapping[str, Answered]
CommandHandler = Callable[[Context, str], Answer]
PressHandler = Callable[[Context, Press], Answer]
PressHandlerOf = Callable[[Context, Press, Thing], Answer]
FormBuilder = Callable[[Context, str], Form]
FormBuilderOf = Callable[[Context, str, Thing], Form]
SubmitHandler = Callable[[Context, str, Values], Answer]
SubmitHandlerOf = Callable[[Context, str, Values, Thing], Answer]
Shown = Card | Attached | Announced | AnyCardOutside | None
CardBuilder = Callable[[Showing, Mapping[str, str | int]], Shown]
WorkHandler = Callable[[Due], None]
PageBuilder = Callable[[Context, str], Page | Missing]
PageBuilderOf = Callable[[Context, str, Thing], Page | Missing]
FileBuilder = Callable[[Context, str], File | FileOutside | Missing]
FileBuilderOf = Callable[[Context, str, Thing], File | FileOutside | Missing]
PublicFileBuilder = Callable[[Anybody, str], File | FileOutside | Missing]
PublicPageBuilder = Callable[[Anybody, str], Page | Missing]
Happenings = Callable[[Tx, int], Iterable[Happening]]
"""What takes place in a network, for its calendar: what comes and goes on, and what was called off."""
BesideBuilder = Callable[[Context], Card | None]
Suggester = Callable[[Context, str], Sequence[Option]]
ToldValues = Callable[[Context, Entry], Mapping[str, Value]]


PostEnded = Callable[[Tx, outbox.Post, datetime], None]
"""Called with a post that stands now, as it was just sent or changed, and now; its `ref` is empty
where its place refused it, or it was given up."""
Admits = Callable[[Tx, Place, Person], bool]
"""Returns whether a member may be in a place that is of another workspace than their account."""
UnseenScopes = Callable[[Context, Collection[int]], Collection[int]]
"""Returns which of these things, in which roles are held, somebody may not see."""


class Ears(Protocol):
    """What hears words that are said in rooms. `plnbot.gathering` has them."""

    @property
    def own_message(self) -> OwnMessage | None:
        """What one chooses on a message of one's own to have it heard, where not everything is."""
        ...

    def hears(self, tx: Tx, place: Place, message: str, now: datetime) -> bool:
        """Return whether words here may count, or those of this message did; it may be empty."""
        ...

    def heard(self, ctx: Context, said: Said) -> Answer | None:
        """Take in what was said, or said otherwise by now; return what its author is told."""
        ...

    def counted(self, tx: Tx, place: Place, since: datetime) -> Sequence[str]:
        """Return the messages of a place, or a thread, that count for something since then."""
        ...

    def deleted(self, tx: Tx, place: Place, messages: Sequence[str], now: datetime) -> None:
        """Let what these messages of a room said go with them, now and when it is told late."""
        ...

    def renamed(self, tx: Tx, person: Person, now: datetime) -> None:
        """Let what a member said bear the name that they have by now."""
        ...
