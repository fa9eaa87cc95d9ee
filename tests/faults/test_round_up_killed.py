"""Kill -9 around the morning after a prompt: each round-up once in its room, each answer noted once."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, select

from plnbot.activities.store import activity
from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.store import NewPrompt, NewRoom, Wish
from plnbot.prompts.store.answering import closing
from plnbot.refs import MemberRef
from plnbot.schedules import Schedule
from plnbot.store.database import Tx
from plnbot.store.opening import open_store
from plnbot.testing import FrozenClock
from tests.faults.bot import POINTS, Bot, Life
from tests.faults.conftest import NOON, ROOM, Row, on_a_database
from tests.faults.lives import deaths, lived
from tests.faults.receiver import Receiver

pytestmark = pytest.mark.faults
MORNINGS = tuple(each for each in POINTS if not each.startswith(("take in", "answered")))
ROUNDS = 5
EASTERN = "America/New_York"
AT = datetime(2026, 11, 23, 15, 45)  # noqa: DTZ001 - a time on the wall
ASKED = NOON + timedelta(hours=3, minutes=45)
MORNING = NOON + timedelta(hours=20)
DAY = timedelta(days=1)
WHO = MemberRef("test", "w", "maya")


async def _set_up(url: str) -> None:
    store, clock = open_store(url), FrozenClock(NOON)
    desk = Bot(store, clock).desk

    def make(tx: Tx) -> None:
        by = desk.directory.known(tx, WHO)
        assert by is not None
        for number in range(60):
            words = {"en": f"What about {number}, and why?"}
            prompts.add_prompt(tx, by.network.id, NewPrompt(words), NOON)
        wish = Wish("Daily", Schedule(("FREQ=DAILY",), AT, EASTERN), "", timedelta(hours=6))
        actions.make(tx, wish, [NewRoom(ROOM, EASTERN)], NOON, by=by)

    await store.run(make)
    await store.close()


async def _answered(url: str, now: datetime) -> None:
    """Let somebody answer what was asked last."""
    store = open_store(url)
    desk = Bot(store, FrozenClock(now)).desk

    def give(tx: Tx) -> None:
        by = desk.directory.known(tx, WHO)
        (open_one,) = prompts.open_on(tx, "test", None)
        talk = actions.talk_of(tx, now, open_one.occurrence.id)
        assert by is not None
        assert talk is not None
        actions.answer(talk, by, ROOM, words=f"Said at {now}", choice=None)

    await store.run(give)
    await store.close()


@on_a_database
async def test_a_round_up_outlives_its_process(chat_url: str, tally: Callable[[Row], None]) -> None:
    """Morning after morning the process dies at another point of gathering."""
    await _set_up(chat_url)
    receiver, killed, number = Receiver(knows=True), 0, 0
    points = deaths(MORNINGS, chat_url, rounds=ROUNDS)
    async with receiver.listening() as port:
        for day, point in enumerate(points):
            asked, morning = ASKED + day * DAY, MORNING + day * DAY
            number += 1
            evening = asked + timedelta(hours=1)
            await lived(Life(chat_url, port, number, asked, (), until=evening))
            await _answered(chat_url, evening)
            nth = 1 + day // len(MORNINGS) % 2
            number += 2
            dying = Life(chat_url, port, number - 1, morning, (), point, nth, morning)
            killed += await lived(dying)
            after = morning + timedelta(minutes=2)
            await lived(Life(chat_url, port, number, after, (), until=after + timedelta(hours=1)))
    accepted = {
        key: lives for key, lives in receiver.accepted.items() if key.startswith("prompt_round_up/")
    }
    assert killed >= len(points) // 2, "the points are where nothing passes"
    assert len(accepted) == len(points)
    assert {len(lives) for lives in accepted.values()} == {1}
    engine = create_engine(chat_url)
    with engine.connect() as connection:
        closed = connection.execute(select(closing.c.closed_at)).scalars().all()
        noted = Counter(connection.execute(select(activity.c.source_ref)).scalars())
    engine.dispose()
    assert None not in closed
    assert len(noted) == len(points)
    assert set(noted.values()) == {1}
    database = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"kill -9 around the round-up of a prompt ({database})", killed))
