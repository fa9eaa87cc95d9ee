"""What a history comes to: every word of a policy, each with the smallest policy that needs it."""

from tests.policies.writing import entry, policy, said, state


def test_all_that_counts_is_added_up() -> None:
    """Two courses under a policy of a hundred hours."""
    found = state(policy(), entry(3), entry("1.5"))
    assert (found.needed, found.counted, found.missing) == (6000, 270, 5730)
    assert [said(each) for each in found.decisions] == ["counted 180 all", "counted 90 all"]
    assert not found.complete
