"""When an open round is mended: who joined late, lost their partner or was left over is matched anew."""

from datetime import datetime, timedelta

from plnbot.engine import work
from plnbot.peers.actions.keys import REPAIR
from plnbot.peers.model import RoundState
from plnbot.peers.store import rounds
from plnbot.store.database import Tx

SOON, LATE = timedelta(hours=1), timedelta(hours=12)
"""How soon somebody gets another partner, and how long others may join in the meantime."""


def repair_at(tx: Tx, programme: int, network: int, at: datetime, now: datetime) -> bool:
    """Have the open round of a programme mended then, or before, if that is planned; False without one."""
    open_now = rounds.of_programme(tx, programme, RoundState.OPEN)
    if not open_now:
        return False
    key = f"peers/repair/{programme}"
    planned = work.waiting(tx, [key]).get(key)
    if planned is None or planned > at:
        payload: work.Payload = {"round": open_now[0].id, "at": int(now.timestamp())}
        work.put(tx, REPAIR, key, at, payload, lane=REPAIR, network=network)
    return True
