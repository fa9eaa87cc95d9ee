"""What things are worth, by TOML alone: thresholds, maxima, awards, units, rounding, what counts once."""

from datetime import date
from decimal import Decimal

import pytest

from plnbot.policies import Attested, Employment
from tests.policies.writing import entry, policy, short, state


def test_a_threshold_by_topic_and_not_by_entry() -> None:
    """Ten hours in a topic, in several entries, before any of them counts."""
    of = policy('\n[[bundle]]\nid = "ten"\nby = "topic"\nmin = 10')
    few = [entry(4, topic="algebra"), entry(5, topic="algebra"), entry(9, topic="maps"), entry(3)]
    found = state(of, *few)
    assert (found.counted, found.held) == (0, 21 * 60)
    assert found.decisions[0].parts[0].given == "540/600"
    found = state(of, *few, entry(1, topic="algebra"))
    assert (found.counted, found.held) == (10 * 60, 12 * 60)


def test_a_threshold_by_tag() -> None:
    """The same by tag, which the policy names."""
    of = policy('\n[[bundle]]\nid = "ten"\nby = "tag"\nmin = 10\ntags = ["sei"]')
    found = state(of, entry(4, tags="sei"), entry(1, tags="maps"))
    assert short(found) == ["held 240 ten", "counted 60 all"]


def test_a_cap_as_a_percentage_of_what_is_required() -> None:
    """Twenty per cent of a hundred, however much was earned."""
    of = policy('\n[[cap]]\nid = "study"\nmax_percent = 20\nkinds = ["self_study"]')
    found = state(of, entry(30, kind="self_study"), entry(5))
    assert short(found) == ["counted 1200 all, capped 600 study", "counted 300 all"]


def test_a_cap_as_a_percentage_of_what_is_earned() -> None:
    """Twenty per cent of all that counts: with eighty of others it is twenty."""
    of = policy('\n[[cap]]\nid = "study"\nmax_percent = 20\nof = "earned"\nkinds = ["self_study"]')
    found = state(of, entry(30, kind="self_study"), entry(80))
    assert short(found) == ["counted 1200 all, capped 600 study", "counted 4800 all"]
    assert state(of, entry(30, kind="self_study")).counted == 0


@pytest.mark.parametrize(("gives", "worth"), [("10", 600), ("5", 300), ("22.5", 1350), ("1.5", 90)])
def test_unit_words_that_mean_different_amounts(gives: str, worth: int) -> None:
    """A continuing education unit is ten hours here and five there, exactly."""
    of = policy(f'\n[[award]]\nid = "ceu"\neach = "ceu"\ngives = "{gives}"')
    assert state(of, entry(0, amounts={"ceu": 2})).counted == 2 * worth


def test_a_unit_of_ten_hours() -> None:
    """Shown in that unit, kept in minutes."""
    unit = '\n[unit]\ncode = "ceu"\nname = { en = "CEUs" }\nminutes = 600\n'
    found = state(
        policy(unit=unit, need='\n[[need]]\nid = "total"\nsource = "law"\nmin = "1.5"\n'), entry(1)
    )
    assert (found.needed, found.counted) == (900, 60)
    assert found.policy.unit.of(found.counted) == Decimal("0.1")


def test_fixed_awards_by_day_talk_and_credential() -> None:
    """Five a day, fifteen a talk, sixty for a certificate, whatever the clock said."""
    of = policy(
        '\n[[award]]\nid = "day"\neach = "day"\ngives = 5\nkinds = ["conference"]'
        '\n[[award]]\nid = "talk"\ngives = 15\nkinds = ["presenting"]'
        '\n[[award]]\nid = "board"\ngives = 60\nkinds = ["board"]'
    )
    found = state(
        of,
        entry(9, kind="conference", amounts={"day": 2}),
        entry(1, kind="presenting"),
        entry(0, kind="board"),
    )
    assert short(found) == ["counted 600 day", "counted 900 talk", "counted 3600 board"]


DOUBLE = (
    '\n[[award]]\nid = "double"\ntimes = 2\ntags = ["aid"]\nin_person = true\nfirst_only = true'
)


def test_a_multiplier_the_first_time_and_in_person() -> None:
    """Twice the first time; by the clock the next time, and online; whatever else is given something."""
    found = state(
        policy(DOUBLE + '\n[[award]]\nid = "board"\ngives = 60\nkinds = ["board"]'),
        entry(8, tags="aid", title="Aid", in_person=True),
        entry(8, tags="aid", title="aid ", in_person=True),
        entry(8, tags="aid", title="Other"),
    )
    assert short(found) == ["counted 960 double", "counted 480 all", "counted 480 all"]


