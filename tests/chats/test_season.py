"""Seasons: read from tables and lists, errors by line, out of breaks, reminded in time, taken back."""

import asyncio
import time
from datetime import UTC, date, datetime, timedelta
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.chats import seasons
from plnbot.chats import store as chats
from plnbot.chats.actions import season as planning
from plnbot.chats.cards.season import hosting
from plnbot.chats.paste.season import SeasonRow, read_season
from plnbot.chats.seasons import Asker, SeasonChat
from plnbot.chats.store import seasons as stored
from plnbot.chats.store.seasons import SeasonWish
from plnbot.errors import Refused
from plnbot.refs import MemberRef
from plnbot.schedules import WEEKDAYS
from plnbot.store.database import Store, Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Answer, Press, Reply, Submit
from plnbot.talk.plain import card_as_text, plain
from plnbot.talk.text import Text
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.testing import FrozenClock
from tests.chats.workspace import TEAM, Seeded, seeded

ZONE = "America/New_York"
NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
PEOPLE = {"ana": 1, "Ana Ruiz": 1, "Ben": 2}
WEEKLY = "every Thursday 8 pm Eastern"
WISH = {"starts": WEEKLY, "again": "", "plan": "classic60"}


class Breaks:
    """A school that is on break around the turn of the year."""

    def is_school_day(self, day: date) -> bool:
        """Return whether there is school."""
        return WEEKDAYS.is_school_day(day) and not self.is_break(day)

    def is_break(self, day: date) -> bool:
        """Return whether it lies in the break."""
        return date(2026, 12, 21) <= day <= date(2027, 1, 3)


def named(name: str) -> int | Sentence:
    """Return who is called so."""
    return PEOPLE.get(name) or msg("nobody here is called “{name}”.", name=name)


def read(words: str, starts: str = WEEKLY, again: str = "") -> tuple[SeasonChat, ...]:
    """Return the chats of a season."""
    found = asked(words, starts, again)
    assert not isinstance(found, FieldErrors), found
    return found


def asked(words: str, starts: str, again: str = "") -> tuple[SeasonChat, ...] | FieldErrors:
    """Return the chats of a season, or what is in the way."""
    by = Asker(NOW, ZONE, "en", Breaks(), named)
    return seasons.read(SeasonWish(words, starts, again, "classic60"), by)


def wrong(words: str, starts: str = WEEKLY, again: str = "") -> str:
    """Return what is in the way of a season."""
    found = asked(words, starts, again)
    assert isinstance(found, FieldErrors), found
    (said,) = found.errors.values()
    return plain(said if isinstance(said, Text) else Translate("en").say(said), ZONE, "en")


HEADED = """| Host | Theme | Hashtag | When |
|---|---|---|---|
| @ana | Feedback that pupils use | #fb | Dec 3 |
| Ana Ruiz, Ben | Rubrics: why, and how | | |"""
ROWS = (
    SeasonRow(0, "Feedback that pupils use", "Dec 3", ("ana",), "fb"),
    SeasonRow(0, "Rubrics: why, and how", "", ("Ana Ruiz", "Ben"), ""),
)


@pytest.mark.parametrize(
    "words",
    [
        "Date\tTheme\tHost\tTag\nDec 3\tFeedback that pupils use\tana\t#fb\n\tRubrics: why, and how\tAna Ruiz & Ben\t",
        HEADED,
        'tema,fecha,modera,etiqueta\nFeedback that pupils use,Dec 3,ana,fb\n"Rubrics: why, and how",,Ana Ruiz y Ben,\n',
        "Dec 3 | Feedback that pupils use | @ana | #fb\n | Rubrics: why, and how | Ana Ruiz and Ben |",
        "1. Dec 3: Feedback that pupils use @ana #fb\n\n2. Rubrics: why, and how (hosts: Ana Ruiz, Ben)",
        "- Dec 3 – Feedback that pupils use, hosted by ana #fb\n- Rubrics: why, and how @Ana Ruiz @Ben",
    ],
)
def test_a_season_is_read_as_people_write_it(words: str) -> None:
    """Tables with and without heads, in any order and either language, and plain lists."""
    found = read_season(words, lambda said: said.strip() == "Dec 3")
    assert [SeasonRow(0, each.theme, each.date, each.hosts, each.hashtag) for each in found] == [
        *ROWS
    ]


@given(st.text(alphabet="ab|,;\t\n#@: 13-–()", max_size=80))
def test_no_line_is_lost(words: str) -> None:
    """Whatever is pasted, every row is of its own line, and none is of a line that is not there."""
    found = [each.line for each in read_season(words, lambda said: said.strip().isdigit())]
    assert found == sorted(set(found))
    assert all(words.split("\n")[each - 1].strip() for each in found)


