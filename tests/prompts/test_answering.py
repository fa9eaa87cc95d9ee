"""Answers: who is reminded, what the morning gathers, once, what months bring, and what nobody finds out."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot import gathering
from plnbot.activities.store import activities_of
from plnbot.calendars.school.model import Entry
from plnbot.calendars.school.model import Kind as DayKind
from plnbot.engine import notices, outbox, posts
from plnbot.engine.notices import How
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.store import organisations
from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.actions.looking_back import KIND as LOOKS_BACK
from plnbot.prompts.actions.nudging import KIND as NUDGES
from plnbot.prompts.model import LOOK_BACK_DAYS, PromptSchedule, closes_at, is_pass
from plnbot.prompts.store import NewRoom, Wish
from plnbot.quiet import Leave
from plnbot.refs import MemberRef, Place
from plnbot.schedules import Schedule
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import (
    Command,
    Interaction,
    Left,
    Press,
    Renamed,
    Reply,
    Said,
    Submit,
)
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from plnbot.walltime import local
from tests.calendars.test_school_days import add
from tests.every_row import every_row
from tests.prompts.staffroom import EASTERN, ROOM, TEAM, WEEKLY, Staffroom, staffroom

ASKED = datetime(2026, 11, 23, 20, 45, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
LONG = "We planned together on Mondays, and pupils noticed who leads what."
TWO = (NewRoom(ROOM, EASTERN), NewRoom(Place("slack", TEAM, "C0SECOND"), EASTERN))


@dataclass
class Room:
    """A staff room that was asked its first prompt."""

    here: Staffroom
    asks: PromptSchedule
    number: int

    async def say(self, user: str, words: str, message: str, version: str = "") -> None:
        """Write below the prompt."""
        await self.here.do(user, Said(words, message, version), ROOM.in_thread(await self.thread()))

    async def thread(self) -> str:
        """Return the thread below the prompt in its first room."""

        def find(tx: Tx) -> str:
            post = outbox.by_key(tx, actions.post_key(self.number, 1))
            assert post is not None
            return post.ref

        return await self.here.store.read(find)

    async def person(self, user: str) -> Person:
        """Return somebody who was here."""
        who = MemberRef("slack", TEAM, user)
        found = await self.here.store.read(lambda tx: self.here.parts.desk.directory.known(tx, who))
        assert found is not None
        return found

    def sent(self, stem: str) -> list[str]:
        """Return the keys of what was posted or written under keys that begin so, edits aside."""
        keys = (each.key for each in self.here.sender.sent if not each.edits)
        return [key for key in keys if key.startswith(stem)]

    def shown(self, stem: str) -> str:
        """Return what the newest post of a key that begins so says."""
        of = (f"edit/{stem}", stem)
        cards = [each.card for each in self.here.sender.sent if each.key.startswith(of)]
        return repr(cards[-1]) if cards else ""


async def asked(
    store: Store,
    clock: FrozenClock,
    *,
    rooms: Sequence[NewRoom] = (NewRoom(ROOM, EASTERN),),
    schedule: Schedule = WEEKLY,
    members: Sequence[str] = ("U0PRIYA", "U0LUIS", "U0EMMA"),
    **wish: bool,
) -> Room:
    """Return a staff room with its members, asked on Monday at a quarter to four."""
    here = await staffroom(store, clock)
    for each in members:
        await here.do(each, Command("home"))
    wanted = Wish("Monday question", schedule, "", timedelta(hours=12), **wish)  # type: ignore[arg-type]
    asks = await store.run(
        lambda tx: actions.make(tx, wanted, rooms, clock.now(), by=here.organiser)
    )
    await here.pass_time(ASKED + timedelta(minutes=1))
    return Room(here, asks, 1)


async def test_the_morning_gathers_once_whatever_happens(store: Store, clock: FrozenClock) -> None:
    """Killed before its end it is as if it had not begun; run again, by two at once, it is once."""
    room = await asked(store, clock, rooms=TWO)
    await room.say("U0PRIYA", LONG, "m1")
    clock.at = MORNING + timedelta(minutes=1)

    def killed(tx: Tx) -> None:
        actions.close(tx, room.number, clock.now())
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        await store.run(killed)
    for _again in range(3):
        await store.run(lambda tx: actions.close(tx, room.number, clock.now()))
    await room.here.parts.runner.run_all_due()
    await room.here.parts.runner.run_all_due()
    assert sorted(room.sent("prompt_round_up/")) == ["prompt_round_up/1/1", "prompt_round_up/1/2"]
    priya = await room.person("U0PRIYA")
    done = await store.read(lambda tx: activities_of(tx, priya.id))
    assert [(each.done.kind, each.done.minutes) for each in done] == [("prompt", 5)]


async def test_nobody_answered_and_nobody_is_told(store: Store, clock: FrozenClock) -> None:
    """A room whose prompt was left alone gets no empty round-up."""
    room = await asked(store, clock)
    await room.here.pass_time(MORNING + timedelta(hours=1))
    assert room.sent("prompt_round_up/") == []
    assert await store.read(lambda tx: actions.answers_of(tx, room.number)) == 0


async def test_who_left_in_between_stays_and_who_is_erased_goes(
    store: Store, clock: FrozenClock
) -> None:
    """What somebody said stays said when they leave; erased, it is out of the round-up that stands."""
    room = await asked(store, clock)
    await room.say("U0PRIYA", LONG, "m1")
    await room.say("U0LUIS", "Less paper.", "m2")
    await room.here.do("U0LUIS", Left(), Place("slack", TEAM, ""))
    await room.here.pass_time(MORNING + timedelta(minutes=5))
    said = room.shown("prompt_round_up/")
    assert "Less paper." in said
    assert said.index("Luis") < said.index("Priya"), "who joined last is first"
    await room.say("U0EMMA", "Too late for the round-up", "m3")
    await room.here.do("U0PRIYA", Submit("members.forget", {"answers": "gone"}))
    said = room.shown("prompt_round_up/")
    assert LONG not in said
    assert "Too late" not in said
    assert "Less paper." in said


async def test_a_deleted_answer_is_gone_before_and_after(store: Store, clock: FrozenClock) -> None:
    """On the platform, in whatever order it is told; the round-up that stands loses it too."""
    room = await asked(store, clock)
    for user, words, message in (("U0PRIYA", LONG, "m1"), ("U0LUIS", "Less paper.", "m2"),
                                 ("U0EMMA", "More sleep.", "m3")):  # fmt: skip
        await room.say(user, words, message)
    await room.here.parts.desk.deleted(ROOM, ["m1"])
    await room.here.pass_time(MORNING + timedelta(minutes=5))
    assert LONG not in room.shown("prompt_round_up/")
    assert "More sleep." in room.shown("prompt_round_up/")
    await room.here.parts.desk.deleted(ROOM, ["m3"])
    await room.here.parts.runner.run_all_due()
    assert "More sleep." not in room.shown("prompt_round_up/")


@pytest.mark.rows(19)
async def test_the_nudge_leaves_alone_who_is_away(store: Store, clock: FrozenClock) -> None:
    """On leave, in a break or with their quiet hours on, nobody is reminded; the others once."""
    users = ("U0PRIYA", "U0LUIS", "U0EMMA", "U0SAM")
    room = await asked(store, clock, members=users, nudge=True)
    people = [await room.person(each) for each in users]
    _priya, luis, emma, sam = people
    now = clock.now()

    def away(tx: Tx) -> None:
        for each in people:
            notices.set_how(tx, each, NUDGES, How.AT_ONCE, now)
        notices.set_leave(tx, luis, Leave(now, now + timedelta(days=3)), now)
        new = Organisation(0, 1, OrganisationKind.DISTRICT, "Lincoln", settled=True)
        district = organisations.add(tx, new, now)
        assert district is not None
        organisations.belong(tx, emma.id, district=district.id, school=None)
        today = date(2026, 11, 23)
        add(tx, 1, district.id, now, [Entry(today, today, DayKind.BREAK, "Autumn break")])
        actions.pass_on(tx, room.number, sam)

    await store.run(away)
    await room.here.pass_time(MORNING + timedelta(days=1))
    assert room.sent(f"prompt/{room.number}/nudged/") == [f"prompt/1/nudged/{people[0].id}"]


async def test_the_nudge_is_not_for_nights(store: Store, clock: FrozenClock) -> None:
    """Asked at night, it comes in the morning before the round-up, or not at all."""
    night = Schedule(("FREQ=WEEKLY;BYDAY=MO",), datetime(2026, 11, 23, 21, 30), EASTERN)  # noqa: DTZ001
    room = await asked(store, clock, schedule=night, nudge=True)
    priya = await room.person("U0PRIYA")
    now = clock.now()
    await store.run(lambda tx: notices.set_how(tx, priya, NUDGES, How.AT_ONCE, now))
    when: list[datetime] = []
    while clock.at < MORNING + timedelta(hours=3):
        before = len(room.sent("prompt/1/nudged/"))
        await room.here.pass_time(clock.at + timedelta(minutes=15))
        when += [clock.at] * (len(room.sent("prompt/1/nudged/")) - before)
    assert len(when) == 1
    assert 7 <= local(when[0], EASTERN).hour < 8


async def looked_back(room: Room) -> Counter[int]:
    """Let five months pass as far as looking back is concerned; return how often each was asked."""
    later = MORNING + timedelta(days=LOOK_BACK_DAYS, hours=12)
    room.here.clock.at = later
    await room.here.parts.runner.run_all_due()
    await room.here.pass_time(later + timedelta(hours=24), timedelta(hours=1))
    sent = (each for each in room.here.sender.sent if each.key.startswith("prompt/reflection/"))
    users = Counter(each.to.user for each in sent if isinstance(each.to, MemberRef))
    return Counter({(await room.person(user)).id: many for user, many in users.items()})


async def _foreseen(room: Room, user: str) -> bool:
    """Return whether somebody's list of the week says that they will be asked to look back."""
    shown = await room.here.do(user, Command("me notices"))
    assert isinstance(shown, Reply)
    return "Looking back" in card_as_text(shown.card, EASTERN).partition("Change how")[0]


