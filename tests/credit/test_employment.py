"""How somebody was employed, by time: told of in stretches, and each entry judged by what held on its day."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from plnbot.credit.actions import rules
from plnbot.credit.model.employment import MOST, Held, Stretch, jobs, told
from plnbot.policies import Employment, Outcome, Statement
from plnbot.store.database import Store
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import OpenForm, Press, Submit
from plnbot.testing import FrozenClock
from tests.credit.school import LEE, SAM, School, labels, school_of, words

ISSUED, DAY = date(2024, 7, 1), timedelta(days=1)
AWAY = Held("not_employed")
USUAL = Held("employed")
LICENCE = {"issued": "2024-07-01", "expires": "", "number": "", "classes": ""}


def stretch(since: int, until: int | None, held: Held = AWAY) -> Stretch:
    """Return a stretch by days after the issue."""
    last = None if until is None else ISSUED + until * DAY
    return Stretch(ISSUED + since * DAY, last, held)


def on(found: tuple[Employment, ...], day: date) -> Employment:
    """Return how it was on a day, which is said once."""
    (job,) = (
        each for each in found if each.since <= day and (each.until is None or day <= each.until)
    )
    return job


def test_what_is_told_last_holds_over_its_days() -> None:
    """Told in any order and over one another, on every day that holds which was told last, and every day once."""
    chance = random.Random(17)
    for _ in range(200):
        known: tuple[Stretch, ...] = ()
        by_day = dict.fromkeys(range(40), USUAL)
        for _ in range(chance.randrange(1, 6)):
            first = chance.randrange(40)
            last = chance.choice([None, first, chance.randrange(first, 40)])
            held = chance.choice([AWAY, Held("retired"), Held("part_time", 40), Held()])
            known = told(known, stretch(first, last, held))
            for each in range(first, 40 if last is None else last + 1):
                by_day[each] = held or USUAL
        found = jobs(ISSUED, USUAL, known)
        assert [on(found, ISSUED + each * DAY).status for each in by_day] == [
            each.employment for each in by_day.values()
        ]


def test_nobody_who_said_nothing_is_asked() -> None:
    """Without a word nothing is known; what usually holds stands since the issue; a time before the issue is kept."""
    assert jobs(ISSUED, Held(), ()) == ()
    assert jobs(ISSUED, Held("aide", 40), ()) == (
        Employment(since=ISSUED, status="aide", fte=Decimal("0.4")),
    )
    before = stretch(-60, -30)
    usual = Employment(since=ISSUED, status="employed", fte=Decimal(1))
    assert jobs(ISSUED, Held(), (before,))[1:] == (usual,)
    across = jobs(ISSUED, Held(), (stretch(-60, 30),))
    assert [each.since for each in across] == [ISSUED - 60 * DAY, ISSUED + 31 * DAY]


@pytest.mark.parametrize(
    ("held", "fte"),
    [
        (AWAY, "0"),
        (Held("retired"), "0"),
        (Held("part_time"), "0.8"),
        (Held("part_time", 50), "0.5"),
        (Held("", 0), "0"),
    ],
)
def test_the_part_of_full_time(held: Held, fte: str) -> None:
    """Who has no work has no part of full time; another time has the usual part where none is told."""
    found = jobs(ISSUED, Held("employed", 80), (stretch(10, 20, held),))
    assert [each.fte for each in found] == [Decimal("0.8"), Decimal(fte), Decimal("0.8")]
    assert jobs(ISSUED, Held("retired"), ())[0].fte == 1, "what always held is as it was told"


@pytest.fixture
async def school(store: Store, clock: FrozenClock) -> School:
    """Return a school on the test's own database."""
    return await school_of(store, clock)


async def stands(school: School) -> Statement:
    """Return where Sam's licence stands."""
    person, now = await school.person(SAM), school.clock.now()
    found = await school.store.read(lambda tx: rules.statements(tx, person, now))
    assert found[0].statement is not None
    return found[0].statement


async def outcomes(school: School) -> list[tuple[Outcome, str]]:
    """Return what became of each entry, and by which rule."""
    parts = [each.parts[0] for each in (await stands(school)).decisions]
    return [(each.outcome, each.rule) for each in parts]


