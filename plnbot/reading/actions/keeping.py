"""What members do with things: save, have done, use in class, want less of, report a dead link."""

from datetime import datetime, timedelta

from plnbot.activities import store as activities
from plnbot.activities.model import Done, Role
from plnbot.engine import notices, outbox
from plnbot.engine.notices import How, NoticeKind, Telling, Wanted
from plnbot.engine.ports import Directory, Person
from plnbot.reading.actions import approving
from plnbot.reading.actions.catalogue import remove
from plnbot.reading.actions.indexing import note_use
from plnbot.reading.actions.keys import CURATES
from plnbot.reading.actions.taking import show_anew
from plnbot.reading.actions.telling import curators
from plnbot.reading.model.things import Thing, ThingKind, Worth, thing_of
from plnbot.reading.store import catalogue, items, shelf
from plnbot.reading.store.shelf import Kept
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass

ACTIVITY = "reading"
ASKED, DEAD = "reading.used_asked", "reading.dead_link"
LONGEST_SENTENCE = 1000


def save(tx: Tx, person: Person, worth: Worth, now: datetime) -> Kept:
    """Put a thing on a member's shelf."""
    tx.announce(topic(person.id))
    return shelf.note(tx, person.network.id, person.id, worth, now, saved_at=now, less_at=None)


def put_back(tx: Tx, person: Person, worth: Worth, now: datetime) -> Kept:
    """Take a thing from a member's shelf again."""
    tx.announce(topic(person.id))
    return shelf.note(tx, person.network.id, person.id, worth, now, saved_at=None)


@dataclass(frozen=True, slots=True)
class Took:
    """What a member takes from a thing, in a sentence, and how many minutes it took them."""

    sentence: str = ""
    minutes: int | None = None


def finish(tx: Tx, person: Person, worth: Worth, took: Took, now: datetime) -> Kept:
    """Note that a member is done with a thing; with a sentence, it is an activity with their minutes.

    Told once more, that is corrected; it is one activity all the same.
    """
    before = shelf.get(tx, person.id, worth.thing)
    first = before.done_at if before and before.done_at else now
    if took.sentence:
        _write(tx, _done(person, worth, took.minutes, first), now)
    tx.announce(topic(person.id))
    values = {"done_at": first, "minutes": took.minutes, "sentence": took.sentence, "less_at": None}
    return shelf.note(tx, person.network.id, person.id, worth, now, **values)


def _done(person: Person, worth: Worth, minutes: int | None, ended: datetime) -> Done:
    return Done(
        person.network.id,
        person.id,
        ACTIVITY,
        Role.ATTENDED,
        worth.title,
        ended - timedelta(minutes=minutes or 0),
        ended,
        minutes,
        f"reading:{worth.thing.ref}",
        topics=worth.subjects,
        skills=worth.skills,
        evidence={"page": f"reading.thing/{worth.thing.ref}", "link": worth.link[:300]},
    )


def _write(tx: Tx, done: Done, now: datetime) -> None:
    if activities.write(tx, [done], now):
        return
    every = activities.activities_of(tx, done.member, 500)
    stands = next((each for each in every if each.done.source == done.source), None)
    if stands is not None and stands.done != done:
        activities.correct(tx, stands, done, now)


def use(tx: Tx, person: Person, worth: Worth, now: datetime, *, used: bool = True) -> int:
    """Note that a member used a thing in class, or take that back; return how many did by now."""
    shelf.note(tx, person.network.id, person.id, worth, now, used_at=now if used else None)
    if used:
        notices.take_back(tx, _asked_key(person.id, worth.thing), now)
    tx.announce(topic(person.id))
    many = note_use(tx, person.network.id, worth.thing)
    if worth.thing.kind is ThingKind.STORY:
        show_anew(tx, worth.thing.row, now)
    return many


def ask_later(tx: Tx, person: Person, worth: Worth, days: int, now: datetime) -> None:
    """Ask once, some days later, whether they used it: they said that they would."""
    args: outbox.Args = {"thing": worth.thing.ref, "member": person.id}
    wanted = Wanted(now + timedelta(days=days))
    key = _asked_key(person.id, worth.thing)
    notices.tell(tx, person, Telling(USED, ASKED, args, key, wanted, asked=True), now)


def less(tx: Tx, person: Person, worth: Worth, now: datetime, *, wanted: bool = True) -> Kept:
    """Have a member's digests bring less like this, or take that back."""
    at = now if wanted else None
    return shelf.note(tx, person.network.id, person.id, worth, now, less_at=at)


def report(tx: Tx, person: Person, worth: Worth, now: datetime, directory: Directory) -> bool:
    """Tell whoever curates that a link is dead; once for each member who says so."""
    network = person.network.id
    if not catalogue.add_report(tx, network, worth.thing, person.id, now):
        return False
    args: outbox.Args = {"thing": worth.thing.ref}
    for each in curators(tx, network, now, directory):
        key = f"reading/dead/{worth.thing.ref}/{now:%Y%m%d}/{each.id}"
        notices.tell_now(tx, LINKS, each, DEAD, args, key=key, now=now)
    return True


def still_there(tx: Tx, thing: Thing) -> None:
    """Forget reports of a link that works."""
    catalogue.settle_reports(tx, thing)


def take_out(tx: Tx, thing: Thing, now: datetime, *, by: Person) -> None:
    """Offer a thing no more; whoever saved it keeps its title, the note and their sentence."""
    if thing.kind is ThingKind.STORY:
        story = items.get_story(tx, thing.row)
        if story is not None:
            approving.take_away(tx, story, now, by=by)
    elif (entry := catalogue.get(tx, thing.row)) is not None:
        remove(tx, entry, now, by=by)
    catalogue.settle_reports(tx, thing)


def topic(member: int) -> str:
    """Return what a change of somebody's shelf is announced as."""
    return f"shelf:{member}"


def _asked_key(member: int, thing: Thing) -> str:
    return f"reading/used/{member}/{thing.ref}"


def _while_unused(tx: Tx, member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    thing = thing_of(str(args["thing"]))
    kept = shelf.get(tx, member, thing) if thing else None
    return None if kept is None or kept.used_at is not None else was


def _while_reported(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    thing = thing_of(str(args["thing"]))
    return was if thing is not None and catalogue.is_reported(tx, thing) else None


USED = NoticeKind(
    name=ASKED,
    title=msg("Whether you used something in class"),
    about=msg("Once, some days after you said that you would"),
    may_be_muted=True,
    wanted=_while_unused,
)
LINKS = NoticeKind(
    name=DEAD,
    title=msg("Links that members report as dead"),
    about=msg("Once a day for each link, while nobody has looked at it"),
    may_be_muted=True,
    usually=How.IN_DAY,
    wanted=_while_reported,
    whose=CURATES,
)
