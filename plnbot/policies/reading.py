"""From a TOML file to a policy: every table has its reader, and everything wrong is said at once."""

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from plnbot.policies import checking
from plnbot.policies.rules import (
    ALWAYS,
    ENGLISH,
    EVERY,
    Accept,
    Approval,
    Attest,
    Award,
    Bundle,
    Cap,
    Carry,
    Cycle,
    Extra,
    Length,
    Once,
    Per,
    Policy,
    Prorate,
    Require,
    Retain,
    Rounding,
    Route,
    Rule,
    Source,
    Status,
    Tagging,
    Unit,
    Waive,
    When,
    Which,
    Words,
)
from plnbot.policies.tables import PolicyError, Problem, Table, tables_of

_HEADS = ("policy", "unit", "cycle")
CONFIDENCE = ("regulation", "agency", "district", "second-hand")
_YEAR = 12
_MOST_RULES = 200
_NO_DAY = date(1, 1, 1)


def read_policy(text: str) -> Policy:
    """Return the policy that stands in the text of a file; raises `PolicyError`, which names line and reason."""
    found, problems = tables_of(text, TABLES)
    for kind in (*_HEADS, "source"):
        if not found.get(kind):
            said = f"[[{kind}]]" if kind == "source" else f"[{kind}]"
            problems.append(Problem(1, f"has no {said}: a policy without one is not used"))
    for kind, tables in found.items():
        if len(tables) > (1 if kind in _HEADS else _MOST_RULES):
            problems.append(Problem(tables[-1].line, f"has too many tables [{kind}]"))
    if problems:
        raise PolicyError(problems)
    read = _read(found, digest_of(text))
    for tables in found.values():
        for each in tables:
            each.done()
    problems += checking.problems_in(read, found)
    if problems:
        raise PolicyError(problems)
    return read


