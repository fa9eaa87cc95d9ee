"""Entries decide for themselves: whoever does what in whatever order, some things never are."""

import os
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnbot.credit.model import checks
from plnbot.credit.model.batches import sample
from plnbot.credit.model.chain import BEGINNING, Head, flaws, hashed
from plnbot.credit.model.checks import Claimed, Wrong
from plnbot.credit.model.entries import (
    Approve,
    By,
    Claim,
    Complete,
    Entry,
    Flow,
    Return,
    Revise,
    Standing,
    Submit,
    Why,
    Withdraw,
    decide,
)
from plnbot.credit.model.written import entry_of, facts_of
from tests.credit.machine import HOUR, NOON, Model

LONG = os.environ.get("PLNBOT_TEST_FAULTS") == "long"
STEPS = 1_000_000 if LONG else 8_000
DONE = Claim("plc", NOON - 2 * HOUR, NOON - HOUR, 60, source="chat:7")
ZONE = "America/New_York"


def sent(flow: Flow = Flow(0, 1)) -> Entry:  # noqa: B008 - frozen
    """Return an entry that was sent in."""
    made = decide(None, Submit(1, 1, 1, DONE, flow), NOON)
    assert isinstance(made, Entry)
    return made


@settings(max_examples=30)
@given(st.integers())
def test_whatever_anybody_does(seed: int) -> None:
    """Two hundred steps from any seed keep every rule, and an entry is what its facts say."""
    model = Model(Random(seed))
    for _step in range(200):
        model.step()
    for each in model.entries.values():
        assert entry_of(each.id, 1, each.member, each.seq, facts_of(each)) == each


def test_many_steps() -> None:
    """The same, long."""
    model, stood = Model(Random(17)), set()
    while model.steps < STEPS:
        if len(model.entries) > 40:
            model.entries.clear()
            model.decided.clear()
            model.rings.clear()
        _number, _command, after = model.step()
        stood.add(after.standing if isinstance(after, Entry) else after)
    assert stood >= {*Standing, *Why, None}, "everything comes up"


def test_two_approve_at_once() -> None:
    """Whoever comes second finds it decided; who saw an older claim has to look again."""
    first = decide(sent(), Approve(By(2), 1), NOON)
    assert isinstance(first, Entry)
    assert (first.standing, first.decided_by) == (Standing.APPROVED, 2)
    assert decide(first, Approve(By(3), 1), NOON) is Why.LOCKED
    revised = decide(sent(), Revise(1, replace(DONE, minutes=30), Flow()), NOON)
    assert isinstance(revised, Entry)
    assert decide(revised, Approve(By(2), 1), NOON) is Why.CHANGED


def test_two_approvals_are_two_peoples() -> None:
    """The same person twice is one; another completes it; a change of minutes begins anew."""
    one = decide(sent(Flow(0, 2)), Approve(By(2), 1), NOON)
    assert isinstance(one, Entry)
    assert one.standing is Standing.WAITING
    assert decide(one, Approve(By(2), 1), NOON) is None
    two = decide(one, Approve(By(3), 1), NOON)
    assert isinstance(two, Entry)
    assert two.standing is Standing.APPROVED
    less = decide(one, Approve(By(3), 1, 45), NOON)
    assert isinstance(less, Entry)
    assert (less.approvals, less.claim.minutes, less.standing) == ((3,), 45, Standing.WAITING)


def test_a_plan_is_approved_before_and_after() -> None:
    """Two say yes to the plan, it takes place, one says yes to how it was."""
    ahead = Claim("conference", NOON + HOUR, NOON + 3 * HOUR, 120)
    plan = decide(None, Submit(1, 1, 1, ahead, Flow(2, 1), planned=True), NOON)
    assert isinstance(plan, Entry)
    for who in (2, 3):
        assert plan.standing is Standing.PLANNED
        plan = decide(plan, Approve(By(who), 1), NOON)
        assert isinstance(plan, Entry)
    assert (plan.standing, plan.agreed) == (Standing.AGREED, (2, 3))
    assert decide(plan, Complete(1, ahead), NOON) is Why.NOT_YET
    later = NOON + 4 * HOUR
    done = decide(plan, Complete(1, ahead), later)
    assert isinstance(done, Entry)
    assert done.standing is Standing.WAITING
    end = decide(done, Approve(By(2), done.revision), later)
    assert isinstance(end, Entry)
    assert end.standing is Standing.APPROVED


