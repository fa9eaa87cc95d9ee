"""What is left under maxima, and edges of years, tags and times that one number beside another would change."""

from datetime import date
from decimal import Decimal

from plnbot.policies import Employment
from tests.policies.writing import DAY, entry, met, policy, short, state

YEARLY = '\n[[cap]]\nid = "yearly"\nmax = 3\nper = "year"\nkinds = ["webinar"]'
WHOLE = '\n[[cap]]\nid = "whole"\nmax = 10\nkinds = ["workshop"]'
NONE = '\n[cycle]\nanchor = "none"\n'
EACH_YEAR = '\n[[require]]\nid = "each"\nmin = 2\nper = "year"\ntitle = { en = "each year" }'
THIS_YEAR, LAST_YEAR = date(2026, 10, 1), date(2025, 10, 1)


def test_what_is_left_under_a_maximum() -> None:
    """Of a year's, what this year left; of one over everything, what all left; nothing where it is full."""
    of = policy(YEARLY + WHOLE)
    done = (
        entry(2, kind="webinar", on=LAST_YEAR),
        entry(1, kind="webinar", on=THIS_YEAR),
        entry(4, kind="workshop", on=LAST_YEAR),
        entry(3, kind="workshop", on=THIS_YEAR),
    )
    left = {each.cap.id: (each.most, each.left) for each in state(of, *done).rooms}
    assert left == {"yearly": (180, 120), "whole": (600, 180)}
    full = state(of, *done, entry(9, kind="workshop"), entry(9, kind="webinar", on=THIS_YEAR))
    assert {each.cap.id: each.left for each in full.rooms} == {"yearly": 0, "whole": 0}


def test_what_is_left_is_said_where_it_can_be() -> None:
    """Not of one over each entry, of a part of what is earned, or of one in doubt."""
    of = policy(
        '\n[[cap]]\nid = "each"\nmax = 3\nper = "entry"'
        '\n[[cap]]\nid = "earned"\nmax_percent = 20\nof = "earned"\nkinds = ["webinar"]'
        '\n[[cap]]\nid = "unsure"\nmax = 5\ndoubt = true\nkinds = ["study"]' + WHOLE
    )
    assert [each.cap.id for each in state(of, entry(2)).rooms] == ["whole"]


def test_what_two_maxima_cut_is_the_whole() -> None:
    """One entry of which each of two takes a part, and nothing is left: its parts are all that it is worth."""
    of = policy(
        '\n[[cap]]\nid = "long"\nmax = 2\nper = "entry"'
        '\n[[cap]]\nid = "none"\nmax = 0\nkinds = ["webinar"]'
    )
    found = state(of, entry(3, kind="webinar"))
    assert short(found) == ["capped 60 long, capped 120 none"]
    assert found.decisions[0].minutes == 180


def test_what_a_maximum_cuts_beside_a_break() -> None:
    """Nothing of its time is left, and the break is still said to be none of it."""
    unit = '\n[unit]\ncode = "hour"\nname = { en = "hours", es = "horas" }\nminutes = 60\nexcludes = ["lunch"]\n'
    of = policy('\n[[cap]]\nid = "none"\nmax = 0\nkinds = ["webinar"]', unit=unit)
    found = state(of, entry(2, kind="webinar", breaks=(("lunch", 30),)))
    assert short(found) == ["refused 30 unit, capped 90 none"]
    assert found.decisions[0].minutes == 120


def test_a_tag_that_another_tag_gives() -> None:
    """What one rule adds is there for the next one, and not for the one before."""
    first = '\n[[tag]]\nid = "first"\nkinds = ["lab"]\nadds = ["science"]'
    second = '\n[[tag]]\nid = "second"\ntags = ["science"]\nadds = ["stem"]'
    asks = '\n[[require]]\nid = "stem"\nmin = 1\ntags = ["stem"]\ntitle = { en = "stem" }'
    assert met(state(policy(first + second + asks), entry(1, kind="lab")))["stem"]
    assert not met(state(policy(second + first + asks), entry(1, kind="lab")))["stem"]


def test_a_need_of_each_year() -> None:
    """Five whole years ask for five times as much; a paper of four years and a half for four times."""
    of = policy(need='\n[[need]]\nid = "total"\nsource = "law"\nmin_each_year = 20\n')
    assert state(of).needed == 100 * 60
    assert state(of, expires=date(2028, 12, 31)).needed == 80 * 60


def test_years_that_are_not_whole_ask_for_nothing() -> None:
    """Of a period that ends amid a year; where no end is, each year asks that has begun."""
    cycle = '\n[cycle]\nanchor = "issue"\nyears = 5\nyear_begins = "10-01"\n'
    years = [each.since for each in state(policy(EACH_YEAR, cycle=cycle)).standings if each.since]
    assert years == [date(2024 + at, 10, 1) for at in range(4)]
    endless = policy(EACH_YEAR, cycle=NONE)
    years = [each.since for each in state(endless).standings if each.since]
    assert years == [date(2024 + at, 7, 1) for at in range(3)]


def test_one_day_of_other_employment() -> None:
    """It is known of that day alone, and takes its part of what is asked."""
    of = policy('\n[[prorate]]\nid = "part"')
    one = (Employment(since=DAY, until=DAY, fte=Decimal(0)),)
    assert state(of, employment=one).needed == 5997
    assert state(of).needed == 6000
