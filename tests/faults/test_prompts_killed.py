"""Kill -9 around the asking of prompts: every date is asked once in each room, whatever died when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, text

from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.store import NewPrompt, NewRoom, Wish
from plnbot.refs import MemberRef, Place
from plnbot.schedules import Schedule
from plnbot.store.database import Tx
from plnbot.store.opening import open_store
from plnbot.testing import FrozenClock
from tests.faults.bot import POINTS, Bot, Life
from tests.faults.conftest import NOON, ROOM, Row, on_a_database
from tests.faults.lives import deaths, lived
from tests.faults.receiver import Receiver

pytestmark = pytest.mark.faults
ASKING = tuple(each for each in POINTS if not each.startswith(("take in", "answered")))
ROUNDS = 5
EASTERN = "America/New_York"
AT = datetime(2026, 11, 25, 8, 0)  # noqa: DTZ001 - a time on the wall
FIRST = NOON + timedelta(days=1, hours=20)
"""Eight in the morning of the 25th in New York."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Seen:
    """What stands in the database in the end: states of what was due, and keys of posts."""

    states: list[str]
    posts: set[str]


async def _set_up(url: str) -> None:
    store, clock = open_store(url), FrozenClock(NOON)
    desk = Bot(store, clock).desk

    def make(tx: Tx) -> None:
        by = desk.directory.known(tx, MemberRef("test", "w", "maya"))
        assert by is not None
        for number in range(40):
            words = {"en": f"What about {number}, and why?"}
            prompts.add_prompt(tx, by.network.id, NewPrompt(words), NOON)
        daily = Schedule(("FREQ=DAILY",), AT, EASTERN)
        rooms = (NewRoom(ROOM, EASTERN), NewRoom(Place("test", "w", "lounge"), EASTERN))
        wish = Wish("Daily", daily, "", timedelta(hours=6))
        actions.make(tx, wish, rooms, NOON, by=by)

    await store.run(make)
    await store.close()


def _seen(url: str, until: datetime) -> Seen:
    engine = create_engine(url)
    with engine.connect() as connection:
        before = int(until.timestamp() * 1_000_000)
        states = connection.execute(
            text("SELECT state FROM prompt_occurrence WHERE due <= :until ORDER BY due"),
            {"until": before},
        ).scalars()
        posts = connection.execute(
            text("SELECT key FROM post WHERE card = 'prompts.asked'")
        ).scalars()
        found = Seen(list(states), set(posts))
    engine.dispose()
    return found


@on_a_database
async def test_a_prompt_outlives_its_process(chat_url: str, tally: Callable[[Row], None]) -> None:
    """Day after day the process dies at another point of asking; both rooms have each prompt once."""
    await _set_up(chat_url)
    receiver, killed, number = Receiver(knows=True), 0, 0
    points = deaths(ASKING, chat_url, rounds=ROUNDS)
    days = len(points)
    async with receiver.listening() as port:
        for day, point in enumerate(points):
            due = FIRST + day * DAY
            for dies in (point, ""):
                number += 1
                now = due - timedelta(minutes=1) if dies else due + timedelta(minutes=1)
                until = due if dies else due + timedelta(hours=1)
                nth = 1 + day // len(ASKING) % 2
                life = Life(chat_url, port, number, now, (), dies, nth, until)
                killed += await lived(life)
    last = FIRST + (days - 1) * DAY
    seen = _seen(chat_url, last)
    assert killed >= days // 2, "the points are where nothing passes"
    assert seen.states == ["posted"] * days
    asked = {key: lives for key, lives in receiver.accepted.items() if key.startswith("prompt/")}
    assert set(asked) == seen.posts
    assert len(asked) == 2 * days
    assert {len(lives) for lives in asked.values()} == {1}
    database = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"kill -9 around the asking of prompts ({database})", killed))