def test_lines_without_days_take_the_next_that_are_free_and_no_break() -> None:
    """A day that a line says is that day; the others come at the schedule's times, out of breaks."""
    found = read(
        "One\nDec 10: Two\nThree\nFour\nFive\nSix", f"{WEEKLY}, not in breaks", "8 pm Pacific"
    )
    days = [f"{each.at:%b %d}" for each in found]
    assert days == ["Nov 27", "Dec 11", "Dec 18", "Jan 08", "Jan 15", "Jan 22"]
    assert {each.again.at - each.at for each in found if each.again} == {timedelta(hours=3)}


@pytest.mark.parametrize(
    ("words", "starts", "again", "said"),
    [
        ("One\n\nTwo @zoe", WEEKLY, "", "Line 3: nobody here is called “zoe”."),
        ("One\nTwo", "8 pm Eastern", "", "Line 1: it says no day, and the start says none"),
        ("Dec 3: One", "", "", "Line 1: it says no time, and neither does the start."),
        ("Nov 3 2026: One", WEEKLY, "", "Line 1:"),
        ("@ana #fb", WEEKLY, "", "Line 1: there is no theme."),
        ("Dec 24: One", f"{WEEKLY}, not in breaks", "", "Line 1: Thu, Dec 24 is out"),
        ("Dec 3: One\nDec 3: Two", WEEKLY, "", "Line 2: another chat of the list goes on at"),
        ("One", WEEKLY, "8:30 pm Eastern", "Line 1: another chat of the list goes on at"),
        ("One", WEEKLY, "Nov 24 8 pm", "Write a time alone"),
        ("One", "every blursday", "", "I do not understand"),
        ("\n \n", WEEKLY, "", "a chat on each line"),
        ("One\n" * 61, WEEKLY, "", "61 lines; 60 fit"),
        ("One\nTwo", f"{WEEKLY} until December 1", "", "Line 2: no day is left"),
    ],
)
def test_what_is_in_the_way_is_said_by_line(words: str, starts: str, again: str, said: str) -> None:
    """Each with its line, and what can be mended there."""
    assert said in wrong(words, starts, again)


def said(answered: Answer) -> str:
    """Return the words of a reply."""
    assert isinstance(answered, Reply), answered
    return card_as_text(answered.card, ZONE)


async def until(room: Seeded, at: datetime) -> None:
    """Let time pass in big steps: nobody answers in these chats."""
    while room.clock.at < at:
        room.clock.advance(min(timedelta(hours=4), at - room.clock.at))
        await room.parts.runner.run_all_due()


async def told(room: Seeded, card: str) -> list[str]:
    """Return to whom a card was written, in order."""
    return [each.key for each in room.platform.sent if not each.edits and f"{card}" in each.key]


@pytest.fixture
async def planned(store: Store, clock: FrozenClock) -> Seeded:
    """Return a room with a season of three: Sam's, Priya's and the coach's own."""
    room = await seeded(store, clock)
    lines = "Feedback @Sam #fb\nHomework @Priya\nTo be voted"
    await room.do("U0MAYA", Submit("season.new", {**WISH, "words": lines, "again": "8 pm Pacific"}))
    assert "3 chats stand as drafts" in said(await room.do("U0MAYA", Press("season.plan", "1")))
    return room


async def states(room: Seeded, *numbers: int) -> list[tuple[str, str]]:
    """Return the hashtag and the state of each of these chats."""
    found = await room.store.read(lambda tx: [chats.get_chat(tx, each) for each in numbers])
    return [(each.hashtag, each.run.state.value) for each in found if each is not None]


async def test_each_chat_is_its_hosts_and_follows_them(planned: Seeded) -> None:
    """A host writes and publishes both runs, and the hashtag stays; another's chat is not theirs."""
    wish = {"plan": "classic60", "title": "Feedback", "starts": "", "questions": "Q1: Why?"}
    starts = "2026-11-26 20:00 America/New_York"
    await planned.do("U0SAM", Submit("chat.new", {**wish, "starts": starts}, "1"))
    assert "Published" in said(await planned.do("U0SAM", Press("chat.publish", "1")))
    both = await states(planned, 1, 2)
    assert both == [("fb", "scheduled")] * 2
    refused = await planned.do("U0SAM", Submit("chat.new", {**wish, "starts": starts}, "3"))
    assert "no longer there" in said(refused)


