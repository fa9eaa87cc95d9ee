"""A page as lines: what a paper prints of it, in its order. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from plnbot.talk.cards import Paragraph
from plnbot.talk.pages import Downloads, Heading, Listing, PageBlock, Table
from plnbot.talk.plain import plain
from plnbot.talk.text import Link, Text
from plnbot.values import dataclass

Kind = Literal["heading", "title", "section", "text", "item", "file", "table"]
_LEVELS: tuple[Kind, ...] = ("heading", "heading", "heading", "title", "section")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a line, and the address of the web they lead to, empty where they lead nowhere."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head, its rows, and for each row the length of its bar, of 100, where it is a picture too.

    One that is `headed` has its caption in the heading above.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[int, ...]
    headed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or the table `grid` under its caption.

    `file` is the name of the download, as its page has it, of a line that is one.
    """

    kind: Kind
    runs: tuple[Run, ...]
    file: str = ""
    grid: Grid | None = None

    @property
    def words(self) -> str:
        """What it says."""
        return "".join(each.words for each in self.runs)


def outline(blocks: Iterable[PageBlock], zone: str, locale: str) -> Sequence[Line]:
    """Return what these blocks say, by the clock of `zone`; buttons say nothing on paper."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Table):
            caption = tuple(_runs(block.caption, zone, locale))
            lines.append(Line("table", caption, grid=_grid(block, zone, locale)))
        lines += [
            Line(kind, tuple(_runs(text, zone, locale)), file) for kind, text, file in _said(block)
        ]
    return lines


def _grid(table: Table, zone: str, locale: str) -> Grid:
    def written(cells: Iterable[Text]) -> tuple[str, ...]:
        return tuple(plain(each, zone, locale) for each in cells)

    return Grid(written(table.head), tuple(map(written, table.rows)), table.bars, table.headed)


def _said(block: PageBlock) -> Iterator[tuple[Kind, Text, str]]:
    match block:
        case Heading(text=text, level=level):
            yield _LEVELS[min(level, len(_LEVELS) - 1)], text, ""
        case Paragraph(text=text):
            yield "text", text, ""
        case Listing(entries=entries):
            for each in entries:
                yield "item", each, ""
        case Downloads(files=files):
            for label, name in files:
                yield "file", label, name
        case _:
            return


def _runs(text: Text, zone: str, locale: str) -> Iterator[Run]:
    for each in text:
        if isinstance(each, Link):
            yield Run(each.text, each.url)
        else:
            yield Run(plain(Text((each,)), zone, locale))
