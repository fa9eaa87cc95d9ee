"""A hundred school calendars of real shapes: each is read rightly, or refused for a reason."""

import base64
import json
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from plnbot.calendars.school import cards
from plnbot.calendars.school.model import Trouble
from plnbot.calendars.school.reading import MOST_DAYS, Refusal, read
from plnbot.calendars.school.refreshing import _FUNCTION, _LIMITS
from plnbot.engine.children import Children
from plnbot.engine.heavy import HeavyError, Limits
from tests.calendars.corpus import Shape, calendar, event, shapes
from tests.calendars.sources import sources

SHAPES = [*shapes(), *sources()]


def given(content: bytes, zone: str = "America/New_York") -> dict[str, str]:
    """Return what the child is asked."""
    asked = {"first": "2026-07-01", "last": "2027-12-31", "zone": zone}
    return {"content": base64.b64encode(content).decode(), **asked}


def reading(content: bytes) -> Mapping[str, Any]:
    """Return what is read, as it comes out of a child."""
    said = json.loads(json.dumps(read(given(content), lambda _told: None)))
    assert isinstance(said, dict)
    return said


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_calendar(shape: Shape) -> None:
    """Its days are those that a person reads off it; or it says why there are none."""
    said = reading(shape.content)
    assert said.get("refused", "") == shape.refused
    if shape.refused:
        return
    days = {(each["first"], each["last"], each["kind"]) for each in said["days"]}
    assert days - {each for each in days if each[2] == "nothing"} == {
        each for each in shape.days if each[2] != "nothing"
    }
    assert {each for each in shape.days if each[2] == "nothing"} <= days
    assert (said["broken"], said["often"]) == (shape.broken, shape.often)
    assert all(len(each["title"]) <= 200 and "\n" not in each["title"] for each in said["days"])


def test_there_are_a_hundred() -> None:
    """And no two of one name."""
    assert len(SHAPES) >= 100
    assert len({each.name for each in SHAPES}) == len(SHAPES)


def test_every_refusal_has_a_sentence() -> None:
    """Whatever a file is refused for, people are told in words."""
    assert {each.value for each in Refusal} <= {each.value for each in Trouble}
    assert set(cards.TROUBLE) == set(Trouble)


async def test_what_would_take_a_process_is_broken_off() -> None:
    """Within its limits, in a child: files made to take forever, or all memory, end as an error."""
    never = "".join(f";BYMONTH=2;BYMONTHDAY=30;INTERVAL={each}" for each in (1,))
    endless = calendar(
        *(
            event(
                uid=f":{each}",
                summary=":x",
                dtstart=";VALUE=DATE:19000101",
                rrule=f":FREQ=DAILY;BYSETPOS=7{never}",
            )
            for each in range(400)
        )
    )
    limits = Limits(_LIMITS.memory, timedelta(seconds=2), timedelta(seconds=10))
    children = Children()
    try:
        with pytest.raises(HeavyError):
            await children.run(_FUNCTION, given(endless.encode()), limits)
        sound = await children.run(_FUNCTION, given(SHAPES[0].content), _LIMITS)
        assert isinstance(sound, Mapping)
        assert sound["days"]
    finally:
        await children.close()


def test_what_recurs_daily_is_cut_off() -> None:
    """A file that unfolds to more days than are kept says so."""
    daily = [
        event(
            uid=f":{each}",
            summary=f":Day {each}",
            dtstart=";VALUE=DATE:20260801",
            rrule=":FREQ=DAILY",
        )
        for each in range(50)
    ]
    said = reading(calendar(*daily).encode())
    assert said["more"]
    assert len(said["days"]) == MOST_DAYS


@pytest.mark.parametrize(
    "content",
    [
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 500_000,
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 45_000,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART"
        + b';X="' * 1_000_000
        + b":20270101\nEND:VEVENT\n",
        b"BEGIN:VCALENDAR\n" + b" " * 7_000_000,
        b"BEGIN:VCALENDAR\n" + b"\n \t" * 2_000_000 + b"x",
    ],
    ids=["only beginnings", "empty events", "quotes", "blanks", "folds"],
)
def test_what_is_made_to_be_slow_is_not(content: bytes) -> None:
    """Nothing is walked over again and again: a few seconds of a processor are enough for all of them."""
    before = time.process_time()
    read(given(content), lambda _told: None)
    assert time.process_time() - before < 10


def test_a_title_shows_what_it_is() -> None:
    """No control or direction marks, no line breaks, no more than fits."""
    odd = "No\u202e\u200bSchool\x07 \\n today\u2028" + "x" * 500
    (day,) = reading(
        calendar(event(uid=":1", dtstart=";VALUE=DATE:20261106", summary=f":{odd}")).encode()
    )["days"]
    assert day["title"].startswith("NoSchool\ufffd today xxx")
    assert len(day["title"]) <= 200
