"""The gates: what of a poll is posted, in any order it may come."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plnbot.reading.actions.keys import POLL, lane_of
from plnbot.reading.model.gates import MOST_AT_ONCE, OLD, Candidate, decided
from plnbot.reading.model.items import Gate, Words

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
CANDIDATES = st.lists(
    st.builds(
        lambda hours, filtered: Candidate(
            Words(title="A post", link=""),
            NOW - timedelta(hours=hours),
            "has:x" if filtered else "",
        ),
        st.integers(0, 2000),
        st.booleans(),
    ),
    max_size=40,
)


@given(CANDIDATES, st.booleans(), st.sampled_from([0, 3]), st.booleans())
def test_no_flood(new: list[Candidate], first: bool, last: int, shelf: bool) -> None:  # noqa: FBT001
    """At the first poll the newest so many, later the newest ten; never what is old or filtered."""
    gates = decided(new, NOW, first=first, last=last, shelf=shelf)
    through = [e for e, gate in zip(new, gates, strict=True) if gate in (Gate.OPEN, Gate.SHELF)]
    assert len(through) <= (last if first else MOST_AT_ONCE)
    assert not any(each.filtered for each in through)
    assert first or all(NOW - each.came <= OLD for each in through)
    assert not (shelf and Gate.OPEN in gates)
    over = Gate.FIRST_POLL if first else Gate.BURST
    left = [e.came for e, gate in zip(new, gates, strict=True) if gate is over]
    assert not left or not through or max(left) <= min(each.came for each in through)


def test_a_host_is_asked_by_one_and_hosts_spread() -> None:
    """Feeds of one host follow each other in one lane; lanes are what processes share out."""
    from plnbot.engine.work.rows import shard_of

    lanes = [lane_of(POLL, f"https://blog{n}.example/feed") for n in range(2000)]
    shards = [shard_of(each, "") for each in lanes]
    most = max(shards.count(each) for each in set(shards))
    assert most < 2 * len(lanes) / len(set(shards))
    assert lane_of(POLL, "https://blog1.example/other") == lanes[1]
