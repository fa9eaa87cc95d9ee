"""Kill -9 around words that are carried: each arrives once, and nothing of it is kept afterwards."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from plnbot.refs import MemberRef, Place
from plnbot.spaces import Kind, State, Wanted, open_space, store
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Interaction, Said
from plnbot.testing import FrozenClock, RecordingSender, StubSpaces
from tests.faults.bot import POINTS, Bot, Life
from tests.faults.conftest import NOON, Row, on_a_database
from tests.faults.lives import deaths, lived
from tests.faults.receiver import Receiver

pytestmark = pytest.mark.faults
ROUNDS = 4
MAYA, PRIYA = (MemberRef("test", "w", each) for each in ("maya", "priya"))


async def _set_up(url: str) -> Place:
    """Let Maya and Priya have ends, and return where Maya writes."""
    opened, clock = open_store(url), FrozenClock(NOON)
    bot = Bot(opened, clock, {"test": RecordingSender()})
    bot.runner.tools.openers["test"] = StubSpaces("test")
    people = [await bot.desk.person(each) for each in (MAYA, PRIYA)]
    ids = [each.id for each in people if each is not None]
    network = next(each.network.id for each in people if each is not None)
    wanted = Wanted(
        tenant="tests", row=1, members=ids, title="Two", network=network, prefer=Kind.RELAY,
        agreed=ids,
    )  # fmt: skip
    directory = bot.desk.directory
    number = await opened.run(lambda tx: open_space(tx, directory, wanted, NOON))
    await bot.runner.run_all_due()
    space = await opened.read(lambda tx: store.get(tx, number))
    assert space is not None
    assert space.state is State.OPEN
    end = next(each.end for each in space.members if each.who == MAYA)
    assert end is not None
    await opened.close()
    return end


@on_a_database
async def test_words_outlive_their_process(chat_url: str, tally: Callable[[Row], None]) -> None:
    """At each point it dies once, and what was said then is told again afterwards, as platforms do."""
    end = await _set_up(chat_url)
    receiver, killed, number = Receiver(knows=True), 0, 0
    points = deaths(POINTS, chat_url, rounds=ROUNDS)
    async with receiver.listening() as port:
        for nth, point in enumerate(points):
            said = Interaction(f"w{nth}", MAYA, end, Said(f"Words {nth}", f"m{nth}"), name="Maya")
            for dies in (point, "", ""):
                number += 1
                now = NOON + timedelta(minutes=number)
                life = Life(chat_url, port, number, now, (said,), dies, 1 + nth // len(POINTS))
                killed += await lived(life)
    carried = {key: lives for key, lives in receiver.accepted.items() if "/word/" in key}
    engine = create_engine(chat_url)
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT words FROM space_word ORDER BY id")).scalars().all()
    engine.dispose()
    assert killed >= len(points) // 2, "the points are where nothing passes"
    assert len(kept) == len(carried) == len(points), "each message is carried"
    assert {len(lives) for lives in carried.values()} == {1}, "and once"
    assert set(kept) == {""}, "and nothing of it is kept"
    database = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"kill -9 around words that are carried ({database})", killed))
