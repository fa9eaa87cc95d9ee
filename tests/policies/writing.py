"""Policies and histories as tests write them: short, with what every policy has filled in."""

from datetime import date
from decimal import Decimal
from typing import Any

from plnbot.policies import Decision, Entry, Licence, Policy, Statement, evaluate, read_policy

HEAD = """
[policy]
id = "trial"
version = "1"
name = { en = "Trial", es = "Prueba" }
jurisdiction = "Nowhere"
effective = 2020-01-01
checked = 2026-11-01
confidence = "regulation"
"""
SOURCE = """
[[source]]
id = "law"
title = "Law 1"
as_of = "2024"
confidence = "regulation"
"""
HOUR = """
[unit]
code = "hour"
name = { en = "hours", es = "horas" }
minutes = 60
"""
FIVE = """
[cycle]
anchor = "issue"
years = 5
"""
NEED = """
[[need]]
id = "total"
source = "law"
min = 100
"""
ALL = """
[[accept]]
id = "all"
source = "law"
"""
TODAY = date(2026, 11, 28)
ISSUED = date(2024, 7, 1)
DAY = date(2025, 3, 1)


def text(
    rules: str = "",
    *,
    head: str = "",
    unit: str = HOUR,
    cycle: str = FIVE,
    need: str = NEED,
    accept: str = ALL,
) -> str:
    """Return the text of a policy of a hundred hours in five years, with these rules; each gets its source."""
    sourced = rules.replace("\nid =", '\nsource = "law"\nid =')
    return HEAD + head + SOURCE + unit + cycle + need + accept + sourced


def policy(rules: str = "", **parts: Any) -> Policy:
    """Return such a policy."""
    return read_policy(text(rules, **parts))


def entry(hours: float | str = 1, id: str = "", **given: Any) -> Entry:  # noqa: A002 - as it is called
    """Return an entry of so many hours, a course on some day inside the period."""
    entry.made += 1  # type: ignore[attr-defined]
    for name in ("tags", "has"):
        if isinstance(given.get(name), str):
            given[name] = frozenset(given[name].split())
    given["amounts"] = tuple((k, Decimal(v)) for k, v in given.get("amounts", {}).items())
    given["split"] = tuple((k, int(v * 60)) for k, v in given.get("split", {}).items())
    return Entry(
        id=id or f"e{entry.made:03}",  # type: ignore[attr-defined]
        on=given.pop("on", DAY),
        minutes=int(Decimal(hours) * 60),
        kind=given.pop("kind", "course"),
        **given,
    )


entry.made = 0  # type: ignore[attr-defined]


def licence(**given: Any) -> Licence:
    """Return a licence issued on 1 July 2024."""
    for name in ("classes",):
        if isinstance(given.get(name), str):
            given[name] = frozenset(given[name].split())
    return Licence(id="mine", issued=given.pop("issued", ISSUED), **given)


def state(of: Policy, *entries: Entry, today: date = TODAY, **given: Any) -> Statement:
    """Return what these entries come to."""
    return evaluate(of, licence(**given), entries, today)


def said(decision: Decision) -> str:
    """Return a decision in a word or two: `counted 60, capped 30 cap`."""
    return ", ".join(
        f"{each.outcome} {each.minutes} {each.rule or each.why}" for each in decision.parts
    )


def short(found: Statement) -> list[str]:
    """Return every decision in a few words."""
    return [said(each) for each in found.decisions]


def met(found: Statement) -> dict[str, bool | None]:
    """Return which requirement is met."""
    return {each.asks: each.met for each in found.standings}
