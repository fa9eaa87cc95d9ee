"""A season of chats as it is lived: a coach, hosts, guests and teachers who come, answer and reply by chance."""

import itertools
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.chats import store as chats
from plnbot.chats.model import MomentKind
from plnbot.chats.store import Chat, polls, seasons, suggestions
from plnbot.chats.store.suggestions import Kind
from plnbot.engine import work
from plnbot.gathering import store as answers
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.interactions import Answer, Command, Interaction, Joined, Press, Said, Submit, What
from plnbot.talk.pages import File
from plnbot.testing import FrozenClock, RecordingSender

TEAM, ROOM = "T0PLN", "C0CHAT"
BEGAN = datetime(2026, 9, 7, 12, 0, tzinfo=UTC)
COACH = "U0COACH"
QUESTIONS = 3
MINUTE = timedelta(minutes=1)
HOST_WRITES, VOTES, ANSWERS, BY_FORM, REPLIES, AGAIN = 0.7, 0.6, 0.7, 0.3, 0.25, 0.05


@dataclass(frozen=True)
class Lived:
    """What a season came to. `met` counts pairs of teachers who were in a run together.

    `lost` are answers that no archive has, questions that no room got and replies that nobody noted;
    `twice` is what stands twice, or where nobody said it.
    """

    runs: int
    people: int
    met: int
    answered: int
    replies: int
    floor: int
    floor_asked: int
    guests_answered: int
    votes: int
    reminded: int
    lost: int
    twice: int

    def __str__(self) -> str:
        return (
            f"{self.runs} runs: {self.people} teachers took part and {self.met} pairs of them met,"
            f" {self.answered} answers, {self.replies} replies, guests were asked {self.floor_asked} questions"
            f" by {self.floor} askers and answered {self.guests_answered}, {self.votes} votes on topics,"
            f" {self.reminded} hosts reminded; lost {self.lost}, twice {self.twice}"
        )


@dataclass(slots=True)
class Season:
    """The people, their room, and what they did by chance of a stored seed."""

    store: Store
    clock: FrozenClock
    parts: Parts
    room: RecordingSender
    teachers: Sequence[str]
    chance: Random
    said: set[str] = field(default_factory=set)
    replies: int = 0
    askers: int = 0
    floor_asked: int = 0
    guests_answered: int = 0
    votes: int = 0
    together: dict[int, set[str]] = field(default_factory=dict)
    _keys: "itertools.count[int]" = field(default_factory=itertools.count)

    async def do(self, user: str, what: What, thread: str = "") -> Answer:
        """Let somebody do something in the room, or in one of its threads."""
        place = Place("slack", TEAM, ROOM, thread)
        who = MemberRef("slack", TEAM, user)
        key = f"s{next(self._keys)}"
        name = user.removeprefix("U0").title()
        given = Interaction(key, who, place, what, name=name, leads=user == COACH)
        if self.chance.random() < AGAIN:  # platforms deliver again what they are not sure of
            await self.parts.desk.handle(given)
        return await self.parts.desk.handle(given)

    async def until(self, goal: datetime) -> None:
        """Let everything due happen at its time."""
        while (at := await self.store.read(work.next_at)) is not None and at <= goal:
            self.clock.at = max(at, self.clock.at)
            await self.parts.runner.run_all_due()
        self.clock.at = max(goal, self.clock.at)

    async def of_season(self) -> list[Chat]:
        """Return every run of the season, by start."""
        numbers = await self.store.read(lambda tx: seasons.chats_in(tx, 1))
        found = [await self.chat(each) for each in numbers]
        return sorted(found, key=lambda each: each.starts_at)

    async def member(self, user: str) -> int:
        """Return the row of somebody."""
        ref = MemberRef("slack", TEAM, user)
        found = await self.store.read(lambda tx: members.by_ref(tx, ref))
        assert found is not None
        return found.id

    async def chat(self, number: int) -> Chat:
        """Return a chat as it stands."""
        found = await self.store.read(lambda tx: chats.get_chat(tx, number))
        assert found is not None
        return found


