"""What a policy says to an entry, by TOML alone: refused, held, missing, in doubt, approved."""

import pytest

from plnbot.policies import read_policy
from tests.policies.writing import entry, met, policy, short, state, text


def test_valid_learning_that_earns_nothing_is_a_sourced_answer() -> None:
    """Refused by a rule, with its source and its own words; what nobody named by none."""
    accept = (
        '\n[[accept]]\nid = "none"\nsource = "law"\nstatus = "no"\nkinds = ["conference"]'
        '\nsays = { en = "Attendance earns nothing." }'
        '\n[[accept]]\nid = "some"\nsource = "law"\nkinds = ["course"]\n'
    )
    found = state(policy(accept=accept), entry(1, kind="conference"), entry(1, kind="juggling"))
    part, unknown = (each.parts[0] for each in found.decisions)
    assert (part.why, part.rule, part.source) == ("not_accepted", "none", "Law 1")
    assert part.says is not None
    assert part.says.said("es") == "Attendance earns nothing."
    assert (unknown.outcome, unknown.why) == ("refused", "unknown_kind")


def test_approvals_before_and_after() -> None:
    """None, one or two before, one after: what is missing waits."""
    of = policy('\n[[approval]]\nid = "ask"\nbefore_it = 1\nafter_it = 1')
    found = state(of, entry(1), entry(1, asked=1), entry(1, asked=1, approved=1))
    assert (found.counted, found.pending, found.held) == (60, 120, 0)
    assert [each.parts[0].why for each in found.decisions] == [
        "approval_before",
        "approval",
        "counted",
    ]


def test_what_hangs_on_a_figure_in_doubt_is_held() -> None:
    """Above a doubtful cap, by a doubtful award, of a doubtful kind, by a doubtful rounding: never counted, never refused."""
    doubt = (
        '\n[[cap]]\nid = "most"\nmax = 3\ndoubt = true\nkinds = ["conference"]'
        '\n[[award]]\nid = "credit"\neach = "semester_hour"\ngives = 15\ndoubt = true'
        '\n[[require]]\nid = "some"\nmin = 1\ndoubt = true\ntags = ["x"]\ntitle = { en = "some" }'
    )
    kind = '\n[[accept]]\nid = "perhaps"\nsource = "law"\nstatus = "ask"\nkinds = ["plc"]\n[[accept]]\nid = "all"\nsource = "law"\n'
    of = policy(doubt, accept=kind)
    found = state(
        of,
        entry(5, kind="conference"),
        entry(0, amounts={"semester_hour": 1}),
        entry(1, kind="plc"),
    )
    assert short(found) == [
        "counted 180 all, held 120 most",
        "held 900 credit",
        "held 60 perhaps",
    ]
    assert met(found)["some"] is None
    assert not found.complete


def test_nothing_asked_is_a_sentence() -> None:
    """No number, no bar: its own words, sourced."""
    found = state(
        policy(need="", accept="", head='stands = { en = "Nothing is asked." }\n'), entry(1)
    )
    assert (found.needed, found.complete, found.policy.asks_nothing) == (None, True, True)
    assert found.decisions[0].parts[0].why == "nothing_asked"


def test_what_a_district_decides_is_held() -> None:
    """Until its overlay says so."""
    of = policy(accept='\n[[accept]]\nid = "local"\nsource = "law"\nstatus = "district"\n')
    assert short(state(of, entry(1))) == ["held 60 local"]


def test_evidence_that_is_missing_is_named() -> None:
    """Held, and what is missing is said."""
    of = policy(
        accept='\n[[accept]]\nid = "all"\nsource = "law"\nneeds = ["product", "certificate"]\n'
    )
    found = state(of, entry(1, has="product"), entry(1, has="product certificate"))
    assert short(found) == ["held 60 all", "counted 60 all"]
    assert found.decisions[0].parts[0].given == "certificate"


def test_two_entries_with_one_id_are_refused() -> None:
    """They could not be told apart in what comes out."""
    with pytest.raises(ValueError, match="same id"):
        state(policy(), entry(1, id="one"), entry(1, id="one"))


def test_an_hours_policy_has_a_stable_digest() -> None:
    """Spaces and remarks change nothing, a figure does."""
    first = read_policy(text())
    assert read_policy(text() + "\n# a remark\n").digest == first.digest
    assert read_policy(text().replace("min = 100", "min = 101")).digest != first.digest
