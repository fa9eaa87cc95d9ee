"""Reading calendars again and again, politely; and looking whether one runs out.

An address is asked once a day, with what it said of its last answer, so that one that has not changed
answers in a few bytes. One that fails is asked again within the day, then daily, and after a month
weekly; what it said last goes on counting, and whoever added it is told once. What is read is read in
a child process, within limits.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from plnbot.calendars.school import actions, kept, store
from plnbot.calendars.school.model import (
    Calendar,
    Entry,
    Kind,
    Reach,
    Reading,
    Source,
    Trouble,
    changed,
)
from plnbot.calendars.school.reading import MOST_BYTES
from plnbot.engine import audit, notices, roles
from plnbot.engine.context import Due
from plnbot.engine.heavy import HeavyError, Limits
from plnbot.engine.notices import NoticeKind
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports import Person
from plnbot.engine.retry import RetryPolicy
from plnbot.engine.roles import Role, needs
from plnbot.engine.work import WorkState
from plnbot.errors import Refused
from plnbot.talk.words import msg
from plnbot.values import dataclass
from plnbot.walltime import instant, local

KEEPS = needs(Role.MODERATOR, Role.DISTRICT_STAFF, Role.ADMINISTRATOR, local=True)
FAILING, RUNS_OUT, WAS_READ = "school.failing", "school.runs_out", "school.was_read"
NOTICE = NoticeKind(
    name="calendars.school",
    title=msg("School calendars that you keep"),
    about=msg("When one was read, cannot be read any more, or runs out soon."),
    may_be_muted=True,
    whose=KEEPS,
)
WARNED_AHEAD = timedelta(weeks=3)
_FUNCTION = "plnbot.calendars.school.reading:read"
_LIMITS = Limits(
    memory=512 * 1024 * 1024, processor=timedelta(seconds=20), longest=timedelta(minutes=1)
)
_BACK, _AHEAD = timedelta(days=370), timedelta(days=740)
_DAILY, _WEEKLY, _LONG_FAILING = timedelta(days=1), timedelta(weeks=1), timedelta(days=30)
_WHOLE_AGAIN = timedelta(days=45)
"""After so long it is read whole although it has not changed: what recurs goes on."""
_OK, _NOT_MODIFIED = 200, 304
_STATUS = {
    401: Trouble.SIGN_IN,
    403: Trouble.SIGN_IN,
    404: Trouble.NOT_THERE,
    410: Trouble.NOT_THERE,
}
_LONGEST_ETAG, _LONGEST_SINCE = 300, 100
_MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Marks:
    """By what an answer is known again."""

    etag: str = ""
    last_modified: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read, and for which days."""

    calendar: Calendar
    marks: Marks
    content: bytes | None
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it: trouble; or what a calendar says, None where it says the same as before."""

    trouble: Trouble | None = None
    said: Mapping[str, Any] | None = None
    marks: Marks = Marks()


def begin(due: Due) -> Asked | None:
    """Return what is to be read, None where that is nothing any more."""
    calendar = store.get(due.tx, int(str(due.payload["calendar"])))
    if calendar is None or calendar.removed_at is not None:
        return None
    content = kept.file_of(due.tx, calendar.id)
    if calendar.source is Source.FILE and content is None:
        return None
    today = local(due.now, calendar.zone).date()
    known = kept.reading_of(due.tx, calendar.id)
    marks = Marks(known.etag, known.last_modified, known.digest)
    if known.read_at is None or due.now - known.read_at > _WHOLE_AGAIN:
        marks = Marks()
    return Asked(calendar, marks, content, today - _BACK, today + _AHEAD)


async def do(asked: Asked, outside: Outside) -> Found:
    """Fetch it where it has an address, and read it in a child process."""
    headers: Mapping[str, str] = {}
    content = asked.content
    if asked.calendar.address:
        try:
            fetched = await outside.fetcher.fetch(
                asked.calendar.address, _conditions(asked.marks), first=MOST_BYTES + 1
            )
        except Refused:
            return Found(Trouble.NOT_ALLOWED)
        if fetched.status == _NOT_MODIFIED:
            return Found(marks=asked.marks)
        if fetched.status != _OK:
            return Found(_STATUS.get(fetched.status, Trouble.AWAY))
        content, headers = fetched.body, fetched.headers
    return await _read(asked, content or b"", headers, outside)


async def _read(
    asked: Asked, content: bytes, headers: Mapping[str, str], outside: Outside
) -> Found:
    if len(content) > MOST_BYTES:
        return Found(Trouble.TOO_LARGE)
    digest = hashlib.sha256(content).hexdigest()
    etag, since = headers.get("etag", ""), headers.get("last-modified", "")
    marks = Marks(etag[:_LONGEST_ETAG], since[:_LONGEST_SINCE], digest)
    if digest == asked.marks.digest:
        return Found(marks=marks)
    given = {
        "content": base64.b64encode(content).decode(),
        "first": asked.first.isoformat(),
        "last": asked.last.isoformat(),
        "zone": asked.calendar.zone,
    }
    try:
        said = await outside.heavy.run(_FUNCTION, given, _LIMITS)
    except HeavyError:
        return Found(Trouble.TOO_MUCH)
    if not isinstance(said, Mapping):
        raise TypeError("a calendar was read as something else")
    if "refused" in said:
        return Found(Trouble(str(said["refused"])))
    return Found(said=said, marks=marks)


def end(due: Due, found: Found) -> None:
    """Write down what came of it, and when it is read next."""
    calendar = store.get(due.tx, int(str(due.payload["calendar"])))
    if calendar is None or calendar.removed_at is not None:
        return
    if found.trouble is not None:
        _failed(due, calendar, found.trouble)
        return
    known = kept.reading_of(due.tx, calendar.id)
    first_time = known.read_at is None
    again = replace(
        known,
        etag=found.marks.etag,
        last_modified=found.marks.last_modified,
        digest=found.marks.digest,
        failing_since=None,
        trouble=None,
    )
    if found.said is not None:
        again = _written(
            due, calendar, replace(again, read_at=due.now), found.said, first_time=first_time
        )
    kept.note(due.tx, calendar.id, again)
    kept.forget_file(due.tx, calendar.id)
    if first_time:
        _tell(due, calendar, WAS_READ, "read")
    if calendar.source is Source.ADDRESS:
        actions.read_at(due.tx, calendar, due.now + _DAILY)
    actions.look_later(due.tx, calendar, due.now)
    due.tx.announce(actions.topic(calendar.network))


def given_up(due: Due, _reason: str) -> None:
    """Note that it cannot be reached, and try again tomorrow."""
    calendar = store.get(due.tx, int(str(due.payload["calendar"])))
    if calendar is not None and calendar.removed_at is None:
        _failed(due, calendar, Trouble.AWAY)


def look(due: Due) -> None:
    """Tell whoever keeps a calendar that it runs out, three weeks ahead and once; or look again then."""
    calendar = store.get(due.tx, int(str(due.payload["calendar"])))
    if calendar is None or calendar.removed_at is not None:
        return
    last = kept.last_day(due.tx, calendar.id)
    if last is None:
        return
    warned_at = instant(datetime.combine(last - WARNED_AHEAD, _MORNING), calendar.zone)
    if due.now < warned_at:
        actions.look_later(due.tx, calendar, warned_at)
    elif last >= local(due.now, calendar.zone).date() and not _goes_on(due, calendar, last):
        _tell(due, calendar, RUNS_OUT, f"runs-out/{last.isoformat()}")


def _goes_on(due: Due, calendar: Calendar, last: date) -> bool:
    """Return whether another calendar for the same goes further."""
    return any(
        (further := kept.last_day(due.tx, each.id)) is not None and further > last + WARNED_AHEAD
        for each in store.calendars_of(due.tx, calendar.network)
        if each.organisation == calendar.organisation and each.id != calendar.id
    )


def _conditions(known: Marks) -> Mapping[str, str]:
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in asked.items() if value}


def _written(
    due: Due, calendar: Calendar, known: Reading, said: Mapping[str, Any], *, first_time: bool
) -> Reading:
    """Write a calendar's days as they are now; what people took otherwise stays so."""
    entries = [
        Entry(
            date.fromisoformat(each["first"]),
            date.fromisoformat(each["last"]),
            Kind(each["kind"]),
            str(each["title"]),
        )
        for each in said["days"]
    ]
    before = kept.days_of(due.tx, calendar.id)
    differ = changed(before, entries)
    kept.take_out(due.tx, calendar.id, [each.id for each in differ.gone])
    kept.put_in(due.tx, calendar.id, differ.added)
    kept.name(due.tx, calendar.id, calendar.name or str(said["name"]), str(said["zone"]))
    known = replace(
        known, broken=int(said["broken"]), often=int(said["often"]), more=bool(said["more"])
    )
    # What merely left the days that are read has not changed.
    gone = [each for each in differ.gone if each.entry.last >= due.now.date()]
    if first_time or not (differ.added or gone):
        return known
    audit.record(
        due.tx, calendar.network, None, "school.changed", f"school_calendar:{calendar.id}",
        now=due.now, added=len(differ.added), gone=len(gone),
    )  # fmt: skip
    return replace(
        known,
        changed_at=due.now,
        added=tuple(each.title for each in differ.added),
        gone=tuple(each.entry.title for each in gone),
    )