def digest_of(text: str) -> str:
    """Return a digest of what a policy says, however it is spaced, ordered or commented."""
    whole = tomllib.loads(text.removeprefix("\ufeff"))
    said = json.dumps(whole, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def _read(found: Mapping[str, Sequence[Table]], digest: str) -> Policy:
    head = found["policy"][0]
    unit = _unit(found["unit"][0])
    rules: dict[str, tuple[Any, ...]] = {
        kind: tuple(read(each, unit.minutes) for each in found.get(kind, ()))
        for kind, read in _READERS.items()
    }
    return Policy(
        id=head.id(),
        version=head.id("version"),
        digest=digest,
        name=head.spoken("name", required=True) or Words({ENGLISH: "?"}),
        jurisdiction=head.text("jurisdiction"),
        effective=_day(head, "effective"),
        checked=_day(head, "checked"),
        confidence=head.one_of("confidence", CONFIDENCE) if _there(head, "confidence") else "",
        note=head.spoken("note"),
        stands=head.spoken("stands"),
        extends=head.text("extends", required=False),
        unit=unit,
        cycle=_cycle(found["cycle"][0]),
        overlap=head.one_of("overlap", ("any", "one", "split")),
        sources={each.id: each for each in map(_source, found["source"])},
        requires=rules["need"] + rules["require"],
        district_may=frozenset(head.ids("district_may")),
        **{field: rules[kind] for kind, field in _FIELDS.items()},
    )


def _there(table: Table, key: str) -> bool:
    if not table.has(key):
        table.wrong(key, "is missing")
        return False
    return True


def _day(table: Table, key: str) -> date:
    return (table.date(key) if _there(table, key) else None) or _NO_DAY


def _source(table: Table) -> Source:
    _there(table, "as_of")
    sure = table.one_of("confidence", CONFIDENCE) if _there(table, "confidence") else ""
    return Source(
        table.id(),
        table.text("title"),
        table.text("as_of", required=False),
        sure,
        table.text("address", required=False),
    )


def _unit(table: Table) -> Unit:
    to = table.one_of("round", ("down", "nearest", "up"))
    step = table.whole("round_minutes", 1, 480) or 1
    doubt = table.flag("round_doubt") is True
    return Unit(
        code=table.id("code"),
        name=table.spoken("name", required=True) or Words({ENGLISH: "?"}),
        minutes=(table.whole("minutes", 1) if _there(table, "minutes") else 60) or 60,
        rounding=Rounding(step, to, doubt),
        excludes=frozenset(table.ids("excludes")),
    )


def _cycle(table: Table) -> Cycle:
    anchor = table.one_of("anchor", ("issue", "day", "birth", "none"))
    years = table.whole("years", 1, 60)
    months = table.whole("months", 1, 720) or (years * _YEAR if years else None)
    if (months is None) != (anchor == "none"):
        table.wrong("years", 'is how long it is; without an end it is `anchor = "none"` alone')
    return Cycle(
        anchor=anchor,
        months=months,
        day=table.day("day") or (7, 1),
        first=table.one_of("first", ("after", "before")),
        early=table.flag("early") is not False,
        year=table.day("year_begins"),
        window=table.whole("renew_months", 1, 120),
    )


_WHICH_IDS = (
    "kinds",
    "not_kinds",
    "roles",
    "tags",
    "all_tags",
    "not_tags",
    "providers",
    "not_providers",
    "has",
)


def _which(table: Table) -> Which:
    ids = {each: frozenset(table.ids(each)) for each in _WHICH_IDS}
    found = Which(
        **ids,
        employment=frozenset(table.ids("employment")),
        measure=table.id("measure") if table.has("measure") else "",
        in_person=table.flag("in_person"),
        approved=table.flag("approved"),
        since=table.date("since"),
        before=table.date("before"),
        least_minutes=table.whole("least_minutes", 1, 1440),
    )
    return EVERY if found == EVERY else found


def _when(table: Table | None) -> When | None:
    if table is None:
        return None
    found = When(
        classes=frozenset(table.ids("classes")),
        employment=frozenset(table.ids("employment")),
        attested=frozenset(table.ids("attested")),
        issued_since=table.date("issued_since"),
        issued_before=table.date("issued_before"),
        ends_since=table.date("ends_since"),
        ends_before=table.date("ends_before"),
        fte_below=table.amount("fte_below"),
        days_to=table.whole("days_to", 0, 1000),
        days_below=table.whole("days_below", 1, 1000),
    )
    table.done()
    return found


def _base(table: Table) -> dict[str, Any]:
    """Return what every rule has."""
    return {
        "id": table.id(),
        "sources": table.ids("source"),
        "says": table.spoken("says"),
        "doubt": table.flag("doubt") is True,
        "suspended": table.flag("suspended") is True,
        "when": _when(table.within("when")) or ALWAYS,
        "unless": _when(table.within("unless")),
        "which": _which(table),
    }


def _require(table: Table, unit: int, *, need: bool = False) -> Require:
    return Require(
        **_base(table),
        title=table.title()
        if not need or table.has("title")
        else Words({ENGLISH: "in all", "es": "en total"}),
        need=need,
        minutes=table.minutes("min", unit),
        yearly=table.minutes("min_each_year", unit) if need else None,
        percent=table.percent("min_percent"),
        count=table.whole("count", 1, 10_000),
        amount=table.amount("amount"),
        each=table.minutes("each", unit),
        distinct=table.whole("distinct", 1, 50),
        per=Per(table.one_of("per", ("cycle", "year", "life"))),
        months=table.whole("months", 1, 720),
        beside=table.flag("beside") is True,
    )


def _need(table: Table, unit: int) -> Require:
    return _require(table, unit, need=True)


def _cap(table: Table, unit: int) -> Cap:
    return Cap(
        **_base(table),
        minutes=table.minutes("max", unit),
        percent=table.percent("max_percent"),
        of_earned=table.one_of("of", ("required", "earned")) == "earned",
        per=Per(table.one_of("per", ("cycle", "year", "entry"))),
    )


def _award(table: Table, unit: int) -> Award:
    return Award(
        **_base(table),
        gives=table.minutes("gives", unit),
        each=table.id("each") if table.has("each") else "entry",
        times=table.amount("times"),
        first_only=table.flag("first_only") is True,
        by=table.one_of("by", ("title", "topic", "kind")),
        authority=table.flag("authority") is True,
        split=table.minutes_by("split", unit),
    )


def _accept(table: Table, unit: int) -> Accept:
    del unit
    return Accept(
        **_base(table),
        status=Status(table.one_of("status", [each.value for each in Status])),
        needs=frozenset(table.ids("needs")),
    )


def _tag(table: Table, unit: int) -> Tagging:
    del unit
    adds = frozenset(table.ids("adds")) if _there(table, "adds") else frozenset[str]()
    return Tagging(**_base(table), adds=adds)


def _once(table: Table, unit: int) -> Once:
    del unit
    by = table.one_of("by", ("title", "topic", "kind"))
    return Once(**_base(table), by=by, per=Per(table.one_of("per", ("cycle", "year"))))


def _bundle(table: Table, unit: int) -> Bundle:
    by = table.one_of("by", ("topic", "tag"))
    return Bundle(**_base(table), minutes=table.minutes("min", unit) or 0, by=by)


def _approval(table: Table, unit: int) -> Approval:
    del unit
    before, after = table.whole("before_it", 0, 5), table.whole("after_it", 0, 5)
    return Approval(**_base(table), before=before or 0, after=after or 0)


def _attest(table: Table, unit: int) -> Attest:
    del unit
    return Attest(
        **_base(table),
        title=table.title(),
        blocks=table.one_of("blocks", ("renewal", "credit", "earlier", "nothing")),
        per=Per(table.one_of("per", ("cycle", "life"))),
        months=table.whole("within_months", 1, 120),
        day=table.day("by_day"),
    )


def _route(table: Table, unit: int) -> Route:
    del unit
    return Route(**_base(table), title=table.title(), asks=table.ids("asks"))


def _extra(table: Table, unit: int) -> Extra:
    return Extra(
        **_base(table),
        adds=table.minutes("adds", unit) or 0,
        minutes=table.minutes("min", unit) or 0,
        tag=table.text("tag", required=False),
    )


def _length(table: Table, unit: int) -> Length:
    del unit
    years = table.whole("years", 1, 60)
    return Length(**_base(table), months=table.whole("months", 1, 720) or (years or 1) * _YEAR)


def _waive(table: Table, unit: int) -> Waive:
    del unit
    return Waive(**_base(table), asks=table.ids("asks"))


def _carry(table: Table, unit: int) -> Carry:
    months = table.whole("last_months", 1, 120)
    return Carry(**_base(table), months=months, minutes=table.minutes("max", unit))


def _prorate(table: Table, unit: int) -> Prorate:
    return Prorate(**_base(table), floor=table.minutes("floor", unit) or 0)


def _retain(table: Table, unit: int) -> Retain:
    del unit
    years = table.whole("years", 1, 60)
    return Retain(
        **_base(table),
        months=table.whole("months", 1, 720) or (years or 1) * _YEAR,
        clock=table.one_of("from", ("period", "activity", "renewal")),
        keeper=table.one_of("keeper", ("holder", "agency", "employer")),
    )


_READERS: Mapping[str, Callable[[Table, int], Rule]] = {
    "need": _need,
    "require": _require,
    "cap": _cap,
    "award": _award,
    "accept": _accept,
    "tag": _tag,
    "once": _once,
    "bundle": _bundle,
    "approval": _approval,
    "attest": _attest,
    "route": _route,
    "extra": _extra,
    "length": _length,
    "waive": _waive,
    "carry": _carry,
    "prorate": _prorate,
    "retain": _retain,
}
TABLES = (*_HEADS, "source", *_READERS)
"""Every table that a policy may have."""
_FIELDS = {
    "cap": "caps",
    "award": "awards",
    "accept": "accepts",
    "tag": "tags",
    "once": "onces",
    "bundle": "bundles",
    "approval": "approvals",
    "attest": "attests",
    "route": "routes",
    "extra": "extras",
    "length": "lengths",
    "waive": "waives",
    "carry": "carries",
    "prorate": "prorates",
    "retain": "retains",
}
