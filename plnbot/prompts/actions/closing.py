"""The next morning: what was said without a name is shown, what was done written down, all rounded up.

Closing happens once, whoever comes to it: a row says so, and everything that follows from it is in the
same unit of work. What is late comes after, and is said to be.
"""

from collections.abc import Sequence
from datetime import datetime

from plnbot import gathering
from plnbot.activities import store as activities
from plnbot.activities.model import Done, Role, Session, time_in
from plnbot.engine import work
from plnbot.engine.outbox import Posting
from plnbot.gathering import Answer, anonymous
from plnbot.prompts import store
from plnbot.prompts.actions.after import CLOSE
from plnbot.prompts.actions.answering import talk_of
from plnbot.prompts.actions.keys import round_up_key
from plnbot.prompts.actions.talk import KIND, PromptTalk, answers_of
from plnbot.prompts.model import LOOK_BACK_DAYS, MINUTES, PromptSchedule
from plnbot.skills.store import carried
from plnbot.store.database import Tx
from plnbot.walltime import same_wall_time_later

ROUND_UP = "prompts.round_up"
LOOK_BACK = "prompts.look_back"


def close(tx: Tx, number: int, now: datetime) -> None:
    """Close an occurrence, once: from now on answers are late."""
    talk, planned = talk_of(tx, now, number), store.closing_of(tx, number)
    asks = store.get_schedule(tx, talk.occurrence.schedule) if talk else None
    if talk is None or planned is None or asks is None:
        return
    if planned.at > now:  # another room is asked later
        payload: work.Payload = {"occurrence": number}
        work.put(tx, CLOSE, f"prompt/{number}/close", planned.at, payload, network=talk.network)
        return
    if not store.note_closed(tx, number, now):
        return
    anonymous.show(talk, number)
    said = gathering.of_whole(tx, KIND, number)
    _write_down(tx, talk, asks, said, planned.at)
    if asks.round_up and answers_of(tx, number):
        _round_up(tx, talk, now)
    if said:
        at = same_wall_time_later(planned.at, asks.schedule.zone, LOOK_BACK_DAYS)
        work.add(
            tx, LOOK_BACK, look_back_key(number), at, {"occurrence": number}, network=talk.network
        )


def look_back_key(occurrence: int) -> str:
    """Return the key of the work that asks months later what became of the answers."""
    return f"prompt/{occurrence}/look_back"


def in_round_up(tx: Tx, number: int) -> Sequence[Answer]:
    """Return what the round-up quotes: what stands and came in time, as everybody may read it."""
    said = gathering.of_whole(tx, KIND, number)
    return [each for each in said if not (each.late or each.hidden_by or each.left_out)]


def _round_up(tx: Tx, talk: PromptTalk, now: datetime) -> None:
    number = talk.occurrence.id
    for each in store.posted_in(tx, number):
        room = store.get_room(tx, each)
        if room is not None:
            Posting(tx, talk.network, room.place, now).post(
                ROUND_UP,
                {"occurrence": number, "room": room.id},
                key=round_up_key(number, room.id),
            )


def _write_down(
    tx: Tx, talk: PromptTalk, asks: PromptSchedule, said: Sequence[Answer], ends: datetime
) -> None:
    """Write down for each who answered by name in time that they did."""
    occurrence = talk.occurrence
    prompt = store.get_prompt(tx, occurrence.prompt) if occurrence.prompt else None
    begins = occurrence.asked_at or occurrence.at
    skills = carried(tx, *occurrence.carriers)
    done = []
    for each in said:
        session = Session(min(begins, each.at), max(ends, each.at), MINUTES)
        span = None if each.late else time_in(session, [each.at])
        if span is not None:
            done.append(
                Done(
                    talk.network,
                    each.member,
                    KIND,
                    Role.ATTENDED,
                    next(iter(prompt.words.values())) if prompt else asks.title,
                    span.started,
                    span.ended,
                    span.minutes,
                    f"{KIND}:{occurrence.id}",
                    skills=skills,
                    evidence={"answer": each.id},
                )
            )
    activities.write(tx, done, talk.now)
