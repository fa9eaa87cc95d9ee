"""From a file to its entries: all mistakes at once, each with its line."""

import logging
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from plnbot.errors import Refused
from plnbot.packs.entries import Entry, Problem, Titles
from plnbot.talk import limits
from plnbot.talk.cards import Option
from plnbot.talk.fallback import short_words
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg
from plnbot.values import dataclass

log = logging.getLogger(__name__)
FOLDER = Path(__file__).parents[2] / "config" / "packs"
LARGEST = 256 * 1024
MOST_ENTRIES = 500
MOST_PROBLEMS = 50
_TABLE = re.compile(r"\s*\[\[\s*([A-Za-z0-9_-]+)\s*\]\]")
_ONE_TABLE = re.compile(r"\s*\[\s*([A-Za-z0-9_-]+)\s*\]")
_ANY_TABLE = re.compile(r"\s*\[")
_KEY = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*=")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_LONG_QUOTES = ('"""', "'''")


class Identified(Protocol):
    """What every entry of a pack has when it was read. `retired`: known, and not offered."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def retired(self) -> bool:
        """Whether it is no longer offered."""
        ...


Read = TypeVar("Read", bound=Identified)
Whole = Callable[[Sequence[Entry], Mapping[str, Read]], None]
"""Notes in entries what is wrong between them, given all of them as they were read too."""
_CANNOT = msg(
    "A list that this needs has a mistake in it, so it cannot be done now. Whoever looks after the bot"
    " finds the mistake with `./run packs check`."
)


class PackError(Refused):
    """A pack that cannot be used: the file and, line by line, everything that is wrong with it.

    Members read a sentence, for whom trying again would not help; its own words are the operator's.
    """

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        super().__init__(_CANNOT)
        self.args = ("\n".join(f"{file}:{each.line}: {each.words}" for each in problems),)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Named:
    """An entry that is no more than what it is called, and some words about it.

    `within` is the id of the entry that it stands under, empty where it stands under none.
    """

    id: str
    title: Titles
    about: Titles
    retired: bool
    within: str = ""


@dataclass(frozen=True, slots=True)
class Pack(Generic[Read]):
    """A kind of pack: its file, what one of its entries is called there, and how one is read.

    `offered` is how many may be offered at once, where people choose from them; 0 is any number. `whole`
    notes what is wrong between entries that each are sound.
    """

    file: str
    entry: str
    read: Callable[[Entry], Read]
    offered: int = 0
    whole: Whole[Read] | None = None

    def load(self, path: Path | None = None) -> Mapping[str, Read]:
        """Return the entries by id, in their order, of the pack in use or another file of its kind.

        Reading takes milliseconds, so whoever needs it often keeps what this returns. Raises
        `PackError`.
        """
        path = path or FOLDER / self.file
        try:
            return self.parsed(bytes_of(path), path.name)
        except PackError:
            log.warning("%s cannot be used: ./run packs check says why", self.file)
            raise

    def parsed(self, content: bytes, name: str) -> Mapping[str, Read]:
        """Return the entries in the bytes of a file of this name; raises `PackError`."""
        found, problems = read_all(entries_in(content, self.entry, name), self.read, self.whole)
        problems = problems or self._choice(len(offered(found)))
        if problems:
            raise PackError(name, problems[:MOST_PROBLEMS])
        return found

    @property
    def where(self) -> str:
        """Where it stands in `config/packs`."""
        return self.file

    def files(self, folder: Path = FOLDER) -> Sequence[str]:
        """Return the files it stands in, which is one, whether or not that is there."""
        del folder
        return (self.file,)

    def between(self, folder: Path = FOLDER) -> Iterator[PackError]:
        """Yield what is wrong between its files, of which there is one."""
        del folder
        yield from ()

    def _choice(self, many: int) -> list[Problem]:
        """Return what is wrong with how many there are to choose from."""
        if not many:
            return [Problem(1, f"every {self.entry} is retired, so there is none to choose")]
        if self.offered and many > self.offered:
            said = f"{many} are offered, and people can choose from {self.offered} at most"
            return [Problem(1, f"{said}: retire some with `retired = true`")]
        return []


def read_all(
    entries: Sequence[Entry], read: Callable[[Entry], Read], whole: Whole[Read] | None = None
) -> tuple[dict[str, Read], list[Problem]]:
    """Return entries by id as they were read, and everything that is wrong with them."""
    found: dict[str, Read] = {}
    for entry in entries:
        one = read(entry)
        entry.done()
        if one.id in found:
            entry.wrong("id", "is the same as an earlier one's")
        if one.id:
            found.setdefault(one.id, one)
    if whole is not None:
        whole(entries, found)
    found_wrong = (sorted(each.problems, key=lambda one: one.line) for each in entries)
    return found, [problem for problems in found_wrong for problem in problems]


def offered(entries: Mapping[str, Read], keeping: Collection[str] = ()) -> tuple[Read, ...]:
    """Return what people may choose from: what is not retired, and what they chose before."""
    return tuple(each for each in entries.values() if not each.retired or each.id in keeping)


def choices(
    known: Mapping[str, Named], locale: str, keeping: Collection[str] = ()
) -> tuple[Option, ...]:
    """Return the entries that a form offers, by their titles; retired ones that are kept stay."""
    return tuple(
        Option(each.id, verbatim(short_words(each.title.said(locale), limits.OPTION_LABEL)))
        for each in offered(known, keeping)
    )[: limits.OPTIONS]


def named(entry: Entry) -> Named:
    """Read an entry that has a name and perhaps words about it."""
    about = entry.titles("about", most=400, required=False)
    return Named(entry.id(), entry.titles("name"), about, entry.flag("retired"))


def tables_in(content: bytes) -> frozenset[str]:
    """Return how the entries in a file are called, whatever else is wrong with it."""
    text = content[:LARGEST].decode("utf-8-sig", errors="replace")
    return frozenset(found[1] for line in text.splitlines() if (found := _TABLE.match(line)))


def bytes_of(path: Path) -> bytes:
    """Return what stands in a file, as far as it may be read; raises `PackError`."""
    try:
        if path.stat().st_size > LARGEST:
            return b" " * (LARGEST + 1)  # is refused by its size, and not read for that
        return path.read_bytes()
    except OSError as error:
        said = f"cannot be read: {error.strerror}"
        raise PackError(path.name, [Problem(1, said)]) from error


def _text(content: bytes, file: str) -> str:
    if len(content) > LARGEST:
        raise PackError(file, [Problem(1, f"is larger than {LARGEST // 1024} KB")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = "is not UTF-8: save it as UTF-8 in your editor"
        raise PackError(file, [Problem(line, said)]) from error


def entries_in(content: bytes, kind: str, file: str, head: str = "") -> Sequence[Entry]:
    """Return the entries in the bytes of a file, and before them its head where it has one.

    A head is one table that says something of the whole file. Raises `PackError`.
    """
    import tomllib

    text = _text(content, file)
    try:
        whole = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        said = f"is not TOML: {_AT_LINE.sub('', str(error)).strip()}"
        raise PackError(file, [Problem(int(at[1]) if at else 1, said)]) from error
    rows = whole.pop(kind, [])
    heads = [whole.pop(head, None)] if head else []
    problems = [
        Problem(1, f"`{key}` is not read here: each entry starts with a line [[{kind}]]")
        for key in whole
    ]
    if not all(isinstance(each, dict) for each in heads):
        problems.append(Problem(1, f"has no [{head}]: it stands before the first [[{kind}]]"))
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        problems.append(Problem(1, f"has no {kind}: each one starts with a line [[{kind}]]"))
    elif len(rows) > MOST_ENTRIES:
        problems.append(Problem(1, f"has {len(rows)} entries, and {MOST_ENTRIES} is the most"))
    if problems:
        raise PackError(file, problems)
    return [*_placed(text, head, _ONE_TABLE, heads), *_placed(text, kind, _TABLE, rows)]


def _placed(
    text: str, kind: str, table: re.Pattern[str], rows: Sequence[Mapping[str, object]]
) -> list[Entry]:
    places = list(_places(text, kind, table)) if rows else []
    places += [_Place(1)] * (len(rows) - len(places))
    return [
        Entry(kind, row, place.line, place.keys) for row, place in zip(rows, places, strict=False)
    ]


@dataclass(slots=True)
class _Place:
    line: int
    keys: dict[str, int] = field(default_factory=dict)


def _places(text: str, kind: str, starts: re.Pattern[str]) -> Iterator[_Place]:
    """Yield where each entry and its fields stand, which TOML's reader does not say."""
    at: _Place | None = None
    within = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if within or any(quotes in line for quotes in _LONG_QUOTES):
            key = None if within else _KEY.match(line)
            within = _still_within(line, within)
        elif _ANY_TABLE.match(line):
            if at is not None:
                yield at
            table = starts.match(line)
            at = _Place(number) if table and table[1] == kind else None
            continue
        else:
            key = _KEY.match(line)
        if at is not None and key is not None:
            at.keys.setdefault(key[1], number)
    if at is not None:
        yield at


def _still_within(line: str, within: str) -> str:
    """Return the quotes of the long string that goes on behind this line, or nothing."""
    rest = line
    while rest:
        quotes = within or min(
            (each for each in _LONG_QUOTES if each in rest), key=rest.index, default=""
        )
        if not quotes or quotes not in rest:
            return within
        rest = rest.split(quotes, 1)[1]
        within = "" if within else quotes
    return within
