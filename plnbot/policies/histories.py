"""A teacher's history as a spreadsheet file, to try a policy with: facts above, an entry a line.

Lines above the header that begin with `#` are TOML (`##` is a remark): `issued`, `expires`, `today`, `classes`, `further`, `route`,
`birth_month`, `employment`, `attested`, and `expect` with what should come out. Columns are `date`, `minutes`,
`kind`, and those of `COLUMNS` that are needed; `expect` says of an entry what should become of it.
"""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from plnbot.policies.entries import EMPLOYED, FULL, Attested, Employment, Entry, Licence
from plnbot.policies.rules import Unit
from plnbot.policies.statements import Decision, Statement
from plnbot.policies.tables import PolicyError, Problem
from plnbot.values import dataclass

NEEDED = ("date", "minutes", "kind")
COLUMNS = (
    *("id", "title", "role", "tags", "topic", "provider", "in_person", "has", "asked", "approved"),
    *("granted", "declined", "breaks", "amounts", "split", "expect"),
)
LARGEST = 5_000_000
_MOST_MINUTES = 100_000
_FACTS = frozenset(
    {"today", "issued", "expires", "classes", "further", "route", "birth_month"}
    | {"employment", "attested", "expect"}
)
_YES = frozenset({"yes", "true", "1", "x"})
_NO = frozenset({"", "no", "false", "0"})
_SUMS = (
    "needed",
    "counted",
    "pending",
    "held",
    "capped",
    "refused",
    "beside",
    "carried",
    "forecast",
)


@dataclass(frozen=True, slots=True)
class History:
    """A licence, what was done, on which day it is looked at, and what should come out."""

    licence: Licence
    entries: tuple[Entry, ...]
    today: date | None
    expected: Mapping[str, str]
    of_entries: Mapping[str, str]


def read_history(text: str) -> History:
    """Return the history that stands in the text of a CSV file; raises `PolicyError` with every line that is wrong."""
    if len(text) > LARGEST:
        raise PolicyError([Problem(1, f"is larger than {LARGEST // 1_000_000} MB")])
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    head = 0
    while head < len(lines) and (lines[head].startswith("#") or not lines[head].strip()):
        head += 1
    facts = _facts("".join(each.removeprefix("#").lstrip(" ") for each in lines[:head]))
    problems: list[Problem] = []
    licence = _licence(facts, problems)
    entries: list[Entry] = []
    expected: dict[str, str] = {}
    for line, row in _rows(lines[head:], head, problems):
        try:
            entry = _entry(row, line)
        except (ValueError, InvalidOperation) as error:
            problems.append(Problem(line, str(error) or "is not read"))
            continue
        entries.append(entry)
        if row.get("expect"):
            expected[entry.id] = row["expect"]
    if problems:
        raise PolicyError(problems)
    wanted = {key: _shown(each) for key, each in facts.get("expect", {}).items()}
    return History(licence, tuple(entries), facts.get("today"), wanted, expected)


def differences(history: History, statement: Statement) -> Iterator[str]:
    """Yield what came out otherwise than the history says it should."""
    for key, wanted in history.expected.items():
        got = found(statement, key)
        if got != wanted:
            yield f"{key}: {got or 'nothing'}, and not {wanted or 'nothing'}"
    by_id = {each.entry: each for each in statement.decisions}
    for name, wanted in history.of_entries.items():
        got = in_short(by_id[name])
        if got != wanted:
            yield f"entry {name}: {got}, and not {wanted}"


def in_short(decision: Decision) -> str:
    """Return a decision as a history expects it: `counted 60 courses; capped 30 online`."""
    parts = (f"{each.outcome} {each.minutes} {each.rule or each.why}" for each in decision.parts)
    return "; ".join(parts)


def found(statement: Statement, key: str) -> str:
    """Return what a statement says to one word of `expect`."""
    unit = statement.policy.unit
    if key in _SUMS:
        minutes = getattr(statement, key)
        return "none" if minutes is None else _in(unit, minutes)
    if key in {"met", "unmet", "ask"}:
        sure = {"met": True, "unmet": False, "ask": None}[key]
        return " ".join(dict.fromkeys(_standing_names(statement, met=sure)))
    if key == "ways":
        return " ".join(each.rule for each in statement.ways if each.met)
    if key == "to_sign":
        return " ".join(each.rule for each in statement.to_sign)
    got = getattr(statement, key, None)
    return _shown("none" if got is None else got)


def _standing_names(statement: Statement, *, met: bool | None) -> Iterator[str]:
    for each in statement.standings:
        if each.required and each.met is met:
            yield each.asks if each.since is None else f"{each.asks}@{each.since}"


def _in(unit: Unit, minutes: int) -> str:
    return f"{unit.of(minutes):f}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)