@pytest.mark.rows(27)
async def test_looking_back_is_seldom_and_can_be_declined(store: Store, clock: FrozenClock) -> None:
    """Who wrote little, took it back or wants none of it is not asked; who is, once in a month."""
    room = await asked(store, clock, members=("U0PRIYA", "U0LUIS", "U0EMMA", "U0SAM"))
    await room.say("U0PRIYA", LONG, "m1")
    await room.say("U0LUIS", LONG, "m2")
    await room.say("U0EMMA", LONG, "m3")
    await room.say("U0SAM", "A lot.", "m4")
    await room.here.pass_time(MORNING + timedelta(minutes=5))
    luis = await room.person("U0LUIS")
    now = clock.now()
    await store.run(lambda tx: notices.set_how(tx, luis, LOOKS_BACK, How.NEVER, now))
    await room.here.parts.desk.deleted(ROOM, ["m3"])
    priya = await room.person("U0PRIYA")
    clock.at = MORNING + timedelta(days=LOOK_BACK_DAYS - 3)
    assert await _foreseen(room, "U0PRIYA")
    assert not await _foreseen(room, "U0SAM")
    assert await looked_back(room) == {priya.id: 1}
    assert not await _foreseen(room, "U0PRIYA")
    again = clock.now()
    directory = room.here.parts.desk.directory
    await store.run(lambda tx: actions.look_back(tx, {"occurrence": room.number}, again, directory))
    assert len(await store.read(lambda tx: prompts.reflections_of(tx, priya.id))) == 1


