"""Whoever subtracts any two things that a district is shown finds nobody.

A district's year is made up, its months go through the gate, and then an attacker takes every two things
that can be had: lines, and everything that lines of one report add up to, of whatever reports and months.
Two attacks are made on each pair. The first has the figures as they are shown, and knows the rule by which
they are banded: it finds somebody where what is left can only be one to four people. The second is made
within a month by who knows every number exactly, and which set of people lies within which: it finds
somebody where one to four people are in one and not in the other.

    ./run test tests/growth/test_subtraction.py -s
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnbot import singling_out
from plnbot.insight.model import OTHERS, Lot, Passed, Report, Took, months, passed
from plnbot.singling_out import FEWEST, People
from plnbot.values import dataclass

KINDS = ("chat", "prompt", "reading", "edcamp", "peers", "sharing", "badge")
NAMES = ("co_teaching", "feedback", "families", "talk", "culture", "ai")
SCHOOLS = ("elementary", "middle", "high", "several", "untold")
ROLES = ("teacher", "coach", "leader", "librarian")
PARTED = {Report.SCHOOL, Report.ROLE}
MOST_UNITED = 6
"""So many lines of a report are added up in every way there is; of longer ones every two and three."""


@dataclass(frozen=True, slots=True)
class Had:
    """Something that can be had from what is shown: one line, or several of a report added up.

    `people` are those it is about where lines have nobody in common, or None: then only the sum is had.
    """

    month: int
    what: str
    lines: int
    figure: int
    people: People | None


@dataclass(slots=True)
class Found:
    """What an attack came to."""

    reports: int = 0
    pairs: int = 0
    by_figures: int = 0
    by_sets: int = 0

    @property
    def revealed(self) -> int:
        """How many pairs give one to four people away."""
        return self.by_figures + self.by_sets


def few(people: int) -> bool:
    """Return whether so many are somebody, and fewer than five."""
    return 0 < people < FEWEST


def lot(rng: Random, members: int) -> Lot:
    """Return a month of a made-up district, in which some kinds, needs and schools are rare."""
    everybody = list(range(members))

    def some(share: float) -> People:
        return frozenset(each for each in everybody if rng.random() < share)

    shares = {name: rng.choice((0.0, 0.01, 0.03, 0.1, 0.4, 0.9)) for name in (*KINDS, *NAMES)}
    kinds = {k: {w: Took(rng.randint(1, 4), rng.randint(0, 90)) for w in some(shares[k])} for k in KINDS}  # fmt: skip
    sets = {name: some(shares[name]) for name in NAMES}
    # Two that always come together but for a few, as tags of the same chats do.
    sets["ai"] = sets["talk"] | frozenset(rng.sample(everybody, min(members, rng.randint(0, 6))))
    schools = by(everybody, lambda each: SCHOOLS[min(each * 7 % 31 // 5, 4)])
    roles = by(everybody, lambda each: ROLES[0 if each % 9 else 1 + each // 9 % 3])
    # Needs are told here and there: a wish or two, and what many answer in the pulse.
    needs = {name: those | some(rng.choice((0.0, 0.02, 0.3))) for name, those in sets.items()}
    return Lot(frozenset(everybody), kinds, {"chat", "edcamp", "badge"}, needs, skills(rng, kinds, sets), sets, schools, roles)  # fmt: skip


def skills(
    rng: Random, kinds: Mapping[str, Mapping[int, Took]], sets: Mapping[str, People]
) -> Mapping[str, People]:
    """Return who touched which skill: carried by what they did, tagged otherwise by a few, and under others.

    Whoever did all of a kind has its skill but for those who took it off by hand; whoever has a skill has
    the one above it, which a few more have by themselves.
    """
    carried = {f"of {kind}": frozenset(those) for kind, those in kinds.items()}
    found = {**sets}
    for name, those in carried.items():
        off = frozenset(rng.sample(sorted(those), min(len(those), rng.randint(0, 6))))
        on = frozenset(rng.sample(range(len(those) + 6), rng.randint(0, 6)))
        found[name] = (those - off) | (on & frozenset().union(*sets.values()))
    above = frozenset[int]().union(*(found[f"of {kind}"] for kind in ("chat", "edcamp")))
    alone = frozenset(rng.sample(sorted(sets["talk"]), min(len(sets["talk"]), rng.randint(0, 6))))
    return {**found, "above": above | alone}


def by(everybody: Sequence[int], of: Callable[[int], str]) -> Mapping[str, People]:
    """Return people by what `of` says of each."""
    names = dict.fromkeys(map(of, everybody))
    return {name: frozenset(each for each in everybody if of(each) == name) for name in names}


def grown(first: Lot, rng: Random) -> Lot:
    """Return the month after, in which the same did the same, and a few more joined in."""
    more = frozenset(rng.sample(sorted(first.members), min(len(first.members), rng.randint(1, 4))))
    kinds = {kind: {**those, **dict.fromkeys(more, Took(1, 20))} for kind, those in first.kinds.items()}  # fmt: skip
    needs = {name: those | more for name, those in first.needs.items()}
    return Lot(first.members, kinds, first.formal, needs, first.skills, first.subjects, first.schools, first.roles)  # fmt: skip


def had(month: int, shown: Sequence[Passed]) -> Iterator[Had]:
    """Yield everything that can be had of a month."""
    for report in Report:
        lines = [each for each in shown if each.cell.report is report]
        columns = [[(e.cell.name, e.cell.people, e.people) for e in lines if e.people]]
        columns.append([(f"members {e.cell.name}", e.cell.members, e.members) for e in lines if e.members])  # fmt: skip
        for column in columns:
            yield from added_up(month, report, column)


def added_up(
    month: int, report: Report, column: Sequence[tuple[str, int, People]]
) -> Iterator[Had]:
    """Yield the lines of a column, and what several of them add up to."""
    most = len(column) if len(column) <= MOST_UNITED or report in PARTED else 3
    for many in range(1, most + 1):
        for some in combinations(column, many):
            people = frozenset[int]().union(*(each for _name, _figure, each in some))
            exactly = report in PARTED or many == 1
            name = " + ".join(f"{report.value} {name}" for name, _figure, _people in some)
            figure = sum(figure for _name, figure, _people in some)
            yield Had(month, name, many, figure, people if exactly else None)


def gives_away(one: Had, other: Had) -> bool:
    """Return whether the figures of two things leave only one to four people between them."""
    less = one.figure - other.figure
    least, most = less - (FEWEST - 1) * other.lines, less + (FEWEST - 1) * one.lines
    return few(abs(less)) or (least > 0 and most < FEWEST)


def attacked(months: Sequence[Sequence[Passed]]) -> Found:
    """Return what subtracting every two things of these months comes to."""
    found = Found(reports=sum(len({e.cell.report for e in shown}) for shown in months))
    things = [each for month, shown in enumerate(months) for each in had(month, shown)]
    for one in things:
        found.by_figures += few(one.figure) or (one.people is not None and few(len(one.people)))
    for one, other in combinations(things, 2):
        found.pairs += 1
        found.by_figures += gives_away(one, other) or gives_away(other, one)
        if one.month == other.month and one.people is not None and other.people is not None:
            small, large = sorted((one.people, other.people), key=len)
            found.by_sets += few(len(large) - len(small)) and small <= large
    return found


def year(rng: Random, members: int, months: int = 2) -> Sequence[Sequence[Passed]]:
    """Return what is shown of some months, each second of which has a few more than the one before."""
    shown: list[Sequence[Passed]] = []
    for _pair in range(0, months, 2):
        first = lot(rng, members)
        shown += [passed(first), passed(grown(first, rng))]
    return shown[:months]


@settings(max_examples=8)
@given(st.randoms(use_true_random=False), st.integers(1, 60))
def test_no_small_district_gives_anybody_away(rng: Random, members: int) -> None:
    """In districts of one to sixty people, whatever two things of two months are subtracted."""
    assert attacked(year(rng, members)).revealed == 0


def test_no_pair_of_a_large_district_gives_anybody_away(capsys: pytest.CaptureFixture[str]) -> None:
    """Three hundred teachers, six months: every pair of lines and of what lines add up to."""
    found = attacked(year(Random(133), 300, months=6))
    with capsys.disabled():
        print(f"\nreports {found.reports} · pairs {found.pairs:,} · revealed {found.revealed}")  # noqa: T201
    assert found.reports >= 40
    assert found.pairs > 100_000
    assert found.revealed == 0


def test_most_of_a_large_district_is_told() -> None:
    """The gate does not win by showing nothing: every kind, need and school of thirty people is there."""
    given_lot = lot(Random(133), 300)
    shown = {(each.cell.report, each.cell.name): each for each in passed(given_lot)}
    for kind, those in given_lot.kinds.items():
        assert len(those) < 30 or (Report.KIND, kind) in shown, kind
    for school, people in given_lot.schools.items():
        assert len(people) < 30 or shown[Report.SCHOOL, school].cell.members, school
    told = [name for (report, name) in shown if report is Report.NEED]
    assert len(told) >= sum(len(those) >= 30 for those in given_lot.needs.values()) - 2
    assert (Report.SCHOOL, OTHERS) not in shown or shown[Report.SCHOOL, OTHERS].cell.people


def no_complement(one: People, other: People) -> bool:
    """Take sets for apart whatever lies between them."""
    del one, other
    return False


def exact(people: int) -> int:
    """Show a number of people as it is."""
    return people


@pytest.mark.parametrize(
    ("where", "name", "instead"),
    [
        (singling_out, "tells_apart", no_complement),
        (singling_out, "enough", lambda people: people >= 2),
        (months, "band", exact),
    ],
    ids=["complements", "fewest", "bands"],
)
def test_a_gate_that_forgets_a_rule_is_caught(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, instead: Callable[..., object]
) -> None:
    """Without complements, without the fewest, without bands: each lets somebody be found."""
    monkeypatch.setattr(where, name, instead)
    rng = Random(7)
    assert sum(attacked(year(rng, 60)).revealed for _district in range(4)) > 0


@pytest.mark.parametrize("took_no_part", range(1, FEWEST))
def test_where_nearly_everybody_took_part_they_are_told_and_not_of_how_many(
    took_no_part: int,
) -> None:
    """A small district whose few were away still learns what the others did, and who they were is safe."""
    whole = lot(Random(133), 30)
    away = frozenset(range(took_no_part))
    there = dict.fromkeys(whole.members - away, Took(1, 20))
    shown = passed(replace(whole, kinds={**{k: {} for k in KINDS}, "chat": there}))
    told = {(each.cell.report, each.cell.name): each.cell for each in shown}
    assert told[Report.ALL, ""].people == told[Report.KIND, "chat"].people == 25
    assert {each.cell.members for each in shown} == {0}
    assert all(each.people.isdisjoint(away) for each in shown)
    assert attacked([shown, passed(whole)]).revealed == 0
