"""A season of chats as it stands in a document or table: a line a chat, with its theme, day, hosts and hashtag.

A table's columns stand behind tabs, strokes (`|`), semicolons or commas. Their heads say what they hold, in any
order; without heads, what is in them does: `#…` is a hashtag, `@…` a host, a day a day, and the first other
cell the theme. A line that is no row of a table may begin with its day and have `#…`, `@…` and `host: …` in it.
Nothing is looked up here, and no line is lost: each that is not blank is a row, or the head of the table.
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import islice

from plnbot.values import dataclass

MOST_ROWS = 60
_HEADS: Mapping[str, str] = {
    "date": "date day when fecha día dia cuándo cuando",
    "theme": "theme topic title subject tema título titulo asunto",
    "host": "host hosts moderator moderators by anfitrión anfitriona anfitriones modera moderador moderadora",
    "hashtag": "hashtag hashtags tag etiqueta",
}
_TAG = re.compile(r"(?<![\w/])#(\w+)")
_AT = re.compile(r"(?<!\w)@([^\s,;()|@#]+(?: [A-ZÁÉÍÓÚÑ][^\s,;()|@#]*)*)")
# Of words with one blank between them: of several that may match the same blanks, none ever ends.
_HOST = re.compile(
    r"\b(?:hosts?|hosted by|moderators?|moderated by|led by|modera|anfitri[oó]na?|moderado por) ?:? ([^#|()]+)\)? ?$",
    re.IGNORECASE,
)
_BEFORE_HOST = " ,;(–—-"
_LIST_MARK = re.compile(r"^\s*(?:[-*•]\s+|\d{1,2}[.)]\s+)")
_RULE = re.compile(r"^[\s|:+=-]+$")
_BETWEEN_DAY_AND_THEME = re.compile(r"\s[–—-]\s|(?<=[^\d\s]):\s|(?<=\d):\s")
_SEVERAL = re.compile(r"\s*(?:,|;|/|&|\band\b|\by\b)\s*", re.IGNORECASE)
_STROKES = " \t|:;,.–—-()"
_MOST_STROKES_IN_A_DAY = 4
"""A day is looked for before so many of them: to look for one takes a while, and a line may be all strokes."""


IsDay = Callable[[str], bool]


class Column(StrEnum):
    """What a column holds."""

    DATE = "date"
    THEME = "theme"
    HOST = "host"
    HASHTAG = "hashtag"


@dataclass(frozen=True, slots=True)
class SeasonRow:
    """One chat to be, in its own words; `line` is where it stands, counted from 1."""

    line: int
    theme: str
    date: str = ""
    hosts: tuple[str, ...] = ()
    hashtag: str = ""


def read_season(words: str, is_day: IsDay) -> tuple[SeasonRow, ...]:
    """Return the rows of a document; `is_day` tells whether words say a day."""
    lines = [
        (number, line)
        for number, line in enumerate(words.split("\n"), start=1)
        if line.strip() and not _RULE.match(line)
    ]
    sign = _sign([line for _, line in lines])
    if not sign:
        return tuple(_line(number, line, is_day) for number, line in lines)
    cells = [(number, _cells(line, sign)) for number, line in lines]
    heads = _heads(cells[0][1])
    rows = cells[1:] if heads else cells
    return tuple(
        _headed(number, row, heads) if heads else _guessed(number, row, is_day)
        for number, row in rows
    )


def _sign(lines: Sequence[str]) -> str:
    """Return what stands between the columns, where the lines are rows of a table."""
    for sign in "\t|":
        if sum(sign in each for each in lines) > len(lines) / 2:
            return sign
    # A comma or a semicolon stands in sentences too: there the heads have to say that it is a table.
    for sign in ";,":
        if lines and _heads(_cells(lines[0], sign)):
            return sign
    return ""


def _cells(line: str, sign: str) -> list[str]:
    if sign == "|":
        line = line.strip().removeprefix("|").removesuffix("|")
    row = next(csv.reader([line], delimiter=sign), [])
    return [" ".join(each.split()) for each in row]


def _heads(row: Sequence[str]) -> tuple[Column | None, ...]:
    """Return what the columns hold, where this row says it: at least a theme and something else."""
    named = tuple(_head(each) for each in row)
    found = [each for each in named if each is not None]
    return named if Column.THEME in found and len(found) > 1 else ()


def _head(cell: str) -> Column | None:
    word = cell.strip(" *_:").casefold()
    return next((Column(each) for each, names in _HEADS.items() if word in names.split()), None)


def _headed(number: int, row: Sequence[str], heads: Sequence[Column | None]) -> SeasonRow:
    by_column = {
        head: cell for head, cell in zip(heads, row, strict=False) if head is not None and cell
    }
    return SeasonRow(
        number,
        by_column.get(Column.THEME, ""),
        by_column.get(Column.DATE, ""),
        _names(by_column.get(Column.HOST, "")),
        by_column.get(Column.HASHTAG, "").lstrip("#"),
    )


def _guessed(number: int, row: Sequence[str], is_day: IsDay) -> SeasonRow:
    found: dict[Column, str] = {}
    others: list[str] = []
    for cell in filter(None, row):
        if _TAG.fullmatch(cell):
            found.setdefault(Column.HASHTAG, cell)
        elif cell.startswith("@"):
            found.setdefault(Column.HOST, cell)
        elif Column.DATE not in found and is_day(cell):
            found[Column.DATE] = cell
        else:
            others.append(cell)
    theme, *rest = others or [""]
    host = found.get(Column.HOST, rest[0] if rest else "")
    date, tag = found.get(Column.DATE, ""), found.get(Column.HASHTAG, "")
    return SeasonRow(number, theme, date, _names(host), tag.lstrip("#"))


def _line(number: int, line: str, is_day: IsDay) -> SeasonRow:
    words = _LIST_MARK.sub("", line)
    tag = _TAG.search(words)
    words = _TAG.sub("", words)
    hosts = tuple(each.strip() for each in _AT.findall(words))
    words = " ".join(_AT.sub("", words).split())
    if said := _HOST.search(words):
        hosts = (*hosts, *_names(said[1]))
        words = words[: said.start()].rstrip(_BEFORE_HOST)
    date = ""
    for found in islice(_BETWEEN_DAY_AND_THEME.finditer(words), _MOST_STROKES_IN_A_DAY):
        if is_day(words[: found.start()]):
            date, words = words[: found.start()].strip(), words[found.end() :]
            break
    theme = " ".join(words.split()).strip(_STROKES)
    return SeasonRow(number, theme, date, hosts, tag[1] if tag else "")


def _names(words: str) -> tuple[str, ...]:
    names = (each.strip().removeprefix("@").strip() for each in _SEVERAL.split(words))
    return tuple(filter(None, names))
