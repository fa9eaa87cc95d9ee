"""Work outside a transaction, as its kind declares it: begin, do, end.

`begin` reads what is needed in one unit, and writes nothing. `do` has no transaction: it may wait for
a network or a child process. `end` writes what came of it, in the same unit that ends the row. While
it runs the row's lease is renewed; where the row is cancelled or planned anew, it is broken off and
`end` is not called. After a crash it begins anew, so `do` must be harmless twice.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Generic, Protocol, TypeVar

from plnbot.engine.context import Due
from plnbot.engine.heavy import USUAL, HeavyWork, Limits, Plain
from plnbot.engine.ports.spaces import Openers
from plnbot.engine.posts import NothingToDo
from plnbot.engine.retry import ORDINARY, RetryPolicy
from plnbot.fetching import Fetched, Fetcher
from plnbot.sealing import Seal
from plnbot.store.database import Tx
from plnbot.syndication import Feeds
from plnbot.talk.cards import Card
from plnbot.talk.happenings import Announced
from plnbot.talk.pages import Attached
from plnbot.values import dataclass

__all__ = ["CardOutside", "Fetched", "Fetcher", "Outside", "OutsideWork"]

Given = TypeVar("Given")
Found = TypeVar("Found")


class Outside(Protocol):
    """What a step may use that runs outside any transaction."""

    @property
    def heavy(self) -> HeavyWork:
        """What does heavy work in child processes."""
        ...

    @property
    def fetcher(self) -> Fetcher:
        """What reads from the web."""
        ...

    @property
    def feeds(self) -> Feeds:
        """What reads feeds and finds them, with the two above."""
        ...

    @property
    def seal(self) -> Seal:
        """What seals and opens what the database holds and may not show."""
        ...

    @property
    def openers(self) -> Openers:
        """What makes places for a few people, by platform."""
        ...

    async def progress(self, done: int, of: int, *, shown_by: str) -> None:
        """Say how far it is; the post of the key `shown_by` is made anew, once every few seconds.

        Its card asks `work.progress`. `of` is 0 where nobody knows how much there is.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideWork(Generic[Given, Found]):
    """One kind of work that is done outside a transaction.

    `begin` returns None where there is nothing to do any more. `given_up` is called with the reason,
    in the unit that ends the row, where it is refused or given up. Rows are planned in lanes that
    begin with `lane` (`lane`, or `lane/host`), of which a process does `at_once` beside each other;
    rows of one and the same lane follow each other everywhere. A `do` may take `longest`, in real
    time, which then counts as an error of ours.
    """

    kind: str
    begin: Callable[[Due], Given | None]
    do: Callable[[Given, Outside], Awaitable[Found]]
    end: Callable[[Due, Found], None]
    given_up: Callable[[Due, str], None] | NothingToDo
    lane: str
    at_once: int = 1
    longest: timedelta = timedelta(minutes=10)
    retry: RetryPolicy = ORDINARY


AnyOutsideWork = OutsideWork[Any, Any]


@dataclass(frozen=True, slots=True)
class FileOutside:
    """A download that takes long to make: `function` makes it of `given` in a child process.

    It returns the bytes in base64. So no reader's thread waits for it.
    """

    name: str
    media_type: str
    function: str
    given: Plain
    limits: Limits = USUAL


@dataclass(frozen=True, slots=True)
class CardOutside(Generic[Given]):
    """A card that takes long to make, or goes out with a file that does.

    `read` reads what it needs, in a unit of its own that writes nothing; `make` makes it of that in a
    thread, in no transaction. So nobody who writes waits for it.
    """

    read: Callable[[Tx], Given]
    make: Callable[[Given], Card | Attached | Announced]


AnyCardOutside = CardOutside[Any]
