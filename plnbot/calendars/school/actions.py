"""Keeping school calendars: typed, pasted, read from an address; taken otherwise, removed, brought back."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import parse_qs, quote, urlsplit

from plnbot.calendars.school import kept, store
from plnbot.calendars.school.model import Calendar, Day, Deed, Entry, Kind, Reach, Source, Whose
from plnbot.calendars.school.reading import MOST_BYTES
from plnbot.calendars.school.taken import plain
from plnbot.calendars.school.typed import Unread, read_typed
from plnbot.engine import audit, work
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.text import is_web_address
from plnbot.talk.words import msg
from plnbot.values import dataclass
from plnbot.walltime import local

READ, LOOK = "calendars.read", "calendars.look"
LANE = "calendars"
_LONGEST_ADDRESS = 1000
_MOST_DAYS_TYPED = 400
_MOST_CALENDARS = 200
_GOOGLE = "calendar.google.com"
_FILE = re.compile(r"^\s*BEGIN:VCALENDAR", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """What became of typed lines: the days that are new, those there were, the lines not understood."""

    calendar: Calendar
    new: Sequence[Day]
    there: int
    unread: Sequence[Unread]


def is_file(words: str) -> bool:
    """Return whether what was pasted is a calendar's file and no lines of days."""
    return _FILE.match(words) is not None


def topic(network: int) -> str:
    """Return what a change of a network's school calendars is announced as."""
    return f"school:{network}"


def typed(tx: Tx, whose: Whose, words: str, now: datetime, *, by: Person) -> Typed:
    """Add the days that somebody typed; what is not understood is returned, not dropped."""
    today = local(now, by.network.zone).date()
    read = read_typed(words, today, by.locale)
    found = [
        each
        for each in store.calendars_of(tx, whose.network)
        if each.source is Source.TYPED and each.organisation == whose.number
    ]
    if not read.entries:
        nowhere = Calendar(0, whose.network, whose.number, "", Source.TYPED, by.network.zone)
        return Typed(found[0] if found else nowhere, (), 0, read.unread)
    calendar = found[0] if found else _added(tx, whose, Source.TYPED, now, by=by)
    before = kept.days_of(tx, calendar.id)
    there = {_same(each.entry) for each in before}
    new = list({_same(each): each for each in read.entries if _same(each) not in there}.values())
    if len(before) + len(new) > _MOST_DAYS_TYPED:
        raise Refused(
            msg(
                "That is more than {most} days. Give the calendar's address or its file instead.",
                most=_MOST_DAYS_TYPED,
            )
        )
    kept.put_in(tx, calendar.id, new)
    known = {each.id for each in before}
    made = [each for each in kept.days_of(tx, calendar.id) if each.id not in known]
    if made:
        _record(tx, calendar, Deed.TYPED, now, by=by, n=len(made))
    look_later(tx, calendar, now)
    return Typed(calendar, made, len(read.entries) - len(made), read.unread)


def untyped(tx: Tx, calendar: Calendar, days: Sequence[int], now: datetime, *, by: Person) -> int:
    """Take days out again that were typed; return how many were there."""
    gone = kept.take_out(tx, calendar.id, days)
    if gone:
        _record(tx, calendar, Deed.UNTYPED, now, by=by, n=gone)
        look_later(tx, calendar, now)
    return gone


def addressed(tx: Tx, whose: Whose, words: str, now: datetime, *, by: Person) -> Calendar:
    """Add a calendar that is read from an address, from now on daily; raises `Refused`."""
    address = address_of(words)
    for each in store.calendars_of(tx, whose.network):
        if (each.address, each.organisation) == (address, whose.number):
            raise Refused(
                msg("This address is read for {name} already.", name=whose.name or by.network.name)
            )
    made = _added(tx, whose, Source.ADDRESS, now, by=by, address=address)
    _record(tx, made, Deed.ADDRESSED, now, by=by)
    read_at(tx, made, now)
    return made


def filed(tx: Tx, whose: Whose, content: bytes, now: datetime, *, by: Person) -> Calendar:
    """Add a calendar from its file, which is read next; raises `Refused` where it is too large."""
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // (1024 * 1024)
        raise Refused(msg("That file is larger than {most} MB, so it is not read.", most=most))
    made = _added(tx, whose, Source.FILE, now, by=by)
    kept.keep_file(tx, made.id, content)
    _record(tx, made, Deed.FILED, now, by=by)
    read_at(tx, made, now)
    return made


