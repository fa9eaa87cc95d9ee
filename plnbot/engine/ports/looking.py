"""The port of who may look: whether an account is in its workspace, and who may look into a room."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from enum import Enum
from typing import Protocol

from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx


class Look(Enum):
    """What a platform says of a room and an account of its workspace.

    `EVERYBODY` may look into it; else not everybody may, and the account is one of those who may
    (`INSIDE`) or is not (`OUTSIDE`).
    """

    EVERYBODY = "everybody"
    INSIDE = "inside"
    OUTSIDE = "outside"


AsksRoom = Callable[[Place, str], Awaitable[Look]]
"""Returns what a platform says of a room and of one account, which may be empty: then of the room alone.

A room that is not there, or that the bot itself may not see, is `OUTSIDE`. Raises `PlnError` where the
platform cannot say for now.
"""
ReadsRooms = Callable[[Tx, Collection[Place], Collection[MemberRef]], Mapping[Place, Look]]
"""Returns the same of each of some rooms that stand in our own tables: `INSIDE` where one of the accounts is.

The accounts, which are one person's, may be of whatever platform.
"""
ListsRooms = Callable[[Tx, str], Mapping[Place, str]]
"""Returns the rooms of a workspace that are ours and everybody's, each with its name, in their order."""
AsksThere = Callable[[MemberRef], Awaitable[bool]]
"""Returns whether an account is in its workspace; True where the platform will never say.

Raises `PlnError` where it cannot say for now.
"""


class Looking(Protocol):
    """Where an adapter says how its platform is asked. What it answers is kept for minutes."""

    def asked_of(self, platform: str, room: AsksRoom, there: AsksThere) -> None:
        """Ask a platform so."""
        ...

    def read_by(self, platform: str, rooms: ReadsRooms, every: ListsRooms) -> None:
        """Read who may look into a platform's rooms, and which there are, where they are ours."""
        ...
