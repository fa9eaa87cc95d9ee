"""Pages: what does not fit a chat window, read in a browser or taken away as a file.

A page has no platform limits. The web adapter shows it as HTML; `markdown` writes it as a file.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from plnbot.talk.cards import (
    Block,
    Button,
    Card,
    Divider,
    Field,
    Fields,
    LinkButton,
    PageButton,
    Paragraph,
)
from plnbot.talk.months import Marked, Months
from plnbot.talk.plain import clock_words, days_words, month_words, plain
from plnbot.talk.text import EMPTY, Bold, Code, Italic, Link, Span, Style, Text, When, joined
from plnbot.talk.walls import Cell, Hung, QrCode, Tiles, Timetable
from plnbot.values import dataclass

_UTF8_MARK, _UTF8_GOES_ON = 0xC0, 0x80  # of a byte inside a character
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~]|&(?=#?\w+;)|^[ \t]*(?:[#+\-=]|\d+(?=[.)])))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's title; `anchor` is its address on the page and in the table of contents."""

    text: Text
    anchor: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Quote:
    """What one person said, and when. `actions` are what this reader may do to it."""

    author: Text
    at: datetime
    text: Text
    anchor: str
    note: Text = EMPTY
    actions: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, each entry one line."""

    entries: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it shows, a heading for each column, and rows; each row's first cell names it.

    `bars` makes a picture of it, where there are pictures: for each row the length of its bar, of 100. One that
    is `headed` stands below a heading that says the same as its caption, which is then not seen twice.
    """

    caption: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    bars: tuple[int, ...] = ()
    headed: bool = False


