"""A member's own digest: on their days, at their hour, with a reason for each item; calm where there is none."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.engine import notices, outbox, work
from plnbot.engine.context import Due
from plnbot.engine.notices import NoticeKind, Telling, Wanted
from plnbot.engine.personal import Whose
from plnbot.engine.ports import Directory, Person
from plnbot.reading.actions.finding import choices
from plnbot.reading.model.choosing import Choice, chosen
from plnbot.reading.model.digests import Wish, is_time, next_at
from plnbot.reading.store import digests
from plnbot.store.database import Tx
from plnbot.talk.words import msg

DIGEST = "reading.digest"
DUE = "reading.digest_due"
KEPT = timedelta(days=365)


def wish(tx: Tx, person: Person, wanted: Wish, now: datetime) -> datetime:
    """Have a member get a digest; return when the next one comes."""
    digests.wish(tx, person.network.id, person.id, wanted)
    return _plan(tx, person, wanted, now)


def next_time(
    tx: Tx, directory: Directory, person: Person, wanted: Wish, now: datetime
) -> datetime:
    """Return when a member's next digest reaches them: later where they have quiet hours or leave then."""
    at = next_at(wanted, person.zone, now)
    return directory.free_after(tx, person.id, at)


def stop(tx: Tx, person: Person, now: datetime) -> None:
    """Let a member get no digest."""
    digests.stop(tx, person.id)
    work.cancel(tx, _key(person.id), now)


def due(given: Due) -> None:
    """Choose what a member gets now, tell them when that suits them, and plan the next time."""
    member = int(str(given.payload["member"]))
    wanted = digests.wish_of(given.tx, member)
    person = given.directory.by_id(given.tx, member)
    if wanted is None or person is None:
        return
    in_time = is_time(wanted, person.zone, given.due_at)
    made = choose(given.tx, given.directory, person, wanted.most, given.now) if in_time else ()
    if made:
        issue = digests.add(given.tx, person.network.id, member, given.now, made)
        args: outbox.Args = {"issue": issue}
        key = f"reading/digest/{member}/{issue}"
        telling = Telling(KIND, DIGEST, args, key, Wanted(given.now), asked=True)
        notices.tell(given.tx, person, telling, given.now)
    _plan(given.tx, person, wanted, given.now)


def choose(
    tx: Tx, directory: Directory, person: Person, most: int, now: datetime
) -> Sequence[Choice]:
    """Return what fits a member best of what they neither have nor were shown."""
    return chosen(choices(tx, directory, person, now), most)


def back(tx: Tx, person: Person, now: datetime) -> None:
    """Have who is back get their digests again."""
    if (wanted := digests.wish_of(tx, person.id)) is not None:
        _plan(tx, person, wanted, now)


def erased(tx: Tx, whose: Whose, now: datetime) -> None:
    """Plan no digest for who is gone."""
    work.cancel(tx, _key(whose.id), now)


def _plan(tx: Tx, person: Person, wanted: Wish, now: datetime) -> datetime:
    at = next_at(wanted, person.zone, now)
    work.put(
        tx, DUE, _key(person.id), at, {"member": person.id}, network=person.network.id,
        urgency=work.Urgency.COURTESY,
    )  # fmt: skip
    return at


def _key(member: int) -> str:
    return f"reading/digest/{member}"


KIND = NoticeKind(
    name=DIGEST,
    title=msg("Your own digest of what to read and watch"),
    about=msg("On the days and at the hour you chose with `/pln feed mine`"),
    may_be_muted=True,
)
