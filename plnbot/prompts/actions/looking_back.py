"""Looking back: months later a member alone is asked what became of what they said, in their own words.

Seldom, and only of what they said by name and at some length. What they answer is theirs alone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot import gathering
from plnbot.activities import store as activities
from plnbot.activities.model import Done, Role
from plnbot.calendars import out_of_school
from plnbot.engine import notices, outbox, work
from plnbot.engine.notices import Expected, NoticeKind, Telling, Wanted
from plnbot.engine.ports import Directory, Person
from plnbot.prompts import store
from plnbot.prompts.actions.closing import LOOK_BACK, in_round_up, look_back_key
from plnbot.prompts.actions.talk import KIND as PROMPT
from plnbot.prompts.model import SELDOM, TELLING
from plnbot.prompts.store import Reflection
from plnbot.skills.store import carried
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.walltime import local

LOOKED_BACK = "prompts.looked_back"
REFLECTION = "reflection"
_A_WEEK = timedelta(days=7)
_PUT_OFF = 10


def look_back(tx: Tx, payload: work.Payload, now: datetime, directory: Directory) -> None:
    """Ask those who answered an occurrence what became of it; who is in a break is asked a week later."""
    number, weeks = int(str(payload["occurrence"])), int(str(payload.get("weeks", 0)))
    found = store.get_occurrence(tx, number)
    if found is None:
        return
    later = False
    for each in in_round_up(tx, number):
        person = directory.by_id(tx, each.member)
        if person is None or len(each.words) < TELLING or not _is_time(tx, person, now):
            continue
        if each.member in out_of_school(tx, found.network, local(now, person.zone).date()):
            later = True
            continue
        made = store.ask_back(tx, each, now)
        if made is not None:
            args: outbox.Args = {"reflection": made}
            telling = Telling(KIND, LOOKED_BACK, args, f"prompt/reflection/{made}", Wanted(now))
            notices.tell(tx, person, telling, now)
    if later and weeks < _PUT_OFF:
        again: work.Payload = {"occurrence": number, "weeks": weeks + 1}
        key = f"prompt/{number}/look_back/{weeks + 1}"
        work.add(tx, LOOK_BACK, key, now + _A_WEEK, again, network=found.network)


def reflect(tx: Tx, this: Reflection, words: str, now: datetime, *, by: Person) -> None:
    """Keep what a member says became of what they said: theirs alone, and something they did."""
    store.answer_back(tx, this.id, said_then(tx, this) or this.said, words, now)
    found = store.get_occurrence(tx, this.occurrence)
    prompt = store.get_prompt(tx, found.prompt) if found and found.prompt else None
    done = Done(
        this.network,
        by.id,
        REFLECTION,
        Role.ATTENDED,
        prompt.said(by.locale) if prompt else "?",
        now,
        now,
        None,
        f"{REFLECTION}:{this.id}",
        skills=carried(tx, *found.carriers) if found else (),
        evidence={"prompt": this.occurrence},
    )
    activities.write(tx, [done], now)


def said_then(tx: Tx, this: Reflection) -> str:
    """Return what a member said then, as it stands now; nothing where they took it back."""
    stands = gathering.said_under(tx, PROMPT, this.occurrence, this.member)
    return next((each.words for each in stands if each.words), "")


def _is_time(tx: Tx, person: Person, now: datetime) -> bool:
    """Return whether a member was left in peace long enough."""
    return all(now - each.asked_at >= SELDOM for each in store.reflections_of(tx, person.id)[:1])


def _while_it_stands(tx: Tx, member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    """Ask nothing of what was answered by now, or taken back since."""
    this = store.get_reflection(tx, int(args["reflection"]))
    if this is None or this.member != member or this.at is not None:
        return None
    return was if said_then(tx, this) else None


def _to_come(tx: Tx, member: int, now: datetime, until: datetime) -> Sequence[Expected]:
    """Return the next time a member is asked what became of what they said, if that is by then."""
    if any(now - each.asked_at < SELDOM for each in store.reflections_of(tx, member)[:1]):
        return ()
    told = {
        each.whole
        for each in gathering.everything_by(tx, member)
        if each.kind == PROMPT and len(each.words) >= TELLING and not each.late
    }
    keys = {number: look_back_key(number) for number in told}
    planned = work.waiting(tx, list(keys.values()))
    times = [at for key in keys.values() if (at := planned.get(key)) and now <= at <= until]
    return [Expected(min(times), LOOKED_BACK, {})] if times else ()


KIND = NoticeKind(
    name="prompts.looked_back",
    title=msg("Looking back"),
    about=msg("Months later, at most once a month, what became of what you answered to a prompt"),
    may_be_muted=True,
    wanted=_while_it_stands,
    coming=_to_come,
)
