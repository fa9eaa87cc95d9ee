"""Walls: what stands on which screen, and what becomes of one on paper or in a file."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.web import render
from plnbot.talk.pages import Page, markdown
from plnbot.talk.text import verbatim
from plnbot.talk.walls import Cell, QrCode, Slot, Tiles, Timetable, screens, tiled

NOON = datetime(2026, 4, 11, 12, tzinfo=UTC)


def timetable(rooms: int, slots: int) -> Timetable:
    """Return a timetable in which each cell says where it stands."""
    return Timetable(
        verbatim("The grid"),
        tuple(verbatim(f"Room {each}") for each in range(rooms)),
        tuple(
            Slot(
                verbatim(f"Slot {each}"),
                NOON + timedelta(hours=each),
                NOON + timedelta(hours=each, minutes=45),
                tuple(Cell(verbatim(f"{each}/{room}")) for room in range(rooms)),
            )
            for each in range(slots)
        ),
        NOON,
    )


def test_each_cell_stands_on_one_screen_and_each_room_in_one_column() -> None:
    """What does not fit turns; what is over is not turned to, and a room never changes its column."""
    shown = screens(timetable(8, 10), columns=3, rows=4, first=2)
    cells = [
        cell.title.bare() for each in shown for slot in each.slots for cell in slot.cells if cell
    ]
    assert sorted(cells) == sorted(f"{slot}/{room}" for slot in range(2, 10) for room in range(8))
    places = {(column.bare(), at) for each in shown for at, column in enumerate(each.columns)}
    assert places == {(f"Room {each}", each % 3) for each in range(8)}
    over = screens(timetable(2, 3), first=3)
    assert [each.label.bare() for each in over[0].slots] == ["Slot 2"]
    tiles = Tiles(verbatim("Cards"), tuple(Cell(verbatim(str(each))) for each in range(25)))
    assert [len(each.cells) for each in tiled(tiles)] == [12, 12, 1]


def test_a_row_has_a_cell_for_each_column() -> None:
    """A cell that slipped into another room would send people there."""
    one = timetable(2, 1)
    with pytest.raises(ValueError, match="a cell for each column"):
        Timetable(one.caption, one.columns[:1], one.slots, NOON)


def test_a_wall_as_a_file() -> None:
    """Where pages have no address a timetable is a table; a code leads nowhere and is left out."""
    code = QrCode("edcamp", "a/1", verbatim("Read it here"))
    assert code.path == "/open/edcamp/a%2F1"
    page = Page(verbatim("EdCamp"), (timetable(2, 1), code), wall=True)
    words = markdown(page, "America/Chicago", "en")
    assert "| Room 0 | Room 1 |" in words
    assert "7:00" in words
    assert "| 0/0 | 0/1 |" in words
    assert "Read it here" not in words


def test_a_code_is_drawn_with_its_quiet_border() -> None:
    """Readers need four light modules around it, and the three corners they look for."""
    side, dark = render.qr_path("https://pln.example.org/open/edcamp/a1")
    assert (side - 8 - 17) % 4 == 0
    modules = {tuple(map(int, each.split("h")[0].split())) for each in dark.split("M") if each}
    assert all(4 <= x < side - 4 and 4 <= y < side - 4 for x, y in modules)
    for left, top in ((4, 4), (side - 11, 4), (4, side - 11)):
        assert {(left + each, top) for each in range(7)} <= modules
