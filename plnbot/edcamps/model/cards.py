"""Cards on a board, and the sessions that they become. Pure."""

from datetime import datetime
from enum import StrEnum

from plnbot.values import dataclass


class CardKind(StrEnum):
    """What a card invites to."""

    LEARN = "learn"
    SHARE = "share"
    DISCUSS = "discuss"
    MAKE = "make"


class CardState(StrEnum):
    """Whether a card stands on its board."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A card on a board, with the people of all that was merged into it.

    `authors` asked for it or proposed it, the first first; `hosts` lead it, and one without is a request
    that anybody may take. `needs` are what its room has to have, such as `projector`. `newcomer` says that
    who posted it had never been at an EdCamp here. `interested` and `maybe` are what was voted, once it is
    over and who voted is forgotten.
    """

    id: int
    board: int
    kind: CardKind
    words: str
    about: str
    needs: tuple[str, ...]
    state: CardState
    newcomer: bool
    merged_into: int | None
    at: datetime
    interested: int = 0
    maybe: int = 0
    authors: tuple[int, ...] = ()
    hosts: tuple[int, ...] = ()

    @property
    def is_request(self) -> bool:
        """Whether nobody leads it yet."""
        return not self.hosts

    @property
    def scope(self) -> str:
        """What the audit log knows it by."""
        return f"edcamp_card:{self.id}"


@dataclass(frozen=True, slots=True)
class Session:
    """A card in a slot and a room.

    `slot` and `room` are where organisers have it by now; `shown_slot` and `shown_room` where everybody was
    told it is, in version `version` of the grid, None and 0 before. What is `pinned` no solver moves. `run`
    is 2 for a card's second run. One that is `cancelled_at` does not take place.
    """

    id: int
    board: int
    card: int
    slot: int
    room: int
    pinned: bool = False
    run: int = 1
    shown_slot: int | None = None
    shown_room: int | None = None
    version: int = 0
    cancelled_at: datetime | None = None