async def lived(store: Store, clock: FrozenClock, weeks: int, many: int, guests: int) -> Lived:
    """Let a season of so many weeks be planned, voted on, hosted, and lived by so many teachers."""
    here = await _begun(store, clock, many)
    await _planned(here, weeks)
    runs = await here.of_season()
    firsts = [each for each in runs if each.first is None]
    with_guest = {firsts[(n + 1) * weeks // (guests + 1) - 1].id for n in range(guests)}
    for week, first in enumerate(firsts):
        monday = first.starts_at - timedelta(days=3)
        await here.until(monday)
        await _vote(here, week, weeks, monday)
        await _written(here, first.id, week)
        guest = here.teachers[-1 - week % 5] if first.id in with_guest else ""
        if guest:
            await _invited(here, first.id, guest, week)
        for number in [first.id, *(each.id for each in runs if each.first == first.id)]:
            await _run(here, await here.chat(number), week)
    await here.until(clock.now() + timedelta(days=1))
    return await _summed(here, runs)


async def _begun(store: Store, clock: FrozenClock, many: int) -> Season:
    clock.at = BEGAN
    await store.run(
        lambda tx: members.new_network(tx, "Our state", "en", "America/New_York", BEGAN)
    )
    parts = assembled(store, clock, WebOptions(b"0" * 32), lambda _platform: "", Random(1))
    room = RecordingSender("slack")
    parts.runner.senders["slack"] = room
    await parts.desk.settle("slack", TEAM, "Our state")
    teachers = [f"U0T{number:02}" for number in range(many)]
    here = Season(store, clock, parts, room, teachers, Random(20260907))
    for user in (COACH, *teachers):
        await here.do(user, Joined())
    return here


async def _planned(here: Season, weeks: int) -> None:
    """Let the coach plan the season: every theme is voted on, and each week another teacher hosts."""
    lines = "\n".join(f"? @T{week % len(here.teachers):02}" for week in range(weeks))
    wish = {
        "words": lines, "starts": "every Thursday 8 pm Eastern", "again": "8 pm Pacific",
        "plan": "short30",
    }  # fmt: skip
    await here.do(COACH, Submit("season.new", wish))
    await here.do(COACH, Press("season.plan", "1"))


async def _vote(here: Season, week: int, weeks: int, monday: datetime) -> None:
    """Let topics be suggested and voted on; the last weeks vote for what comes after the season."""
    for number, user in enumerate(here.chance.sample(list(here.teachers), 3)):
        await here.do(user, Command(f"chat suggest {_topic(week, number)}"))
    when = {"when": "until Tuesday 5 pm Eastern", "first": "", "second": ""}
    if week * 2 >= weeks:
        after = BEGAN + timedelta(weeks=weeks + week + 2)
        when |= {"first": f"{after:%Y-%m-%d} 8 pm", "second": f"{after:%Y-%m-%d} 10 pm"}
    await here.do(COACH, Submit("topic.vote", when))
    await here.parts.runner.run_all_due()
    poll = await here.store.read(lambda tx: polls.get(tx, week + 1))
    assert poll is not None
    for user in here.teachers:
        if here.chance.random() < VOTES:
            topic = str(here.chance.choice(poll.topics))
            await here.do(user, Press("topic.vote", str(poll.id), topic))
    here.votes += await here.store.read(lambda tx: polls.many(tx, poll.id))
    await here.until(monday + timedelta(hours=22))


def _topic(week: int, number: int) -> str:
    subjects = ("rubrics", "parents", "volcanoes", "silence", "seats", "maths", "poems", "chess")
    verbs = ("Grading", "Teaching", "Rethinking")
    return f"{verbs[number]} {subjects[week % len(subjects)]} in week {week + 1}"


async def _written(here: Season, number: int, week: int) -> None:
    """Let the host write the questions, or, reminded in vain, the coach; who publishes both runs."""
    chat = await here.chat(number)
    who = here.teachers[week % len(here.teachers)]
    if here.chance.random() > HOST_WRITES:
        await here.until(chat.starts_at - timedelta(hours=20))
        who = COACH
    asked = "\n".join(f"Q{n}: {chat.title}, part {n}?" for n in range(1, QUESTIONS + 1))
    starts = f"{chat.starts_at:%Y-%m-%d %H:%M} UTC"
    wish = {"questions": asked, "starts": starts, "plan": "short30", "title": chat.title}
    await here.do(who, Submit("chat.new", wish, str(number)))
    await here.do(who, Press("chat.publish", str(number)))


async def _invited(here: Season, number: int, guest: str, week: int) -> None:
    """Let a guest be invited, asked from the floor, alike ones as one, and prepare what is put to them."""
    who = await here.member(guest)
    await here.do(COACH, Submit("chat.guest", {"person": f"row:{who}"}, str(number)))
    for user in here.chance.sample([each for each in here.teachers if each != guest], 5):
        words = here.chance.choice(("How did you begin", "What would you never do again"))
        await here.do(user, Submit("chat.ask", {"words": f"{words}, week {week}?"}, str(number)))
        here.askers += 1
    waiting = await here.store.read(lambda tx: suggestions.of_chat(tx, number, Kind.QUESTION))
    for each in waiting:
        await here.do(COACH, Press("ask.approve", str(each.id)))
    asked = await here.store.read(lambda tx: chats.questions_of(tx, number))
    here.floor_asked += len(asked) - QUESTIONS
    for question in asked[QUESTIONS:]:
        words = f"As a guest on {question.name} in week {week}"
        await here.do(guest, Submit("chat.answer", {"words": words}, str(question.id)))
        here.said.add(words)
        here.guests_answered += 1


async def _run(here: Season, chat: Chat, week: int) -> None:
    """Let some come, say that they are here, answer in the room or by form, and reply to each other."""
    many = len(here.teachers)
    there = here.chance.sample(
        list(here.teachers), many * 2 // 5 if chat.first is None else many // 3
    )
    here.together[chat.id] = set()
    await here.until(chat.starts_at + MINUTE)
    for user in there:
        await here.do(user, Press("chat.here", str(chat.id)))
    moments = (await here.chat(chat.id)).run.moments
    for moment in moments:
        if moment.kind is MomentKind.QUESTION:
            await here.until(moment.at + MINUTE)
            await _question(here, chat, week, moment.number, there)
    await here.until(moments[-1].at + 2 * MINUTE)


async def _question(here: Season, chat: Chat, week: int, number: int, there: Sequence[str]) -> None:
    """Let most of those who are there answer a question, and some reply to what they read."""
    asked = await here.store.read(lambda tx: chats.questions_of(tx, chat.id))
    stand: list[tuple[str, str]] = []
    for user in there:
        if here.chance.random() > ANSWERS:
            continue
        words = f"{user} on {number} in week {week}, run {chat.id}"
        here.said.add(words)
        here.together[chat.id].add(user)
        if here.chance.random() < BY_FORM:
            row = str(asked[number - 1].id)
            await here.do(user, Submit("chat.answer", {"words": words}, row))
            continue
        message = f"t{len(here.said)}"
        await here.do(user, Said(f"A{asked[number - 1].label} {words}", message))
        stand.append((user, message))
    await here.parts.runner.run_all_due()
    for author, message in stand:
        if here.chance.random() < REPLIES:
            user = here.chance.choice([each for each in there if each != author])
            here.replies += 1
            await here.do(user, Said("I tried that too.", f"r{here.replies}"), message)


async def _summed(here: Season, runs: Sequence[Chat]) -> Lived:
    found: Counter[str] = Counter()
    for first in (each for each in runs if each.first is None):
        ref = MemberRef("slack", TEAM, COACH)
        given = await here.parts.desk.download(ref, "chat.json", str(first.id))
        assert isinstance(given, File)
        archive: Mapping[str, Sequence[Mapping[str, Sequence[Mapping[str, str]]]]] = json.loads(
            given.content
        )
        found.update(
            answer["text"] for question in archive["questions"] for answer in question["answers"]
        )
    posted = Counter(each.key for each in here.room.sent if not each.edits)
    unasked = 0
    for run in runs:
        for question in await here.store.read(lambda tx, run=run: chats.questions_of(tx, run.id)):  # type: ignore[misc]
            unasked += posted[f"chat/{run.id}/question/{question.number}"] != 1
    noted = 0
    for user in here.teachers:
        who = await here.member(user)
        noted += len(await here.store.read(lambda tx, who=who: answers.replies_by(tx, who)))  # type: ignore[misc]
    pairs = {
        pair for each in here.together.values() for pair in itertools.combinations(sorted(each), 2)
    }
    return Lived(
        len(runs),
        len(set().union(*here.together.values())),
        len(pairs),
        found.total(),
        noted,
        here.askers,
        here.floor_asked,
        here.guests_answered,
        here.votes,
        sum("chats.unplanned" in key for key in posted),
        len(here.said - found.keys()) + unasked + max(0, here.replies - noted),
        sum(many - 1 for many in found.values())
        + len(found.keys() - here.said)
        + max(0, noted - here.replies),
    )