async def test_what_a_tap_and_words_make(store: Store, clock: FrozenClock) -> None:
    """One answer, whatever the way: a message after a tap is its sentence, an edit is an edit."""
    room = await asked(store, clock)
    await room.here.do("U0PRIYA", Press("prompt.answer", "1"))
    await room.here.do("U0PRIYA", Submit("prompt.answer", {"words": "By form"}, "1"))
    await room.say("U0PRIYA", "and I add something", "m1")
    await room.here.do("U0LUIS", Said("PASS.", "m2"), ROOM.in_thread(await room.thread()))
    luis = await room.person("U0LUIS")

    def stands(tx: Tx) -> tuple[list[str], bool]:
        said = gathering.of_whole(tx, actions.KIND, room.number)
        return [each.words for each in said], prompts.passes(tx, room.number, luis.id)

    assert await store.read(stands) == (["By form"], True)
    await room.say("U0LUIS", "Well, one thing.", "m3")
    await room.say("U0LUIS", "Well, two things.", "m3", "2")
    assert await store.read(stands) == (["By form", "Well, two things."], False)
    assert await store.read(lambda tx: actions.answers_of(tx, room.number)) == 2


async def test_words_are_looked_for_after_a_gap_and_names_follow(
    store: Store, clock: FrozenClock
) -> None:
    """The thread counts while it is open, and a week after a gap began; who is renamed is so there."""
    room = await asked(store, clock)
    thread = ROOM.in_thread(await room.thread())
    desk = room.here.parts.desk
    assert thread in {each.place for each in await desk.ongoing("slack")}
    await room.here.do("U0PRIYA", Submit("prompt.answer", {"words": "By form"}, "1"))
    who = MemberRef("slack", TEAM, "U0PRIYA")
    await desk.handle(
        Interaction("renamed", who, Place("slack", TEAM, ""), Renamed(), name="P. Rao")
    )
    await room.here.parts.runner.run_all_due()
    assert "P. Rao" in room.shown("prompt_answer/")
    await room.here.pass_time(MORNING + timedelta(minutes=5))
    assert thread not in {each.place for each in await desk.ongoing("slack")}

    begun = MORNING + timedelta(hours=1)
    found = await store.read(lambda tx: posts.ongoing(desk.routes.posts, tx, "slack", begun))
    assert thread in {each.place for each in found}


