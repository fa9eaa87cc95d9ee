"""Backups are whole, restores are safe: nobody comes back, nothing is sent twice."""

import asyncio
import contextlib
import functools
import itertools
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from config.settings import load_settings
from plnbot.chats import store as chats
from plnbot.engine import work
from plnbot.errors import PlnError
from plnbot.members import store as members
from plnbot.operate.backup import BackupError, back_up
from plnbot.operate.dumps import in_use
from plnbot.operate.restore import RestoreError, restore
from plnbot.refs import MemberRef
from plnbot.store.alone import TakenError, alone
from plnbot.store.database import Tx
from plnbot.store.migrations.stepping import differences
from plnbot.store.postgresql import APPLICATION
from plnbot.talk.interactions import Command, OpenForm, Press, Submit
from plnbot.talk.uploads import received
from tests.browser.conftest import started
from tests.engine.test_platforms import DOCUMENT, EIGHT
from tests.operate.conftest import Installation, Life
from tests.postgres import Server

MINUTE = timedelta(minutes=1)
QUESTIONS = f"{DOCUMENT}\nQ3: And then?\nQ4: What stays?"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def begin_chat(life: Life) -> None:
    """Let Ana plan and publish a chat for eight, and Bo be there."""
    form = await life.do("ana", Command("chat new"), leads=True)
    assert isinstance(form, OpenForm)
    values = {"questions": QUESTIONS, "starts": "today 8 pm Eastern", "plan": "classic60"}
    await life.do("ana", Submit("chat.new", values))
    await life.do("ana", Press("chat.publish", "1"))
    await life.do("bo", Command("help"))


async def pass_time(life: Life, minutes: int) -> None:
    """Let everything happen at its own time until so many minutes after eight."""
    goal = EIGHT + minutes * MINUTE
    while (at := await life.store.read(work.next_at)) is not None and at <= goal:
        life.clock.at = max(at, life.clock.at)
        await life.parts.runner.run_all_due()
    life.clock.at = goal


async def backup(installation: Installation) -> Path:
    """Back up and return the file."""
    folder = installation.settings.data_dir / "backups"
    before = set(folder.glob("plnbot-*"))
    target = folder / f"plnbot-{len(before)}.bak"
    assert await asyncio.to_thread(back_up, installation.settings, str(target)) == 0
    return target


async def restored(installation: Installation, file: Path) -> None:
    """Restore a backup while the bot does not run."""
    done = await asyncio.to_thread(restore, installation.settings, str(file), installation.clock)
    assert done == 0


def titles(installation: Installation) -> Counter[str]:
    """Count what the platform was sent, edits apart, by title and label."""
    return Counter(
        f"{each.to} {each.card.label.bare()} {each.card.title.bare()}"
        for each in installation.platform.sent
        if not each.edits
    )


@pytest.mark.parametrize("lost_at", [31, 40, 75])
async def test_what_was_sent_since_the_backup_is_not_sent_again(
    installation: Installation, lost_at: int
) -> None:
    """Backed up at 8:12, lost in the chat or after it, restored: every card stands once.

    The platform shows twice what it is sent twice, so what it holds was looked for first.
    """
    async with installation.running() as life:
        await begin_chat(life)
        await pass_time(life, 12)
        file = await backup(installation)
        await pass_time(life, 31)
    await restored(installation, file)
    async with installation.running() as life:
        await pass_time(life, 120)
        chat = await life.store.read(lambda tx: chats.get_chat(tx, 1))
        pending = await life.store.read(work.backlog)
    assert chat is not None
    assert chat.run.state.value == "archived"
    sent = titles(installation)
    assert [name for name, count in sent.items() if count > 1] == []
    for number in range(1, 5):
        assert sum(f"Q{number}" in name for name in sent) == 1
    assert pending.get("parked", 0) == 0


async def test_where_a_platform_cannot_look_it_waits_for_an_operator(
    installation: Installation,
) -> None:
    """What may stand already is held; what was due after the restore goes out by itself."""
    installation.platform.finds = False
    async with installation.running() as life:
        await begin_chat(life)
        await pass_time(life, 12)
        file = await backup(installation)
        await pass_time(life, 31)
    sent_before = len(installation.platform.sent)
    await restored(installation, file)
    async with installation.running() as life:
        held = await life.store.read(
            lambda tx: tx.execute(
                text("SELECT key, reason FROM work WHERE state = 'parked' ORDER BY id")
            ).all()
        )
        await pass_time(life, 120)
    new = [each for each in installation.platform.sent[sent_before:] if not each.edits]
    assert held
    assert all("may stand already" in row.reason for row in held)
    assert any(row.key.startswith("chat/1/question/") for row in held)
    assert any("archive" in each.card.title.bare().lower() for each in new)
    assert [name for name, count in titles(installation).items() if count > 1] == []


