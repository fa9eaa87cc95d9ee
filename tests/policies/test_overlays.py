"""A district over a state: it may ask for more and take less, and nothing else."""

import pytest

from plnbot.policies import Policy, PolicyError, read_policy
from plnbot.policies.overlays import overlaid
from plnbot.policies.shelf import cited
from tests.policies.writing import FIVE, entry, policy, state, text

BASE = (
    '\n[[cap]]\nid = "most"\nmax = 10\nkinds = ["self_study"]'
    '\n[[require]]\nid = "sei"\nmin = 15\ntags = ["sei"]\ntitle = { en = "sei" }'
    '\n[[award]]\nid = "credit"\neach = "semester_hour"\ngives = 15'
    '\n[[approval]]\nid = "sign"\nafter_it = 1\nkinds = ["course"]'
    '\n[[retain]]\nid = "keep"\nyears = 3'
    '\n[[attest]]\nid = "plan"\ntitle = { en = "plan" }'
)


def over(rules: str, base: Policy | None = None, **parts: str) -> Policy:
    """Return a policy with a district's rules over it."""
    parts.setdefault("head", 'extends = "trial@1"\n')
    written = text(rules, need="", accept="", **parts).replace('id = "trial"', 'id = "district"')
    return overlaid(base or policy(BASE), read_policy(written))


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (
            '\n[[cap]]\nid = "most"\nmax = 11\nkinds = ["self_study"]',
            "most: allows more than the state",
        ),
        ('\n[[cap]]\nid = "most"\nmax = 1\nkinds = ["plc"]', "most: must be about the same"),
        (
            '\n[[require]]\nid = "sei"\nmin = 14\ntags = ["sei"]\ntitle = { en = "sei" }',
            "asks for less",
        ),
        (
            '\n[[require]]\nid = "sei"\ncount = 99\ntags = ["sei"]\ntitle = { en = "sei" }',
            "asks for less",
        ),
        (
            '\n[[award]]\nid = "credit"\neach = "semester_hour"\ngives = 16',
            "gives more than the state",
        ),
        ('\n[[award]]\nid = "own"\ngives = 16', "own: would give what the state does not give"),
        (
            '\n[[accept]]\nid = "own"\nkinds = ["juggling"]',
            "would count what the state has not said counts",
        ),
        ('\n[[approval]]\nid = "sign"\nkinds = ["course"]', "asks for fewer approvals"),
        ('\n[[approval]]\nid = "own"\nkinds = ["course"]', "own: asks for fewer approvals"),
        ('\n[[retain]]\nid = "keep"\nyears = 2', "is kept for less long"),
        (
            '\n[[attest]]\nid = "plan"\nblocks = "nothing"\ntitle = { en = "plan" }',
            "must block the same",
        ),
        ('\n[[waive]]\nid = "own"', "own: a district has no [[waive]] of its own"),
        ('\n[[route]]\nid = "own"\nasks = ["plan"]\ntitle = { en = "own" }', "no [[need]]"),
        ('\n[[carry]]\nid = "own"', "a district has no [[carry]] of its own"),
        (
            '\n[[cap]]\nid = "most"\nmax = 5\nsuspended = true\nkinds = ["self_study"]',
            "suspends nothing",
        ),
        ('\n[[cap]]\nid = "sei"\nmax = 5', "is another kind of rule"),
    ],
)
def test_what_would_loosen_is_refused(rules: str, said: str) -> None:
    """With the rule's name and the reason."""
    with pytest.raises(PolicyError, match="line") as caught:
        over(rules)
    assert said in str(caught.value)


