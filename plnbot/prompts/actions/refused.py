"""What rooms did not take: whoever set the schedule up is told once, and what matters is tried again."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine import outbox, work
from plnbot.engine.notices import NoticeKind, Wanted, tell_now
from plnbot.engine.ports import Directory
from plnbot.engine.refusals import Refusal
from plnbot.prompts import store
from plnbot.prompts.actions.ahead import time_in
from plnbot.prompts.actions.keys import post_key
from plnbot.prompts.actions.organisers import ORGANISES
from plnbot.prompts.model import State
from plnbot.store.database import Tx
from plnbot.talk.words import msg

NOT_POSTED = "prompts.not_posted"
TELL = "prompts.tell"


def not_posted(tx: Tx, payload: work.Payload, reason: str, now: datetime) -> None:
    """Have the organisers told that a room refuses: once, until something stands there again."""
    args = payload["args"]
    room = store.get_room(tx, int(args["room"])) if isinstance(args, dict) else None
    if room is None:
        return
    known = room.refused_at is not None and not outbox.posted_since(tx, room.place, room.refused_at)
    if not known:
        told: work.Payload = {"room": room.id, "once": f"{now.timestamp()}", "why": reason}
        work.put(tx, TELL, f"prompt/refused/{room.id}", now, told, network=room.network)
        store.note_refused(tx, room.id, reason, now)


def tell_organisers(tx: Tx, payload: work.Payload, now: datetime, directory: Directory) -> None:
    """Write to whoever made the schedule of a room that refuses, and to who changed it last."""
    room = store.get_room(tx, int(str(payload["room"])))
    asks = store.get_schedule(tx, room.schedule) if room else None
    if room is None or asks is None:
        return
    args: outbox.Args = {"room": room.id, "why": str(payload["why"])}
    whom = [each for each in (asks.created_by, asks.edited_by) if each]
    for person in directory.by_ids(tx, whom, room.place.platform).values():
        key = f"prompt/refused/{room.id}/{payload['once']}/{person.id}"
        asked = person.id == asks.created_by
        tell_now(tx, ORGANISING, person, NOT_POSTED, args, key=key, now=now, asked=asked)


def still_wanted(tx: Tx, refused: Sequence[Refusal], now: datetime) -> Sequence[str]:
    """Return the newest prompt that each room refused, while it is not stale."""
    wanted = []
    for number in dict.fromkeys(int(each.args["room"]) for each in refused):
        room, latest = store.get_room(tx, number), store.latest_in(tx, number)
        asks = store.get_schedule(tx, room.schedule) if room else None
        if room is None or latest is None or asks is None or asks.ended_at is not None:
            continue
        key = post_key(latest.id, room.id)
        fresh = now - time_in(asks, room, latest.at) <= asks.stale_after
        if fresh and latest.state is State.POSTED and key in {each.key for each in refused}:
            wanted.append(key)
    return wanted


def _while_refusing(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    room = store.get_room(tx, int(args["room"]))
    if room is None or room.refused_at is None:
        return None
    return None if outbox.posted_since(tx, room.place, room.refused_at) else was


ORGANISING = NoticeKind(
    name="prompts.organising",
    title=msg("Prompts that you set up"),
    about=msg("When a room does not let me ask, or something needs you"),
    may_be_muted=False,
    wanted=_while_refusing,
    whose=ORGANISES,
)
KINDS: Sequence[NoticeKind] = (ORGANISING,)
