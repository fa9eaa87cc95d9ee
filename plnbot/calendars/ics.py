"""Happenings as iCalendar (RFC 5545): each line one line, ids that nobody else has."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from plnbot.calendars.model import Calendar
from plnbot.talk.happenings import Happening
from plnbot.talk.plain import plain
from plnbot.talk.text import Text, one_line

MEDIA_TYPE = "text/calendar; charset=utf-8"


def written(found: Calendar, happenings: Iterable[Happening], now: datetime) -> bytes:
    """Return a network's calendar as its members' programs read it at `now`."""
    # Only a calendar program pays for this import.
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", "-//plnbot//calendar//EN")
    made.add("version", "2.0")
    for each in happenings:
        event = icalendar.Event()
        for name, value in _event(found, each, now).items():
            event.add(name, value)
        made.add_component(event)
    content: bytes = made.to_ical()
    return content


def _event(found: Calendar, one: Happening, now: datetime) -> Mapping[str, str | datetime]:
    lines = (one_line(line) for line in plain(one.about).splitlines())
    return {
        "uid": f"{one.key.replace(':', '-')}-{found.seed}@plnbot",
        "dtstamp": now,
        "dtstart": one.starts_at,
        "dtend": one.ends_at,
        "summary": _title(one.title),
        "description": "\n".join(filter(None, lines)),
        "status": "CANCELLED" if one.off else "CONFIRMED",
        "transp": "OPAQUE" if one.busy else "TRANSPARENT",
    }


def _title(title: Text) -> str:
    return one_line(plain(title))