@dataclass(frozen=True, slots=True)
class Downloads:
    """The same content as files: label and the name of the download."""

    files: tuple[tuple[Text, str], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Cards of one kind, as a list: where there is room each is a row, else a card like others.

    A row shows its card's title, words and facts, and leads where the card's one page button leads;
    its other buttons stand behind a sign at the row's end. What is there to be read, as `reads` says,
    goes into a file where pages have no address. Where each row `asks` something, its first buttons are
    the answers, and in sight.
    """

    cards: tuple[Card, ...]
    reads: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Fold:
    """What is there for who asks for it: its name in sight, and the rest opens below; `anchor` is its address."""

    label: Text
    anchor: str
    block: "Listing | Rows"


@dataclass(frozen=True, slots=True)
class Search:
    """A field that asks the page for what holds some words; `words` are those asked for now."""

    label: Text
    words: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands below a page's title: what it is, facts of it, and what one does with all of it.

    `actions` are in sight, the most likely first; `more` are behind a sign, as is what to take along; a
    `Divider` parts them. What is for paper `prints`, by a button of its own.
    """

    about: Text = EMPTY
    facts: tuple[Field, ...] = ()
    actions: tuple[Button | LinkButton | PageButton, ...] = ()
    more: tuple[Button | LinkButton | PageButton | Divider, ...] = ()
    files: Downloads | None = None
    search: Search | None = None
    prints: bool = False


_NO_HEAD = Head()
Unlisted = Block | Card | Heading | Quote | Listing | Table | Downloads | Months | Hung
PageBlock = Unlisted | Rows | Fold


@dataclass(frozen=True, slots=True)
class Page:
    """A page for one reader. `live` names what it follows, so that it can refresh by itself.

    `wall` says that it hangs on one: it fills the screen, and what does not fit turns. Whoever reads a
    public page reads it by the clock of `zone`; who has a session is led to `door` instead, where that
    is for them. `at_once` is pressed by itself as the page opens.
    """

    title: Text
    blocks: tuple[PageBlock, ...]
    contents: bool = False
    live: str = ""
    head: Head = _NO_HEAD
    wall: bool = False
    zone: str = ""
    door: PageButton | None = None
    at_once: Button | None = None

    @property
    def unlisted(self) -> tuple["Unlisted", ...]:
        """Return its blocks with the cards of lists as cards like others."""
        found: list[Unlisted] = []
        for each in self.blocks:
            inside = each.block if isinstance(each, Fold) else each
            if isinstance(each, Fold):
                found.append(Heading(each.label, each.anchor))
            found += inside.cards if isinstance(inside, Rows) else (inside,)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class File:
    """A download: name, media type and bytes."""

    name: str
    media_type: str
    content: bytes

    def parts(self, most: int) -> tuple["File", ...]:
        """Return the file in parts of at most `most` bytes, of text each ending with a line.

        They are numbered by name; where it is no text and too large, there are none.
        """
        if len(self.content) <= most:
            return (self,)
        if not self.media_type.startswith("text/"):
            return ()
        pieces = list(_pieces(self.content, most))
        stem, dot, kind = self.name.rpartition(".")
        return tuple(
            replace(self, name=f"{stem}-{at}-{len(pieces)}{dot}{kind}", content=piece)
            for at, piece in enumerate(pieces, 1)
        )


def _pieces(content: bytes, most: int) -> Iterator[bytes]:
    start = 0
    while len(content) - start > most:
        end = content.rfind(b"\n", start, start + most) + 1
        if end <= start:  # a line that is too long by itself: between two characters
            end = start + most
            while content[end] & _UTF8_MARK == _UTF8_GOES_ON:
                end -= 1
        yield content[start:end]
        start = end
    yield content[start:]


@dataclass(frozen=True, slots=True)
class Attached:
    """A card that goes out with a file."""

    card: Card
    file: File


@dataclass(frozen=True, slots=True)
class Missing:
    """A page or file that is not there, or not for this reader: the two are not told apart."""


def markdown(page: Page, zone: str, locale: str) -> str:
    """Return the page as CommonMark, times in `zone`; what members wrote cannot become markup."""
    return "\n".join(_lines(page, zone, locale)).rstrip() + "\n"


def _lines(page: Page, zone: str, locale: str) -> Iterator[str]:
    yield f"# {_marked(page.title, zone, locale)}"
    yield from _words(Paragraph(page.head.about), zone, locale)
    yield from _words(Fields(page.head.facts), zone, locale)
    for block in page.unlisted:
        match block:
            case Heading(text=text, level=level):
                yield ""
                yield f"{'#' * level} {_marked(text, zone, locale)}"
            case Quote():
                yield from _quoted(block, zone, locale)
            case Listing() | Table() | Timetable() | Tiles() | QrCode():
                yield from _listed(block, zone, locale)
            case Downloads():
                continue
            case Months(months=months):
                for month in (each for each in months if each.marked):
                    yield ""
                    yield f"### {_escaped(month_words(month.first, locale))}"
                    yield ""
                    yield from (_marked_days(each, zone, locale) for each in month.marked)
            case Card(title=title, blocks=inside):
                yield ""
                yield f"### {_marked(title, zone, locale)}"
                for each in inside:
                    yield from _words(each, zone, locale)
            case _:
                yield from _words(block, zone, locale)


def _quoted(quote: Quote, zone: str, locale: str) -> Iterator[str]:
    said = _marked(quote.text, zone, locale).replace("\n", "\n> ")
    yield ""
    yield f"> {said}"
    yield ">"
    clock = _escaped(clock_words(quote.at, Style.TIME, zone, locale))
    noted = f" ({_marked(quote.note, zone, locale)})" if quote.note else ""
    yield f"> — {_marked(quote.author, zone, locale)}, {clock}{noted}"


def _listed(table: Listing | Table | Hung, zone: str, locale: str) -> Iterator[str]:
    if isinstance(table, Hung):
        yield from _hung(table, zone, locale)
        return
    yield ""
    if isinstance(table, Listing):
        yield from (f"- {_marked(entry, zone, locale)}" for entry in table.entries)
        return
    yield _marked(table.caption, zone, locale)
    yield ""
    yield _cells(table.head, zone, locale)
    yield "|" + " --- |" * len(table.head)
    yield from (_cells(row, zone, locale) for row in table.rows)


def _hung(block: Hung, zone: str, locale: str) -> Iterator[str]:
    match block:
        case QrCode():  # a file has no address that the code could begin with
            return
        case Tiles(caption=caption, cells=cells):
            yield ""
            yield _marked(caption, zone, locale)
            yield from _listed(Listing(tuple(_said(each) for each in cells)), zone, locale)
        case Timetable():
            rows = tuple(
                (
                    Text((When(each.begins, Style.TIME),)),
                    *(_said(cell) if cell else EMPTY for cell in each.cells),
                )
                for each in block.slots
            )
            table = Table(block.caption, (EMPTY, *block.columns), rows)
            yield from _listed(table, zone, locale)


def _said(cell: Cell) -> Text:
    return joined(filter(None, (cell.title, cell.who, cell.note)), " · ")


def _cells(cells: tuple[Text, ...], zone: str, locale: str) -> str:
    words = (_marked(each, zone, locale).replace("\n", " ") for each in cells)
    return "|" + "|".join(f" {each} " for each in words) + "|"


def _marked_days(each: Marked, zone: str, locale: str) -> str:
    days = _escaped(days_words(each.first, each.last, locale))
    return f"- {days}: {_marked(each.label, zone, locale)}"


def _words(block: Unlisted, zone: str, locale: str) -> Iterator[str]:
    """Yield what a block says, after a blank line; of buttons nothing, for they lead nowhere."""
    words = _block(block, zone, locale)
    if words:
        yield ""
        yield words


def _block(block: Unlisted, zone: str, locale: str) -> str:
    match block:
        case Paragraph(text=text):
            return _marked(text, zone, locale)
        case Fields(fields=fields):
            return "\n".join(
                f"- **{_marked(each.label, zone, locale)}:** {_marked(each.value, zone, locale)}"
                for each in fields
            )
        case _:
            return ""


def _marked(text: Text, zone: str, locale: str) -> str:
    return "".join(_span(span, zone, locale) for span in text)


def _span(span: Span, zone: str, locale: str) -> str:
    words = _escaped(plain(Text((span,)), zone, locale))
    match span:
        case Bold():
            return f"**{words}**"
        case Italic():
            return f"*{words}*"
        case Code(text=typed):
            return f"`{typed.replace('`', '')}`"
        case Link(url=url, text=label):
            address = url.replace("(", "%28").replace(")", "%29").replace("\\", "%5C")
            return f"<{address}>" if label == url else f"[{_escaped(label)}]({address})"
        case _:
            return words


def _escaped(words: str) -> str:
    """Return words that CommonMark reads as words; only what could be markup is escaped."""
    return _SPECIAL.sub(_with_backslash, words)


def _with_backslash(found: re.Match[str]) -> str:
    mark = found[0]
    if mark[-1:].isdigit():  # "1." begins a list; the point is what must be escaped
        return f"{mark}\\"
    return f"{mark[:-1]}\\{mark[-1]}"