async def test_hosts_are_reminded_two_days_before_and_then_the_coach(planned: Seeded) -> None:
    """Once each; what was moved is looked at in its own time; who gives a chat back has given it to the coach."""
    await planned.do("U0SAM", Press("chat.week_later", "1"))
    await until(planned, datetime(2026, 11, 30, tzinfo=UTC))
    assert await told(planned, "chats.unplanned") == []
    await planned.do("U0PRIYA", Press("season.no", "3"))
    await until(planned, datetime(2026, 12, 2, 20, tzinfo=UTC))
    assert await told(planned, "chats.unplanned") != []
    await until(planned, datetime(2026, 12, 4, tzinfo=UTC))
    silent = [key.split("/")[1] for key in await told(planned, "chats.hosts_silent")]
    assert sorted(silent) == ["1", "3"]
    assert [state for _, state in await states(planned, 3, 4)] == ["draft"] * 2
    await until(planned, datetime(2026, 12, 4, 5, tzinfo=UTC))
    assert [state for _, state in await states(planned, 3, 4)] == ["thrown_away"] * 2


async def test_a_season_is_taken_back_but_for_what_has_questions(planned: Seeded) -> None:
    """What nobody wrote is thrown away with its second run; the rest is its hosts' still."""
    wish = {"plan": "classic60", "title": "Feedback", "questions": "Q1: Why?"}
    starts = "2026-11-26 20:00 America/New_York"
    await planned.do("U0SAM", Submit("chat.new", {**wish, "starts": starts}, "1"))
    assert "1 chat with questions stays" in said(
        await planned.do("U0MAYA", Press("season.take_back", "1"))
    )
    stand = [state for _, state in await states(planned, *range(1, 7))]
    assert stand == ["draft", "draft", *["thrown_away"] * 4]
    assert "no longer there" in said(await planned.do("U0MAYA", Press("season.plan", "1")))


@pytest.mark.parametrize(
    "words",
    [
        f"Feedback host{' ' * 2000}#",  # blanks that several parts of a pattern could match
        f"{'a - ' * 28}b\n" * 26,
        "a: b: c: d: e: f\n" * 180,
        f"{'host ' * 550}#",
    ],
)
def test_no_list_takes_long_to_read(words: str) -> None:
    """Whatever is in it: what is read in a unit of work keeps everybody waiting."""
    asked: list[str] = []

    def is_day(cell: str) -> bool:
        asked.append(cell)
        return False

    began = time.process_time()
    read_season(words, is_day)
    assert time.process_time() - began < 2
    assert len(asked) <= 4 * len(words.splitlines())
    assert max(map(len, asked), default=0) < 60


def test_a_list_that_is_far_too_long_is_counted_alone() -> None:
    """For each of its lines would be searched for a day."""
    began = time.process_time()
    assert "There are 375 lines" in wrong("a - b: c\n" * 375)
    assert time.process_time() - began < 1


async def test_of_many_chats_a_host_reads_how_many_more_there_are(
    store: Store, clock: FrozenClock
) -> None:
    """Not a number above a list that is shorter."""
    room = await seeded(store, clock)
    lines = "\n".join(f"Theme {each} @Sam" for each in range(25))
    await room.do("U0MAYA", Submit("season.new", {**WISH, "words": lines}))
    await room.do("U0MAYA", Press("season.plan", "1"))

    def theirs(tx: Tx) -> list[chats.Chat]:
        of = stored.get(tx, 1)
        assert of is not None
        return planning.coming(tx, of, clock.now())

    card = hosting(Translate("en"), "Maya", await store.read(theirs))
    told = card_as_text(card, ZONE)
    assert "asks you to host 25 chats" in told
    assert "… and 5 more." in told


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_is_read_anew_while_it_is_planned_is_not_planned(
    store: Store, clock: FrozenClock
) -> None:
    """The document that a button meant is gone by the moment it counts: nothing is written, no fault is ours."""
    room = await seeded(store, clock)
    await room.do("U0MAYA", Submit("season.new", {**WISH, "words": "Feedback"}))
    maya = await room.parts.desk.person(MemberRef("slack", TEAM, "U0MAYA"))
    assert maya is not None
    looked, dropped = Event(), Event()

    def plan(tx: Tx) -> None:
        of = stored.get(tx, 1)
        assert of is not None
        looked.set()
        dropped.wait(30)
        planning.plan(tx, of, read("Feedback"), clock.now(), room.parts.desk.directory, by=maya)

    async def drop() -> None:
        await asyncio.to_thread(looked.wait, 30)
        await store.run(lambda tx: stored.drop(tx, 1))
        dropped.set()

    with pytest.raises(Refused):
        await asyncio.gather(store.run(plan), drop())
