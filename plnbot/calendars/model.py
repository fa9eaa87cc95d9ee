"""What a network's calendar is known by."""

from datetime import datetime

from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Calendar:
    """A network's calendar: the secret part of its address, since when that is so, if not always.

    `seed` is in the ids of its events and stays: no other installation has it.
    """

    network: int
    token: str
    seed: str
    renewed_at: datetime | None = None
