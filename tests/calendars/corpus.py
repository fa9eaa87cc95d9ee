"""A hundred school calendars of real shapes, made here: what each holds, and what is to be read of it.

Shapes, not words, are what differs: how days are written, what wrote the file, what is wrong with it.
Each comes with the days that a person would read off it, or with why it is refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

Days = frozenset[tuple[str, str, str]]
"""First and last day, and what it is taken as."""
BREAK = ("2027-03-15", "2027-03-19", "break")
PD_DAY = ("2026-11-06", "2026-11-06", "pd")
HALF = ("2026-12-18", "2026-12-18", "half")
NEW_YORK = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
"""
LYING = """BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+1300
TZOFFSETTO:+1300
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """One calendar; where it is `refused`, it says why, and else what its days are."""

    name: str
    content: bytes
    days: Days = frozenset()
    refused: str = ""
    broken: int = 0
    often: int = 0


def event(**lines: str) -> str:
    """Return one event; `_` in a name is `-`, and what follows `__` are its parameters."""
    said = [f"{name.upper().replace('_', '-')}{value}" for name, value in lines.items()]
    return "\n".join(("BEGIN:VEVENT", *said, "END:VEVENT"))


def calendar(*events: str, head: str = "", prodid: str = "-//Schools//Calendar 1.0//EN") -> str:
    """Return a calendar of these events, each line as LF."""
    inside = "\n".join(events)
    begin = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:{prodid}\n{head}"
    return f"{begin}{inside}\nEND:VCALENDAR\n" if inside else f"{begin}END:VCALENDAR\n"


def day(first: str, title: str, last: str = "", uid: str = "1") -> str:
    """Return an event of whole days, to the `last` with it."""
    starts = first.replace("-", "")
    if not last:
        return event(uid=f":{uid}@x", dtstart=f";VALUE=DATE:{starts}", summary=f":{title}")
    after = (date.fromisoformat(last) + timedelta(days=1)).isoformat().replace("-", "")
    return event(
        uid=f":{uid}@x",
        dtstart=f";VALUE=DATE:{starts}",
        dtend=f";VALUE=DATE:{after}",
        summary=f":{title}",
    )


SPRING = day("2027-03-15", "Spring Break", "2027-03-19")
WORKDAY = day("2026-11-06", "Teacher Work Day", uid="2")


FOUR = ("2026-11-04", "2026-11-11", "2026-11-18", "2026-11-25")
LATE = {
    "uid": ":1@x",
    "summary": ":Late Start",
    "dtstart": ";TZID=America/New_York:20261104T090000",
    "dtend": ";TZID=America/New_York:20261104T100000",
}


def _wednesdays(*days: str) -> Days:
    return frozenset((each, each, "half") for each in days)


def shapes() -> Iterator[Shape]:
    """Yield those that differ in how they say the same."""
    yield from _written()
    yield from _days()
    yield from _titles()
    yield from _times()
    yield from _recurring()
    yield from _moved()
    yield from _rules()


def crlf(text: str) -> bytes:
    """Return a text with the line ends that calendars have."""
    return text.replace("\n", "\r\n").encode()


def _folded(text: str, width: int = 40) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        pieces = [line[at : at + width] for at in range(0, len(line), width)] or [""]
        lines += [pieces[0], *(f" {each}" for each in pieces[1:])]
    return "\n".join(lines)


def _written() -> Iterator[Shape]:
    """How the bytes are written."""
    two, text = frozenset({BREAK, PD_DAY}), calendar(SPRING, WORKDAY)
    accents = calendar(day("2026-11-06", "Consejo Técnico: sin clases", uid="2"), SPRING)
    encodings: dict[str, Callable[[str], bytes]] = {
        "LF": str.encode,
        "CRLF": crlf,
        "CR": lambda said: said.replace("\n", "\r").encode(),
        "mixed line ends": lambda said: said.replace("\n", "\r\n", 7).encode(),
        "BOM": lambda said: b"\xef\xbb\xbf" + crlf(said),
        "CP1252": lambda said: said.replace("\n", "\r\n").encode("cp1252"),
        "UTF-16": lambda said: said.encode("utf-16"),
        "folded": lambda said: crlf(_folded(said)),
        "folded in the middle of words": lambda said: crlf(_folded(said, 11)),
        "folded with tabs": lambda said: _folded(said, 30).replace("\n ", "\n\t").encode(),
        "blank lines": lambda said: said.replace("\n", "\n\n").encode(),
        "blanks at line ends": lambda said: said.replace(":VEVENT\n", ":VEVENT  \n").encode(),
        "words before it": lambda said: b"\n\n" + crlf(said),
        "no line end": lambda said: said.strip().encode(),
        "NUL bytes": lambda said: said.replace("Teacher", "Teacher\0").encode(),
        "small letters": lambda said: said.replace("BEGIN:VEVENT", "begin:vevent")
        .replace("END:VEVENT", "end:vevent")
        .encode(),
    }  # fmt: skip
    for name, written in encodings.items():
        yield Shape(f"written as {name}", written(text), two)
        yield Shape(f"accents as {name}", written(accents), two)


def _days() -> Iterator[Shape]:
    """How days are said."""
    one = frozenset({PD_DAY})
    base = {"uid": ":1@x", "summary": ":Teacher Work Day"}
    ways = {
        "no end": event(**base, dtstart=";VALUE=DATE:20261106"),
        "exclusive end": event(
            **base, dtstart=";VALUE=DATE:20261106", dtend=";VALUE=DATE:20261107"
        ),
        "end on the same day": event(
            **base, dtstart=";VALUE=DATE:20261106", dtend=";VALUE=DATE:20261106"
        ),
        "a duration": event(**base, dtstart=";VALUE=DATE:20261106", duration=":P1D"),
        "no VALUE": event(**base, dtstart=":20261106", dtend=":20261107"),
        "midnight to midnight": event(**base, dtstart=":20261106T000000", dtend=":20261107T000000"),
        "midnight to 23:59": event(**base, dtstart=":20261106T000000", dtend=":20261106T235900"),
        "with much around": event(
            **base,
            dtstart=";VALUE=DATE:20261106",
            dtstamp=":20260801T000000Z",
            description=":Teachers only.\\nSee https://x.example/?a=1\\, page 2",
            location=":District\\; all schools",
            class_=":PUBLIC",
            transp=":TRANSPARENT",
            x_alt_desc=";FMTTYPE=text/html:<b>no</b>",
        ).replace("CLASS-", "CLASS"),
        "with an alarm": event(**base, dtstart=";VALUE=DATE:20261106").replace(
            "END:VEVENT",
            "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDESCRIPTION:x\nEND:VALARM\nEND:VEVENT",
        ),
    }
    for name, made in ways.items():
        yield Shape(f"a day with {name}", crlf(calendar(made)), one)


def _titles() -> Iterator[Shape]:
    """Yield what stands in titles, and days of other kinds."""
    one = frozenset({PD_DAY})
    yield Shape(
        "escaped words",
        crlf(calendar(day("2026-11-06", "No School\\, Teacher Work Day\\; all"))),
        one,
    )
    yield Shape(
        "a parameter with the title",
        crlf(calendar(WORKDAY.replace("SUMMARY:", 'SUMMARY;LANGUAGE=en-us;X-A="b:c":'))),
        one,
    )
    yield Shape(
        "without a title",
        crlf(calendar(event(uid=":1", dtstart=";VALUE=DATE:20261106"))),
        frozenset({("2026-11-06", "2026-11-06", "nothing")}),
    )
    over = day("2026-12-21", "Winter Break", "2027-01-04")
    yield Shape(
        "over the new year",
        crlf(calendar(over)),
        frozenset({("2026-12-21", "2027-01-04", "break")}),
    )
    yield Shape(
        "a term",
        crlf(calendar(day("2027-01-28", "Term 1", "2027-04-02"))),
        frozenset({("2027-01-28", "2027-04-02", "term")}),
    )
    long_ago = day("2019-03-18", "Spring Break", "2019-03-22")
    yield Shape("years ago", crlf(calendar(long_ago, SPRING)), frozenset({BREAK}))
    yield Shape(
        "called off",
        crlf(calendar(SPRING, WORKDAY.replace("END:VEVENT", "STATUS:CANCELLED\nEND:VEVENT"))),
        frozenset({BREAK}),
    )
    yield Shape(
        "twice the same", crlf(calendar(SPRING, SPRING.replace("1@x", "9@x"))), frozenset({BREAK})
    )
    yield Shape(
        "no ids",
        crlf(calendar(*(each.replace("UID:", "X-U:") for each in (SPRING, WORKDAY)))),
        frozenset({BREAK, PD_DAY}),
    )


def _times() -> Iterator[Shape]:
    """How times are said, and by whose clock."""
    half = frozenset({HALF})
    base = {"uid": ":1@x", "summary": ":Early Release"}
    ways = {
        "floating": ("", ":20261218T123000", ":20261218T153000"),
        "UTC": ("", ":20261218T173000Z", ":20261218T203000Z"),
        "UTC after midnight there": ("", ":20261219T003000Z", ":20261219T013000Z"),
        "a zone": ("", ";TZID=America/New_York:20261218T123000", ";TZID=America/New_York:20261218T153000"),
        "a zone of Windows": (NEW_YORK.format(name="Eastern Standard Time"), ";TZID=Eastern Standard Time:20261218T123000", ";TZID=Eastern Standard Time:20261218T153000"),
        "a zone with a path": ("", ";TZID=/freeassociation.sourceforge.net/America/New_York:20261218T123000", ";TZID=/freeassociation.sourceforge.net/America/New_York:20261218T153000"),
        "a zone in quotes": (NEW_YORK.format(name="Our clock"), ';TZID="Our clock":20261218T123000', ';TZID="Our clock":20261218T153000'),
        "a zone that nobody has": ("", ";TZID=Nowhere/Land:20261218T123000", ";TZID=Nowhere/Land:20261218T153000"),
        "a VTIMEZONE that lies": (LYING, ";TZID=America/New_York:20261218T123000", ";TZID=America/New_York:20261218T153000"),
    }  # fmt: skip
    for name, (head, starts, ends) in ways.items():
        made = calendar(event(**base, dtstart=starts, dtend=ends), head=head)
        yield Shape(f"times in {name}", crlf(made), half)
    there = calendar(
        event(
            uid=":1",
            summary=":Early Release",
            dtstart=":20261218T040000Z",
            dtend=":20261218T050000Z",
        ),
        head="X-WR-TIMEZONE:Australia/Melbourne\n",
    )
    yield Shape("the calendar's own zone", crlf(there), half)
    short = event(
        uid=":1",
        summary=":Professional Development",
        dtstart=":20261218T153000",
        dtend=":20261218T163000",
    )
    yield Shape(
        "an hour after school",
        crlf(calendar(short)),
        frozenset({("2026-12-18", "2026-12-18", "nothing")}),
    )


def _recurring() -> Iterator[Shape]:
    """Yield what recurs, with and without exceptions."""
    four, late, wednesdays = FOUR, LATE, _wednesdays
    weekly = event(**late, rrule=":FREQ=WEEKLY;COUNT=4")
    yield Shape("weekly, four times", crlf(calendar(weekly)), wednesdays(*four))
    until = event(**late, rrule=":FREQ=WEEKLY;UNTIL=20261125T235959Z;BYDAY=WE;WKST=SU")
    yield Shape("weekly, until", crlf(calendar(until)), wednesdays(*four))
    without = event(
        **late, rrule=":FREQ=WEEKLY;COUNT=4", exdate=";TZID=America/New_York:20261111T090000"
    )
    yield Shape("weekly, but for one", crlf(calendar(without)), wednesdays(four[0], *four[2:]))
    several = event(
        **late,
        rrule=":FREQ=WEEKLY;COUNT=4",
        exdate=";TZID=America/New_York:20261111T090000,20261118T090000",
    )
    yield Shape("weekly, but for two", crlf(calendar(several)), wednesdays(four[0], four[3]))


def _moved() -> Iterator[Shape]:
    """Yield what recurs with one that is moved or called off."""
    four, weekly = FOUR, event(**LATE, rrule=":FREQ=WEEKLY;COUNT=4")
    moved = event(
        uid=":1@x", summary=":Late Start", recurrence_id=";TZID=America/New_York:20261118T090000",
        dtstart=";TZID=America/New_York:20261119T090000", dtend=";TZID=America/New_York:20261119T100000",
    )  # fmt: skip
    yield Shape(
        "weekly, one moved",
        crlf(calendar(weekly, moved)),
        _wednesdays(four[0], four[1], "2026-11-19", four[3]),
    )
    off = moved.replace("END:VEVENT", "STATUS:CANCELLED\nEND:VEVENT")
    yield Shape(
        "weekly, one called off",
        crlf(calendar(weekly, off)),
        _wednesdays(four[0], four[1], four[3]),
    )
    yield Shape(
        "the moved one stands first",
        crlf(calendar(moved, weekly)),
        _wednesdays(four[0], four[1], "2026-11-19", four[3]),
    )


def _rules() -> Iterator[Shape]:
    """Yield rules of years, months and single days, and those that recur too often."""
    yearly = event(
        uid=":1",
        summary=":Labor Day",
        dtstart=";VALUE=DATE:19990906",
        rrule=":FREQ=YEARLY;BYMONTH=9;BYDAY=1MO",
    )
    yield Shape(
        "yearly since 1999",
        crlf(calendar(yearly)),
        frozenset({("2026-09-07", "2026-09-07", "closed"), ("2027-09-06", "2027-09-06", "closed")}),
    )
    monthly = event(
        uid=":1",
        summary=":PD Day",
        dtstart=";VALUE=DATE:20260904",
        rrule=":FREQ=MONTHLY;BYDAY=1FR;COUNT=3",
    )
    yield Shape(
        "first Fridays",
        crlf(calendar(monthly)),
        frozenset((each, each, "pd") for each in ("2026-09-04", "2026-10-02", "2026-11-06")),
    )
    days = event(
        uid=":1",
        summary=":PD Day",
        dtstart=";VALUE=DATE:20260904",
        rdate=";VALUE=DATE:20261002,20261106",
    )
    yield Shape(
        "days one by one",
        crlf(calendar(days)),
        frozenset((each, each, "pd") for each in ("2026-09-04", "2026-10-02", "2026-11-06")),
    )
    often = event(
        uid=":9", summary=":No School", dtstart=":20261104T090000", rrule=":FREQ=SECONDLY"
    )
    yield Shape("every second", crlf(calendar(often, SPRING)), frozenset({BREAK}), often=1)
    hourly = often.replace("SECONDLY", "DAILY;BYHOUR=8,9,10,11;BYMINUTE=0,1,2,3,4,5")
    yield Shape("many times a day", crlf(calendar(hourly, SPRING)), frozenset({BREAK}), often=1)