def _facts(text: str) -> dict[str, Any]:
    try:
        facts = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = f"the lines with # above the entries are not TOML: {error}"
        raise PolicyError([Problem(1, said)]) from error
    for key in facts.keys() - _FACTS:
        raise PolicyError([Problem(1, f"`{key}` is not read: {', '.join(sorted(_FACTS))} are")])
    if not isinstance(facts.get("expect", {}), dict):
        raise PolicyError([Problem(1, "`expect` must be a table in braces")])
    if not isinstance(facts.get("today", date.min), date):
        raise PolicyError([Problem(1, "`today` must be a day, such as 2026-11-28")])
    return facts


def _licence(facts: Mapping[str, Any], problems: list[Problem]) -> Licence:
    issued, expires = facts.get("issued"), facts.get("expires")
    said = ""
    if not isinstance(issued, date):
        said = "`issued` is missing: the day the licence begins, as `# issued = 2024-07-01`"
    elif isinstance(expires, date) and expires < issued:
        said = "`expires` lies before `issued`"
    if said:
        problems.append(Problem(1, said))
        return Licence(id="history", issued=date.min)
    try:
        return Licence(
            id="history",
            issued=facts["issued"],
            expires=expires,
            classes=frozenset(map(str, facts.get("classes", ()))),
            further=tuple(map(str, facts.get("further", ()))),
            birth_month=facts.get("birth_month"),
            route=str(facts.get("route", "")),
            employment=tuple(map(_employment, facts.get("employment", ()))),
            attested=tuple(Attested(str(e["id"]), e["on"]) for e in facts.get("attested", ())),
        )
    except (ValueError, TypeError, KeyError, InvalidOperation) as error:
        problems.append(Problem(1, f"facts of the licence: {error}"))
        return Licence(id="history", issued=date.min)


def _employment(given: Mapping[str, Any]) -> Employment:
    return Employment(
        since=given["since"],
        until=given.get("until"),
        status=str(given.get("status", EMPLOYED)),
        fte=Decimal(given.get("fte", FULL)),
        days=given.get("days"),
    )


def _rows(
    lines: list[str], before: int, problems: list[Problem]
) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO("".join(lines), newline=""))
    try:
        header = [each.strip() for each in next(reader, [])]
        unknown = [each for each in header if each not in (*NEEDED, *COLUMNS)]
        missing = [each for each in NEEDED if each not in header]
        if unknown or missing:
            said = (
                f"there is no column {unknown[0]}"
                if unknown
                else f"the column {missing[0]} is missing"
            )
            problems.append(Problem(before + 1, f"{said}: {', '.join((*NEEDED, *COLUMNS))}"))
            return
        for row in reader:
            line = before + reader.line_num
            if len(row) > len(header):
                problems.append(Problem(line, "has more cells than there are columns"))
            elif any(each.strip() for each in row):
                yield line, {k: v.strip() for k, v in zip(header, row, strict=False)}
    except csv.Error as error:
        problems.append(Problem(before + reader.line_num, f"is not CSV: {error}"))


def _entry(row: Mapping[str, str], line: int) -> Entry:
    try:
        on = date.fromisoformat(row["date"])
    except (ValueError, KeyError) as error:
        raise ValueError(f"date: `{row.get('date', '')}` is no day such as 2025-03-01") from error
    return Entry(
        id=row.get("id") or f"line{line}",
        on=on,
        minutes=_whole(row, "minutes", least=-_MOST_MINUTES),
        kind=row.get("kind", ""),
        title=row.get("title", ""),
        role=row.get("role") or "attended",
        tags=frozenset(row.get("tags", "").split()),
        topic=row.get("topic", ""),
        provider=row.get("provider", ""),
        in_person=_flag(row, "in_person"),
        has=frozenset(row.get("has", "").split()),
        asked=_whole(row, "asked"),
        approved=_whole(row, "approved"),
        granted=_flag(row, "granted"),
        declined=_flag(row, "declined"),
        breaks=tuple((name, int(many)) for name, many in _pairs(row, "breaks")),
        amounts=tuple((name, many) for name, many in _pairs(row, "amounts")),
        split=tuple((name, int(many)) for name, many in _pairs(row, "split")),
    )


def _whole(row: Mapping[str, str], key: str, least: int = 0) -> int:
    given = row.get(key) or "0"
    if not given.removeprefix("-").isdecimal() or not least <= int(given[:9]) <= _MOST_MINUTES:
        raise ValueError(f"{key}: `{given[:40]}` is no whole number")
    return int(given)


def _flag(row: Mapping[str, str], key: str) -> bool:
    given = row.get(key, "").casefold()
    if given not in _YES | _NO:
        raise ValueError(f"{key}: `{given[:40]}` is neither yes nor no")
    return given in _YES


def _pairs(row: Mapping[str, str], key: str) -> Iterator[tuple[str, Decimal]]:
    for each in row.get(key, "").split():
        name, equals, many = each.partition("=")
        try:
            amount = Decimal(many)
        except InvalidOperation:
            amount = Decimal(-1)
        if not name or not equals or not amount.is_finite() or amount < 0:
            raise ValueError(f"{key}: `{each[:40]}` is to be such as semester_hour=3")
        yield name, amount
