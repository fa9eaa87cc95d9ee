"""A changed rule never changes a decided entry: it stays as it was, and the rest is judged by the rules of now."""

from datetime import date

from plnbot.policies import Decision, Entry, Policy, Statement, evaluate
from tests.policies.writing import TODAY, entry, licence, met, policy, short

STRICT = (
    '\n[[cap]]\nid = "study"\nmax = 3\nkinds = ["self_study"]'
    '\n[[once]]\nid = "first"\nkinds = ["presenting"]'
    '\n[[require]]\nid = "sei"\nmin = 5\ntags = ["sei"]\ntitle = { en = "sei" }'
)
NEW = policy(
    STRICT,
    accept='\n[[accept]]\nid = "never"\nsource = "law"\nstatus = "no"\nkinds = ["plc"]\n'
    '[[accept]]\nid = "all"\nsource = "law"\n',
)


def by_id(found: Statement) -> dict[str, Decision]:
    """Return decisions by their entries."""
    return {each.entry: each for each in found.decisions}


def again(new: Policy, done: list[Entry], later: list[Entry]) -> Statement:
    """Return what comes out under a new policy when some was decided under the one before."""
    before = evaluate(policy(), licence(), done, TODAY)
    return evaluate(new, licence(), [*done, *later], TODAY, by_id(before))


def test_what_was_decided_stays() -> None:
    """Chats that counted still do; new ones do not; the sums and the requirements are over both."""
    found = again(NEW, [entry(5, kind="plc", tags="sei")], [entry(5, kind="plc")])
    assert short(found) == ["counted 300 all", "refused 300 never"]
    assert (found.counted, found.refused, met(found)["sei"]) == (300, 300, True)
    assert next(each for each in found.standings if each.need).counted == 300


def test_it_takes_what_it_took_of_a_maximum() -> None:
    """Two hours are taken of three, so one is left; five are more than three, so none is."""
    study = [entry(hours, kind="self_study", on=date(2026, 1, 1)) for hours in (2, 5)]
    left = [short(again(NEW, [done], [entry(2, kind="self_study")])) for done in study]
    assert left == [
        ["counted 120 all", "counted 60 all, capped 60 study"],
        ["counted 300 all", "capped 120 study"],
    ]


def test_it_takes_what_it_took_of_a_part_of_what_is_earned() -> None:
    """Half of all may be study: with ten hours of it decided beside ten of courses, no more fits."""
    half = policy('\n[[cap]]\nid = "half"\nmax_percent = 50\nof = "earned"\nkinds = ["self_study"]')
    done = [entry(10), entry(10, kind="self_study")]
    found = again(half, done, [entry(5, kind="self_study")])
    assert short(found)[2] == "capped 300 half"
    found = again(half, done, [entry(5, kind="self_study"), entry(2)])
    assert short(found)[2:] == ["counted 120 all, capped 180 half", "counted 120 all"]


def test_what_served_one_requirement_alone_still_serves_it() -> None:
    """Minutes that count beside the total are none of it, and stay with their requirement."""
    beside = policy(
        '\n[[require]]\nid = "sei"\nmin = 5\ntags = ["sei"]\nbeside = true\ntitle = { en = "sei" }'
    )
    done = [entry(5, tags="sei")]
    before = evaluate(beside, licence(), done, TODAY)
    now = evaluate(beside, licence(), done, TODAY, by_id(before))
    assert met(before)["sei"] is True
    assert (now.standings, now.counted, now.beside) == (before.standings, 0, 300)
    under_another = evaluate(policy(), licence(), done, TODAY, by_id(before))
    assert next(each for each in under_another.standings if each.need).counted == 0


def test_what_counted_for_all_does_so_though_it_would_be_beside_now() -> None:
    """The need and the sum say the same, and the new requirement is served."""
    beside = policy(
        '\n[[require]]\nid = "sei"\nmin = 5\ntags = ["sei"]\nbeside = true\ntitle = { en = "sei" }'
    )
    found = again(beside, [entry(5, tags="sei")], [])
    assert (found.counted, met(found)["sei"]) == (300, True)
    assert next(each for each in found.standings if each.need).counted == 300


def test_what_was_refused_is_no_entry_that_counts() -> None:
    """A number of entries is asked for: one that was refused is none of them."""
    no = policy(accept='\n[[accept]]\nid = "no"\nsource = "law"\nstatus = "no"\n')
    done = [entry(5)]
    before = evaluate(no, licence(), done, TODAY)
    two = policy('\n[[require]]\nid = "one"\ncount = 1\ntitle = { en = "one" }')
    assert met(evaluate(two, licence(), done, TODAY, by_id(before)))["one"] is False


def test_it_was_the_first_time() -> None:
    """The same talk, given again after the rule came, is the second."""
    found = again(
        NEW,
        [entry(1, kind="presenting", title="Maps", on=date(2026, 5, 1))],
        [entry(1, kind="presenting", title="maps", on=date(2025, 5, 1))],
    )
    assert short(found) == ["counted 60 all", "refused 60 first"]


def test_what_was_held_is_judged_anew() -> None:
    """It was not decided: under the new rules it counts."""
    held = policy('\n[[approval]]\nid = "sign"\nafter_it = 1')
    done = [entry(1)]
    before = evaluate(held, licence(), done, TODAY)
    assert before.pending == 60
    assert evaluate(policy(), licence(), done, TODAY, by_id(before)).counted == 60


def test_it_stays_in_its_own_period() -> None:
    """What was decided for an earlier period does not count in this one."""
    old = entry(5, on=date(2020, 1, 1))
    before = evaluate(policy(), licence(issued=date(2019, 7, 1)), [old], date(2021, 1, 1))
    assert before.counted == 300
    now = evaluate(policy(), licence(issued=date(2019, 7, 1)), [old], TODAY, by_id(before))
    assert (now.counted, now.refused) == (0, 300)


def test_the_same_version_changes_nothing() -> None:
    """All of it decided, under the same rules: the same statement."""
    done = [
        entry(4, kind="self_study", tags="sei"),
        entry(2),
        entry(1, kind="presenting", title="Maps"),
    ]
    first = evaluate(NEW, licence(), done, TODAY)
    assert evaluate(NEW, licence(), done, TODAY, by_id(first)) == first