def test_a_plan_that_was_returned_is_still_a_plan() -> None:
    """It goes back as a plan while it is to come; nobody but its member says that it took place."""
    ahead = Claim("conference", NOON + HOUR, NOON + 3 * HOUR, 120)
    plan = decide(None, Submit(1, 1, 1, ahead, Flow(1, 1), planned=True), NOON)
    assert isinstance(plan, Entry)
    back = decide(plan, Return(By(2), 1), NOON)
    assert isinstance(back, Entry)
    again = decide(back, Revise(1, replace(ahead, minutes=90), Flow(1, 1)), NOON)
    assert isinstance(again, Entry)
    assert (again.standing, again.revision) == (Standing.PLANNED, 2)
    agreed = decide(again, Approve(By(2), 2), NOON)
    assert isinstance(agreed, Entry)
    assert decide(agreed, Complete(3, ahead), NOON + 4 * HOUR) is Why.GONE
    back = decide(sent(), Return(By(2), 1), NOON)
    assert isinstance(back, Entry)
    assert decide(back, Revise(1, ahead, Flow()), NOON) is Why.NOT_YET, "it was no plan"


def test_only_its_member_takes_an_entry_back() -> None:
    """Once, and not when it is decided; for anybody else it is not there."""
    assert decide(sent(), Withdraw(2), NOON) is Why.GONE
    back = decide(sent(), Withdraw(1), NOON)
    assert isinstance(back, Entry)
    assert back.standing is Standing.WITHDRAWN
    assert decide(back, Withdraw(1), NOON) is None
    done = decide(sent(), Approve(By(2), 1), NOON)
    assert isinstance(done, Entry)
    assert decide(done, Withdraw(1), NOON) is Why.LOCKED


def test_the_same_entry_comes_back() -> None:
    """Returned with a note, changed, and in the queue again under its own number."""
    back = decide(sent(), Return(By(2), 1), NOON)
    assert isinstance(back, Entry)
    again = decide(back, Revise(1, replace(DONE, minutes=50), Flow()), NOON)
    assert isinstance(again, Entry)
    assert (again.id, again.standing, again.revision) == (1, Standing.WAITING, 2)


def test_a_change_follows_the_rules_of_what_it_is_now() -> None:
    """What nobody had to approve waits, once it is said to be of a kind that somebody has to."""
    declared = sent(Flow(0, 0))
    assert declared.standing is Standing.DECLARED
    other = replace(DONE, kind="other")
    changed = decide(declared, Revise(1, other, Flow(0, 1), ("texas@2",)), NOON)
    assert isinstance(changed, Entry)
    assert (changed.standing, changed.policies) == (Standing.WAITING, ("texas@2",))


def test_a_day_is_the_members() -> None:
    """The same on Monday evening and on Tuesday noon are two, though both are Tuesday in UTC."""
    evening = NOON.replace(hour=1)
    late = replace(DONE, started=evening - HOUR, ended=evening, source="")
    noon = replace(DONE, source="")
    before = [Claimed(replace(sent(), claim=replace(late, started=evening)), "Fractions")]
    assert checks.clash(noon, "Fractions", before, "UTC") is not None
    assert checks.clash(noon, "Fractions", before, ZONE) is None
    full = [Claimed(replace(sent(), claim=replace(late, started=evening, minutes=1430)))]
    assert checks.day_is_full(noon, full, ZONE) is None


def test_nobody_decides_their_own_nor_in_a_ring() -> None:
    """Not by standing in for oneself either; with an administrator's word a ring may be, and is shown."""
    assert decide(sent(), Approve(By(1), 1), NOON) is Why.OWN
    assert decide(sent(), Approve(By(2, instead_of=(3, 1)), 1), NOON) is Why.OWN
    assert decide(sent(), Approve(By(2, ring=True), 1), NOON) is Why.RING
    allowed = decide(sent(), Approve(By(2, ring=True, allowed=9), 1), NOON)
    assert isinstance(allowed, Entry)
    assert allowed.ring == 9


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"minutes": 0}, Wrong.NO_MINUTES),
        ({"minutes": -5}, Wrong.NO_MINUTES),
        ({"minutes": 1500, "started": NOON - 48 * HOUR}, Wrong.LONG_DAY),
        ({"minutes": 61}, Wrong.LONGER),
        ({"started": NOON}, Wrong.BACKWARDS),
        ({"started": NOON + HOUR, "ended": NOON + 2 * HOUR}, Wrong.TO_COME),
        ({"started": NOON - 6000 * 24 * HOUR}, Wrong.LONG_AGO),
        ({"split": {"literacy": 70}}, Wrong.SPLIT),
    ],
)
def test_what_cannot_be(changed: dict[str, object], wrong: Wrong) -> None:
    """Each mistake has its own name, and the field in which it is mended."""
    found = checks.cannot_be(replace(DONE, **changed), NOON)  # type: ignore[arg-type]
    assert found is not None
    assert found.what is wrong


