"""When, by TOML alone: periods, plans, what is carried over, rules that came and went."""

from datetime import date

import pytest

from plnbot.policies import Attested, kept_until
from tests.policies.writing import FIVE, entry, met, policy, short, state


def test_carry_over_by_when_it_was_earned_up_to_a_maximum() -> None:
    """What was above the need, of the last three months, five hours at most, the last first."""
    of = policy('\n[[carry]]\nid = "spring"\nlast_months = 3\nmax = 5')
    found = state(
        of,
        entry(101, id="early", on=date(2020, 1, 1)),
        entry(3, id="april", on=date(2024, 4, 2)),
        entry(4, id="june", on=date(2024, 6, 2)),
        issued=date(2019, 7, 1),
    )
    assert short(found) == [
        "refused 6060 cycle",
        "counted 60 spring, refused 120 cycle",
        "counted 240 spring",
    ]
    assert (found.carried, found.counted, found.missing) == (300, 300, 95 * 60)
    without = state(
        of, entry(99, on=date(2020, 1, 1)), entry(2, on=date(2024, 6, 2)), issued=date(2019, 7, 1)
    )
    assert without.carried == 60


def test_what_was_carried_is_not_carried_again() -> None:
    """Two periods later it is gone."""
    of = policy('\n[[carry]]\nid = "all-of-it"')
    found = state(of, entry(150, on=date(2015, 1, 1)), issued=date(2014, 7, 1))
    assert found.carried == 0
    assert state(of, entry(150, on=date(2020, 1, 1)), issued=date(2014, 7, 1)).carried == 3000


@pytest.mark.parametrize(
    ("cycle", "since", "until"),
    [
        ('anchor = "issue"\nyears = 5', date(2023, 9, 10), date(2028, 9, 9)),
        ('anchor = "day"\nday = "07-01"\nyears = 5', date(2024, 7, 1), date(2029, 6, 30)),
        (
            'anchor = "day"\nday = "07-01"\nfirst = "before"\nyears = 5',
            date(2023, 7, 1),
            date(2028, 6, 30),
        ),
        ('anchor = "birth"\nyears = 5', date(2023, 4, 1), date(2028, 3, 31)),
        (
            'anchor = "day"\nday = "08-01"\nfirst = "before"\nyears = 1',
            date(2026, 8, 1),
            date(2027, 7, 31),
        ),
        ('anchor = "none"', date(2023, 9, 10), None),
        ('anchor = "issue"\nmonths = 18', date(2026, 9, 10), date(2028, 3, 9)),
    ],
)
def test_anchors_of_the_period(cycle: str, since: date, until: date | None) -> None:
    """The day of issue, a fixed day after or before it, the birth month, the school year, none."""
    found = state(policy(cycle=f"\n[cycle]\n{cycle}\n"), issued=date(2023, 9, 10), birth_month=4)
    assert (found.since, found.until) == (since, until)


def test_credit_from_the_issue_although_the_period_begins_later() -> None:
    """With `early` it counts from the issue, without it from the first of July."""
    cycle = '\n[cycle]\nanchor = "day"\nday = "07-01"\nyears = 5\n'
    done = entry(2, on=date(2025, 10, 1))
    assert state(policy(cycle=cycle), done, issued=date(2025, 9, 1)).counted == 120
    strict = policy(cycle=cycle + "early = false\n")
    assert short(state(strict, done, issued=date(2025, 9, 1))) == ["refused 120 cycle"]


def test_a_length_that_changes_while_it_runs() -> None:
    """From five years to seven, for periods that had not ended; earlier ones keep their five."""
    of = policy('\n[[length]]\nid = "seven"\nyears = 7\nwhen = { ends_since = 2025-01-01 }')
    found = state(of, issued=date(2016, 1, 1), today=date(2026, 6, 1))
    assert (found.since, found.until) == (date(2021, 1, 1), date(2027, 12, 31))
    assert state(of, issued=date(2021, 1, 1), today=date(2026, 6, 1)).until == date(2027, 12, 31)


def test_the_end_that_stands_on_the_paper() -> None:
    """It goes before what is computed, and stays when it has passed."""
    found = state(policy(), issued=date(2019, 9, 1), expires=date(2025, 6, 30))
    assert (found.since, found.until, found.days_left) == (date(2019, 9, 1), date(2025, 6, 30), 0)


PLAN = '\n[[attest]]\nid = "plan"\nblocks = "earlier"\ntitle = { en = "plan" }'


def test_credit_only_after_a_plan_was_approved() -> None:
    """Held without one; what was before it is refused; from its day on it counts."""
    assert short(state(policy(PLAN), entry(1))) == ["held 60 plan"]
    days = [date(2025, 1, 31), date(2025, 2, 1)]
    found = state(
        policy(PLAN), *(entry(1, on=each) for each in days), attested=(Attested("plan", days[1]),)
    )
    assert short(found) == ["refused 60 plan", "counted 60 all"]
    assert found.decisions[0].parts[0].given == "2025-02-01"