DOUBT = (
    '\n[[require]]\nid = "sure"\nmin = 15\ndoubt = true\ntags = ["sei"]\ntitle = { en = "sei" }'
    '\n[[award]]\nid = "first"\ngives = 15\nfirst_only = true\nby = "title"'
)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (
            '\n[[require]]\nid = "sure"\nmin = 20\ntags = ["sei"]\ntitle = { en = "sei" }',
            "sure: is in doubt in the policy it extends",
        ),
        ('\n[[accept]]\nid = "perhaps"\nkinds = ["plc"]', "perhaps: is in doubt in the policy"),
        (
            '\n[[accept]]\nid = "never"\nstatus = "no"\ndoubt = true\nkinds = ["other"]',
            "never: would count what the state does not count",
        ),
        ('\n[[award]]\nid = "first"\ngives = 15', "first: gives more than the state"),
        (
            '\n[[award]]\nid = "first"\ngives = 15\nfirst_only = true\nby = "topic"',
            "first: gives more than the state",
        ),
        (
            '\n[[accept]]\nid = "own"\nstatus = "ask"\nkinds = ["other"]',
            "own: would count what the state has not said counts",
        ),
    ],
)
def test_what_is_in_doubt_or_refused_stays_so(rules: str, said: str) -> None:
    """Neither a doubt less nor an office to ask opens what the state did not; nor does giving it every time."""
    accept = (
        '\n[[accept]]\nid = "perhaps"\nsource = "law"\ndoubt = true\nkinds = ["plc"]\n'
        '\n[[accept]]\nid = "never"\nsource = "law"\nstatus = "no"\nkinds = ["other"]\n'
    )
    with pytest.raises(PolicyError) as caught:
        over(rules, policy(DOUBT, accept=accept))
    assert said in str(caught.value)
    over('\n[[accept]]\nid = "perhaps"\nstatus = "no"\nkinds = ["plc"]', policy(accept=accept))


def test_unit_cycle_and_version_are_the_states() -> None:
    """Another unit, period or version is refused."""
    with pytest.raises(PolicyError, match=r"\[unit\] must be the same"):
        over("", unit='\n[unit]\ncode = "hour"\nname = { en = "h" }\nminutes = 30\n')
    with pytest.raises(PolicyError, match=r"\[cycle\] must be the same"):
        over("", cycle=FIVE.replace("5", "6"))
    with pytest.raises(PolicyError, match="and this is trial@1"):
        over("", head='extends = "trial@2"\n')


def test_a_district_asks_for_more() -> None:
    """A lower maximum, a higher number, a rule of its own, more approvals: each holds, the rest is the state's."""
    tight = over(
        '\n[[cap]]\nid = "most"\nmax = 5\nkinds = ["self_study"]'
        '\n[[need]]\nid = "more"\nmin = 110'
        '\n[[cap]]\nid = "chats"\nmax = 1\nkinds = ["plc"]'
        '\n[[accept]]\nid = "never"\nstatus = "no"\nkinds = ["conference"]'
        '\n[[once]]\nid = "once"\nkinds = ["presenting"]'
    )
    found = state(
        tight,
        *(
            entry(each, kind=kind)
            for each, kind in ((9, "self_study"), (2, "plc"), (1, "conference"))
        ),
    )
    assert (found.needed, found.counted, found.capped, found.refused) == (6600, 360, 300, 60)
    assert tight.cite == "district@1"
    assert {"sei", "credit", "sign", "keep", "plan", "all"} <= tight.rules().keys()


def test_a_district_decides_what_it_may() -> None:
    """Kinds that the state leaves to it, awards, and maxima of its own."""
    left = '\n[[accept]]\nid = "local"\nsource = "law"\nstatus = "district"\nkinds = ["plc"]\n'
    base = policy(BASE, accept=left, head='district_may = ["award", "cap"]\n')
    assert state(base, entry(1, kind="plc")).held == 60
    opened = over(
        '\n[[accept]]\nid = "local"\nkinds = ["plc"]'
        '\n[[award]]\nid = "own"\ngives = 5\nkinds = ["plc"]\ntags = ["plan"]'
        '\n[[cap]]\nid = "most"\nmax = 20\nkinds = ["self_study"]',
        base,
    )
    assert state(opened, entry(1, kind="plc"), entry(1, kind="plc", tags="plan")).counted == 360


def test_versions_are_cited_for_good() -> None:
    """A citation finds its version; one that says something else now is refused, and so is one that is not there."""
    found = cited("us-tx@2026.1")
    assert cited(found.cite, digest=found.digest) == found
    with pytest.raises(PolicyError, match="is not what it was when it was cited"):
        cited(found.cite, digest="0" * 64)
    with pytest.raises(PolicyError, match="there is no policy us-tx@1999"):
        cited("us-tx@1999")
    assert cited("us-oh-revere@2026.1").extends == "us-oh@2026.1"