def taken_as(tx: Tx, calendar: Calendar, of: Day, kind: Kind, now: datetime, *, by: Person) -> int:
    """Take all of a title as a kind, whatever it is called; return how many days that are."""
    many = kept.take_as(tx, of, kind)
    _record(tx, calendar, Deed.TAKEN, now, by=by, title=of.entry.title[:80], kind=kind.value)
    look_later(tx, calendar, now)
    return many


def removed(tx: Tx, calendar: Calendar, now: datetime, *, by: Person) -> None:
    """Take a calendar away; it can be brought back for 30 days."""
    kept.remove(tx, calendar.id, now)
    work.cancel(tx, _key(READ, calendar.id), now)
    work.cancel(tx, _key(LOOK, calendar.id), now)
    _record(tx, calendar, Deed.REMOVED, now, by=by)


def brought_back(tx: Tx, calendar: Calendar, now: datetime, *, by: Person) -> None:
    """Let a calendar that was removed count again."""
    kept.remove(tx, calendar.id, None)
    if calendar.source is Source.ADDRESS or kept.file_of(tx, calendar.id) is not None:
        read_at(tx, calendar, now)
    look_later(tx, calendar, now)
    _record(tx, calendar, Deed.BROUGHT_BACK, now, by=by)


def read_at(tx: Tx, calendar: Calendar, at: datetime) -> None:
    """Have a calendar read then, and not at any other time that was planned."""
    # One host after the other, and not everybody's calendars at once.
    lane = f"{LANE}/{urlsplit(calendar.address).hostname or ''}"[:100]
    work.put(
        tx, READ, _key(READ, calendar.id), at, {"calendar": calendar.id},
        lane=lane, network=calendar.network,
    )  # fmt: skip


def look_later(tx: Tx, calendar: Calendar, at: datetime) -> None:
    """Have it looked whether a calendar runs out, as its days are now."""
    key = _key(LOOK, calendar.id)
    work.put(tx, LOOK, key, at, {"calendar": calendar.id}, network=calendar.network)


def address_of(words: str) -> str:
    """Return the address of a calendar that is meant; raises `Refused` where it can be none."""
    said = words.strip().strip("<>")
    for scheme in ("webcal://", "webcals://", "feed://"):
        if said.lower().startswith(scheme):
            said = "https://" + said[len(scheme) :]
    if "://" not in said and "." in said.partition("/")[0]:
        said = f"https://{said}"
    if len(said) > _LONGEST_ADDRESS or any(each.isspace() for each in said):
        raise Refused(
            msg("That is no web address. It begins with https:// and often ends with .ics.")
        )
    try:
        parts = urlsplit(said)
        sound = is_web_address(said) and bool(parts.hostname) and not parts.username
    except ValueError:
        sound = False
    if not sound:
        raise Refused(
            msg("That is no web address. It begins with https:// and often ends with .ics.")
        )
    embedded = parse_qs(parts.query).get("src") or parse_qs(parts.query).get("cid")
    if parts.hostname == _GOOGLE and "/ical/" not in parts.path and embedded:
        # What people copy is the page that shows it.
        return f"https://{_GOOGLE}/calendar/ical/{quote(embedded[0])}/public/basic.ics"
    return said


def whose_of(tx: Tx, calendar: Calendar) -> Whose:
    """Return whom a calendar is for by now."""
    found = None if calendar.organisation is None else store.whose(tx, calendar.organisation)
    return found or Whose(calendar.network, Reach.NETWORK)


def _same(entry: Entry) -> tuple[date, date, str]:
    return entry.first, entry.last, plain(entry.title)


def _added(
    tx: Tx, whose: Whose, source: Source, now: datetime, *, by: Person, address: str = ""
) -> Calendar:
    if len(store.calendars_of(tx, whose.network)) >= _MOST_CALENDARS:
        raise Refused(
            msg(
                "A network has at most {most} school calendars. Remove one first.",
                most=_MOST_CALENDARS,
            )
        )
    zone = by.network.zone
    return kept.add(tx, whose, source, now, by=by.id, zone=zone, address=address)


def _record(
    tx: Tx, calendar: Calendar, deed: Deed, now: datetime, *, by: Person, **detail: str | int
) -> None:
    audit.record(
        tx, calendar.network, by.id, deed.value, f"school_calendar:{calendar.id}", now=now, **detail
    )
    tx.announce(topic(calendar.network))


def _key(kind: str, calendar: int) -> str:
    return f"{kind}/{calendar}"
