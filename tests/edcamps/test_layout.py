"""Boards as people write them: slots, rooms, phases; what is in the way is said at once, in their words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plnbot.edcamps.layout import (
    Asks,
    Layout,
    Written,
    day_line,
    read_layout,
    room_line,
    slot_lines,
)
from plnbot.edcamps.layout.phases import as_lines
from plnbot.edcamps.model import Phase, RoomKind
from plnbot.talk.forms import FieldErrors
from plnbot.talk.plain import plain
from plnbot.talk.words import Sentence, Translate
from plnbot.walltime import local

ZONE = "America/New_York"
NOW = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)
ASKS = Asks(NOW, ZONE)
DAY = Written(
    "Dec 5",
    "9:00–9:45 Opening\n10 - 10:45\n• 1:15 to 2 pm\nDec 6 09:00-9:45",
    "Library, 30 seats, projector, no steps\nGym\nDen, voice",
    "Votes: Dec 3 8 am\nRequests: no",
)


def read(written: Written, before: Layout | None = None, *, asks: Asks = ASKS) -> Layout:
    """Return a layout that can be read."""
    found = read_layout(written, asks, before)
    assert isinstance(found, Layout), found
    return found


def wrong(written: Written) -> dict[str, str]:
    """Return what is in the way, in words."""
    found = read_layout(written, ASKS)
    assert isinstance(found, FieldErrors)
    said = {name: each for name, each in found.errors.items() if isinstance(each, Sentence)}
    return {name: plain(Translate("en").say(each), ZONE) for name, each in said.items()}


def test_a_board_is_read_from_lines() -> None:
    """School hours without am or pm, another day, names, seats, features and kinds of rooms."""
    made = read(DAY)
    begins = [f"{local(each.starts_at, ZONE):%d %H:%M}" for each in made.slots]
    assert begins == ["05 09:00", "05 10:00", "05 13:15", "06 09:00"]
    assert [f"{local(each.ends_at, ZONE):%H:%M}" for each in made.slots][1:3] == ["10:45", "14:00"]
    assert made.slots[0].name == "Opening"
    library, gym, den = made.rooms
    assert (library.seats, library.features) == (30, ("projector", "no steps"))
    assert (gym.seats, gym.kind, den.kind) == (None, RoomKind.REAL, RoomKind.VOICE)
    assert Phase.REQUEST not in made.times.begins
    assert made.times.begins[Phase.VOTE] == datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
    assert made.times.begins[Phase.LIVE] == made.slots[0].starts_at
    assert made.times.begins[Phase.SHARE_OUT] == made.slots[-1].ends_at
    assert made.times.one_each_until == made.times.begins[Phase.VOTE]


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("5:30–7:00", ("17:30", "19:00")),
        ("6:45 - 8", ("18:45", "20:00")),
        ("06:45–07:30", ("06:45", "07:30")),
        ("11–12:30", ("11:00", "12:30")),
        ("11:30-1", ("11:30", "13:00")),
        ("5:30 pm–7", ("17:30", "19:00")),
    ],
)
def test_clocks_without_am_or_pm(said: str, times: tuple[str, str]) -> None:
    """School hours, and an evening that goes on in the evening."""
    (slot,) = read(replace(DAY, slots=said, phases="")).slots
    assert tuple(f"{local(at, ZONE):%H:%M}" for at in (slot.starts_at, slot.ends_at)) == times


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("slots", "", "A board needs slots"),
        ("slots", "in the morning", "I find no time in “in the morning”"),
        ("slots", "9:00–9:45\n9:30–10:00", "begins before the one before it ends"),
        ("slots", "11:00-10:00 am", "ends before it begins"),
        ("slots", "9:00–8:30", "ends before it begins"),
        ("slots", "25:00–26:00", "is no time"),
        ("rooms", " ", "A board needs rooms"),
        ("rooms", "Library\nGym\nlibrary, 20", "“Library” is named twice"),
        ("rooms", "\n".join(f"Room {n}" for n in range(41)), "40 rooms at most"),
        ("day", "some day", "Which day is “some day”?"),
        ("phases", "Lunch: noon", "names no phase"),
        ("phases", "Votes: on Blursday", "Blursday"),
        ("phases", "The day: no", "No board is without The day"),
        ("phases", "Votes: Dec 7 8 am", "Phases begin one after another"),
    ],
)
def test_what_is_in_the_way_is_said(field: str, words: str, said: str) -> None:
    """A board without slots, a room named twice, a phase after the next: each has its sentence."""
    assert said in wrong(replace(DAY, **{field: words}))[field]


def test_all_is_said_at_once() -> None:
    """Not one thing after another."""
    assert set(wrong(replace(DAY, slots="noon", rooms="Gym\nGym"))) == {"slots", "rooms"}


def test_what_is_written_is_read_back_while_the_board_runs() -> None:
    """The same words are the same board, also when half of it lies behind; numbers stay with their lines."""
    made = read(DAY)
    made = Layout(
        tuple(replace(each, id=n) for n, each in enumerate(made.slots, 1)),
        tuple(replace(each, id=n) for n, each in enumerate(made.rooms, 1)),
        made.times,
    )
    noon = replace(ASKS, now=made.slots[1].starts_at + timedelta(minutes=5))
    shown = Written(
        day_line(made.slots, ZONE),
        "\n".join(slot_lines(made.slots, ZONE)),
        "\n".join(map(room_line, made.rooms)),
        "\n".join(as_lines(made.times, noon)),
    )
    assert read(shown, made, asks=noon) == made
    slots = shown.slots.replace("10:00–10:45", "10:00–10:20").replace(
        "09:00–09:45 Opening", "09:00–09:50"
    )
    rooms = shown.rooms.replace("Gym", "Great hall, 200")
    changed = read(replace(shown, slots=slots, rooms=rooms), made, asks=noon)
    assert [each.id for each in changed.slots] == [1, 2, 3, 4]
    assert [each.id for each in changed.rooms] == [1, 2, 3]
    assert changed.rooms[1].seats == 200
    assert changed.times == made.times


def test_phases_of_a_board_for_today_fit_before_it() -> None:
    """A blank board at nine becomes a grid before ten: nothing has to be written for that."""
    begins = read(
        Written("today", "11:00–11:45", "Gym", ""), asks=replace(ASKS, now=NOW)
    ).times.begins
    assert [each for each in begins if each is Phase.REQUEST] == [Phase.REQUEST]
    assert begins[Phase.REQUEST] == NOW
    assert list(begins.values()) == sorted(begins.values())
    assert begins[Phase.GRID] < begins[Phase.LIVE]


@pytest.mark.parametrize("line", ["22:30–24:00", "10:30 pm – 12 am", "22:30-0:00 Stars"])
def test_an_evening_goes_on_until_midnight(line: str) -> None:
    """The next day begins there; written again, it is read as it was."""
    made = read(replace(DAY, slots=line))
    (slot,) = made.slots
    assert (slot.ends_at - slot.starts_at).total_seconds() == 90 * 60
    again = replace(DAY, slots="\n".join(slot_lines(made.slots, ZONE)))
    assert read(again).slots == made.slots


def test_what_is_no_length_of_time_is_no_slot() -> None:
    """Neither noon written as midnight, nor an hour that clocks skip, which would begin as it ends."""
    spring = {"day": "March 14", "phases": ""}
    for day, line in ((DAY, "9:00–12:00 am"), (replace(DAY, **spring), "02:00–02:30")):
        assert "ends before it begins" in wrong(replace(day, slots=line))["slots"]


@pytest.mark.parametrize("line", [", 30 seats", "\u200b, 3", ",", "\u2800"])
def test_a_room_has_a_name_that_is_seen(line: str) -> None:
    """It stands on doors and in lists."""
    assert "needs a name" in wrong(replace(DAY, rooms=f"Library\n{line}"))["rooms"]
