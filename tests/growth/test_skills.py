"""Skills of a year: counted by what was done, as it came or as its member tagged it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from plnbot.activities.store import write
from plnbot.growth.model import Touched, touched
from plnbot.refs import MemberRef
from plnbot.talk.interactions import Command, Press, Reply, Submit
from plnbot.talk.pages import Listing, Page, PageBlock, Table, markdown
from plnbot.talk.plain import card_as_text, plain
from plnbot.walltime import school_year
from tests.engine.test_platforms import Bench, bench
from tests.every_row import every_row
from tests.growth.test_growth import ANA, BO, done, lived

__all__ = ["bench"]
LONG_AGO = {
    "started": datetime(2026, 6, 30, 12, 0, tzinfo=UTC),
    "ended": datetime(2026, 6, 30, 13, 0, tzinfo=UTC),
}


def test_each_skill_counts_once_for_what_touched_it() -> None:
    """By how often, then how long; nothing touched is nothing."""
    done = [(["b", "a"], 20, "chat"), (["a"], 0, "own"), (["c"], 60, "chat"), (["d"], 5, "chat")]
    found = touched([*done, ([], 9, "own")])
    assert found == [
        Touched("a", 2, 20, {"chat": 1, "own": 1}),
        Touched("c", 1, 60, {"chat": 1}),
        Touched("b", 1, 20, {"chat": 1}),
        Touched("d", 1, 5, {"chat": 1}),
    ]


@pytest.mark.parametrize(
    ("now", "year"),
    [(datetime(2026, 7, 1, 3, tzinfo=UTC), 2025), (datetime(2026, 7, 1, 4, tzinfo=UTC), 2026)],
)
def test_a_school_year_begins_on_the_first_of_july_by_ones_own_clock(
    now: datetime, year: int
) -> None:
    """In New York that is four hours after it is July in London."""
    assert school_year(now, "America/New_York") == datetime(year, 7, 1, 4, tzinfo=UTC)


async def table(bench: Bench, who: str) -> Table | None:
    """Return the picture on somebody's page."""
    return next((each for each in await blocks(bench, who) if isinstance(each, Table)), None)


async def blocks(bench: Bench, who: str) -> Sequence[PageBlock]:
    """Return what stands on somebody's page."""
    shown = await bench.parts.desk.page(MemberRef("test", "w", who), "skills", "")
    assert isinstance(shown, Page)
    return shown.blocks


async def test_which_skills_my_year_touched(bench: Bench, database_url: str) -> None:
    """What came tagged and what was tagged; not last year's, not of others; erased with its member."""
    await lived(bench)
    more = [
        done(ANA, "chat:2", "Labs", skills=("communication", "gone_from_the_pack")),
        done(ANA, "chat:3", "Before", skills=("creativity",), **LONG_AGO),
    ]
    await bench.store.run(lambda tx: write(tx, more, bench.clock.now()))
    both = {"skills": ["communication", "collaboration"]}
    assert isinstance(await bench.do("ana", Submit("growth.tag", both, "1")), Reply)
    assert isinstance(await bench.do("bo", Submit("growth.tag", both, "2")), Reply)
    shown = await table(bench, "ana")
    assert shown is not None
    rows = [[plain(cell) for cell in row] for row in shown.rows]
    assert rows == [
        ["Communication", "2", "40"],
        ["Collaboration", "1", "20"],
    ]
    assert shown.bars == (100, 50)
    (sources,) = [each for each in await blocks(bench, "ana") if isinstance(each, Listing)]
    assert {plain(each) for each in sources.entries} == {
        "From chats: Communication 1",
        "From your own word: Communication 1, Collaboration 1",
    }
    short = await bench.do("ana", Command("goals skills"))
    assert isinstance(short, Reply)
    assert "Communication: 2 activities · 40 minutes" in card_as_text(short.card)
    refused = await bench.do("bo", Press("growth.tag", "1"))
    assert isinstance(refused, Reply)
    assert "no longer there" in card_as_text(refused.card)
    await bench.do("ana", Submit("growth.tag", {}, "1"))
    shown = await table(bench, "ana")
    assert shown is not None
    assert len(shown.rows) == 1
    await bench.do("ana", Submit("members.forget", {"answers": "gone"}))
    assert [row["member_id"] for row in every_row(database_url)["skills_tagged"]] == [BO]


async def test_a_list_that_is_cut_says_so(bench: Bench) -> None:
    """Of more than a hundred the newest are shown, and that is said."""
    await lived(bench)
    for many, told in ((98, False), (3, True)):
        did = [done(ANA, f"prompt:{many}/{each}", "Prompt") for each in range(many)]
        await bench.store.run(lambda tx, did=did: write(tx, did, bench.clock.now()))  # type: ignore[misc]
        shown = await bench.parts.desk.page(MemberRef("test", "w", "ana"), "skills", "")
        assert isinstance(shown, Page)
        assert ("The newest 100 are shown." in markdown(shown, "UTC", "en")) is told
