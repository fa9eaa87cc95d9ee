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


def shapes() -> Iterator[Shape]:
    """Yield all of them."""
    yield from _written()
    yield from _days()
    yield from _times()
    yield from _recurring()
    yield from _programs()
    yield from _languages()
    yield from _wrong()
    yield from _large()


def _crlf(text: str) -> bytes:
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
        "CRLF": _crlf,
        "CR": lambda said: said.replace("\n", "\r").encode(),
        "mixed line ends": lambda said: said.replace("\n", "\r\n", 7).encode(),
        "BOM": lambda said: b"\xef\xbb\xbf" + _crlf(said),
        "CP1252": lambda said: said.replace("\n", "\r\n").encode("cp1252"),
        "UTF-16": lambda said: said.encode("utf-16"),
        "folded": lambda said: _crlf(_folded(said)),
        "folded in the middle of words": lambda said: _crlf(_folded(said, 11)),
        "folded with tabs": lambda said: _folded(said, 30).replace("\n ", "\n\t").encode(),
        "blank lines": lambda said: said.replace("\n", "\n\n").encode(),
        "blanks at line ends": lambda said: said.replace(":VEVENT\n", ":VEVENT  \n").encode(),
        "words before it": lambda said: b"\n\n" + _crlf(said),
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
        yield Shape(f"a day with {name}", _crlf(calendar(made)), one)
    yield Shape(
        "escaped words",
        _crlf(calendar(day("2026-11-06", "No School\\, Teacher Work Day\\; all"))),
        one,
    )
    yield Shape(
        "a parameter with the title",
        _crlf(calendar(WORKDAY.replace("SUMMARY:", 'SUMMARY;LANGUAGE=en-us;X-A="b:c":'))),
        one,
    )
    yield Shape(
        "without a title",
        _crlf(calendar(event(uid=":1", dtstart=";VALUE=DATE:20261106"))),
        frozenset({("2026-11-06", "2026-11-06", "nothing")}),
    )
    over = day("2026-12-21", "Winter Break", "2027-01-04")
    yield Shape(
        "over the new year",
        _crlf(calendar(over)),
        frozenset({("2026-12-21", "2027-01-04", "break")}),
    )
    yield Shape(
        "a term",
        _crlf(calendar(day("2027-01-28", "Term 1", "2027-04-02"))),
        frozenset({("2027-01-28", "2027-04-02", "term")}),
    )
    long_ago = day("2019-03-18", "Spring Break", "2019-03-22")
    yield Shape("years ago", _crlf(calendar(long_ago, SPRING)), frozenset({BREAK}))
    yield Shape(
        "called off",
        _crlf(calendar(SPRING, WORKDAY.replace("END:VEVENT", "STATUS:CANCELLED\nEND:VEVENT"))),
        frozenset({BREAK}),
    )
    yield Shape(
        "twice the same", _crlf(calendar(SPRING, SPRING.replace("1@x", "9@x"))), frozenset({BREAK})
    )
    yield Shape(
        "no ids",
        _crlf(calendar(*(each.replace("UID:", "X-U:") for each in (SPRING, WORKDAY)))),
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
        yield Shape(f"times in {name}", _crlf(made), half)
    there = calendar(
        event(
            uid=":1",
            summary=":Early Release",
            dtstart=":20261218T040000Z",
            dtend=":20261218T050000Z",
        ),
        head="X-WR-TIMEZONE:Australia/Melbourne\n",
    )
    yield Shape("the calendar's own zone", _crlf(there), half)
    short = event(
        uid=":1",
        summary=":Professional Development",
        dtstart=":20261218T153000",
        dtend=":20261218T163000",
    )
    yield Shape(
        "an hour after school",
        _crlf(calendar(short)),
        frozenset({("2026-12-18", "2026-12-18", "nothing")}),
    )


def _recurring() -> Iterator[Shape]:
    """Yield what recurs, with and without exceptions."""
    late = {
        "uid": ":1@x",
        "summary": ":Late Start",
        "dtstart": ";TZID=America/New_York:20261104T090000",
        "dtend": ";TZID=America/New_York:20261104T100000",
    }

    def wednesdays(*days: str) -> Days:
        return frozenset((each, each, "half") for each in days)

    four = ("2026-11-04", "2026-11-11", "2026-11-18", "2026-11-25")
    weekly = event(**late, rrule=":FREQ=WEEKLY;COUNT=4")
    yield Shape("weekly, four times", _crlf(calendar(weekly)), wednesdays(*four))
    until = event(**late, rrule=":FREQ=WEEKLY;UNTIL=20261125T235959Z;BYDAY=WE;WKST=SU")
    yield Shape("weekly, until", _crlf(calendar(until)), wednesdays(*four))
    without = event(
        **late, rrule=":FREQ=WEEKLY;COUNT=4", exdate=";TZID=America/New_York:20261111T090000"
    )
    yield Shape("weekly, but for one", _crlf(calendar(without)), wednesdays(four[0], *four[2:]))
    several = event(
        **late,
        rrule=":FREQ=WEEKLY;COUNT=4",
        exdate=";TZID=America/New_York:20261111T090000,20261118T090000",
    )
    yield Shape("weekly, but for two", _crlf(calendar(several)), wednesdays(four[0], four[3]))
    moved = event(
        uid=":1@x", summary=":Late Start", recurrence_id=";TZID=America/New_York:20261118T090000",
        dtstart=";TZID=America/New_York:20261119T090000", dtend=";TZID=America/New_York:20261119T100000",
    )  # fmt: skip
    yield Shape(
        "weekly, one moved",
        _crlf(calendar(weekly, moved)),
        wednesdays(four[0], four[1], "2026-11-19", four[3]),
    )
    off = moved.replace("END:VEVENT", "STATUS:CANCELLED\nEND:VEVENT")
    yield Shape(
        "weekly, one called off",
        _crlf(calendar(weekly, off)),
        wednesdays(four[0], four[1], four[3]),
    )
    yield Shape(
        "the moved one stands first",
        _crlf(calendar(moved, weekly)),
        wednesdays(four[0], four[1], "2026-11-19", four[3]),
    )
    yearly = event(
        uid=":1",
        summary=":Labor Day",
        dtstart=";VALUE=DATE:19990906",
        rrule=":FREQ=YEARLY;BYMONTH=9;BYDAY=1MO",
    )
    yield Shape(
        "yearly since 1999",
        _crlf(calendar(yearly)),
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
        _crlf(calendar(monthly)),
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
        _crlf(calendar(days)),
        frozenset((each, each, "pd") for each in ("2026-09-04", "2026-10-02", "2026-11-06")),
    )
    often = event(
        uid=":9", summary=":No School", dtstart=":20261104T090000", rrule=":FREQ=SECONDLY"
    )
    yield Shape("every second", _crlf(calendar(often, SPRING)), frozenset({BREAK}), often=1)
    hourly = often.replace("SECONDLY", "DAILY;BYHOUR=8,9,10,11;BYMINUTE=0,1,2,3,4,5")
    yield Shape("many times a day", _crlf(calendar(hourly, SPRING)), frozenset({BREAK}), often=1)


def _programs() -> Iterator[Shape]:
    """Yield what the programs write that schools use."""
    two = frozenset({BREAK, PD_DAY})
    google = calendar(
        SPRING.replace(
            "END:VEVENT",
            "CREATED:20260801T000000Z\nLAST-MODIFIED:20260801T000000Z\nSEQUENCE:0\nSTATUS:CONFIRMED\nTRANSP:TRANSPARENT\nEND:VEVENT",
        ),
        WORKDAY,
        head="CALSCALE:GREGORIAN\nMETHOD:PUBLISH\nX-WR-CALNAME:Lincoln USD\nX-WR-TIMEZONE:America/New_York\nX-WR-CALDESC:\n",
        prodid="-//Google Inc//Google Calendar 70.9054//EN",
    )
    yield Shape("Google", _crlf(google), two)
    outlook = calendar(
        SPRING.replace("END:VEVENT", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\nX-MICROSOFT-DISALLOW-COUNTER:FALSE\nEND:VEVENT"),
        event(uid=":040000008200E00074C5B7101A82E008", dtstart=';TZID="(UTC-05:00) Eastern Time (US & Canada)":20261106T000000', dtend=';TZID="(UTC-05:00) Eastern Time (US & Canada)":20261107T000000', summary=";LANGUAGE=en-us:Teacher Work Day"),
        head="METHOD:PUBLISH\nX-CALSTART:20260801T000000Z\n" + NEW_YORK.format(name="(UTC-05:00) Eastern Time (US & Canada)"),
        prodid="-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
    )  # fmt: skip
    yield Shape("Outlook", _crlf(outlook), two)
    apple = calendar(
        SPRING,
        WORKDAY,
        head="X-APPLE-CALENDAR-COLOR:#0E61B9\n",
        prodid="-//Apple Inc.//macOS 15.1//EN",
    )
    yield Shape("Apple", _crlf(apple), two)
    finalsite = calendar(
        SPRING,
        WORKDAY,
        head="X-PUBLISHED-TTL:PT30M\nREFRESH-INTERVAL;VALUE=DURATION:PT30M\n",
        prodid="-//finalsite.com//NONSGML Calendar//EN",
    )
    yield Shape("a site for schools", _crlf(finalsite), two)
    todo = "BEGIN:VTODO\nUID:t\nSUMMARY:Order paper\nEND:VTODO\nBEGIN:VJOURNAL\nUID:j\nSUMMARY:x\nEND:VJOURNAL"
    yield Shape("with tasks and notes", _crlf(calendar(SPRING, todo, WORKDAY)), two)
    both = calendar(SPRING) + calendar(WORKDAY)
    yield Shape("two calendars in a file", _crlf(both), two)
    yield Shape(
        "without VERSION and PRODID",
        _crlf(f"BEGIN:VCALENDAR\n{SPRING}\n{WORKDAY}\nEND:VCALENDAR\n"),
        two,
    )
    own = "X-SCHOOL;X-A=1:2\nIMAGE;VALUE=URI;DISPLAY=BADGE:https://x.example/a.png\n"
    yield Shape("with fields of its own", _crlf(calendar(SPRING, WORKDAY, head=own)), two)


def _languages() -> Iterator[Shape]:
    """Calendars in Spanish, and of other countries."""
    spain = calendar(
        day("2026-09-08", "Inicio del curso", uid="1"),
        day("2026-12-23", "Vacaciones de Navidad", "2027-01-07", uid="2"),
        day("2027-02-26", "Día no lectivo", uid="3"),
        day("2027-06-22", "Fin de curso", uid="4"),
    )
    yield Shape(
        "Spain",
        _crlf(spain),
        frozenset(
            {
                ("2026-09-08", "2026-09-08", "begins"),
                ("2026-12-23", "2027-01-07", "break"),
                ("2027-02-26", "2027-02-26", "closed"),
                ("2027-06-22", "2027-06-22", "ends"),
            }
        ),
    )
    mexico = calendar(
        day("2026-09-25", "Consejo Técnico Escolar", uid="1"),
        day("2026-11-16", "Suspensión de labores docentes", uid="2"),
    )
    yield Shape(
        "Mexico",
        _crlf(mexico),
        frozenset({("2026-09-25", "2026-09-25", "pd"), ("2026-11-16", "2026-11-16", "closed")}),
    )
    victoria = calendar(
        day("2027-01-28", "Term 1", "2027-03-25", uid="1"),
        day("2027-03-26", "School holidays", "2027-04-11", uid="2"),
        day("2027-04-12", "Term 2", "2027-06-25", uid="3"),
        day("2027-01-27", "Pupil free day", uid="4"),
    )
    yield Shape(
        "Victoria",
        _crlf(victoria),
        frozenset(
            {
                ("2027-01-28", "2027-03-25", "term"),
                ("2027-03-26", "2027-04-11", "break"),
                ("2027-04-12", "2027-06-25", "term"),
                ("2027-01-27", "2027-01-27", "pd"),
            }
        ),
    )
    england = calendar(
        day("2026-10-26", "Half term", "2026-10-30", uid="1"),
        day("2026-09-01", "INSET day", uid="2"),
    )
    yield Shape(
        "England",
        _crlf(england),
        frozenset({("2026-10-26", "2026-10-30", "break"), ("2026-09-01", "2026-09-01", "pd")}),
    )


def _wrong() -> Iterator[Shape]:
    """Yield what is no calendar, or a damaged one."""
    yield Shape("nothing", b"", refused="empty")
    yield Shape("blanks", b" \r\n\t ", refused="empty")
    yield Shape(
        "a sign-in page",
        b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>BEGIN</body></html>",
        refused="web_page",
    )
    yield Shape("a page after blanks", b"\n\n  <HTML><body>Moved</body></HTML>", refused="web_page")
    yield Shape("words", b"Spring break is in March.", refused="no_calendar")
    yield Shape("JSON", b'{"items": []}', refused="no_calendar")
    yield Shape("a picture", bytes(range(256)) * 40, refused="no_calendar")
    yield Shape("no events", _crlf(calendar()), refused="no_events")
    yield Shape(
        "a calendar of tasks", _crlf(calendar("BEGIN:VTODO\nUID:t\nEND:VTODO")), refused="no_events"
    )
    one = frozenset({BREAK})
    yield Shape("cut off", _crlf(calendar(SPRING, WORKDAY))[:-60], one)
    yield Shape(
        "an event without a day",
        _crlf(calendar(SPRING, "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT")),
        one,
        broken=1,
    )
    for name, starts in (
        ("31 February", ";VALUE=DATE:20270231"),
        ("month 13", ";VALUE=DATE:20271301"),
        ("words for a day", ";VALUE=DATE:soon"),
    ):
        yield Shape(
            f"an event on {name}",
            _crlf(calendar(SPRING, event(uid=":9", dtstart=starts, summary=":x"))),
            one,
            broken=1,
        )
    bad_rule = event(
        uid=":9", dtstart=";VALUE=DATE:20261106", rrule=":FREQ=SOMETIMES", summary=":No School"
    )
    yield Shape("a rule that nobody knows", _crlf(calendar(SPRING, bad_rule)), one, broken=1)
    backwards = event(
        uid=":9", dtstart=";VALUE=DATE:20261110", dtend=";VALUE=DATE:20261106", summary=":No School"
    )
    yield Shape("an end before its start", _crlf(calendar(SPRING, backwards)), one, broken=1)
    yield Shape(
        "lines that are none",
        _crlf(calendar(SPRING.replace("SUMMARY", "rubbish without a colon\nSUMMARY"), WORKDAY)),
        frozenset({BREAK, PD_DAY}),
    )
    yield Shape(
        "a title of a megabyte",
        _crlf(calendar(SPRING, day("2026-11-06", "x" * 1_000_000, uid="9"))),
        one,
        broken=1,
    )
    script = day("2026-11-06", "<script>alert(1)</script> Teacher Work Day", uid="9")
    yield Shape("a title with markup", _crlf(calendar(script)), frozenset({PD_DAY}))


def _large() -> Iterator[Shape]:
    """Yield what is large, and still a calendar."""
    filler = "x" * 230
    many = [
        day(f"{2008 + each % 18}-03-1{each % 9}", f"Assembly {each}", uid=str(each)).replace(
            "END:VEVENT", f"DESCRIPTION:{filler}\nEND:VEVENT"
        )
        for each in range(15_500)
    ]
    large = calendar(*many, SPRING)
    assert len(large) > 5_000_000
    yield Shape("five megabytes", _crlf(large), frozenset({BREAK}))
    yield Shape("nine megabytes", b"BEGIN:VCALENDAR\n" + b"X:1\n" * 2_400_000, refused="too_large")
