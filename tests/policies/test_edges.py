"""Edges that are easily lost: each is one number beside another."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from plnbot.policies import Attested, Employment, approvals_of
from plnbot.policies.shelf import FOLDER, cited, files
from tests.policies.writing import entry, licence, met, policy, short, state

VERSIONS = Path(__file__).parent / "versions.txt"


def test_versions_that_shipped_say_what_they_said() -> None:
    """A policy whose digest is another one needs another version: decisions cite it for good."""
    told = dict(line.split() for line in VERSIONS.read_text("utf-8").splitlines() if line)
    found = {}
    for each in files(FOLDER):
        name, _, version = each.stem.partition("@")
        policy = cited(f"{name}@{version or _version(each)}")
        found[policy.cite] = policy.digest
    changed = {cite for cite, digest in found.items() if told.get(cite) != digest}
    assert not changed, "give them a new version, keep the old file, and write its digest down"


def _version(path: Path) -> str:
    line = next(line for line in path.read_text("utf-8").splitlines() if line.startswith("version"))
    return line.split('"')[1]


def test_what_is_due_on_a_day_of_the_year() -> None:
    """The first such day in the period, in its first year or the next one."""
    rules = '\n[[attest]]\nid = "{0}"\nby_day = "{1}"\ntitle = {{ en = "{0}" }}'
    of = policy(rules.format("summer", "07-01") + rules.format("spring", "03-01"))
    assert [each.due for each in state(of).to_sign] == [date(2024, 7, 1), date(2025, 3, 1)]


def test_early_credit_under_a_paper_with_an_end() -> None:
    """What was done between the issue and the first of July counts there too."""
    cycle = '\n[cycle]\nanchor = "day"\nday = "07-01"\nyears = 5\n'
    done = entry(2, on=date(2025, 9, 1))
    found = state(policy(cycle=cycle), done, issued=date(2025, 9, 1), expires=date(2031, 6, 30))
    assert (found.since, found.counted) == (date(2026, 7, 1), 120)
    strict = policy(cycle=cycle + "early = false\n")
    assert state(strict, done, issued=date(2025, 9, 1), expires=date(2031, 6, 30)).counted == 0


def test_a_paper_that_holds_two_periods_shows_the_last() -> None:
    """Its end counts back."""
    found = state(policy(), issued=date(2014, 7, 1), expires=date(2025, 6, 30))
    assert (found.since, found.until) == (date(2020, 7, 1), date(2025, 6, 30))


def test_an_award_divided_over_tags() -> None:
    """A hundred and twenty: ninety of content, thirty of pedagogy, in each of two."""
    of = policy(
        '\n[[award]]\nid = "assessed"\ngives = 120\nkinds = ["assessment"]\nsplit = { content = 90, pedagogy = 30 }'
        '\n[[tag]]\nid = "topics"\nkinds = ["assessment"]\nadds = ["content", "pedagogy"]'
        '\n[[require]]\nid = "content"\nmin = 100\ntags = ["content"]\ntitle = { en = "content" }'
        '\n[[require]]\nid = "either"\nmin = 100\ntags = ["content", "pedagogy"]\ntitle = { en = "either" }'
    )
    once = state(of, entry(0, kind="assessment"))
    assert [int(each.counted) // 60 for each in once.standings] == [120, 90, 120]
    twice = state(of, entry(0, kind="assessment"), entry(0, kind="assessment"))
    assert [int(each.counted) // 60 for each in twice.standings] == [240, 180, 240]


def test_minutes_divided_by_their_owner_are_cut_alike() -> None:
    """Half of an entry is cut off, so half of each part serves."""
    of = policy(
        '\n[[cap]]\nid = "most"\nmax = 2'
        '\n[[require]]\nid = "sei"\nmin = 3\ntags = ["sei"]\ntitle = { en = "sei" }'
    )
    found = state(of, entry(4, tags="sei content", split={"sei": 3, "content": 1}))
    assert [each.counted for each in found.standings] == [120, 90]


def test_those_that_serve_a_requirement_come_first_under_a_maximum() -> None:
    """And those that stand under fewer maxima before them; then the earlier ones."""
    of = policy(
        '\n[[cap]]\nid = "study"\nmax = 3\nkinds = ["self_study"]'
        '\n[[require]]\nid = "sei"\nmin = 2\ntags = ["sei"]\ntitle = { en = "sei" }'
    )
    early = entry(2, kind="self_study", on=date(2025, 1, 1))
    late = entry(2, kind="self_study", tags="sei", on=date(2025, 2, 1))
    found = state(of, early, late)
    assert short(found) == ["counted 60 all, capped 60 study", "counted 120 all"]
    assert met(found)["sei"] is True


def test_the_last_day_and_the_first() -> None:
    """Both belong to the period; today does; the day a rule ends does not."""
    of = policy(
        '\n[[cap]]\nid = "none"\nmax = 0\nkinds = ["plc"]\nbefore = 2025-06-01\nsince = 2025-05-01'
    )
    days = [date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 31), date(2025, 6, 1)]
    found = state(of, *(entry(1, kind="plc", on=each) for each in days))
    assert [each.counted for each in found.decisions] == [60, 0, 0, 60]
    edges = [date(2024, 6, 30), date(2024, 7, 1), date(2026, 11, 28), date(2026, 11, 29)]
    found = state(of, *(entry(1, on=each) for each in edges))
    assert [each.counted for each in found.decisions] == [0, 60, 60, 0]
    jobs = (Employment(since=date(2025, 5, 1), until=date(2025, 5, 31), status="casual"),)
    casual = policy('\n[[cap]]\nid = "none"\nmax = 0\nemployment = ["casual"]')
    found = state(casual, *(entry(1, on=each) for each in days), employment=jobs)
    assert [each.counted for each in found.decisions] == [60, 0, 0, 60]


def test_a_year_is_from_its_day_to_the_day_before() -> None:
    """Of a yearly maximum, the last day is the old year's and the first the new one's."""
    of = policy('\n[[cap]]\nid = "yearly"\nmax = 1\nper = "year"')
    days = [date(2025, 6, 29), date(2025, 6, 30), date(2025, 7, 1)]
    found = state(of, *(entry(1, on=each) for each in days))
    assert [each.counted for each in found.decisions] == [60, 0, 60]


def test_awards_by_parts_of_a_measure() -> None:
    """Half a semester hour is half of what it gives."""
    of = policy('\n[[award]]\nid = "credit"\neach = "semester_hour"\ngives = "22.5"')
    assert state(of, entry(0, amounts={"semester_hour": "0.5"})).counted == 675
    assert state(of, entry(1, amounts={"semester_hour": 0})).counted == 60
    half = policy('\n[[award]]\nid = "half"\ntimes = "0.5"')
    assert state(half, entry("0.75")).counted == 22


def test_what_is_in_all_signed_and_met_is_complete() -> None:
    """A need, a requirement and a signature: each alone keeps it from being complete."""
    of = policy(
        '\n[[require]]\nid = "sei"\nmin = 1\ntags = ["sei"]\ntitle = { en = "sei" }'
        '\n[[attest]]\nid = "plan"\ntitle = { en = "plan" }'
        '\n[[attest]]\nid = "note"\nblocks = "nothing"\ntitle = { en = "note" }'
    )
    plan = (Attested("plan", date(2025, 1, 1)),)
    assert state(of, entry(99), entry(1, tags="sei"), attested=plan).complete
    assert not state(of, entry(98), entry(1, tags="sei"), attested=plan).complete
    assert not state(of, entry(100), attested=plan).complete
    assert not state(of, entry(99), entry(1, tags="sei")).complete


@pytest.mark.parametrize(
    ("kind", "wanted"), [("course", (1, 0)), ("plc", (0, 2)), ("other", (0, 0))]
)
def test_how_many_approvals_something_needs(kind: str, wanted: tuple[int, int]) -> None:
    """Before it and after it, by the first rule that fits; none where no rule does."""
    of = policy(
        '\n[[approval]]\nid = "courses"\nbefore_it = 1\nkinds = ["course"]'
        '\n[[approval]]\nid = "chats"\nafter_it = 2\nkinds = ["plc"]'
    )
    assert approvals_of(of, licence(), entry(1, kind=kind), date(2026, 1, 1)) == wanted


def test_the_share_of_full_time() -> None:
    """Told days by their part, untold ones whole, two jobs at once together."""
    of = policy('\n[[waive]]\nid = "half"\nwhen = { fte_below = "0.5" }')
    two = (
        Employment(since=date(2024, 7, 1), fte=Decimal("0.3")),
        Employment(since=date(2024, 7, 1), fte=Decimal("0.3")),
    )
    assert state(of, employment=two[:1]).needed == 0
    assert state(of, employment=two).needed == 6000
    past = (Employment(since=date(2020, 7, 1), until=date(2024, 6, 30), fte=Decimal(0)),)
    assert state(of, employment=past).needed == 6000


def test_a_job_that_ended_before_the_period_says_nothing_of_it() -> None:
    """Neither by its days nor by its part of full time."""
    past = (Employment(since=date(2020, 7, 1), until=date(2024, 6, 30), days=5),)
    of = policy('\n[[waive]]\nid = "few"\nwhen = { days_to = 20 }')
    assert state(of, employment=past).needed == 6000
    last_day = (Employment(since=date(2020, 7, 1), until=date(2024, 7, 1), days=5),)
    assert state(of, employment=last_day).needed == 0


def test_what_is_waived_needs_nothing_whatever_it_counts() -> None:
    """A number of entries is let go of as hours are; what is not named is still asked."""
    of = policy(
        '\n[[require]]\nid = "plans"\ncount = 4\nkinds = ["plan"]\ntitle = { en = "plans" }'
        '\n[[waive]]\nid = "no-plans"\nasks = ["plans"]'
    )
    found = state(of, entry(1))
    plans = next(each for each in found.standings if each.asks == "plans")
    assert (int(plans.needed), plans.met, plans.rule) == (0, True, "no-plans")
    assert found.needed == 6000


def test_the_first_day_from_which_is_carried() -> None:
    """Three months before 30 June begin on 1 April."""
    of = policy('\n[[carry]]\nid = "spring"\nlast_months = 3')
    full = entry(100, on=date(2020, 1, 1))
    days = [entry(1, on=date(2024, 3, 31)), entry(1, on=date(2024, 4, 1))]
    found = state(of, full, *days, issued=date(2019, 7, 1))
    assert [each.counted for each in found.decisions] == [0, 0, 60]


def test_a_plan_that_was_signed_twice_was_signed_first() -> None:
    """What came after the first signature counts."""
    of = policy('\n[[attest]]\nid = "plan"\nblocks = "earlier"\ntitle = { en = "plan" }')
    twice = tuple(Attested("plan", date(2025, month, 1)) for month in (6, 2))
    assert state(of, entry(1, on=date(2025, 3, 1)), attested=twice).counted == 60


def test_after_the_end_its_last_day_says_how_one_was_employed() -> None:
    """Who retired later was no retiree then."""
    of = policy('\n[[waive]]\nid = "retired"\nwhen = { employment = ["retired"] }')
    jobs = (
        Employment(since=date(2019, 7, 1), until=date(2025, 6, 30)),
        Employment(since=date(2025, 7, 1), status="retired"),
    )
    paper = {"issued": date(2020, 7, 1), "expires": date(2025, 6, 30)}
    assert state(of, employment=jobs, **paper).needed == 6000
    assert state(of, employment=jobs).needed == 0


def test_a_further_licence_that_only_adds() -> None:
    """It asks nothing of its own."""
    found = state(policy('\n[[extra]]\nid = "further"\nadds = 30'), further=("art",))
    assert (found.needed, list(met(found))) == (130 * 60, ["total"])


def test_what_has_to_be_signed_for_some_tells_entries_apart() -> None:
    """By kind and by day: what waits beside what does not is judged by itself, whatever comes first."""
    for sort, others in (('kinds = ["plc"]', {"kind": "plc"}), ("since = 2025-03-02", {})):
        of = policy(
            f'\n[[attest]]\nid = "plan"\nblocks = "credit"\n{sort}\ntitle = {{ en = "plan" }}'
        )
        waits = entry(1, **others, on=date(2025, 3, 2))
        free = entry(1, on=date(2025, 3, 1))
        assert short(state(of, waits, free)) == ["held 60 plan", "counted 60 all"]
        assert short(state(of, free, waits)) == ["counted 60 all", "held 60 plan"]


def test_what_is_carried_of_some_kind_tells_entries_apart() -> None:
    """Of two that are alike for everything else, only the one that the rule is about is brought."""
    of = policy(
        '\n[[carry]]\nid = "chats"\nkinds = ["plc"]',
        need='\n[[need]]\nid = "total"\nsource = "law"\nmin = 1\n',
    )
    done = [entry(2, kind=kind, on=date(2024, 6, 1)) for kind in ("course", "plc")]
    for entries in (done, done[::-1]):
        assert state(of, *entries, issued=date(2019, 7, 1)).carried == 120
