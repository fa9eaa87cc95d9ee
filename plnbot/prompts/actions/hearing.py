"""Where answers to prompts are looked for after a gap, and who is told where that is not possible."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.engine import missed, outbox, unheard, work
from plnbot.engine.notices import NoticeKind, tell_each
from plnbot.engine.ports import Directory, Ongoing
from plnbot.engine.unheard import Unheard, Why
from plnbot.gathering.not_heard import NotHeard, stretches
from plnbot.prompts import store
from plnbot.prompts.actions.after import CLOSE
from plnbot.prompts.actions.keys import post_key, round_up_key
from plnbot.prompts.actions.organisers import ORGANISES
from plnbot.prompts.model import LISTENS, Occurrence, Turn
from plnbot.store.database import Tx
from plnbot.talk.words import msg

TELL_NOT_HEARD = "prompts.tell_not_heard"
_LOOKS_AGAIN = timedelta(seconds=5)
_LONGEST = timedelta(minutes=10)
NOT_HEARD = NoticeKind(
    name="prompts.not_heard",
    title=msg("Prompts below which something could not be heard"),
    about=msg("When I was away, and cannot read what was said below a prompt that you set up"),
    may_be_muted=True,
    whose=ORGANISES,
)


def ongoing(tx: Tx, platform: str, since: datetime | None) -> list[Ongoing]:
    """Return the threads below what was asked lately, and since when words count there."""
    turns = store.open_on(tx, platform, since - LISTENS if since else None)
    return [found for each in turns for found in _threads(tx, each)]


def published(tx: Tx, args: outbox.Args) -> Sequence[Ongoing]:
    """Return the threads of which a round-up tells what was said there."""
    occurrence = store.get_occurrence(tx, int(args["occurrence"]))
    return places_of(tx, occurrence) if occurrence is not None else ()


def places_of(tx: Tx, occurrence: Occurrence) -> list[Ongoing]:
    """Return the threads of one prompt, in all of its rooms."""
    rooms = (store.get_room(tx, each) for each in store.posted_in(tx, occurrence.id))
    turns = [Turn(occurrence, each) for each in rooms if each is not None]
    return [found for each in turns for found in _threads(tx, each)]


def not_heard(tx: Tx, occurrence: Occurrence) -> Sequence[NotHeard]:
    """Return the stretches of time in which nobody has read yet what was said below a prompt."""
    left = unheard.among(tx, [each.place for each in places_of(tx, occurrence)])
    asked = occurrence.asked_at
    return stretches(left, asked, None) if asked is not None else ()


def waits_to_close(tx: Tx, number: int, payload: work.Payload, now: datetime) -> bool:
    """Return whether a prompt is closed a little later, once what was missed of it is read.

    What is said to be late, and what is noted of members, depends on it.
    """
    occurrence = store.get_occurrence(tx, number)
    since = datetime.fromisoformat(str(payload.get("waits_since", now.isoformat())))
    if occurrence is None or now - since >= _LONGEST:
        return False
    if not missed.still_missing(tx, [each.place for each in places_of(tx, occurrence)]):
        return False
    later: work.Payload = {**payload, "waits_since": since.isoformat()}
    at, key = now + _LOOKS_AGAIN, f"prompt/{number}/close"
    work.put(tx, CLOSE, key, at, later, network=occurrence.network)
    return True


def not_read(tx: Tx, what: Unheard, now: datetime) -> None:
    """Have whoever set a prompt up told that what was said below it cannot be read, once a gap."""
    since = what.since
    if since is None:
        return
    for turn in store.open_on(tx, what.place.platform, since - LISTENS):
        if what.place not in [each.place for each in _threads(tx, turn)]:
            continue
        gap, number = int(since.timestamp()), turn.occurrence.id
        told: work.Payload = {
            "occurrence": number,
            "why": what.why.value,
            "since": gap,
            "until": int((what.until or now).timestamp()),
        }
        key = f"prompt/{number}/not_heard/{gap}"
        work.add(tx, TELL_NOT_HEARD, key, now, told, network=turn.occurrence.network)


def tell_not_heard(tx: Tx, payload: work.Payload, now: datetime, directory: Directory) -> None:
    """Write to whoever made the schedule of a prompt, and to who changed it last."""
    occurrence = store.get_occurrence(tx, int(str(payload["occurrence"])))
    asks = store.get_schedule(tx, occurrence.schedule) if occurrence else None
    if occurrence is None or asks is None:
        return
    args: outbox.Args = {
        "occurrence": occurrence.id,
        "closed": int(payload["why"] == Why.CLOSED.value),
        "since": int(str(payload["since"])),
        "until": int(str(payload["until"])),
    }
    people = directory.by_ids(tx, [each for each in (asks.created_by, asks.edited_by) if each])
    key = f"prompt/{occurrence.id}/not_heard/{args['since']}"
    tell_each(tx, NOT_HEARD, people.values(), NOT_HEARD.name, args, key=key, now=now)


def _threads(tx: Tx, turn: Turn) -> list[Ongoing]:
    number, room, asked = turn.occurrence.id, turn.room, turn.occurrence.asked_at
    keys = (post_key(number, room.id), round_up_key(number, room.id))
    posts = [outbox.by_key(tx, key) for key in keys]
    return [
        Ongoing(room.place.in_thread(each.ref), asked)
        for each in posts
        if each is not None and asked is not None
    ]
