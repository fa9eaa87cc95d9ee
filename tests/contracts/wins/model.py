"""When the next round is asked. Pure."""

from datetime import datetime

from plnbot.walltime import same_wall_time_later

WEEK = 7


def next_round(asked_at: datetime, zone: str) -> datetime:
    """Return the same time of day a week later, by the network's own clock."""
    return same_wall_time_later(asked_at, zone, WEEK)