async def test_each_entry_goes_by_what_held_on_its_day(school: School) -> None:
    """South Carolina takes self-study of the employed alone: not what was done in the year without work."""
    await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:us-sc"}))
    for title, day in (
        ("Before", "2025-06-30"),
        ("Without work", "2025-07-01"),
        ("After", "2026-09-01"),
    ):
        entry = await school.logs(title=title, day=day, what_kind="self_study")
        await school.card(LEE, Press("credit.approve", f"{entry}.1"))
    counts, not_then = (Outcome.COUNTED, "options-4-11"), (Outcome.REFUSED, "only-for-the-employed")
    assert await outcomes(school) == [counts, counts, counts]
    away = {"since": "2025-07-01", "until": "2026-08-31", "employment": "not_employed"}
    card = await school.card(SAM, Submit("credit.otherwise", away, "1"))
    assert "Employed otherwise: From 2025-07-01 to 2026-08-31: not employed" in words(card)
    assert await outcomes(school) == [counts, not_then, counts]
    usual = {**away, "employment": "usual"}
    card = await school.card(SAM, Submit("credit.otherwise", usual, "1"))
    assert "Employed otherwise:" not in words(card)
    assert await outcomes(school) == [counts, counts, counts]


async def test_leave_lowers_what_is_needed(school: School) -> None:
    """New Jersey goes by the part of full time: half a year of leave leaves half of the twenty hours."""
    licence = {**LICENCE, "issued": "2026-07-01", "policy": "row:us-nj"}
    await school.card(SAM, Submit("credit.licence", licence))
    assert (await stands(school)).needed == 20 * 60
    opened = await school.do(SAM, Press("credit.otherwise", "1"))
    assert isinstance(opened, OpenForm)
    assert [each.name for each in opened.form.inputs] == ["since", "until", "percent"]
    a_day = {"since": "2027-01-05", "until": "2027-01-05", "percent": "0"}
    await school.card(SAM, Submit("credit.otherwise", a_day, "1"))
    assert (await stands(school)).needed == -(-20 * 60 * 364 // 365)
    await school.card(SAM, Submit("credit.otherwise", {**a_day, "percent": ""}, "1"))
    leave = {"since": "2026-07-01", "until": "2026-12-31", "percent": "0"}
    await school.card(SAM, Submit("credit.otherwise", leave, "1"))
    assert (await stands(school)).needed == -(-20 * 60 * 181 // 365)


async def test_how_many_approve_goes_by_the_day_of_the_entry(school: School) -> None:
    """Ohio's committee decides about the employed; for the time without work nobody of a policy has to, and one does."""
    await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:us-oh"}))
    away = {"since": "2025-07-01", "until": "2026-08-31", "employment": "not_employed"}
    await school.card(SAM, Submit("credit.otherwise", away, "1"))
    await school.logs(title="Without work", day="2026-01-07")
    await school.logs(title="Employed", day="2026-10-07")
    found = {each.title: each.entry.flow.after for each in await school.entries()}
    assert found == {"Without work": 0, "Employed": 1}


async def test_times_that_cannot_be(school: School) -> None:
    """Each mistake gets its sentence, by its field, and what was told before stays."""
    await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:us-sc"}))
    good = {"since": "2025-07-01", "until": "2025-07-01", "employment": "not_employed"}
    kept = words(await school.card(SAM, Submit("credit.otherwise", good, "1")))
    assert "From 2025-07-01 to 2025-07-01: not employed" in kept
    for field, values, said in (
        ("until", {"until": "2025-06-30"}, "ends before it begins"),
        ("since", {"since": "1949-12-31"}, "too long ago"),
        ("since", {"since": ""}, "fill this in"),
        ("employment", {"employment": ""}, "fill this in"),
        ("employment", {"employment": "juggler"}, "choose one"),
    ):
        answer = await school.do(SAM, Submit("credit.otherwise", {**good, **values}, "1"))
        assert isinstance(answer, FieldErrors)
        assert said in str(answer.errors[field])
    for at in range(1, MOST):
        day = (date(2024, 7, 1) + 2 * at * DAY).isoformat()
        await school.card(
            SAM, Submit("credit.otherwise", {**good, "since": day, "until": day}, "1")
        )
    one_more = {**good, "since": "2024-07-01", "until": "2024-07-01"}
    answer = await school.do(SAM, Submit("credit.otherwise", one_more, "1"))
    assert isinstance(answer, FieldErrors)
    assert (await stands(school)).policy.id == "us-sc"


async def test_where_no_rule_asks_it_is_not_asked(school: School) -> None:
    """Texas asks nothing of it: there is no button, and a form from elsewhere is told so."""
    card = await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:us-tx"}))
    assert "Employed otherwise for a time" not in labels(card)
    refused = await school.card(SAM, Press("credit.otherwise", "1"))
    assert "ask nothing else of you" in words(refused)
    card = await school.card(SAM, Submit("credit.licence", {**LICENCE, "policy": "row:us-ny"}))
    assert "Employed otherwise for a time" not in labels(card)
    refused = await school.card(SAM, Press("credit.otherwise", "2"))
    assert "do not ask how you were employed" in words(refused)
