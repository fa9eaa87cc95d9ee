"""What the bot keeps on disk is for whoever runs it, and nobody else on the machine."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import load_settings
from plnbot.doctor import examined
from plnbot.operate import backup


@pytest.fixture
def careless() -> Iterator[None]:
    """Let new files be readable by everybody, as most systems do."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("careless")
def test_nobody_else_reads_the_data_folder(tmp_path: Path, repository: Path) -> None:
    """The folder, the database and all beside it have no rights for others, whatever the umask."""
    folder = tmp_path / "data"
    command = [sys.executable, "-m", "plnbot", "--data-dir", str(folder), "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if "PLNBOT" not in name}
    with subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, env=environment) as bot:
        assert bot.stdout is not None
        while not bot.stdout.readline().startswith(b"http"):
            assert bot.poll() is None
        kept = {each.name: each.stat().st_mode & 0o077 for each in (folder, *folder.rglob("*"))}
        bot.send_signal(signal.SIGTERM)
    assert "plnbot.sqlite3" in kept
    assert not any(kept.values()), kept


def test_a_backup_is_not_written_through_what_lies_there(tmp_path: Path) -> None:
    """A link or an open file under the name of the unfinished backup gets nothing of it."""
    target, precious = tmp_path / "plnbot.sqlite3", tmp_path / "precious"
    precious.write_text("mine")
    part = tmp_path / ".plnbot.sqlite3.part"
    part.symlink_to(precious)
    with backup.written(target) as draft:
        draft.write_text("a backup")
    assert precious.read_text() == "mine"
    part.write_text("open to all")
    part.chmod(0o666)
    with part.open() as waiting, backup.written(tmp_path / "plnbot.sqlite3") as draft:
        draft.write_text("another backup")
        assert waiting.read() == "open to all"
    assert target.read_text() == "another backup"
    assert target.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("mode", "words"), [(0o644, "chmod 600"), (0o640, "not for everybody")])
def test_the_doctor_sees_who_can_read_tokens(tmp_path: Path, mode: int, words: str) -> None:
    """Settings that others on the machine could read are named, with the way to mend it."""
    kept = tmp_path / "plnbot.env"
    kept.write_text("PLNBOT_DISCORD_TOKEN=")
    kept.chmod(mode)
    found = [
        each for each in examined(load_settings({"data_dir": tmp_path})) if str(kept) in each.what
    ]
    assert len(found) == 1
    assert words in f"{found[0].what} {found[0].mend}"
