"""A file of districts, read line by line: what it holds, and everything that is wrong with it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from plnbot.members.model.districts import LONGEST_NAME, LONGEST_STATE, folded
from plnbot.values import dataclass

MOST_LINES = 20_000
_SEPARATORS = ",;\t"
_COLUMNS: Mapping[str, str] = {
    "name": "name",
    "district": "name",
    "nombre": "name",
    "distrito": "name",
    "state": "state",
    "estado": "state",
    "other names": "others",
    "otros nombres": "others",
}


class Wrong(Enum):
    """What can be wrong with a line, as its sentence."""

    NO_NAME = "there is no name"
    TOO_LONG = (
        f"the name is longer than {LONGEST_NAME} characters, or the state than {LONGEST_STATE}"
    )
    NOTHING_TO_READ = "nothing in the name is a letter or a digit"
    TWICE = "this name leads to another district of the same state already, on line {before}"
    COLUMNS = "there are more columns than the first line names"


@dataclass(frozen=True, slots=True)
class District:
    """One line: a district, its state, and other names it goes by."""

    line: int
    name: str
    state: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be used, and why. `before` is the line that it clashes with, else 0."""

    line: int
    why: Wrong
    before: int = 0

    def __str__(self) -> str:
        """Return it as a person reads it."""
        return f"line {self.line}: {self.why.value.format(before=self.before)}"


class UnreadableError(ValueError):
    """The file as a whole is not one of districts; the words say why."""


def read(text: str) -> tuple[Sequence[District], Sequence[BadLine]]:
    """Return the districts of a file and its bad lines.

    The first line names the columns: `name`, and perhaps `state` and `other names`, which are
    separated by `|`. Commas, semicolons or tabs stand between columns. Raises `UnreadableError`
    where there is no such first line, or the file is too long.
    """
    lines = text.removeprefix("\ufeff").replace("\0", "")
    head = lines.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    found = csv.reader(io.StringIO(lines, newline=""), delimiter=separator)
    columns = [_COLUMNS.get(_named(each), "") for each in next(found, [])]
    if "name" not in columns:
        raise UnreadableError("its first line must name the columns: name, state, other names")
    good: list[District] = []
    bad: list[BadLine] = []
    taken: dict[tuple[str, str], int] = {}
    try:
        for cells in found:
            if found.line_num > MOST_LINES:
                raise UnreadableError(f"it has more than {MOST_LINES:,} lines")
            if any(each.strip() for each in cells):
                made = _read_line(found.line_num, cells, columns, taken)
                if isinstance(made, BadLine):
                    bad.append(made)
                else:
                    good.append(made)
    except csv.Error as error:
        raise UnreadableError(
            f"line {found.line_num} is no line of such a file: {error}"
        ) from error
    return good, bad


def _read_line(
    line: int, cells: Sequence[str], columns: Sequence[str], taken: dict[tuple[str, str], int]
) -> District | BadLine:
    if any(each.strip() for each in cells[len(columns) :]):
        return BadLine(line, Wrong.COLUMNS)
    told = {name: " ".join(cell.split()) for name, cell in zip(columns, cells, strict=False)}
    name, state = told.get("name", ""), told.get("state", "")
    others = tuple(dict.fromkeys(_split(told.get("others", ""))))
    if not name:
        return BadLine(line, Wrong.NO_NAME)
    if max(map(len, (name, *others))) > LONGEST_NAME or len(state) > LONGEST_STATE:
        return BadLine(line, Wrong.TOO_LONG)
    keys = [(folded(state), folded(each)) for each in (name, *others)]
    if not all(key for _state, key in keys):
        return BadLine(line, Wrong.NOTHING_TO_READ)
    before = next((taken[key] for key in keys if key in taken), 0)
    if before:
        return BadLine(line, Wrong.TWICE, before)
    taken.update(dict.fromkeys(keys, line))
    return District(line, name, state, others)


def _split(words: str) -> Iterator[str]:
    return (each.strip() for each in words.split("|") if each.strip())


def _named(cell: str) -> str:
    return " ".join(cell.replace("_", " ").casefold().split())