def test_what_is_signed_once_for_life_was_signed_before() -> None:
    """A plan is signed in each period; what is signed for life may have been signed in any."""
    life = PLAN + '\nper = "life"'
    signed = (Attested("plan", date(2020, 1, 1)),)
    for rules, asks in ((PLAN, True), (life, False)):
        assert bool(state(policy(rules), entry(1), attested=signed).to_sign) is asks
    assert state(policy(life), entry(1)).to_sign


def test_a_plan_of_another_period_is_none() -> None:
    """It is asked anew in each period."""
    found = state(policy(PLAN), entry(1), attested=(Attested("plan", date(2020, 1, 1)),))
    assert short(found) == ["held 60 plan"]


@pytest.mark.parametrize(
    ("clock", "until"),
    [("activity", date(2028, 3, 1)), ("period", date(2032, 6, 30)), ("renewal", date(2032, 6, 30))],
)
def test_retention_clocks(clock: str, until: date) -> None:
    """From the activity, the period's end, the renewal."""
    of = policy(f'\n[[retain]]\nid = "keep"\nyears = 3\nfrom = "{clock}"')
    assert kept_until(of, date(2025, 3, 1), date(2029, 6, 30)) == until


def test_rules_that_were_repealed_go_by_their_days() -> None:
    """Of what was done before it was asked; of who ends later it is not."""
    of = policy(
        '\n[[require]]\nid = "old"\nmin = 1\ntags = ["technology"]\nwhen = { ends_before = 2018-07-01 }'
        '\ntitle = { en = "old" }'
    )
    assert "old" not in met(state(of))
    assert "old" in met(state(of, issued=date(2012, 7, 1), expires=date(2018, 6, 30)))


def test_a_rule_that_is_suspended_is_shown_and_not_asked() -> None:
    """It stands in the file with its source, and asks nothing."""
    of = policy(
        '\n[[require]]\nid = "later"\nmin = 1\nsuspended = true\ntags = ["x"]\ntitle = { en = "later" }'
    )
    assert "later" in of.rules()
    assert "later" not in met(state(of))


def test_a_rule_by_the_year_that_became_one_by_the_period() -> None:
    """Only whole years before the change are asked; the period is asked all the same (Nevada)."""
    cycle = FIVE + 'year_begins = "01-01"\n'
    of = policy(
        '\n[[require]]\nid = "yearly"\nmin = 15\nper = "year"\nbefore = 2024-09-16\ntitle = { en = "a year" }',
        cycle=cycle,
    )
    done = entry(15, on=date(2023, 5, 1))
    found = state(of, done, issued=date(2021, 9, 1), today=date(2026, 6, 1))
    years = [(each.since, each.met) for each in found.standings if each.asks == "yearly"]
    assert years == [(date(2022, 1, 1), False), (date(2023, 1, 1), True)]


def test_a_cap_that_turned_into_a_protection() -> None:
    """Before a day it cuts, since then it does not (Texas)."""
    of = policy(
        '\n[[cap]]\nid = "listed"\nmax_percent = 25\ntags = ["listed"]\nbefore = 2025-09-01'
    )
    old, new = (entry(30, tags="listed", on=date(2025, each, 1)) for each in (8, 9))
    assert short(state(of, old, new)) == [
        "counted 1500 all, capped 300 listed",
        "counted 1800 all",
    ]


def test_places_in_time() -> None:
    """Before, after and still to come; a decision of an approver; minutes that cannot be."""
    found = state(
        policy(),
        entry(1, on=date(2024, 6, 30)),
        entry(1, on=date(2024, 7, 1)),
        entry(1, on=date(2026, 11, 29)),
        entry(1, declined=True),
        entry(-1),
        entry(0),
    )
    assert [each.parts[0].why for each in found.decisions] == [
        "earlier",
        "counted",
        "not_yet",
        "declined",
        "impossible",
        "counted",
    ]
    late = state(
        policy(), entry(1, on=date(2025, 8, 1)), issued=date(2020, 7, 1), expires=date(2025, 6, 30)
    )
    assert late.decisions[0].parts[0].why == "later"


def test_the_forecast_and_what_is_to_be_signed() -> None:
    """At this pace; by when the plan is due."""
    of = policy(
        '\n[[attest]]\nid = "plan"\nwithin_months = 6\ntitle = { en = "plan" }'
        '\n[[attest]]\nid = "yearly"\nby_day = "10-31"\nblocks = "nothing"\ntitle = { en = "yearly" }'
    )
    found = state(of, entry(10), today=date(2025, 6, 30))
    assert found.forecast == 600 * 1826 // 365
    assert [(each.rule, each.due) for each in found.to_sign] == [
        ("plan", date(2025, 1, 1)),
        ("yearly", date(2024, 10, 31)),
    ]
