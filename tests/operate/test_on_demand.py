"""Backups that an administrator asks for: made outside, told, few, and never at a member's word."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from plnbot.engine import work
from plnbot.engine.children import Children
from plnbot.engine.heavy import HeavyError
from plnbot.operate import on_demand
from plnbot.operate.backup import look
from plnbot.operate.dumps import check
from plnbot.operate.on_demand import KEPT, KEY, PAUSE, OnDemand
from plnbot.talk.interactions import Answer, Command, Reply
from plnbot.talk.plain import card_as_text
from plnbot.testing import HeavyHere
from tests.operate.conftest import Installation, Life

MINUTE = timedelta(minutes=1)
MAKE = f"{on_demand.__name__}:make"


@pytest.fixture
async def life(installation: Installation) -> AsyncIterator[Life]:
    """Return a bot whose administrator is Ana, and that can make backups."""
    async with installation.running() as life:
        settings = installation.settings
        backups = OnDemand(settings.database, settings.data_dir / "backups")
        life.parts.desk.routes.include(backups.routes())
        life.parts.runner.tools.heavy = HeavyHere()
        await life.do("ana", Command("home"), leads=True)
        await life.do("bo", Command("home"))
        installation.platform.sent.clear()
        yield life


def heavy(life: Life) -> HeavyHere:
    """Return the fake for heavy work."""
    found = life.parts.runner.tools.heavy
    assert isinstance(found, HeavyHere)
    return found


def made(installation: Installation) -> list[Path]:
    """Return what was asked for and stands, oldest first."""
    return sorted((installation.settings.data_dir / "backups").glob("plnbot-asked-*"))


def told(installation: Installation) -> list[str]:
    """Return what was said directly, each card as one line of words."""
    return [" ".join(card_as_text(each.card).split()) for each in installation.platform.sent]


def said(answer: Answer) -> str:
    """Return the words of an answer."""
    assert isinstance(answer, Reply)
    return card_as_text(answer.card)


async def test_an_administrator_has_a_backup_made(life: Life, installation: Installation) -> None:
    """It is whole, lies where restore looks, and its maker is told twice: that and when."""
    answer = await life.do("ana", Command("backup"))
    assert "A backup is being made" in said(answer)
    (file,) = made(installation)
    assert file.stat().st_mode & 0o077 == 0
    found = look(file) if file.suffix == ".sqlite3" else check(file)
    assert found
    first, *_edits = told(installation)
    assert re.search(r"A backup is being made|The backup is made", first)
    assert file.name in first
    assert any("The backup is whole" in each and file.name in each for each in told(installation))
    assert {each.to for each in installation.platform.sent} == {installation.platform.sent[0].to}
    standing = await life.store.read(lambda tx: work.progress(tx, KEY))
    assert standing is not None
    assert standing.state == "done"


async def test_a_member_has_none_made(life: Life, installation: Installation) -> None:
    """It is for administrators."""
    answer = await life.do("bo", Command("backup"))
    assert "another role" in said(answer)
    assert made(installation) == []


async def test_another_network_has_none_made(life: Life, installation: Installation) -> None:
    """A backup holds all of them, so who connected a workspace of their own is sent on."""
    await life.parts.desk.settle("test", "elsewhere", "Lakeside", joins=False)
    theirs = await life.do("zoe", Command("backup"), leads=True, workspace="elsewhere")
    assert "first network" in said(theirs)
    assert made(installation) == []


async def test_they_are_few_and_far_between(life: Life, installation: Installation) -> None:
    """One at a time, a pause after each, the newest few kept, and nobody else's file touched."""
    folder = installation.settings.data_dir / "backups"
    folder.mkdir()
    (folder / "plnbot-20200101-000000.sqlite3").write_text("an operator's own")
    (folder / ".plnbot-asked-20200101-000000.sqlite3.part").write_text("left by a kill")
    for number in range(KEPT + 2):
        await life.do("ana", Command("backup"))
        at_once = await life.do("ana", Command("backup"))
        assert "only a moment old" in said(at_once)
        life.clock.advance(PAUSE + MINUTE)
        assert len(made(installation)) == min(number + 1, KEPT)
    names = sorted(each.name for each in folder.iterdir())
    assert names == ["plnbot-20200101-000000.sqlite3", *(each.name for each in made(installation))]


async def test_a_second_one_waits_for_the_first(life: Life) -> None:
    """While one is planned or made, another is not."""
    now = life.clock.now()
    await life.store.run(lambda tx: work.put(tx, "operate.later", KEY, now + MINUTE, {}))
    assert "being made already" in said(await life.do("ana", Command("backup")))


async def test_what_fails_is_told(life: Life, installation: Installation) -> None:
    """Tried again once; then whoever asked reads that there is none, and where the reason is."""
    heavy(life).fails[MAKE] = HeavyError("it was ended by SIGKILL")
    await life.do("ana", Command("backup"))
    life.clock.advance(10 * MINUTE)
    await life.parts.runner.run_all_due()
    assert len(heavy(life).ran) == 2
    assert any("There is no new backup" in each for each in told(installation))
    assert any("The backup was not made" in each for each in told(installation))
    assert made(installation) == []


async def test_too_little_room_is_said_before_the_disk_is_full(
    life: Life, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is begun that would leave the database itself no room."""
    monkeypatch.setattr(on_demand, "_ROOM_LEFT", 1 << 62)
    await life.do("ana", Command("backup"))
    assert made(installation) == []
    reasons = work_reasons(life)
    assert await reasons == "there is too little room on the disk"


async def work_reasons(life: Life) -> str:
    """Return why the backup waits for another try."""
    from plnbot.engine.store import work as table

    query = table.select().where(table.c.key == KEY)
    return str((await life.store.read(lambda tx: tx.execute(query).one())).reason)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_real_child_makes_it(life: Life, installation: Installation) -> None:
    """Within its limits of memory and time, and with nothing of the bot's environment."""
    life.parts.runner.tools.heavy = Children()
    await life.do("ana", Command("backup"))
    (file,) = made(installation)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM account").fetchone() == (2,)
    await life.parts.runner.tools.heavy.close()