@pytest.mark.parametrize("journal_lost", [False, True])
async def test_who_was_erased_stays_erased(
    installation: Installation, *, journal_lost: bool
) -> None:
    """An erasure after the backup is done again, from the journal or from the database before."""
    async with installation.running() as life:
        await life.do("ana", Command("help"), leads=True)
        await life.do("bo", Submit("members.start", {"school": "Oak Zq", "subjects": "math", "zone": "UTC", "quiet": "none"}))  # fmt: skip
        file = await backup(installation)
        await life.do("bo", Submit("members.forget", {"answers": "gone"}))
    journal = installation.settings.data_dir / "erasures.jsonl"
    assert "Bo" not in journal.read_text()
    if journal_lost:
        journal.unlink()
    await restored(installation, file)
    async with installation.running() as life:
        names = await life.store.read(
            lambda tx: [row.name for row in tx.execute(members.member.select())]
        )
        assert names == ["Ana Zq", "Former member 2"]
        assert "Oak Zq" not in str(await life.store.read(lambda tx: tx.execute(members.member.select()).all()))  # fmt: skip
    assert journal.read_text().count("\n") == 1


async def test_files_come_back_with_the_hours_that_they_show(installation: Installation) -> None:
    """What was sent along and is gone since is there again, byte by byte."""
    log = {"title": "Fractions", "day": "", "minutes": "5", "what_kind": "workshop"}
    details = {"what": "certificate", "held_by": "", "place": "", "shares": []}
    content = b"%PDF-1.7\0\xff\n" + bytes(range(256))
    kept = text("SELECT content FROM credit_file")
    async with installation.running() as life:
        await life.do("ana", Submit("credit.log", log))
        files = {"files": [received("certificate.pdf", content)]}
        await life.do("ana", Submit("credit.evidence", details, "1", files=files))
        file = await backup(installation)
        await life.do("ana", Press("credit.withdraw", "1"))
        assert not await life.store.read(lambda tx: tx.execute(kept).all())
    await restored(installation, file)
    async with installation.running() as life:
        assert bytes(await life.store.read(lambda tx: tx.execute(kept).scalar_one())) == content


@on_sqlite
async def test_an_older_file_put_back_by_hand_brings_nobody_back(
    installation: Installation,
) -> None:
    """Whoever copies a backup over the database gets the erasures done at the next start."""
    async with installation.running() as life:
        await life.do("ana", Command("help"), leads=True)
        await life.do("bo", Command("help"))
        file = await backup(installation)
        await life.do("bo", Submit("members.forget", {"answers": "gone"}))
    await asyncio.to_thread(shutil.copy, file, installation.settings.database[len("sqlite:///") :])
    async with installation.running() as life:
        names = await life.store.read(
            lambda tx: [row.name for row in tx.execute(members.member.select())]
        )
    assert names == ["Ana Zq", "Former member 2"]


@on_sqlite
async def test_a_backup_while_everybody_writes_is_of_one_moment(installation: Installation) -> None:
    """Rows that are always written in pairs are in the copy in pairs, however busy it is."""
    async with installation.running() as life:
        stop, busy = asyncio.Event(), asyncio.Event()
        numbers = itertools.count()

        def pair(tx: Tx, number: int) -> None:
            for half in ("left", "right"):
                work.add(tx, "pair", f"{half}/{number}", life.clock.now() + timedelta(days=1), {})

        async def keep_writing() -> None:
            while not stop.is_set():
                number = next(numbers)
                await life.store.run(functools.partial(pair, number=number))
                if number == 50:
                    busy.set()

        writers = asyncio.create_task(keep_writing())
        await busy.wait()
        file = await backup(installation)
        at_backup = next(numbers)
        stop.set()
        await writers
    with contextlib.closing(sqlite3.connect(file)) as copy:
        lefts = {k[5:] for (k,) in copy.execute("SELECT key FROM work WHERE key LIKE 'left/%'")}
        rights = {k[6:] for (k,) in copy.execute("SELECT key FROM work WHERE key LIKE 'right/%'")}
    assert 50 < len(lefts) <= at_backup
    assert lefts == rights
    assert file.stat().st_mode & 0o777 == 0o600


