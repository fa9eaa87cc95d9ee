"""A policy's file as tables: every mistake noted with its line, in words for whoever wrote it."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from plnbot.policies.rules import ENGLISH, Words
from plnbot.values import dataclass

LARGEST = 256 * 1024
MOST_PROBLEMS = 50
ID = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,59}")
_LONGEST = 600
_DIGITS = 12
_HUNDRED = 100
_MOST = 1_000_000
_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_-]+)\s*\]")
_KEY = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*=")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_LANGUAGE = re.compile(r"[a-z]{2}")
_DAY = re.compile(r"(\d\d)-(\d\d)")
_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a policy: its line, from 1, and a plain sentence."""

    line: int
    words: str


class PolicyError(ValueError):
    """A policy that cannot be used, and, line by line, everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda each: each.line))[:MOST_PROBLEMS]
        super().__init__("\n".join(f"line {each.line}: {each.words}" for each in self.problems))


@dataclass(slots=True)
class Table:
    """One table as it was written. Each method returns a field, or something harmless and a problem noted."""

    kind: str
    values: Mapping[str, object]
    line: int
    lines: Mapping[str, int]
    problems: list[Problem]
    _asked: set[str] = field(default_factory=set)

    def wrong(self, key: str, words: str) -> None:
        """Note what is wrong with a field; `words` go on from its name."""
        name = self.values.get("id")
        named = isinstance(name, str) and self.kind != "policy"
        called = f"{self.kind} {name}" if named else self.kind
        line = self.lines.get(key, self.line)
        self.problems.append(Problem(line, f"{called[:80]}: `{key}` {words}"))

    def given(self, key: str) -> object:
        """Return what was written, None where it was left out."""
        self._asked.add(key)
        return self.values.get(key)

    def has(self, key: str) -> bool:
        """Return whether a field was written."""
        return self.given(key) is not None

    def done(self) -> None:
        """Note every field that nobody asked for: most are mistyped."""
        for key in self.values:
            if key not in self._asked:
                near = difflib.get_close_matches(key, self._asked, 1)
                self.wrong(key, f"is not read here{f': do you mean `{near[0]}`?' if near else ''}")

    def id(self, key: str = "id") -> str:
        """Return an id, which has to be there."""
        given = self.given(key)
        if not isinstance(given, str) or not ID.fullmatch(given):
            self.wrong(
                key, "must be a short word of small letters, digits, `_`, `-`, `.`, in quotes"
            )
            return ""
        return given

    def text(self, key: str, *, required: bool = True) -> str:
        """Return words that are the same in every language."""
        given = self.given(key)
        if given is None and not required:
            return ""
        if not isinstance(given, str) or not _is_shown(given):
            self.wrong(key, f"must be words in quotes, of at most {_LONGEST} characters")
            return ""
        return given.strip()

    def spoken(self, key: str, *, required: bool = False) -> Words | None:
        """Return words in each language."""
        given = self.given(key)
        if given is None:
            if required:
                self.wrong(key, 'is missing: { en = "…", es = "…" }')
            return None
        if (
            isinstance(given, dict)
            and ENGLISH in given
            and all(_LANGUAGE.fullmatch(each) for each in given)
            and all(isinstance(each, str) and _is_shown(each) for each in given.values())
        ):
            return Words({each: str(said).strip() for each, said in given.items()})
        self.wrong(key, 'must be { en = "…", es = "…" }, with English always')
        return None

    def title(self) -> Words:
        """Return what it is called, which has to be there."""
        return self.spoken("title", required=True) or Words({ENGLISH: "?"})

    def ids(self, key: str) -> tuple[str, ...]:
        """Return a list of ids, none where it was left out; one alone may stand without brackets."""
        given = self.given(key)
        if given is None:
            return ()
        listed = given if isinstance(given, list) else [given]
        if not listed or not all(isinstance(each, str) and ID.fullmatch(each) for each in listed):
            self.wrong(key, 'must be a list of ids, such as ["workshop", "course"]')
            return ()
        return tuple(dict.fromkeys(listed))

    def one_of(self, key: str, known: Sequence[str]) -> str:
        """Return one of these words, the first where it was left out."""
        given = self.given(key)
        if given is None:
            return known[0]
        if given not in known:
            listed = " or ".join(f'"{each}"' for each in known)
            self.wrong(key, f"must be {listed}")
            return known[0]
        return str(given)

    def flag(self, key: str) -> bool | None:
        """Return true or false, None where it was left out."""
        given = self.given(key)
        if given is not None and not isinstance(given, bool):
            self.wrong(key, "must be true or false, without quotes")
            return None
        return given

    def whole(self, key: str, least: int = 0, most: int = 100_000) -> int | None:
        """Return a whole number, None where it was left out."""
        given = self.given(key)
        if given is None:
            return None
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            self.wrong(key, f"must be a whole number from {least} to {most}, without quotes")
            return None
        return given

    def amount(self, key: str) -> Decimal | None:
        """Return an exact number that is not negative, None where it was left out."""
        given = self.given(key)
        return None if given is None else self._exact(key, given)

    def _exact(self, key: str, given: object) -> Decimal | None:
        if isinstance(given, float):
            self.wrong(key, f'must stand in quotes to be exact: "{given}"')
            return None
        exact = _number(given)
        if exact is None:
            self.wrong(key, 'must be a number from 0 to a million, such as 150 or "22.5"')
        return exact

    def percent(self, key: str) -> Decimal | None:
        """Return a percentage from 0 to 100, None where it was left out."""
        found = self.amount(key)
        if found is not None and found > _HUNDRED:
            self.wrong(key, "must be a percentage, from 0 to 100")
            return None
        return found

    def minutes(self, key: str, unit: int) -> int | None:
        """Return an amount of the policy's unit in minutes, None where it was left out."""
        found = self.amount(key)
        return None if found is None else self._in_minutes(key, found, unit)

    def _in_minutes(self, key: str, amount: Decimal, unit: int) -> int | None:
        exact = amount * unit
        if exact != exact.to_integral_value():
            self.wrong(key, f"is {exact} minutes, which is not a whole number of them")
            return None
        return int(exact)

    def minutes_by(self, key: str, unit: int) -> tuple[tuple[str, int], ...]:
        """Return amounts of the unit by tag, in minutes."""
        given = self.given(key)
        if given is None:
            return ()
        if not isinstance(given, dict):
            self.wrong(key, 'must be amounts by tag, such as { content = 90, pedagogy = "22.5" }')
            return ()
        exact = {each: self._exact(key, said) for each, said in given.items()}
        return tuple(
            (each, self._in_minutes(key, said, unit) or 0)
            for each, said in sorted(exact.items())
            if said is not None
        )

    def date(self, key: str) -> date | None:
        """Return a day, None where it was left out."""
        given = self.given(key)
        if given is None:
            return None
        if isinstance(given, datetime) or not isinstance(given, date):
            self.wrong(key, "must be a day such as 2024-07-01, without quotes")
            return None
        return given

    def day(self, key: str) -> tuple[int, int] | None:
        """Return a day of the year, such as "07-01", None where it was left out."""
        given = self.given(key)
        if given is None:
            return None
        found = _DAY.fullmatch(given) if isinstance(given, str) else None
        try:
            at = date(_LEAP_YEAR, int(found[1]), int(found[2])) if found else None
        except ValueError:
            at = None
        if at is None or (at.month, at.day) == (2, 29):
            self.wrong(key, 'must be a day that every year has, as "07-01" for 1 July')
            return None
        return at.month, at.day

    def within(self, key: str) -> "Table | None":
        """Return a table that stands in this one, None where it was left out."""
        given = self.given(key)
        if given is None:
            return None
        if not isinstance(given, dict):
            self.wrong(key, "must be a table in braces { … }")
            return None
        line = self.lines.get(key, self.line)
        called = f"{self.kind} {self.values.get('id', '')}: {key}"
        return Table(called, given, line, dict.fromkeys(given, line), self.problems)


