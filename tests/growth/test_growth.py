"""Goals beneath the platforms: whose they are, what is suggested, when one is reminded, what is erased."""

from datetime import UTC, datetime, timedelta

import pytest

from plnbot.activities.model import Done, Role
from plnbot.activities.store import activities_of, correct, write
from plnbot.goals import store as goals
from plnbot.growth.actions import suggestions
from plnbot.growth.model import nearest_goal, next_due
from plnbot.growth.packs import goals as from_pack
from plnbot.growth.store.standing import standing
from plnbot.members import store as members
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Command, Press, Reply, Submit
from plnbot.talk.pages import Missing, Page
from plnbot.talk.plain import card_as_text
from tests.engine.test_platforms import Bench, bench
from tests.every_row import every_row

__all__ = ["bench"]
ANA, BO = 1, 2
GOAL = {"words": "Better lab talk", "indicators": ["practice"], "own": "", "weeks": "2"}
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def done(member: int, source: str, title: str, **other: object) -> Done:
    """Return twenty minutes of something."""
    whole: dict[str, object] = {
        "network": 1,
        "member": member,
        "kind": "chat",
        "role": Role.ATTENDED,
        "title": title,
        "started": NOW,
        "ended": NOW + timedelta(minutes=20),
        "minutes": 20,
        "source": source,
    }
    return Done(**{**whole, **other})  # type: ignore[arg-type] # told apart by name


async def lived(bench: Bench) -> None:
    """Let Ana and Bo each have a goal and have done something."""
    for who in ("ana", "bo"):
        await bench.do(who, Command("home"))
        assert isinstance(await bench.do(who, Submit("growth.new", GOAL)), Reply)
    did = [done(ANA, "chat:1", "Talk in the lab"), done(BO, "chat:1", "Talk in the lab")]
    await bench.store.run(lambda tx: write(tx, did, NOW))


async def page(bench: Bench, who: str, name: str, row: str = "") -> Page | Missing:
    """Return somebody's page."""
    return await bench.parts.desk.page(MemberRef("test", "w", who), name, row)


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"lab"}, 1),
        ({"lab", "mark"}, 1),
        ({"talk", "mark", "homework"}, 2),
        ({"art"}, None),
        ((), None),
    ],
)
def test_the_goal_that_shares_most_words(about: set[str], expected: int | None) -> None:
    """The one with most words in common; the first of two; none where there are none."""
    assert nearest_goal({1: {"lab", "talk"}, 2: {"mark", "homework"}}, about) == expected


def test_looking_back_keeps_its_hour() -> None:
    """Two weeks later at the same time on the wall, over the change of the clocks; never without a rhythm."""
    before = datetime(2026, 10, 26, 20, 0, tzinfo=UTC)
    assert next_due(before, "America/New_York", 2) == before + timedelta(days=14, hours=1)
    assert next_due(before, "America/New_York", 0) is None


def test_goals_to_choose_from_are_short_and_translated() -> None:
    """A dozen, each in both languages."""
    titles = [each.title for each in from_pack().values()]
    assert len(titles) == 12
    assert all(each.said("es") != each.said("en") for each in titles)


async def test_nobody_else_is_led_there(bench: Bench) -> None:
    """A goal of somebody else's is not there, and neither is one with what somebody else did."""
    await lived(bench)
    assert isinstance(await page(bench, "ana", "goal", "1"), Page)
    assert "Better lab talk" in str(await page(bench, "bo", "goals"))
    for row in ("1", "99", "x"):
        assert isinstance(await page(bench, "bo", "goal", row), Missing)
    for action, row in (
        *((f"growth.{name}", "1") for name in ("reflect", "change", "end")),
        *(
            (f"growth.{name}", row)
            for name in ("fed", "not_fed", "off")
            for row in ("1-1", "2-1", "1-2")
        ),
    ):
        said = await bench.do("bo", Press(action, row))
        assert isinstance(said, Reply)
        assert "This goal is not there" in card_as_text(said.card), (action, row)


async def test_what_is_suggested(store: Store) -> None:
    """By words that are rare enough, in either language; not what is tied, declined or nobody's goal."""

    def live(tx: Tx) -> None:
        network = members.new_network(tx, "N", "en", "UTC", NOW)
        members.new_member(tx, network, MemberRef("test", "w", "ana"), "Ana", locale="en", now=NOW)
        lines = ["Help students talk in labs", "Mejorar los comentarios de texto"]
        goals.keep(tx, network.id, ANA, lines, NOW)
        made = [
            done(ANA, "chat:1", "Lab talk that works"),
            done(ANA, "chat:2", "What helps students learn?"),
            done(ANA, "chat:3", "Comentar un texto en clase"),
            done(ANA, "chat:4", "Starters", topics=("music",), skills=("communication",)),
        ]
        write(tx, made, NOW)
        found = [
            (each.goal.words, each.activity.done.source) for each in suggestions(tx, ANA, "en")
        ]
        assert sorted(found) == [(lines[0], "chat:1"), (lines[1], "chat:3")]

    await store.run(live)