@on_sqlite
def test_what_cannot_be_restored_changes_nothing(installation: Installation) -> None:
    """Damaged, foreign, newer, missing: the words say which, and the database stands as it did."""
    folder, url = installation.settings.data_dir, installation.settings.database
    live, whole = Path(url.removeprefix("sqlite:///")), folder / "whole"
    back_up(installation.settings, str(whole))
    damaged, other, newer = folder / "damaged", folder / "other", folder / "newer"
    content = bytearray(whole.read_bytes())
    content[4096:12288] = b"\xaa" * 8192
    damaged.write_bytes(content)
    with contextlib.closing(sqlite3.connect(other)) as made:
        made.execute("CREATE TABLE t (x)")
    newer.write_bytes(whole.read_bytes())
    with contextlib.closing(sqlite3.connect(newer)) as made, made:
        made.execute("UPDATE alembic_version SET version_num = '9999'")
    (folder / "text").write_text("no database")
    before = live.read_bytes()
    for file, words in (
        (damaged, "damaged"),
        (other, "holds no database of plnbot"),
        (newer, "newer version"),
        (folder / "text", "no database at all"),
        (folder / "none", "There is no file"),
    ):
        with pytest.raises(PlnError, match=words):
            restore(installation.settings, str(file))
    with alone(url), pytest.raises(TakenError):
        restore(installation.settings, str(whole))
    assert live.read_bytes() == before
    assert not list(live.parent.glob("*.before-*"))
    assert not list(live.parent.glob(".*"))
    with pytest.raises(BackupError, match="there already"):
        back_up(installation.settings, str(whole))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_postgresql_in_use_is_not_restored(installation: Installation) -> None:
    """While a bot is connected nothing is changed; a missing tool is said in words."""
    async with installation.running() as life:
        await life.do("ana", Command("help"), leads=True)
        file = await backup(installation)
        with pytest.raises(RestoreError, match="Stop every process"):
            await restored(installation, file)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_connection_that_ends_meanwhile_is_waited_for(installation: Installation) -> None:
    """A bot that has just ended may leave a connection for a moment; that is no bot that runs."""
    url = installation.settings.database
    engine = create_engine(url, connect_args={"application_name": APPLICATION}, poolclass=NullPool)
    lingering = engine.connect()
    lingering.exec_driver_sql("SELECT 1")
    leaves = threading.Timer(1, lingering.close)
    leaves.start()
    assert not await asyncio.to_thread(in_use, url)
    leaves.join()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_dump_from_before_an_update_is_restored(installation: Installation) -> None:
    """Tables, types and functions that came later go, whatever refers to what."""
    async with installation.running() as life:
        await life.do("ana", Command("help"), leads=True)
        file = await backup(installation)
        for statement in (
            "CREATE TYPE later_kind AS ENUM ('a')",
            "CREATE TABLE later (id bigserial, kind later_kind, who bigint REFERENCES member (id))",
            "CREATE FUNCTION later_of(k later_kind) RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "INSERT INTO later (kind, who) VALUES ('a', 1)",
        ):
            await life.store.run(
                lambda tx, s=statement: tx.conn.exec_driver_sql(s)  # type: ignore[misc] # one unit
            )
    await restored(installation, file)
    async with installation.running() as life:
        left = await life.store.read(
            lambda tx: tx.execute(
                text("SELECT to_regclass('later'), to_regtype('later_kind')")
            ).one()
        )
        assert tuple(left) == (None, None)
        assert await life.parts.desk.person(MemberRef("test", "w", "ana")) is not None
    assert differences(installation.settings.database) == []


@pytest.mark.rows(145)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_restored_on_a_new_server(installation: Installation, server: Server) -> None:
    """A database that was only just made needs nothing kept aside; what is due is looked for."""
    async with installation.running() as life:
        await life.do("ana", Command("help"), leads=True)
        file = await backup(installation)
    data = {"data_dir": str(installation.settings.data_dir.with_name("new"))}
    installation.settings = load_settings({**data, "database_url": server.make("new_server")})
    await restored(installation, file)
    assert not (installation.settings.data_dir / "backups").exists()
    async with installation.running() as life:
        assert await life.parts.desk.person(MemberRef("test", "w", "ana")) is not None
        assert life.parts.runner.tools.restored_at == installation.clock.now()
    server.drop("new_server")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_without_the_tools_of_postgresql(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to install is said."""
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(PlnError, match="postgresql-client"):
        back_up(installation.settings, None)


def command(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run plnbot on a data folder."""
    return subprocess.run(
        [sys.executable, "-m", "plnbot", "--data-dir", str(folder), *map(str, words)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.rows(145)
def test_on_the_command_line(tmp_path: Path) -> None:
    """Backed up beside the running bot, refused while it runs, restored after it, in a new folder too."""
    here, there = tmp_path / "here", tmp_path / "there"
    with started(here):
        backed_up = command(here, "backup", tmp_path / "copy.sqlite3")
        assert backed_up.returncode == 0, backed_up.stderr
        assert "The backup is whole" in backed_up.stdout
        assert "6 members" in backed_up.stdout
        refused = command(here, "restore", tmp_path / "copy.sqlite3")
        assert (refused.returncode, "Another plnbot" in refused.stderr) == (1, True)
    done = command(here, "restore", tmp_path / "copy.sqlite3")
    assert done.returncode == 0, done.stderr
    assert "What was there before is kept" in done.stdout
    new = command(there, "restore", tmp_path / "copy.sqlite3")
    assert "There was no database before" in new.stdout
    with started(there):
        pass
