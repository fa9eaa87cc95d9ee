"""What documents tell people to type is there: commands, words of `./run`, settings, starts of chats."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

from config.settings import Settings
from plnbot import capabilities
from plnbot.cli import main
from plnbot.talk.times import Understood, when_of
from plnbot.talk.times.again.meaning import ScheduleUnderstood
from tests.browser.conftest import started
from tests.scenarios.test_demo import plnbot

ROOT = Path(__file__).parents[2]
_IN_CODE = re.compile(r"`([^`\n]+)`|^ {4}(\S.*)$", re.MULTILINE)
_TASK = re.compile(r"^([a-z]+)\)", re.MULTILINE)
_SETTING = re.compile(r"\bPLNBOT_([A-Z][A-Z0-9_]*[A-Z0-9])\b")
_TESTS_OWN = "TEST_"
_SAID = re.compile(r"“([^”]+)”")
_WEDNESDAY = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)


def documents() -> Iterator[tuple[str, str]]:
    """Yield every document for people, by its name."""
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        yield path.name, path.read_text(encoding="utf-8")


def typed(first: str) -> Iterator[tuple[str, str]]:
    """Yield what documents show to be typed that begins so, without it, and in which document."""
    for name, words in documents():
        for found in _IN_CODE.finditer(words):
            code = (found[1] or found[2]).strip()
            if code == first or code.startswith(f"{first} "):
                yield name, code.removeprefix(first).strip()


def test_every_command_is_there_under_its_name_of_today() -> None:
    """`/pln …` in a document is no word of the past, and none that leads to the help for want of better."""
    routes = capabilities.catalogue(capabilities.every())
    looked_at = 0
    for document, words in typed("/pln"):
        if words == "network backup":
            continue  # of the application, not of a capability
        if words in {"", "…"} or document == "developing.md":  # which has commands to be
            continue
        name, _rest = routes.typed(words)
        assert name == "help" or words.lower().startswith(name), (document, words)
        assert name != "help" or words.split()[0] == "help", (document, words)
        looked_at += 1
    assert looked_at > 50


def helped(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return the help of a command; nothing where there is no such command."""
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    shown = capsys.readouterr().out
    return "" if ended.value.code else shown


def test_every_word_of_the_script_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """`./run …` in a document is a task of the script, or a command of plnbot's with its options."""
    tasks = set(_TASK.findall((ROOT / "run").read_text(encoding="utf-8")))
    looked_at = 0
    for document, words in typed("./run"):
        parts = words.split()
        if not parts or parts[0] in tasks:
            continue
        named = [each for each in parts if re.fullmatch(r"[a-z]+", each)]
        before = parts[: parts.index(named[0])] if named else parts
        asked = named[:1] if not parts[0].startswith("--") else []
        shown = helped(asked, capsys)
        if len(named) > 1 and re.search(r"\n  [A-Z]+\n", shown):  # it has words of its own
            shown = helped(named[:2], capsys)
        assert shown, (document, words)
        for option in (each for each in (*before, *parts) if each.startswith("--")):
            assert option in shown, (document, words, option)
        looked_at += 1
    assert looked_at > 20


def test_every_setting_is_there() -> None:
    """`PLNBOT_…` in a document can be set."""
    known = {name.upper() for name in Settings.model_fields}
    for document, words in documents():
        for found in _SETTING.findall(words):
            assert found in known or found.startswith(_TESTS_OWN), (document, found)


def opens(address: str) -> bool:
    """Return whether a browser that has never been there gets to the lobby."""
    with build_opener(HTTPCookieProcessor()).open(address, timeout=20) as opened:
        return bool(opened.status == 200)


def test_every_start_that_the_readme_writes_is_read() -> None:
    """“Thursday 8 pm Eastern” is a start, and what comes every Monday a schedule."""
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    starts = [when_of(each, _WEDNESDAY, "America/New_York") for each in _SAID.findall(readme)]
    assert len(starts) == 2
    assert all(isinstance(each, Understood) for each in starts)
    (again,) = re.findall(r"`/pln prompt new (every [^`]+)`", readme)
    assert isinstance(when_of(again, _WEDNESDAY, "America/New_York"), ScheduleUnderstood)


def test_what_the_readme_says_of_operating_it(tmp_path: Path) -> None:
    """Started, it prints an address that opens; another word prints it again, writes a copy, puts it back."""
    at = ("--data-dir", tmp_path / "data")
    with started(tmp_path / "data") as address:
        assert opens(address)
        again = plnbot(*at, "lobby")
        assert address in again.stdout
        assert plnbot(*at, "doctor").returncode in (0, 1)
        copied = plnbot(*at, "backup", tmp_path / "copy")
        assert copied.returncode == 0, copied.stderr
        listed = plnbot(*at, "work")
        assert listed.returncode == 0
        port = address.rpartition("/?")[0].rpartition(":")[2]
        for page in ("healthz", "readyz", "metrics"):
            with urlopen(f"http://127.0.0.1:{port}/{page}", timeout=20) as answered:
                assert answered.status == 200, page
    restored = plnbot("--data-dir", tmp_path / "elsewhere", "restore", tmp_path / "copy")
    assert restored.returncode == 0, restored.stderr
    with started(tmp_path / "elsewhere") as there:
        assert opens(there)
