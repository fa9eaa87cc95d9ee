"""The lobby's address over starts and stops: one key for good, found again, in no log."""

import contextlib
import os
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from config.settings import LOBBY_KEY, SettingsError, load_settings, lobby_key
from plnbot.operate import lobby
from tests.browser.conftest import started
from tests.scenarios.test_demo import plnbot


class Browser:
    """Keeps cookies over restarts, as browsers do."""

    def __init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def get(self, address: str) -> tuple[int, str, str]:
        """Return status, the address that stands in the bar at the end, and the page."""
        try:
            with self._opener.open(address, timeout=10) as response:
                return response.status, response.url, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.url, error.read().decode()


def test_open_tabs_outlive_a_restart(tmp_path: Path) -> None:
    """The key is made once: what was open goes on, and the address is found again by a command."""
    tab, other = Browser(), Browser()
    with started(tmp_path) as first:
        address, _, key = first.partition("/?key=")
        assert len(key) == 32
        status, bar, page = tab.get(first)
        assert (status, bar) == (200, f"{address}/")
        assert "Priya Nair" in page
        shown = plnbot("--data-dir", tmp_path, "lobby")
        assert (shown.returncode, shown.stdout) == (0, f"{first}\n")
        doctor = plnbot("--data-dir", tmp_path, "--port", 0, "doctor").stdout
        assert "./run lobby" in doctor
        assert key not in doctor
    gone = plnbot("--data-dir", tmp_path, "lobby")
    assert gone.returncode == 1
    assert "No plnbot runs" in gone.stderr
    with started(tmp_path) as second:
        address = second.partition("/?")[0]
        assert second.endswith(key)
        assert tab.get(f"{address}/as/priya/room/chat-night")[0] == 200
        assert other.get(f"{address}/as/priya/room/chat-night")[0] == 403
    assert (tmp_path / LOBBY_KEY).stat().st_mode & 0o777 == 0o600
    assert key.encode() not in (tmp_path / "plnbot.sqlite3").read_bytes()


def test_the_doctor_is_right_while_the_bot_runs(tmp_path: Path) -> None:
    """A port that is taken by the bot itself is well; by the bot of another folder it is not."""
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    with started(here) as address:
        port = urllib.parse.urlsplit(address).port
        doctor = plnbot("--data-dir", here, "--port", port, "doctor")
        other = plnbot("--data-dir", elsewhere, "--port", port, "doctor")
    assert (doctor.returncode, other.returncode) == (0, 1), doctor.stdout + other.stdout
    assert f"port {port} of 127.0.0.1 is in use: plnbot runs" in doctor.stdout
    assert f"port {port} of 127.0.0.1 is taken" in other.stdout


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_key_is_in_no_log(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not when it is used, nor when it is refused, nor when a request with it fails."""
    monkeypatch.setenv("PLNBOT_LOG_FORMAT", form)
    with (tmp_path / "log").open("w+") as log, started(tmp_path, "--debug", log=log) as opens:
        address, _, key = opens.partition("/?key=")
        for path in ("/", "/nothing", "/as/maya/live?room=%00", "/readyz", "/\x7f"):
            mark = "&" if "?" in path else "?"
            for given in (key, key[:-1]):
                Browser().get(f"{address}{urllib.parse.quote(path, '/?=%')}{mark}key={given}")
        (tmp_path / "plnbot.sqlite3").rename(tmp_path / "elsewhere")
        Browser().get(opens)
        (tmp_path / "elsewhere").rename(tmp_path / "plnbot.sqlite3")
    told = (tmp_path / "log").read_text()
    assert key[:-1] not in told


def test_the_key_is_not_printed_into_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under systemd what is printed is kept, and others read it; the command still tells it."""
    opens = "http://127.0.0.1:8477/?key=abc"
    assert lobby.to_show(opens) == opens
    with (tmp_path / "journal").open("w") as journal, contextlib.redirect_stdout(journal):
        here = os.fstat(journal.fileno())
        monkeypatch.setenv("JOURNAL_STREAM", f"{here.st_dev}:{here.st_ino}")
        shown = lobby.to_show(opens)
    assert shown == "http://127.0.0.1:8477/ (./run lobby prints it with its key)"
    assert lobby.to_show(opens) == opens  # printed to somewhere else than the journal


def test_what_no_longer_runs_is_not_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After kill -9 the note of the address stands, but nobody answers there."""
    monkeypatch.setenv("PLNBOT_DATA_DIR", str(tmp_path))
    lobby.note(tmp_path, "http://127.0.0.1:1")
    with pytest.raises(lobby.NoLobbyError, match="No plnbot runs"):
        lobby.tell(load_settings())
    monkeypatch.setenv("PLNBOT_PUBLIC_URL", "https://pln.example.org")
    with pytest.raises(lobby.NoLobbyError, match="is off"):
        lobby.tell(load_settings())


def test_a_key_that_is_cut_short_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A short key would be guessed; the words say which file to delete, and hold nothing of it."""
    monkeypatch.setenv("PLNBOT_DATA_DIR", str(tmp_path))
    for left in ("", "abc", "é" * 32):
        (tmp_path / LOBBY_KEY).write_text(left)
        with pytest.raises(SettingsError, match=r"cut short\. Delete the file") as refused:
            lobby_key(load_settings())
        assert "abc" not in str(refused.value).removeprefix(str(tmp_path))
    (tmp_path / LOBBY_KEY).unlink()
    assert lobby_key(load_settings()) == lobby_key(load_settings())


def test_the_demos_archive_opens_with_one_click(tmp_path: Path) -> None:
    """Its last address opens the archive itself; the next demo keeps the key."""
    keys = set()
    for _ in range(2):
        words = ["--data-dir", str(tmp_path), "--port", "0", "demo", "--speed", "900"]
        ended = plnbot(*words)
        assert ended.returncode == 0, ended.stderr
        last = [line for line in ended.stdout.splitlines() if line.startswith("http://")][-1]
        assert "/page/chat/1?key=" in last
        keys.add(last.partition("?key=")[2])
    assert len(keys) == 1
    with started(tmp_path / "demo", "--rate", "1") as opens:
        address = opens.partition("/?")[0]
        status, bar, page = Browser().get(f"{address}/as/maya/page/chat/1?key={keys.pop()}")
    assert (status, bar) == (200, f"{address}/as/maya/page/chat/1")
    assert "Q6" in page