def test_an_award_that_nobody_can_log() -> None:
    """Only an authority gives it."""
    of = policy('\n[[award]]\nid = "board"\ngives = 60\nkinds = ["board"]\nauthority = true')
    found = state(of, entry(0, kind="board"), entry(0, kind="board", granted=True))
    assert short(found) == ["refused 3600 board", "counted 3600 board"]


@pytest.mark.parametrize(("to", "worth"), [("down", 15), ("nearest", 30), ("up", 30)])
def test_rounding_and_breaks(to: str, worth: int) -> None:
    """Lunch out, then whole quarters of an hour; what that takes is shown."""
    unit = (
        '\n[unit]\ncode = "hour"\nname = { en = "hours" }\nminutes = 60\nround_minutes = 15'
        f'\nround = "{to}"\nexcludes = ["lunch"]\n'
    )
    found = state(policy(unit=unit), entry("0.9", breaks=(("lunch", 30), ("questions", 5))))
    assert (found.counted, found.refused) == (worth, 30 + max(0, 24 - worth))


def test_a_cap_waived_by_a_boards_resolution() -> None:
    """With the resolution, which is signed and not a rule, there is none (Minnesota)."""
    of = policy('\n[[cap]]\nid = "supervision"\nmax = 30\nunless = { attested = ["resolution"] }')
    assert state(of, entry(40)).counted == 1800
    signed = (Attested("resolution", date(2025, 11, 1)),)
    assert state(of, entry(40), attested=signed).counted == 2400


def test_caps_and_options_only_for_the_employed() -> None:
    """By how one was employed on the day of the activity (Utah, South Carolina)."""
    of = policy('\n[[cap]]\nid = "chats"\nmax = 3\nkinds = ["plc"]\nemployment = ["employed"]')
    jobs = (
        Employment(since=date(2024, 7, 1), until=date(2025, 6, 30)),
        Employment(since=date(2025, 7, 1), status="not_employed"),
    )
    done = [entry(5, kind="plc", on=date(2025, each, 1)) for each in (6, 7)]
    assert short(state(of, *done, employment=jobs)) == [
        "counted 180 all, capped 120 chats",
        "counted 300 all",
    ]


def test_only_the_first_presentation() -> None:
    """The same talk again counts nothing; another one does; in another year it may."""
    of = policy('\n[[once]]\nid = "first"\nkinds = ["presenting"]')
    talks = [
        entry(1, kind="presenting", title=each, on=date(2025, 1 + at, 1))
        for at, each in enumerate(("Number talks", "number talks", "Maps"))
    ]
    assert short(state(of, *talks)) == ["counted 60 all", "refused 60 first", "counted 60 all"]
    yearly = policy('\n[[once]]\nid = "first"\nkinds = ["presenting"]\nby = "kind"\nper = "year"')
    found = state(yearly, *talks, entry(1, kind="presenting", on=date(2025, 8, 1)))
    assert short(found) == [
        "counted 60 all",
        "refused 60 first",
        "refused 60 first",
        "counted 60 all",
    ]


def test_a_rounding_in_doubt() -> None:
    """What is no whole quarter is held."""
    unit = '\n[unit]\ncode = "hour"\nname = { en = "hours" }\nminutes = 60\nround_minutes = 15\nround_doubt = true\n'
    assert short(state(policy(unit=unit), entry("0.9"))) == ["counted 45 all, held 9 unit"]


def test_own_categories_follow_from_kinds() -> None:
    """A policy names its areas by itself."""
    of = policy(
        '\n[[tag]]\nid = "groups"\nkinds = ["plc"]\nadds = ["collaboration"]'
        '\n[[cap]]\nid = "most"\nmax = 1\ntags = ["collaboration"]'
    )
    assert short(state(of, entry(2, kind="plc"), entry(2))) == [
        "counted 60 all, capped 60 most",
        "counted 120 all",
    ]


def test_caps_by_the_year_and_by_the_entry() -> None:
    """Two hours an entry, three a year."""
    of = policy(
        '\n[[cap]]\nid = "long"\nmax = 2\nper = "entry"\n[[cap]]\nid = "yearly"\nmax = 3\nper = "year"'
    )
    days = (date(2025, 1, 1), date(2025, 2, 1), date(2025, 7, 1))
    assert short(state(of, *(entry(5, on=each) for each in days))) == [
        "counted 120 all, capped 180 long",
        "counted 60 all, capped 180 long, capped 60 yearly",
        "counted 120 all, capped 180 long",
    ]


def test_a_day_of_at_least_four_hours() -> None:
    """The threshold is inclusive, and what is shorter goes by the clock."""
    of = policy('\n[[award]]\nid = "day"\neach = "day"\ngives = 5\nleast_minutes = 240')
    whole, part = entry(4, amounts={"day": 1}), entry("3.5", amounts={"day": 1})
    assert short(state(of, whole, part)) == ["counted 300 day", "counted 210 all"]