async def test_a_corrected_activity_stays_tied(bench: Bench) -> None:
    """A tie is to what was done in a source, in whatever revision; taken off, it is off."""
    await lived(bench)
    (first,) = await bench.store.read(lambda tx: activities_of(tx, ANA))
    await bench.do("ana", Press("growth.fed", f"1-{first.id}"))
    longer = done(ANA, "chat:1", "Talk in the lab", minutes=15)
    number = await bench.store.run(lambda tx: correct(tx, first, longer, NOW))

    def fed(tx: Tx) -> list[int | None]:
        (one,) = standing(tx, goals.standing(tx, ANA))
        return [each.done.minutes for each in one.fed]

    assert await bench.store.read(fed) == [15]
    await bench.do("ana", Press("growth.off", f"1-{number}"))
    assert await bench.store.read(fed) == []


async def test_reminders_follow_the_rhythm_and_end_with_the_goal(bench: Bench) -> None:
    """Each two weeks until somebody looks back; none for a goal that has ended, from wherever it was."""
    await lived(bench)
    began = bench.clock.now()
    await bench.do("bo", Press("growth.end", "2"))
    for weeks in (2, 4):
        await bench.until(began + timedelta(weeks=weeks, hours=1))
        await bench.until(began + timedelta(weeks=weeks, days=1))
        assert len(bench.shown("Time to look back")) == weeks // 2
    await bench.do(
        "ana", Submit("growth.reflect", {"words": "They talk", "practice": "little"}, "1")
    )
    await bench.until(began + timedelta(weeks=6))
    assert len(bench.shown("Time to look back")) == 2
    await bench.store.run(lambda tx: goals.keep(tx, 1, ANA, [], bench.clock.now()))
    await bench.until(began + timedelta(weeks=12))
    assert len(bench.shown("Time to look back")) == 2


async def test_erased_nothing_is_left(bench: Bench, database_url: str) -> None:
    """Goals, plans, ties and looks back go with their member, and others keep theirs."""
    await lived(bench)
    for who, goal, activity in (("ana", "1", "1"), ("bo", "2", "2")):
        await bench.do(who, Press("growth.fed", f"{goal}-{activity}"))
        await bench.do(who, Submit("growth.reflect", {"words": "Seen"}, goal))
    await bench.do("ana", Submit("growth.change", {**GOAL, "words": "Better talk"}, "1"))
    await bench.do("ana", Submit("members.forget", {"answers": "gone"}))
    rows = every_row(database_url)
    for table in ("goal", "growth_plan", "growth_tie", "growth_reflection"):
        assert [row["member_id"] for row in rows[table]] == [BO], table
    assert rows["goal_words"] == []


async def test_a_look_back_is_read_whole(bench: Bench) -> None:
    """As long as it may be, with its lines."""
    await lived(bench)
    words = "They talk now.\n" + "more " * 390 + "in the end."
    await bench.do("ana", Submit("growth.reflect", {"words": words}, "1"))
    assert "in the end." in str(await page(bench, "ana", "goal", "1"))


async def test_what_fed_a_goal_that_has_ended_stays(bench: Bench) -> None:
    """It could not be put back, so it is not taken off, and its page does not offer that."""
    await lived(bench)
    await bench.do("ana", Press("growth.fed", "1-1"))
    assert "Take it off" in str(await page(bench, "ana", "goal", "1"))
    await bench.do("ana", Press("growth.end", "1"))
    assert "Take it off" not in str(await page(bench, "ana", "goal", "1"))
    answer = await bench.do("ana", Press("growth.off", "1-1"))
    assert "This goal has ended." in str(answer)
    assert "Talk in the lab" in str(await page(bench, "ana", "goal", "1"))


async def test_a_goal_ended_by_mistake_is_taken_up_again(bench: Bench) -> None:
    """With what fed it and its reminders; where there are three by then, it says what to do first."""
    await lived(bench)
    await bench.do("ana", Press("growth.fed", "1-1"))
    ended = await bench.do("ana", Press("growth.end", "1"))
    assert "Take it up again" in str(ended)
    assert "Take it up again" in str(await page(bench, "ana", "goal", "1"))
    await bench.do("ana", Press("growth.again", "1"))
    shown = str(await page(bench, "ana", "goal", "1"))
    assert "Talk in the lab" in shown
    assert "End it" in shown
    await bench.until(bench.clock.now() + timedelta(weeks=2, days=1))
    assert bench.shown("Time to look back")
    await bench.do("ana", Press("growth.end", "1"))
    for words in ("One", "Two", "Three"):
        await bench.do("ana", Submit("growth.new", {**GOAL, "words": words}))
    assert "Three at a time" in str(await page(bench, "ana", "goals"))
    assert "End one of them first" in str(await bench.do("ana", Press("growth.again", "1")))