MAY_CHANGE = {"inbox", "anonymous_answer", "anonymous_giver"}


@pytest.mark.rows(18)
async def test_an_answer_without_a_name_leaves_nothing_behind(
    store: Store, clock: FrozenClock, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """From the press to the morning: no table, no work, no log line and no post tells of it.

    What came in leaves its key, as everything does; the answer has no instant to be compared with it.
    """
    caplog.set_level(logging.DEBUG)
    users = [f"U0T{each}" for each in range(6)]
    room = await asked(store, clock, members=users, anonymous=True, nudge=True)
    posted = len(room.here.sender.sent)
    for at, user in enumerate(users):
        clock.advance(timedelta(minutes=7))
        await room.here.do(user, Press("prompt.unnamed", "1"))
        before = _told_of(database_url)
        await room.here.do(user, Submit("prompt.unnamed", {"words": f"hush {at} hush"}, "1"))
        after = _told_of(database_url)
        assert {name for name in after if after[name] != before[name]} == MAY_CHANGE
    assert len(room.here.sender.sent) == posted, "nobody sees that somebody answered"
    everything = {name: repr(rows) for name, rows in _told_of(database_url).items()}
    assert {name for name, rows in everything.items() if "hush" in rows} == {"anonymous_answer"}
    assert "hush" not in caplog.text
    with pytest.raises(Refused):  # a handler refuses, and the desk says it
        await store.run(
            lambda tx: gathering_again(tx, clock.now(), room.number, room.here.organiser)
        )
    await room.here.pass_time(MORNING + timedelta(minutes=5))
    assert room.shown("prompt_round_up/").count("hush") == 2 * 5, (
        "five are quoted, the page has all"
    )
    members = [await room.person(each) for each in users]
    done = await store.read(lambda tx: [activities_of(tx, each.id) for each in members])
    assert not any(done), "it is no activity: that would say who answered"


def gathering_again(tx: Tx, now: datetime, number: int, person: Person) -> None:
    """Answer twice without a name."""
    talk = actions.talk_of(tx, now, number)
    assert talk is not None
    actions.answer_unnamed(talk, person, "once", "")
    actions.answer_unnamed(talk, person, "twice", "")


def _told_of(url: str) -> dict[str, list[str]]:
    """Return what each table says, in an order of its own."""
    return {name: sorted(map(repr, rows)) for name, rows in every_row(url).items()}


@given(st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1)), st.sampled_from([EASTERN, "Asia/Kolkata", "Pacific/Apia", "America/Santiago"]))  # noqa: DTZ001  # fmt: skip
def test_the_morning_after_is_the_next_day_at_eight(wall: datetime, zone: str) -> None:
    """By the clocks there, never the same day, and never more than a day and a half away."""
    at = wall.replace(tzinfo=UTC)
    closes = closes_at(at, zone)
    there = local(closes, zone)
    assert (there.hour, there.minute) == (8, 0)
    assert (there.date() - local(at, zone).date()).days == 1
    assert timedelta(hours=6) < closes - at < timedelta(hours=34)


@pytest.mark.parametrize(
    ("words", "passes"),
    [("pass", True), ("Pass.", True), ("I’ll pass", True), ("paso", True),
     ("pass the salt", False), ("They pass", False), ("", False)],
)  # fmt: skip
def test_what_is_a_pass(words: str, *, passes: bool) -> None:
    """No more than the word."""
    assert is_pass(words) is passes
