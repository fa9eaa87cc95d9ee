"""Processes that are paused, told to stop, or away for eleven minutes of a chat."""

import asyncio
import itertools
import json
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from plnbot.engine.rehearsing import set_rehearsal
from plnbot.engine.runner.delivering import SENT_AGAIN
from plnbot.engine.work import LEASE
from plnbot.first_start import LOBBY, Beginnings, first_network
from plnbot.refs import MemberRef, Place
from plnbot.store.migrations import migrate
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Interaction, Press, Submit, What
from plnbot.testing import FrozenClock
from tests.faults import programs
from tests.faults.bot import Bot, Life, live
from tests.faults.conftest import EIGHT, LONG, NOON, SIX, Row, processes
from tests.faults.receiver import Receiver
from tests.faults.test_kills import found

pytestmark = pytest.mark.faults
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# Where a process holds leases and no lock in the database, which would hold up the other one.
PAUSES = (
    *(
        f"{unit}, {stage}"
        for unit in ("handle", "prepare", "record")
        for stage in ("asked", "committed")
    ),
    "about to send",
    "accepted, not replied",
    "replied, not recorded",
)


class Child:
    """One life in a process that is waited for from here."""

    def __init__(self, life: Life) -> None:
        self._ours, theirs = processes.Pipe(duplex=False)
        self.process = processes.Process(target=live, args=(life, theirs))
        self.process.start()
        theirs.close()

    def paused(self) -> bool:
        """Wait until the process is stopped; return False where it came to its end instead."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        while self.process.is_alive():
            if stat.read_text().rpartition(")")[2].split()[0] == "T":
                return True
            time.sleep(0.01)
        return False

    async def ended(self) -> int | None:
        """Wait for its end."""
        await asyncio.to_thread(self.process.join, 60)
        self._ours.close()
        return self.process.exitcode


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
@pytest.mark.parametrize("platform", ["de-duplicates", "cannot"])
@pytest.mark.parametrize("point", PAUSES if LONG else PAUSES[::2])
async def test_a_lease_holder_is_paused_past_its_lease(
    chat_url: str, point: str, platform: str, tally: Callable[[Row], None]
) -> None:
    """Another process takes its work over; when it goes on it is fenced, and nothing is doubled."""
    receiver = Receiver(platform == "de-duplicates")
    now = EIGHT + 11 * MINUTE
    async with receiver.listening() as port:
        first = Child(Life(chat_url, port, 1, now, (), point, 1, None, signal.SIGSTOP))
        assert await asyncio.to_thread(first.paused), f"it never came to: {point}"
        second = Child(Life(chat_url, port, 2, now + LEASE + SECOND, ()))
        assert await second.ended() == 0
        os.kill(first.process.pid or 0, signal.SIGCONT)
        assert await first.ended() == 0
        third = Child(Life(chat_url, port, 3, now + 3 * MINUTE, (), "", 1, EIGHT + 90 * MINUTE))
        assert await third.ended() == 0
    seen = found(chat_url)
    assert seen.asked == tuple(range(1, 7))
    assert set(seen.states) <= {"done", "cancelled"}
    twice = {key: lives for key, lives in receiver.accepted.items() if len(lives) > 1}
    assert not (receiver.knows and twice)
    for key, lives in twice.items():
        assert sorted(lives) == [1, 2], "only what was on its way when it was paused"
        assert seen.reasons[key] == SENT_AGAIN
    assert set(seen.posts) == set(receiver.accepted)
    kind = "de-duplicates" if receiver.knows else "cannot de-duplicate"
    fault = f"a lease holder paused past its lease and continued (the platform {kind})"
    tally(Row(fault, 1, doubled=sum(len(lives) - 1 for lives in twice.values())))


@pytest.mark.parametrize("silent", ["slow", "silent"])
async def test_told_to_stop_in_the_middle_of_a_send(
    chat_url: str, silent: str, tally: Callable[[Row], None]
) -> None:
    """What can be finished is; what cannot is given back; it ends within ten seconds."""
    receiver = Receiver(knows=True, slow=0.5, silent=silent == "silent")
    async with receiver.listening() as port:
        process = processes.Process(target=programs.serve, args=(chat_url, port, EIGHT))
        process.start()
        await receiver.reached.wait()
        began = time.monotonic()
        os.kill(process.pid or 0, signal.SIGTERM)
        async with asyncio.timeout(10):
            await asyncio.to_thread(process.join)
        took = time.monotonic() - began
        assert process.exitcode == 0
        before = found(chat_url)
        assert before.states["leased"] == 0
        assert len(before.posts) == (0 if silent == "silent" else len(receiver.accepted))
        receiver.silent, receiver.slow = False, 0.0
        after = Child(Life(chat_url, port, 2, EIGHT + 10 * SECOND, ()))
        assert await after.ended() == 0
    seen = found(chat_url)
    assert {key: len(lives) for key, lives in receiver.accepted.items()} == dict.fromkeys(
        seen.posts, 1
    )
    assert "chat/1/welcome" in seen.posts
    tally(Row(f"SIGTERM in mid-send, to a platform that is {silent}", 1, recovery=took))


RATE = 40.0


async def rehearsed(url: str, at: datetime) -> None:
    """Make a rehearsal in the lobby whose chat has run until `at`, and whose clock shows that now."""
    clock = FrozenClock(NOON)
    store = open_store(url)
    wanted = Beginnings("PLN", "en", "America/New_York")
    await store.run(lambda tx: first_network(tx, wanted, NOON))
    bot = Bot(store, clock)
    maya, room = MemberRef("web", LOBBY, "maya"), Place("web", LOBBY, "chat-night")
    plan = {"questions": SIX, "starts": "today 8 pm Eastern", "plan": "classic60", "title": ""}
    steps: tuple[What, ...] = (Submit("chat.new", plan), Press("chat.publish", "1"))
    for number, what in enumerate(steps):
        await bot.desk.handle(Interaction(f"plan {number}", maya, room, what, "en", "Maya"))
    from adapters.web.sender import WebSender

    bot.runner.senders["web"] = WebSender(store, clock)
    await bot.pass_time(at)
    await store.run(lambda tx: set_rehearsal(tx, RATE, at, datetime.now(UTC)))
    await store.close()


def rows(file: Path, query: str) -> Sequence[tuple[object, ...]]:
    """Return what stands in a SQLite database."""
    with closing(sqlite3.connect(file, timeout=30)) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGKILL])
async def test_away_from_8_20_to_8_31(
    tmp_path: Path, how: signal.Signals, tally: Callable[[Row], None]
) -> None:
    """One late Q3 with a line of apology; the plan keeps its end; the moderators are told."""
    file = tmp_path / "plnbot.sqlite3"
    url = f"sqlite:///{file}"
    await asyncio.to_thread(migrate, url)
    await rehearsed(url, EIGHT + 19 * MINUTE + 30 * SECOND)
    began = time.monotonic()
    minute = 60 / RATE
    process = start(tmp_path)
    await asyncio.sleep(max(0.0, began + minute - time.monotonic()))
    os.kill(process.pid or 0, how)
    await asyncio.sleep(max(0.0, began + 11.6 * minute - time.monotonic()))
    assert rows(file, "SELECT number FROM chat_question WHERE asked_at IS NOT NULL") == [(1,), (2,)]
    back = time.monotonic()
    if how == signal.SIGSTOP:
        os.kill(process.pid or 0, signal.SIGCONT)
    else:
        process.join()
        process = start(tmp_path)
    third = "SELECT args FROM post WHERE key = 'chat/1/question/3'"
    moved = "SELECT 1 FROM post WHERE card = 'chats.plan_moved'"
    for query in (third, moved):
        await asyncio.to_thread(until_found, file, query)
    took = time.monotonic() - back
    process.kill()
    process.join()
    assert [json.loads(str(args))["late"] for (args,) in rows(file, third)] == [1]
    posted = rows(file, "SELECT card FROM web_message WHERE card LIKE '%this one comes late%'")
    assert len(posted) == 1
    ((planned,),) = rows(file, "SELECT moments FROM chat")
    moments = json.loads(str(planned))
    ((asked_at,),) = rows(file, "SELECT asked_at FROM chat_question WHERE number = 3")
    asked = datetime.fromtimestamp(int(str(asked_at)) / 1e6, UTC)
    assert datetime.fromisoformat(moments[-1]["at"]) == EIGHT + 60 * MINUTE
    times = [asked, *(datetime.fromisoformat(each["at"]) for each in moments[:-1])]
    assert [each["number"] for each in moments[:3]] == [4, 5, 6]
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert min(gaps) >= 5 * MINUTE
    assert max(gaps[:3]) < 8 * MINUTE, "shorter than the eight minutes of the plan"
    name = "paused" if how == signal.SIGSTOP else "killed, and started again"
    tally(Row(f"away from 8:20 to 8:31 of a chat ({name})", 1, recovery=took))


def start(folder: Path) -> ForkServerProcess:
    """Start `./run` on this rehearsal."""
    settings = {"PLNBOT_PORT": "0", "PLNBOT_DATA_DIR": str(folder)}
    words = ["--rate", f"{RATE:g}", "run"]
    process = processes.Process(target=programs.run_plnbot, args=(words, settings, folder / "said"))
    process.start()
    return process


def until_found(file: Path, query: str) -> None:
    """Wait until something stands in the database."""
    until = time.monotonic() + 30
    while not rows(file, query):
        assert time.monotonic() < until, query
        time.sleep(0.02)
