"""From when on a member's cycle runs, in which two do not decide for each other."""

from datetime import datetime

from plnbot.engine.ports import Network
from plnbot.store.database import Tx
from plnbot.walltime import school_year


def cycle_of(_tx: Tx, _member: int, network: Network, now: datetime) -> datetime:
    """Return when a member's cycle began."""
    return school_year(now, network.zone)
