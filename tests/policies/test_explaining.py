"""What is explained leaves nothing out: whatever is set in a rule changes what is said of it."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from plnbot.policies import Policy
from plnbot.policies.rules import Per, Rule, Status, When, Which, Words
from plnbot.policy_words import explained
from plnbot.talk.words import Translate
from tests.policies.writing import policy

EVERY_RULE = (
    '\n[[require]]\nid = "require"\nmin = 2\ntitle = { en = "r" }\ntags = ["a"]'
    '\n[[require]]\nid = "share"\nmin_percent = 2\ntitle = { en = "r" }'
    '\n[[cap]]\nid = "cap"\nmax = 2\n[[cap]]\nid = "part"\nmax_percent = 2'
    '\n[[award]]\nid = "award"\ngives = 2\nfirst_only = true\n[[award]]\nid = "twice"\ntimes = 2'
    '\n[[tag]]\nid = "tag"\nadds = ["x"]\n[[once]]\nid = "once"\n[[bundle]]\nid = "bundle"\nmin = 2'
    '\n[[approval]]\nid = "approval"\n[[attest]]\nid = "attest"\ntitle = { en = "t" }'
    '\n[[route]]\nid = "route"\nasks = ["require"]\ntitle = { en = "t" }'
    '\n[[extra]]\nid = "extra"\nadds = 1\nmin = 1\ntag = "x"\n[[length]]\nid = "length"\nyears = 7'
    '\n[[waive]]\nid = "waive"\n[[carry]]\nid = "carry"\n[[prorate]]\nid = "prorate"'
    '\n[[retain]]\nid = "retain"\nyears = 2'
)
DAY, SOME = date(2024, 9, 9), frozenset({"zebra"})
OTHER: dict[str, Any] = {
    "minutes": 540,
    "percent": Decimal(9),
    "count": 9,
    "amount": Decimal(9),
    "each": 540,
    "distinct": 9,
    "per": Per.YEAR,
    "months": 9,
    "beside": True,
    "title": Words({"en": "zebra"}),
    "yearly": 540,
    "of_earned": True,
    "gives": 540,
    "times": Decimal(9),
    "authority": True,
    "split": (("zebra", 60),),
    "status": Status.ASK,
    "needs": SOME,
    "adds": SOME,
    "before": 9,
    "after": 9,
    "blocks": "credit",
    "day": (9, 9),
    "asks": ("zebra",),
    "tag": "zebra",
    "floor": 540,
    "clock": "activity",
    "keeper": "agency",
    "says": Words({"en": "zebra"}),
    "doubt": True,
    "suspended": True,
    "unless": When(classes=SOME),
    "when": When(classes=SOME),
    "which": Which(kinds=SOME),
    "by": "topic",
}
ALREADY = {"need", "id", "sources", "first_only"}
"""Shown by where a rule stands, by its line, or set in the rule that is tried."""
SPECIAL: dict[tuple[str, str], Any] = {
    ("award", "each"): "zebra",
    ("twice", "each"): None,
    ("extra", "adds"): 540,
    ("twice", "by"): None,
    ("cap", "of_earned"): None,
    ("bundle", "by"): "tag",
    **dict.fromkeys(
        (each, "which") for each in ("route", "extra", "length", "waive", "prorate", "retain")
    ),
}
"""What another kind of rule means by a word; None where it has no meaning there."""
WHICH: Any = Which
WHEN: Any = When
ONE_OF = ("minutes", "yearly", "percent", "count", "amount", "gives", "times", "distinct")


def said(of: Policy) -> str:
    """Return an explanation."""
    return "\n".join(each.bare() for each in explained(Translate("en"), of))


def changed(of: Policy, rule: Rule, **by: Any) -> Policy:
    """Return a policy in which one rule is another."""
    new = {rule.id: replace(rule, **by)}
    rules: dict[str, Any] = {
        field.name: tuple(new.get(each.id, each) for each in held)
        for field in fields(of)
        if isinstance(held := getattr(of, field.name), tuple) and held and isinstance(held[0], Rule)
    }
    return replace(of, **rules)


def every_field() -> Iterator[tuple[str, str]]:
    """Yield each field of each rule."""
    for rule in policy(EVERY_RULE).rules().values():
        for field in fields(rule):
            if field.name not in ALREADY and SPECIAL.get((rule.id, field.name), "") is not None:
                yield rule.id, field.name


@pytest.mark.parametrize(("name", "field"), list(every_field()))
def test_every_field_is_said(name: str, field: str) -> None:
    """To set it changes the explanation; of several figures one is set at a time."""
    of = policy(EVERY_RULE)
    rule = of.rules()[name]
    other = SPECIAL.get((name, field), OTHER.get(field))
    assert other is not None, f"{field}: say in OTHER what else it may be"
    alone = {each: None for each in ONE_OF if field in ONE_OF and hasattr(rule, each)}
    assert said(changed(of, rule, **{**alone, field: other})) != said(of)


@pytest.mark.parametrize("field", fields(Which), ids=lambda each: each.name)
def test_every_selection_is_said(field: Any) -> None:
    """Each by words of its own, in every kind of rule."""
    others: dict[str, Any] = {
        "measure": "zebra",
        "in_person": True,
        "approved": False,
        "since": DAY,
        "before": DAY,
    }
    others["least_minutes"] = 9
    given: dict[str, Any] = {field.name: others.get(field.name, SOME)}
    of = policy(EVERY_RULE)
    for name in (
        "require",
        "cap",
        "award",
        "all",
        "once",
        "bundle",
        "approval",
        "attest",
        "carry",
        "tag",
    ):
        rule = of.rules()[name]
        assert said(changed(of, rule, which=WHICH(**given))) != said(of)
    one = changed(of, of.rules()["cap"], which=Which(tags=SOME))
    another = changed(of, of.rules()["cap"], which=Which(kinds=SOME))
    assert said(one) != said(another)


@pytest.mark.parametrize("field", fields(When), ids=lambda each: each.name)
def test_every_condition_is_said(field: Any) -> None:
    """Each by words of its own."""
    numbers: dict[str, Any] = {"fte_below": Decimal("0.5"), "days_to": 9, "days_below": 9}
    given = {field.name: numbers.get(field.name, DAY if "_" in field.name else SOME)}
    of = policy(EVERY_RULE)
    rule = of.rules()["cap"]
    assert said(changed(of, rule, when=WHEN(**given))) != said(of)


@pytest.mark.parametrize(
    "change",
    [
        {"months": 24},
        {"months": None},
        {"anchor": "birth"},
        {"anchor": "day"},
        {"anchor": "day", "first": "before"},
        {"early": False},
        {"year": (9, 1)},
        {"window": 9},
    ],
)
def test_the_period_is_said(change: dict[str, Any]) -> None:
    """From when, how long, what counts before it."""
    of = policy()
    day = replace(of, cycle=replace(of.cycle, anchor="day"))
    assert said(replace(of, cycle=replace(of.cycle, **change))) != said(of)
    assert said(replace(day, cycle=replace(day.cycle, day=(1, 1)))) != said(day)


def test_the_unit_and_the_overlap_are_said() -> None:
    """In which steps, what is taken out, whether an hour counts twice."""
    of = policy()
    steps = replace(of.unit, rounding=replace(of.unit.rounding, step=15))
    others = [
        replace(of.unit, minutes=30),
        replace(of.unit, excludes=SOME),
        steps,
        replace(steps, rounding=replace(steps.rounding, to="up")),
        replace(steps, rounding=replace(steps.rounding, doubt=True)),
    ]
    texts = [said(of), *(said(replace(of, unit=each)) for each in others)]
    texts += [said(replace(of, overlap=each)) for each in ("one", "split")]
    assert len(set(texts)) == len(texts)
