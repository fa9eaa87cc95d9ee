"""A bot that cannot begin, or is told to stop before it has: it says so, and ends."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from plnbot.cli import PROBLEM, main
from plnbot.store.alone import NoPlaceError, alone
from tests.conftest import without

BEGINS_FOR_LONG = """
import time
from plnbot import cli

def begin(*_given):
    print("begins", flush=True)
    time.sleep(600)

cli._run = begin
raise SystemExit(cli.main(["run"]))
"""


@contextlib.contextmanager
def begun(
    folder: Path, repository: Path, *words: str, **settings: str
) -> Iterator["subprocess.Popen[str]"]:
    """Yield a process of ours that begins, with these settings and no others; it does not outlive this."""
    kept = {name: value for name, value in os.environ.items() if "PLNBOT" not in name}
    given = {"PLNBOT_DATA_DIR": str(folder), "PLNBOT_PORT": "0", **settings}
    with subprocess.Popen(
        words, cwd=repository, env={**kept, **given}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_platform_that_is_silent_does_not_keep_it(tmp_path: Path, repository: Path) -> None:
    """Told to stop while a platform lets it wait, it does so at once, as if it had begun."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        api = f"http://127.0.0.1:{silent.getsockname()[1]}/api/v10"
        discord = {"PLNBOT_DISCORD_TOKEN": "x" * 20, "PLNBOT_DISCORD_API_URL": api}
        with begun(tmp_path, repository, sys.executable, "-m", "plnbot", **discord) as bot:
            asked, _address = silent.accept()
            bot.send_signal(signal.SIGTERM)
            said, _none = bot.communicate(timeout=60)
            asked.close()
    assert bot.returncode == 0
    assert said == "plnbot has stopped; nothing is lost.\n"


def test_the_first_process_of_a_container_hears(tmp_path: Path, repository: Path) -> None:
    """To it SIGTERM means nothing by itself; who stops a container that begins is heard all the same."""
    unshare = shutil.which("unshare")
    if unshare is None:
        without("there is no unshare here (Debian's package is called util-linux)")
    new = [unshare, "--user", "--map-root-user", "--pid", "--fork", "--kill-child"]
    if subprocess.run([*new, "true"], capture_output=True, check=False).returncode:
        without("this system makes no namespaces for processes")
    with begun(tmp_path, repository, *new, sys.executable, "-c", BEGINS_FOR_LONG) as outer:
        assert outer.stdout is not None
        assert outer.stdout.readline() == "begins\n"
        tasks = Path(f"/proc/{outer.pid}/task/{outer.pid}/children").read_text()
        os.kill(int(tasks), signal.SIGTERM)
        assert outer.wait(timeout=60) == PROBLEM


@pytest.mark.parametrize("name", ["a file", "a file/below"])
def test_a_folder_that_cannot_be_is_told_in_words(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    """It says which folder, why, and what to do, in one line."""
    (tmp_path / "a file").touch()
    folder = tmp_path / name
    assert main(["--data-dir", str(folder), "--port", "0", "run"]) == PROBLEM
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(f"plnbot: The folder {folder} cannot be written to: ")
    assert f"(number {os.getuid()})" in line


def test_a_database_elsewhere_is_told_in_words(tmp_path: Path) -> None:
    """So is the folder of a database that stands apart from the data folder."""
    with (
        pytest.raises(NoPlaceError, match="nowhere cannot be written to"),
        alone(f"sqlite:///{tmp_path}/nowhere/plnbot.sqlite3"),
    ):
        pass