def _failed(due: Due, calendar: Calendar, trouble: Trouble) -> None:
    known = kept.reading_of(due.tx, calendar.id)
    since = known.failing_since or due.now
    kept.note(due.tx, calendar.id, replace(known, failing_since=since, trouble=trouble))
    kept.forget_file(due.tx, calendar.id)
    _tell(due, calendar, FAILING, f"failing/{since.isoformat()}")
    if calendar.source is Source.ADDRESS:
        pause = _WEEKLY if due.now - since > _LONG_FAILING else _DAILY
        actions.read_at(due.tx, calendar, due.now + pause)
    due.tx.announce(actions.topic(calendar.network))


def _tell(due: Due, calendar: Calendar, card: str, about: str) -> None:
    """Tell who added it; where they have gone, those who keep calendars there."""
    for person in _keepers(due, calendar):
        key = f"school/{calendar.id}/{about}/{person.id}"
        args = {"calendar": calendar.id}
        notices.tell_now(due.tx, NOTICE, person, card, args, key=key, now=due.now)


def _keepers(due: Due, calendar: Calendar) -> list[Person]:
    numbers = [calendar.added_by] if calendar.added_by is not None else []
    found = [*due.directory.by_ids(due.tx, numbers)]
    if not found:
        whose = actions.whose_of(due.tx, calendar)
        staff = (
            roles.holders(due.tx, calendar.network, [Role.DISTRICT_STAFF], whose.row, now=due.now)
            if whose.reach is not Reach.NETWORK
            else ()
        )
        others = roles.holders(due.tx, calendar.network, [Role.ADMINISTRATOR], now=due.now)
        found = [*(staff or others)]
    people = due.directory.by_ids(due.tx, found)
    return [each for each in people.values() if each.network.id == calendar.network]


READING = OutsideWork(
    kind=actions.READ,
    begin=begin,
    do=do,
    end=end,
    given_up=given_up,
    lane=actions.LANE,
    at_once=2,
    longest=timedelta(minutes=3),
    retry=RetryPolicy(
        tries=4,
        keep_trying=timedelta(hours=6),
        first_wait=timedelta(minutes=1),
        longest_wait=timedelta(hours=1),
        given_up=WorkState.REFUSED,
    ),
)
