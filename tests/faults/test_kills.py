"""Kill -9 at every labelled point, and at any moment: nothing is lost, nothing comes twice.

The platform redelivers what was not acknowledged, and sometimes what was. One test is one chat: its
process is killed again and again while it takes in answers and asks its questions, and started anew.
"""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection

import pytest
from sqlalchemy import create_engine, text

from plnbot.engine.runner.delivering import SENT_AGAIN
from plnbot.talk.interactions import Command, Interaction, Said, Submit
from tests.faults.bot import ANY_MOMENT, POINTS, Life, live
from tests.faults.conftest import EIGHT, TEACHERS, Row, does, on_a_database, processes
from tests.faults.receiver import Receiver
from tests.turns import in_turn

pytestmark = pytest.mark.faults
CHATS = in_turn(range(40), 40)
KILLS = 13  # in each of the chats, on two platforms: 26, or, on two databases, 2,080
STEP = timedelta(minutes=2, seconds=30)
QUESTIONS = 6
MOST_LIVES = 5 * KILLS
LATEST = timedelta(hours=2)


@dataclass(slots=True)
class Story:
    """One chat whose process keeps dying."""

    url: str
    receiver: Receiver
    port: int
    chance: random.Random
    killed: dict[int, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    delivered: dict[str, Interaction] = field(default_factory=dict)
    recoveries: list[float] = field(default_factory=list)
    coming: list[str] = field(default_factory=list)

    async def told(self) -> None:
        """Let process after process live until enough of them were killed, and one to the end."""
        self.coming = self.chance.sample([*POINTS, ANY_MOMENT], KILLS)
        missed: list[str] = []
        for number in range(1, MOST_LIVES):
            now = EIGHT - timedelta(minutes=1) + number * STEP
            dies = bool(self.coming)
            life = Life(
                self.url,
                self.port,
                number,
                now,
                self._interactions(number) if now < EIGHT + LATEST / 2 else self._unacknowledged(),
                self.coming[0] if dies else "",
                1 if self.coming[:1] and self.coming[0] in missed else self.chance.randint(1, 2),
                None if dies else max(now, EIGHT) + LATEST,
            )
            ended = await asyncio.to_thread(self._lived, life)
            assert ended in {0, -signal.SIGKILL}, f"life {number} ended by itself: {ended}"
            if ended:
                self.killed[number] = self.coming.pop(0)
            elif dies:  # it did not come to that this time
                missed.append(self.coming.pop(0))
                self.coming.insert(min(1, len(self.coming)), missed[-1])
            else:
                return
        raise AssertionError(f"it never came to: {self.coming}")

    def _lived(self, life: Life) -> int:
        """Let one process live and return how it ended."""
        ours, theirs = processes.Pipe(duplex=False)
        process = processes.Process(target=live, args=(life, theirs))
        began = time.monotonic()
        process.start()
        theirs.close()
        self.recoveries.append(self._heard(ours, began, process.pid or 0, life.point))
        process.join(60)
        ours.close()
        ended = process.exitcode
        process.close()
        assert ended is not None
        return ended

    def _heard(self, acknowledged: Connection, began: float, pid: int, point: str) -> float:
        """Note what is acknowledged until the process is gone; return when the first one was."""
        first = 0.0
        dies_at = began + self.chance.uniform(0.03, 0.3) if point == ANY_MOMENT else None
        while True:
            wait = None if dies_at is None else max(0.0, dies_at - time.monotonic())
            if not acknowledged.poll(wait):
                os.kill(pid, signal.SIGKILL)
                dies_at = None
                continue
            try:
                self.acknowledged.add(acknowledged.recv())
            except EOFError:
                return first
            first = first or time.monotonic() - began

    def _unacknowledged(self) -> tuple[Interaction, ...]:
        return tuple(each for key, each in self.delivered.items() if key not in self.acknowledged)

    def _interactions(self, life: int) -> tuple[Interaction, ...]:
        """Return what is delivered in this life: what is new, what must come again, what may."""
        again = [*self._unacknowledged()]
        if self.acknowledged:
            again.append(self.delivered[self.chance.choice(sorted(self.acknowledged))])
        number = self.chance.randint(1, QUESTIONS)
        words = f"A{number} said in life {life}"
        new = [
            does(f"said {life} {who}", who, Said(words, f"{life}-{who}"))
            for who in self.chance.sample(TEACHERS, 2)
        ]
        who = self.chance.choice(TEACHERS)
        form = Submit("chat.answer", {"words": f"form {life} {who}"}, str(number))
        new.append(does(f"form {life}", who, form))
        new.append(does(f"home {life}", who, Command("home")))
        self.delivered.update({each.key: each for each in new})
        everything = [*again, *new]
        self.chance.shuffle(everything)
        return tuple(everything)


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in the database in the end."""

    sources: Counter[tuple[str, int]]
    inbox: frozenset[str]
    posts: dict[str, str]
    states: Counter[str]
    reasons: dict[str, str]
    asked: tuple[int, ...]
    form_answers: frozenset[int]


def found(url: str) -> Found:
    """Look, from outside the bot."""
    engine = create_engine(url)
    with engine.connect() as connection:

        def rows(query: str) -> list[tuple[object, ...]]:
            return [tuple(row) for row in connection.execute(text(query))]

        answers = rows("SELECT source, under_id, id FROM answer")
        # What somebody is told the next morning waits for it.
        works = rows("SELECT key, state, reason FROM work WHERE key NOT LIKE 'notices/%'")
        seen = Found(
            Counter((str(source), int(str(question))) for source, question, _ in answers),
            frozenset(str(key) for (key,) in rows("SELECT key FROM inbox")),
            {str(key): str(ref) for key, ref in rows("SELECT key, ref FROM post")},
            Counter(str(state) for _, state, _ in works),
            {str(key): str(reason) for key, _, reason in works},
            tuple(
                int(str(number))
                for (number,) in rows(
                    "SELECT number FROM chat_question WHERE asked_at IS NOT NULL ORDER BY number"
                )
            ),
            frozenset(int(str(made)) for source, _, made in answers if str(source)[:4] == "form"),
        )
    engine.dispose()
    return seen


def expected_answers(delivered: dict[str, Interaction]) -> set[tuple[str, int]]:
    """Return source and question of every answer that people gave."""
    given = set()
    people = {"maya": 1, **{who: number for number, who in enumerate(TEACHERS, start=2)}}
    for each in delivered.values():
        match each.what:
            case Said(words=words, message=message):
                given.add((f"test/w/room/{message}", int(words[1])))
            case Submit(row=row):
                given.add((f"form/{people[each.who.user]}", int(row)))
            case _:
                pass
    return given


@on_a_database
@pytest.mark.parametrize("platform", ["de-duplicates", "cannot"])
@pytest.mark.parametrize("seed", CHATS)
async def test_killed_again_and_again(
    chat_url: str,
    seed: int,
    platform: str,
    tally: Callable[[Row], None],
) -> None:
    """Every answer stands once, every question is asked once; what may stand twice is flagged."""
    knows = platform == "de-duplicates"
    receiver = Receiver(knows)
    async with receiver.listening() as port:
        story = Story(chat_url, receiver, port, random.Random(f"{seed} {knows}"))
        await story.told()
    seen = found(chat_url)
    assert len(story.killed) == KILLS
    assert set(story.delivered) <= seen.inbox
    assert set(seen.sources) == expected_answers(story.delivered), "each answer, and no other"
    assert set(seen.sources.values()) == {1}
    assert set(seen.states) <= {"done", "cancelled"}, seen.states
    assert seen.asked == tuple(range(1, QUESTIONS + 1))
    posts = {f"chat/1/question/{number}" for number in range(1, QUESTIONS + 1)}
    posts |= {f"chat/answer/{made}" for made in seen.form_answers} | {"chat/1/welcome"}
    assert posts <= set(seen.posts)
    assert {key: receiver.refs[key][-1] for key in seen.posts} == seen.posts
    assert set(seen.posts) == {key for key, lives in receiver.accepted.items() if lives}
    twice = {key: lives for key, lives in receiver.accepted.items() if len(lives) > 1}
    for key, lives in twice.items():
        assert len(set(lives)) == len(lives), f"{key} was sent twice in one life"
        assert set(lives[:-1]) <= set(story.killed), f"{key} was sent again without a lost reply"
        assert seen.reasons[key] == SENT_AGAIN
    assert not (knows and twice)
    extra = sum(len(lives) - 1 for lives in twice.values())
    kind = "de-duplicates" if knows else "cannot de-duplicate"
    database = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(
        Row(
            f"kill -9 at a labelled point or any moment ({database}, the platform {kind})",
            len(story.killed),
            doubled=extra,
            recovery=max(story.recoveries),
        )
    )
