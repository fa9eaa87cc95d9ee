"""What follows once a prompt is asked: a nudge the same day, and the next morning its closing."""

from datetime import datetime

from plnbot.engine import work
from plnbot.prompts import store
from plnbot.prompts.model import NUDGE_AFTER, PromptSchedule, Turn, closes_at
from plnbot.store.database import Tx

CLOSE = "prompts.close"
NUDGE = "prompts.nudge"


def close_key(occurrence: int) -> str:
    """Return the key of the work that closes an occurrence."""
    return f"prompt/{occurrence}/close"


def nudge_key(occurrence: int, room: int) -> str:
    """Return the key of the work that reminds those of a room."""
    return f"prompt/{occurrence}/nudge/{room}"


def plan_after(tx: Tx, asks: PromptSchedule, turn: Turn, now: datetime) -> None:
    """Plan what follows a prompt that is asked in a room now; the last of its rooms is waited for."""
    number, room = turn.occurrence.id, turn.room
    zone = room.zone if asks.same_hour else asks.schedule.zone
    at = store.plan_closing(tx, number, closes_at(now, zone))
    payload: work.Payload = {"occurrence": number}
    work.put(tx, CLOSE, close_key(number), at, payload, network=asks.network)
    if asks.nudge:
        whom: work.Payload = {"occurrence": number, "room": room.id}
        work.add(
            tx, NUDGE, nudge_key(number, room.id), now + NUDGE_AFTER, whom, network=asks.network
        )
