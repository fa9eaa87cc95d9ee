"""What hangs on a wall: a timetable of places and times, tiles, and codes to join by. Blocks of a page.

A wall is read from the other end of a room and cannot be scrolled, so what does not fit turns, a screen
at a time. A room keeps its column on every screen: people look where they looked before. The same
blocks are read on a phone, one below the other, and on paper.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from plnbot.talk.cards import PageButton
from plnbot.talk.text import EMPTY, Text
from plnbot.values import dataclass

COLUMNS, ROWS, TILES = 6, 4, 12
"""How much of each a screen of a wall holds, large enough for the last row of chairs."""


class CellLook(StrEnum):
    """How what stands in a cell stands out."""

    PLAIN = "plain"
    MINE = "mine"
    CHANGED = "changed"
    OVER = "over"
    GOOD = "good"
    """It would be well here; the note says why."""
    OFF = "off"
    """Nothing can come here now; the note says why."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What takes place: what it is called, who leads it, a note, and where it is read in full."""

    title: Text
    who: Text = EMPTY
    note: Text = EMPTY
    look: CellLook = CellLook.PLAIN
    leads: PageButton | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A row of a timetable: when it is, and one cell for each column, None where nothing is.

    `places` is what each of its places is known by, where things are put into them by hand.
    """

    label: Text
    begins: datetime
    ends: datetime
    cells: tuple[Cell | None, ...]
    places: tuple[str, ...] = ()

    def is_on(self, now: datetime) -> bool:
        """Return whether it goes on now."""
        return self.begins <= now < self.ends


@dataclass(frozen=True, slots=True)
class Moving:
    """How what stands in a timetable is put elsewhere: dragged, carried by keys, or page by page.

    `of` is the page of a thing, by its row. `to` is the page that says what putting it in a place would
    do, and does it by the first button of its head; its row is the thing's, a point, and the place's.
    """

    of: str
    to: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """Places side by side, times below each other, and what takes place where they meet.

    `now` is the instant it was made at: what goes on then stands out, also where nothing moves. What leads
    to the page of a thing, in it and beside it, can be moved where `moving` says how.
    """

    caption: Text
    columns: tuple[Text, ...]
    slots: tuple[Slot, ...]
    now: datetime
    moving: Moving | None = None

    def __post_init__(self) -> None:
        if any(len(each.cells) != len(self.columns) for each in self.slots):
            raise ValueError("each row of a timetable has a cell for each column")
        if self.moving and any(len(each.places) != len(self.columns) for each in self.slots):
            raise ValueError(
                "where things are moved, each place of a timetable is known by something"
            )


@dataclass(frozen=True, slots=True)
class Tiles:
    """Things side by side, in no order that means anything."""

    caption: Text
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class QrCode:
    """A public page as a code that phones read, by its name and row, with the words beside it.

    Where pages have no address that a phone could reach, it says that instead.
    """

    page: str
    row: str
    label: Text

    @property
    def path(self) -> str:
        """Where the page is, below the pages' own address."""
        return f"/open/{quote(self.page, safe='')}/{quote(self.row, safe='')}"


Hung = Timetable | Tiles | QrCode


def screens(
    of: Timetable, *, columns: int = COLUMNS, rows: int = ROWS, first: int = 0
) -> Sequence[Timetable]:
    """Return a timetable as screens of a wall, from its row `first` on; all columns of some rows first."""
    slots = of.slots[first:] or of.slots[-1:]
    return [
        replace(
            of,
            columns=of.columns[left : left + columns],
            slots=tuple(
                replace(
                    each,
                    cells=each.cells[left : left + columns],
                    places=each.places[left : left + columns],
                )
                for each in slots[top : top + rows]
            ),
        )
        for top in range(0, len(slots), rows)
        for left in range(0, len(of.columns), columns)
    ]


def tiled(of: Tiles, *, most: int = TILES) -> Sequence[Tiles]:
    """Return tiles as screens of a wall."""
    cells = of.cells
    return [Tiles(of.caption, cells[at : at + most]) for at in range(0, len(cells), most)]