def tables_of(text: str, known: Collection[str]) -> tuple[dict[str, list[Table]], list[Problem]]:
    """Return the tables of a file by name, and the list in which they note problems; raises `PolicyError`."""
    if len(text.encode(errors="replace")) > LARGEST:
        raise PolicyError([Problem(1, f"is larger than {LARGEST // 1024} KB")])
    try:
        whole = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        at = _AT_LINE.search(str(error))
        said = f"is not TOML: {_AT_LINE.sub('', str(error)).strip() or 'it is nested too deep'}"
        raise PolicyError([Problem(int(at[1]) if at else 1, said)]) from error
    problems: list[Problem] = []
    found: dict[str, list[Table]] = {}
    places = _places(text)
    for kind, rows in whole.items():
        line = places[kind][0][0] if places.get(kind) else 1
        if kind not in known:
            near = difflib.get_close_matches(kind, known, 1)
            said = f": do you mean [{near[0]}]?" if near else ""
            problems.append(Problem(line, f"[{kind[:40]}] is not read in a policy{said}"))
            continue
        listed = rows if isinstance(rows, list) else [rows]
        if not all(isinstance(each, dict) for each in listed):
            problems.append(Problem(line, f"`{kind}` must be a table: a line [{kind}] before it"))
            continue
        at_lines = places.get(kind, []) + [(line, {})] * len(listed)
        found[kind] = [
            Table(kind, values, at[0], at[1], problems)
            for values, at in zip(listed, at_lines, strict=False)
        ]
    return found, problems


def _places(text: str) -> dict[str, list[tuple[int, dict[str, int]]]]:
    """Return where tables and their fields stand, which TOML's reader does not say."""
    found: dict[str, list[tuple[int, dict[str, int]]]] = {}
    keys: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            keys = {}
            found.setdefault(header[2], []).append((number, keys))
        elif key := _KEY.match(line):
            keys.setdefault(key[1], number)
            if not found:
                found.setdefault(key[1], [(number, {})])
    return found


def _is_shown(text: str) -> bool:
    if not text.strip() or len(text) > _LONGEST:
        return False
    return not any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co"} for each in text)


def _number(given: object) -> Decimal | None:
    if isinstance(given, bool) or not isinstance(given, int | str) or len(str(given)) > _DIGITS:
        return None
    try:
        exact = Decimal(given)
    except InvalidOperation:
        return None
    return exact if exact.is_finite() and 0 <= exact <= _MOST else None