def test_no_hour_counts_twice() -> None:
    """The same again, the same source, and an overlap, with the minutes that are left."""
    before = [Claimed(sent(), "Chat on fractions")]
    same = checks.clash(replace(DONE, source=""), "chat ON fractions", before, ZONE)
    assert same is not None
    assert same.clash is not None
    assert same.clash.same
    began = NOON - 90 * timedelta(minutes=1)
    over = replace(DONE, started=began, ended=NOON, minutes=90, source="chat:8")
    found = checks.clash(over, "Another", before, ZONE)
    assert found is not None
    assert found.clash is not None
    assert found.clash.left == 60
    assert checks.clash(replace(over, minutes=60), "Another", before, ZONE) is None
    assert checks.clash(over, "Another", before, ZONE, besides=1) is None
    whole_day = replace(DONE, started=NOON - 12 * HOUR, ended=NOON, minutes=60, source="")
    assert checks.clash(whole_day, "A workshop", before, ZONE) is None, "nobody said at which hour"
    assert checks.day_is_full(replace(whole_day, minutes=1380), before, ZONE) is None
    full = [Claimed(replace(sent(), claim=replace(whole_day, minutes=1430)))]
    left = checks.day_is_full(replace(whole_day, minutes=60), full, ZONE)
    assert left is not None
    assert left.n == 10


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 120)), max_size=6))
def test_free_minutes_are_never_more_than_there_are(spans: list[tuple[int, int]]) -> None:
    """However others lie, what is left is what no other takes, counted minute by minute."""
    minute = timedelta(minutes=1)
    others = [
        replace(DONE, started=NOON + at * minute, ended=NOON + (at + long) * minute)
        for at, long in spans
    ]
    one = replace(DONE, started=NOON + 60 * minute, ended=NOON + 180 * minute, minutes=120)
    taken = {at + n for at, long in spans for n in range(long)}
    assert checks.free_minutes(one, others) == len(set(range(60, 180)) - taken)


def rows(many: int, network: int = 1) -> list[tuple[object, ...]]:
    """Return a chain of events."""
    found: list[tuple[object, ...]] = []
    before = BEGINNING
    for seq in range(1, many + 1):
        row = (network, seq, seq * 1000, "approve", seq, 3, 4, f'{{"minutes":{seq}}}', "")
        before = hashed(before, row)
        found.append((*row, before))
    return found


def first_flaw(found: list[tuple[object, ...]], whole: list[tuple[object, ...]]) -> str:
    """Return the first flaw of these rows, where the chain ends as the whole one does."""
    heads = {1: Head(len(whole), str(whole[-1][9]))}
    return next((str(each) for each in flaws(found, heads, {})), "")


def test_whatever_is_done_to_a_row_is_named() -> None:
    """Changed in any column, taken out, moved, added, cut off: the first row that is not as it was."""
    whole = rows(6)
    assert first_flaw(whole, whole) == ""
    for column in range(2, 10):
        spoiled = list(whole)
        row = list(spoiled[2])
        row[column] = (
            f"{row[column]}1" if isinstance(row[column], str) else int(str(row[column])) + 1
        )
        spoiled[2] = tuple(row)
        assert first_flaw(spoiled, whole).startswith("network 1, event 3: was changed"), column
    assert first_flaw(whole[:2] + whole[3:], whole) == "network 1, event 3: is missing"
    swapped = [
        *whole[:2],
        (*whole[3][:1], 3, *whole[3][2:]),
        (*whole[2][:1], 4, *whole[2][2:]),
        *whole[4:],
    ]
    assert first_flaw(swapped, whole).startswith("network 1, event 3: was changed")
    assert first_flaw(rows(7), whole) == "network 1, event 7: was added behind the end"
    assert first_flaw(whole[:4], whole) == "network 1, event 5: is missing at the end"
    assert first_flaw([], whole) == "network 1, event 1: is missing at the end"


def test_who_rewrites_everything_is_found_by_what_was_noted() -> None:
    """A new chain is whole in itself; a head that a log kept tells."""
    whole, again = rows(5), rows(5)
    first = (1, 1, 999, *whole[0][3:9])
    before, made = BEGINNING, []
    for row in [first, *(each[:9] for each in again[1:])]:
        before = hashed(before, row)
        made.append((*row, before))
    heads = {1: Head(5, before)}
    assert not list(flaws(made, heads, {}))
    noted = {(1, 3): str(whole[2][9])}
    assert "rewritten" in str(next(flaws(made, heads, noted)))
    assert "was noted before" in str(next(flaws(made, heads, {(1, 9): "x"})))


@given(st.sets(st.integers(1, 10_000), min_size=1, max_size=60), st.text(max_size=20))
def test_a_sample_is_drawn_the_same_again(entries: set[int], seed: str) -> None:
    """One in ten, two at least, whichever order they came in."""
    drawn = sample(seed, sorted(entries))
    assert drawn == sample(seed, sorted(entries, reverse=True))
    assert set(drawn) <= entries
    assert len(drawn) == min(len(entries), max(2, -(-len(entries) // 10)))
