"""What is asked, by TOML alone: minimums, overlaps, routes, further licences, part time."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from plnbot.policies import Attested, Employment
from tests.policies.writing import entry, met, policy, state

HALF = Decimal("0.5")


def test_a_minimum_once_and_a_maximum_later() -> None:
    """Until 2025 at least ten of technology, for licences that end later at most five of it."""
    of = policy(
        '\n[[require]]\nid = "least"\nmin = 10\ntags = ["technology"]\nwhen = { ends_before = 2029-01-01 }'
        '\ntitle = { en = "technology" }'
        '\n[[cap]]\nid = "most"\nmax = 5\ntags = ["technology"]\nwhen = { ends_since = 2029-01-01 }'
    )
    early = state(of, entry(8, tags="technology"), issued=date(2023, 7, 1))
    assert (early.counted, met(early)["least"]) == (8 * 60, False)
    late = state(of, entry(8, tags="technology"), issued=date(2024, 7, 1))
    assert (late.counted, "least" in met(late)) == (5 * 60, False)


TWO = (
    '\n[[require]]\nid = "sei"\nmin = 3\ntags = ["sei"]\ntitle = { en = "sei" }'
    '\n[[require]]\nid = "content"\nmin = 3\ntags = ["content"]\ntitle = { en = "content" }'
)


def test_one_hour_meets_several() -> None:
    """Three hours of both meet both."""
    found = state(policy(TWO), entry(3, tags="sei content"))
    assert met(found) == {"total": False, "sei": True, "content": True}


def test_one_hour_meets_only_one() -> None:
    """Where an entry has one category, three hours of both meet one; a second entry meets the other."""
    of = policy(TWO, head='overlap = "one"\n')
    assert sorted(map(bool, list(met(state(of, entry(3, tags="sei content"))).values())[1:])) == [
        False,
        True,
    ]
    found = state(of, entry(3, tags="sei content"), entry(3, tags="sei"))
    assert met(found) == {"total": False, "sei": True, "content": True}


def test_one_hour_is_split_and_never_twice() -> None:
    """Six hours of both meet both, five do not; what only fits one is kept for it."""
    of = policy(TWO, head='overlap = "split"\n')
    assert met(state(of, entry(6, tags="sei content"))) == {
        "total": False,
        "sei": True,
        "content": True,
    }
    short_of = state(of, entry(5, tags="sei content"))
    assert sum(each.missing for each in short_of.standings if not each.need) == 60
    mixed = state(of, entry(3, tags="sei content"), entry(2, tags="sei"), entry(1, tags="content"))
    assert met(mixed) == {"total": False, "sei": True, "content": True}


def test_minutes_split_over_tags_by_who_logged_them() -> None:
    """An entry says itself how much of it was of which tag."""
    given = entry(4, tags="sei content", split={"sei": 3, "content": 1})
    found = state(policy(TWO), given)
    assert [each.counted for each in found.standings] == [240, 180, 60]


def test_ten_in_all_and_at_least_one_in_each() -> None:
    """Ten hours over three tags, one in each of them."""
    of = policy(
        '\n[[require]]\nid = "areas"\nmin = 10\neach = 1\ntags = ["a", "b", "c"]\ntitle = { en = "areas" }'
    )
    two = [entry(8, tags="a"), entry(2, tags="b")]
    assert met(state(of, *two))["areas"] is False
    assert met(state(of, *two, entry(1, tags="c")))["areas"] is True
    assert met(state(of, *(entry(1, tags=each) for each in "abc")))["areas"] is False


def test_at_least_two_areas() -> None:
    """Two different ones, an hour at least in each."""
    of = policy(
        '\n[[require]]\nid = "areas"\ndistinct = 2\neach = 1\ntags = ["a", "b", "c"]\ntitle = { en = "areas" }'
    )
    assert met(state(of, entry(9, tags="a"), entry("0.5", tags="b")))["areas"] is False
    assert met(state(of, entry(9, tags="a"), entry(1, tags="b")))["areas"] is True


def test_once_for_life_and_a_look_back() -> None:
    """A training of any time, and one of the last ten years, longer than the period."""
    of = policy(
        '\n[[require]]\nid = "ever"\ncount = 1\nper = "life"\ntags = ["abuse"]\ntitle = { en = "ever" }'
        '\n[[require]]\nid = "ten"\ncount = 1\nmonths = 120\ntags = ["aid"]\ntitle = { en = "ten" }'
    )
    found = state(
        of, entry(1, tags="abuse", on=date(2001, 1, 1)), entry(1, tags="aid", on=date(2019, 7, 2))
    )
    assert (met(found)["ever"], met(found)["ten"], found.counted) == (True, True, 0)
    assert met(state(of, entry(1, tags="aid", on=date(2019, 6, 30))))["ten"] is False


ROUTES = (
    '\n[[attest]]\nid = "goals"\ntitle = { en = "goals" }'
    '\n[[require]]\nid = "plans"\ncount = 4\nkinds = ["plan"]\ntitle = { en = "four plans" }'
    '\n[[require]]\nid = "board"\ncount = 1\nkinds = ["board"]\ntitle = { en = "board" }'
    '\n[[route]]\nid = "by-hours"\nasks = ["total"]\ntitle = { en = "hours" }'
    '\n[[route]]\nid = "by-plans"\nasks = ["plans"]\ntitle = { en = "plans" }'
    '\n[[route]]\nid = "by-goals"\nasks = ["goals"]\ntitle = { en = "goals" }'
    '\n[[route]]\nid = "by-board"\nasks = ["board"]\ntitle = { en = "board" }'
)


def test_routes_by_hours_by_count_without_hours_and_a_substitute() -> None:
    """Any one is enough; what the others ask is not required any more."""
    of = policy(ROUTES)
    assert not state(of).complete
    assert state(of, entry(100)).complete
    four = [entry(1, kind="plan") for _ in range(4)]
    assert not state(of, *four[:3]).complete
    found = state(of, *four)
    assert found.complete
    assert [each.asks for each in found.standings if each.required] == ["plans"]
    assert state(of, attested=(Attested("goals", date(2025, 1, 1)),)).complete
    assert state(of, entry(0, kind="board")).complete


def test_a_route_by_employment() -> None:
    """Who works in the system is not asked for hours; others are."""
    of = policy(
        '\n[[attest]]\nid = "goals"\ntitle = { en = "goals" }\nwhen = { employment = ["system"] }'
        '\n[[route]]\nid = "hours"\nasks = ["total"]\ntitle = { en = "hours" }\nunless = { employment = ["system"] }'
        '\n[[route]]\nid = "inside"\nasks = ["goals"]\ntitle = { en = "goals" }\nwhen = { employment = ["system"] }'
    )
    inside = (Employment(since=date(2024, 7, 1), status="system"),)
    assert [each.rule for each in state(of, employment=inside).ways] == ["inside"]
    assert [each.rule for each in state(of).ways] == ["hours"]


def test_extra_licences_that_add() -> None:
    """Each adds thirty, fifteen of them of its own; without the rule none adds."""
    of = policy('\n[[extra]]\nid = "further"\nadds = 30\nmin = 15\ntag = "content:{licence}"')
    found = state(of, entry(15, tags="content:art"), further=("art", "music"))
    assert found.needed == 160 * 60
    assert met(found) == {"total": False, "further:art": True, "further:music": False}
    assert state(policy(), further=("art",)).needed == 6000


def test_minimums_of_the_year_and_of_the_period() -> None:
    """A hundred in five years, ten in each: a year that fell short does not go away."""
    of = policy('\n[[require]]\nid = "yearly"\nmin = 10\nper = "year"\ntitle = { en = "a year" }')
    found = state(of, entry(9, on=date(2025, 6, 30)), entry(91, on=date(2025, 7, 1)))
    years = [(each.since, each.met) for each in found.standings if each.asks == "yearly"]
    assert years == [(date(2024 + at, 7, 1), at == 1) for at in range(5)]
    assert met(found)["total"] is True


def test_pro_rata_with_a_floor() -> None:
    """Thirty a year by the part of full time, never under six (England's further education, 2007)."""
    year = '\n[cycle]\nanchor = "day"\nday = "09-01"\nfirst = "before"\nyears = 1\n'
    need = '\n[[need]]\nid = "total"\nsource = "law"\nmin = 30\n'
    of = policy('\n[[prorate]]\nid = "part"\nfloor = 6', cycle=year, need=need)

    def needed(fte: str) -> int | None:
        return state(of, employment=(Employment(since=date(2024, 7, 1), fte=Decimal(fte)),)).needed

    assert [needed(each) for each in ("1", "0.5", "0.1", "0")] == [1800, 900, 360, 360]
    assert state(of).needed == 1800


def test_pro_rata_by_days_on_leave() -> None:
    """Part of the period on leave; a part of a minute is asked whole."""
    of = policy('\n[[prorate]]\nid = "part"')
    leave = Employment(since=date(2024, 7, 1), until=date(2025, 6, 30), fte=Decimal(0))
    found = state(of, employment=(leave,))
    assert found.needed == -(-6000 * Fraction(1461, 1826)).__floor__() == 4801


def test_zero_at_a_threshold_of_days_inclusive() -> None:
    """Up to twenty days taught nothing is asked; with twenty-one all of it."""
    of = policy('\n[[waive]]\nid = "few"\nwhen = { days_to = 20 }')

    def needed(days: int | None) -> int | None:
        return state(of, employment=(Employment(since=date(2024, 7, 1), days=days),)).needed

    assert [needed(each) for each in (0, 20, 21, None)] == [0, 0, 6000, 6000]
    below = policy('\n[[waive]]\nid = "few"\nwhen = { days_below = 20 }')
    assert state(below, employment=(Employment(since=date(2024, 7, 1), days=20),)).needed == 6000


def test_a_waiver_under_half_time() -> None:
    """Below half time nothing is asked; at half time everything."""
    of = policy('\n[[waive]]\nid = "half"\nwhen = { fte_below = "0.5" }')
    held = (Employment(since=date(2024, 7, 1), fte=HALF),)
    assert state(of, employment=held).needed == 6000
    below = state(of, employment=(Employment(since=date(2024, 7, 1), fte=Decimal("0.49")),))
    assert (below.needed, below.complete) == (0, True)
    assert below.standings[0].rule == "half"


def test_trainings_beside_the_hours() -> None:
    """Their hours are no part of the number."""
    of = policy(
        '\n[[require]]\nid = "aid"\ncount = 1\nbeside = true\ntags = ["aid"]\ntitle = { en = "aid" }'
    )
    found = state(of, entry(4, tags="aid"), entry(1))
    assert (found.counted, found.beside, met(found)["aid"]) == (60, 240, True)


def test_hours_for_each_year_of_the_term() -> None:
    """Fifteen a year: 180 in twelve, ninety in six (Arizona)."""
    need = '\n[[need]]\nid = "total"\nsource = "law"\nmin_each_year = 15\n'
    cycle = '\n[cycle]\nanchor = "issue"\nyears = 12\n'
    length = '\n[[length]]\nid = "six"\nyears = 6\nwhen = { classes = ["six"] }'
    of = policy(length, need=need, cycle=cycle)
    assert (state(of).needed, state(of, classes="six").needed) == (180 * 60, 90 * 60)


def test_the_higher_number_where_several_classes_are_held() -> None:
    """A teacher who is a principal too is asked for the principal's."""
    of = policy('\n[[need]]\nid = "principal"\nmin = 200\nwhen = { classes = ["principal"] }')
    assert (state(of).needed, state(of, classes="teacher principal").needed) == (6000, 12000)
