"""No cell of a file is a formula, whatever separates cells for the program that opens it."""

import csv
import io
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.talk.spreadsheets import as_csv, disarmed

GUESSES = (",", ";", "\t", "|")
MARKS = "=+-@＝＋－＠﹦﹢﹣﹫"  # noqa: RUF001 - they are meant
UNSEEN = " \u00a0\u3000\ufeff\u200b\u2060\x00\x1f"
HOSTILE = st.text(
    st.sampled_from(f"{MARKS}{UNSEEN}\"',;|\t\r\n\v\f\x85\u2028\u2029aé1"), max_size=12
)
SHEETS = st.lists(st.lists(HOSTILE, min_size=1, max_size=4), min_size=1, max_size=4)


def cells(file: bytes) -> Iterator[str]:
    """Yield every cell that some program reads: by each separator, with quotes and without."""
    text = file.decode("utf-8-sig")
    for separator in GUESSES:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield from row
        for line in text.splitlines():
            yield from line.split(separator)


def is_formula(cell: str) -> bool:
    """Return whether a spreadsheet may take a cell for a formula: what is not seen counts nothing."""
    seen = "".join(
        char for char in cell if unicodedata.category(char)[0] not in "ZC" and char != '"'
    )
    return cell.removeprefix("\r\n").startswith(("\t", "\r")) or seen.startswith(tuple(MARKS))


@given(SHEETS)
def test_no_cell_is_a_formula_by_any_guess(sheet: list[list[str]]) -> None:
    """Neither by the separator that was meant nor by another, nor where quotes count for nothing."""
    assert [cell for cell in cells(as_csv(sheet)) if is_formula(cell)] == []


@given(SHEETS)
def test_nothing_is_lost(sheet: list[list[str]]) -> None:
    """Whoever reads it as it was meant has every cell, with an apostrophe here and there."""
    read = list(csv.reader(io.StringIO(as_csv(sheet).decode("utf-8-sig"), newline="")))
    assert read == [[disarmed(cell) for cell in row] for row in sheet]
    for row, given_row in zip(read, sheet, strict=True):
        for cell, words in zip(row, given_row, strict=True):
            assert bare(cell) == bare(words)


def bare(words: str) -> str:
    """Return words without apostrophes and blanks."""
    return "".join(words.replace("'", "").split())


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("x;=cmd|' /C calc'!A0;y", "x;'=cmd|' /C calc'!A0;y"),
        ("fine\n=1+1", "fine\n'=1+1"),
        ("fine\t=1+1", "fine =1+1"),
        ('x;"=1+1', "x;\"'=1+1"),
        ("\u00a0\ufeff＋1", "\u00a0\ufeff'＋1"),  # noqa: RUF001 - it is meant
        ("2 + 2 = 4, a-b, me@example.org", "2 + 2 = 4, a-b, me@example.org"),
        ("It works; I'm happy: 50 | 50", "It works; I'm happy: 50 | 50"),
        ("", ""),
    ],
)
def test_an_apostrophe_stands_where_a_formula_began(words: str, safe: str) -> None:
    """There and nowhere else: what people write every day stays as it is."""
    assert disarmed(words) == safe


def test_every_cell_is_quoted() -> None:
    """So that a separator within one is its own."""
    assert as_csv([["a", "b;c"], ["", "d"]]) == b'\xef\xbb\xbf"a","b;c"\r\n"","d"\r\n'
