"""An operator and the work: tables without anybody's words, and changes that are safe beside the bot."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from plnbot import cli
from plnbot.doctor import examined
from plnbot.engine import work
from plnbot.engine.ports import Rejected, Unknown
from plnbot.engine.work import WorkState, admin
from plnbot.engine.work.admin import Standing
from plnbot.errors import Refused
from plnbot.operate.beside import BesideError
from plnbot.operate.worklist import list_work, tend
from tests.browser.conftest import started
from tests.engine.conftest import House, house
from tests.operate.conftest import Installation
from tests.operate.test_backup import begin_chat, command

__all__ = ["house"]
MINUTE = timedelta(minutes=1)


async def standing(house: House, key: str) -> Standing:
    """Return the work of a key."""
    every = await house.store.read(lambda tx: admin.listed(tx, tuple(WorkState)))
    return next(each for each in every if each.key == key)


async def test_a_refused_post_is_retried(house: House) -> None:
    """It is looked for first, then sent; the log says that an operator had it done."""
    house.platform.answer = lambda _outgoing: Rejected("no such room")
    await house.post("poll")
    await house.after(MINUTE)
    house.platform.answer = lambda _outgoing: None
    what = await standing(house, "poll")
    assert (what.state, what.reason) == (WorkState.REFUSED, "no such room")
    await house.store.run(lambda tx: admin.retry(tx, what.id, house.clock.now()))
    await house.after(MINUTE)
    assert house.platform.looked_for == ["poll"]
    assert house.platform.shown == ["poll"]


async def test_what_arrived_after_all_is_not_sent_twice(house: House) -> None:
    """A post whose reply was lost, parked and then retried, is found."""
    house.platform.loses_reply_to.add("poll")
    await house.post("poll")
    await house.runner.run_all_due()
    what = await standing(house, "poll")
    now = house.clock.now()
    await house.store.run(lambda tx: admin.park(tx, what.id, now))
    await house.after(timedelta(hours=1))
    assert len(house.platform.tried) == 1
    await house.store.run(lambda tx: admin.retry(tx, what.id, house.clock.now()))
    await house.after(MINUTE)
    assert (await house.ended("poll"))[0] == "done"
    assert house.platform.tried == ["poll"]


async def test_what_is_cancelled_is_not_done(house: House) -> None:
    """Neither when it was to be, nor later; done work is left as it is."""
    await house.post("poll", after=MINUTE)
    await house.post("first")
    await house.runner.run_all_due()
    now = house.clock.now()
    planned, done = await standing(house, "poll"), await standing(house, "first")
    await house.store.run(lambda tx: admin.cancel(tx, planned.id, now))
    with pytest.raises(Refused, match="is done already"):
        await house.store.run(lambda tx: admin.cancel(tx, done.id, now))
    await house.after(timedelta(hours=1))
    assert house.platform.shown == ["first"]


async def test_what_is_being_done_is_left_alone(house: House) -> None:
    """An operator who comes in mid-send is told to look again; nothing is doubled or lost."""
    said: list[str] = []

    async def comes_in(_outgoing: object) -> None:
        number = (await standing(house, "poll")).id
        for change in (admin.retry, admin.park, admin.cancel):
            try:
                await house.store.run(lambda tx, c=change: c(tx, number, house.clock.now()))  # type: ignore[misc] # a lambda of one unit
            except Refused as refused:
                said.append(str(refused.message))

    house.platform.meanwhile = comes_in
    await house.post("poll")
    await house.runner.run_all_due()
    assert ["right now" in each for each in said] == [True] * 3
    assert house.platform.shown == ["poll"]
    assert (await house.ended("poll"))[0] == "done"


async def test_the_tables_show_no_words(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    """Numbers, kinds, times and reasons; a payload only where it is asked for."""
    installation.platform.answer = lambda _outgoing: Unknown("no reply")
    async with installation.running() as life:
        await begin_chat(life)
        secret = {"words": "Canary Zq"}
        now = life.clock.now()
        await life.store.run(lambda tx: work.add(tx, "test.later", "later", now, secret))
        settings = installation.settings
        await asyncio.to_thread(list_work, settings, (), "", 50)
        table = capsys.readouterr().out
        numbers = [line.split()[0] for line in table.splitlines() if "test.later" in line]
        await asyncio.to_thread(tend, settings, "show", [int(numbers[0])])
        shown = capsys.readouterr().out
        await asyncio.to_thread(tend, settings, "show", [int(numbers[0])], payload=True)
        asked = capsys.readouterr().out
        await asyncio.to_thread(list_work, settings, (WorkState.DUE,), "engine", 1)
        short = capsys.readouterr().out
        with pytest.raises(BesideError, match="no work of the number 999"):
            await asyncio.to_thread(tend, settings, "retry", [999])
    assert "engine.post" in table
    assert "no reply" in table
    assert "Canary" not in table + shown
    assert "--payload" in shown
    assert "Canary Zq" in asked
    assert len(short.splitlines()) <= 3


async def test_the_doctor_says_what_waits(installation: Installation) -> None:
    """Parked work is to be mended, with the words to type; none is not mentioned."""

    async def said() -> list[str]:
        found = await asyncio.to_thread(lambda: list(examined(installation.settings)))
        return [each.what for each in found if "waits for you" in each.what and not each.well]

    assert await said() == []
    async with installation.running() as life:
        later = life.clock.now() + MINUTE
        await life.store.run(lambda tx: work.add(tx, "test.later", "later", later, {}))
        await life.store.run(lambda tx: admin.park(tx, 1, life.clock.now()))
        assert await said() == ["work that waits for you: 1"]


def test_beside_the_running_bot(tmp_path: Path) -> None:
    """On the command line, while the bot has its SQLite file; and in words where there is none.

    Without an action the table is shown, as the README says.
    """
    assert "no database" in command(tmp_path / "none", "work", "list").stderr
    with started(tmp_path):
        empty = command(tmp_path, "work", "list", "--state", "parked")
        bare = command(tmp_path, "work")
        missing = command(tmp_path, "work", "cancel", "7")
    assert (empty.returncode, empty.stdout) == (0, "No work.\n")
    assert bare.returncode == 0, bare.stderr
    assert (missing.returncode, "no work of the number 7" in missing.stderr) == (1, True)


def test_the_states_on_the_command_line_are_the_engines() -> None:
    """The help lists them without loading the engine."""
    assert set(cli.STATES) == {each.value for each in WorkState}
