"""Files for spreadsheets, safe to open: no cell of them is ever a formula.

A program that opens a CSV file guesses what separates its cells: a comma, and where that is written
in numbers, as in Spanish, a semicolon; a tab or a bar in others. With another guess than ours the
quotes around a cell stand for nothing any more, and each separator or line break in what a member
wrote begins a new cell. So every place where some guess begins one is looked at, not only the first.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

_SEPARATORS = ",;|"
_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_ONE_LINE = str.maketrans({"\t": " ", **dict.fromkeys(_BREAKS, "\n")})
# The wide and the small ones too: spreadsheets take them for the plain ones, where people type them.
_FORMULA = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")  # noqa: RUF001 - they are meant
_DISARMS = "'"


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as a CSV file: UTF-8 with a byte order mark, every cell quoted and disarmed."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(map(disarmed, row) for row in rows)
    return out.getvalue().encode("utf-8-sig")


def disarmed(words: str) -> str:
    """Return words of which no spreadsheet makes a formula: an apostrophe stands where one began.

    Nothing else changes but tabs, which become blanks, and line breaks, which are all the same.
    """
    kept: list[str] = []
    begins = True
    for char in words.replace("\r\n", "\n").translate(_ONE_LINE):
        if char in _SEPARATORS or char == "\n":
            begins = True
        elif begins and char in _FORMULA:
            kept.append(_DISARMS)
            begins = False
        elif begins:
            begins = _is_passed_over(char)
        kept.append(char)
    return "".join(kept)


def _is_passed_over(char: str) -> bool:
    """Return whether a cell may begin with this and still be a formula: blanks, quotes, the unseen."""
    return char == '"' or unicodedata.category(char)[0] in "ZC"
