"""The command line from outside: the demo, a rehearsal's refusal, mistakes in settings, help."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def plnbot(*words: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run plnbot as a process of its own and return how it ended and what it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLNBOT_")}
    return subprocess.run(
        [sys.executable, "-m", "plnbot", *map(str, words)],
        cwd=ROOT,
        env={**kept, **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.rows(146)
def test_the_demo_plays_a_whole_chat(tmp_path: Path) -> None:
    """Ten teachers answer six questions, and the demo ends by naming the archive's address."""
    ended = plnbot("--data-dir", tmp_path, "--port", 0, "demo", "--speed", 900)
    assert ended.returncode == 0, ended.stderr
    lines = ended.stdout.splitlines()
    assert any(line.startswith("http://127.0.0.1:") and "/page/chat/1" in line for line in lines)
    told = json.loads((tmp_path / "demo" / "archive.json").read_text(encoding="utf-8"))
    assert [each["label"] for each in told["questions"]] == [f"Q{n}" for n in range(1, 7)]
    assert all(len(each["answers"]) >= 4 for each in told["questions"])
    assert len(told["people"]) == 10
    assert len(told["resources"]) == 3
    late = [each for question in told["questions"] for each in question["answers"] if each["late"]]
    assert late


def test_a_rehearsal_leaves_real_records_alone(tmp_path: Path) -> None:
    """A database that was started in earnest cannot be rehearsed on, and says what to do."""
    from tests.browser.conftest import started

    with started(tmp_path):
        pass
    refused = plnbot("--data-dir", tmp_path, "--port", 0, "--rate", 60)
    assert refused.returncode == 1
    assert "holds real records" in refused.stderr
    assert "--data-dir rehearsal" in refused.stderr


def test_a_second_process_says_who_has_the_database(tmp_path: Path) -> None:
    """Two processes on one SQLite file: the second names the first and ends."""
    from tests.browser.conftest import started

    with started(tmp_path):
        second = plnbot("--data-dir", tmp_path, "--port", 0)
        examined = plnbot("--data-dir", tmp_path, "--port", 0, "doctor")
    assert second.returncode == 1
    assert "Another plnbot (process " in second.stderr
    assert "in use: plnbot runs" in examined.stdout


@pytest.mark.parametrize(
    ("name", "value"), [("PLNBOT_PORT", "eighty"), ("PLNBOT_LOCALE", "fr"), ("PLNBOT_PROT", "1")]
)
def test_a_mistake_in_settings_is_named(tmp_path: Path, name: str, value: str) -> None:
    """The field is named, with what it must be, and nothing is started."""
    ended = plnbot(**{"PLNBOT_DATA_DIR": str(tmp_path / "none"), name: value})
    assert ended.returncode == 2
    assert name in ended.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.rows(143)
def test_the_doctor_finds_all_well_and_what_is_not(tmp_path: Path) -> None:
    """On a fresh folder all is well; a database that does not answer is to be mended."""
    well = plnbot("--data-dir", tmp_path, "--port", 0, "doctor")
    assert (well.returncode, "All is well." in well.stdout) == (0, True)
    nobody = "postgresql://postgres@127.0.0.1:1/none"
    ill = plnbot("--data-dir", tmp_path, "--port", 0, "doctor", PLNBOT_DATABASE_URL=nobody)
    assert ill.returncode == 1
    assert "Start the database server" in ill.stdout


def test_help_says_what_there_is() -> None:
    """The commands are listed, each with what it does."""
    shown = plnbot("--help")
    assert shown.returncode == 0
    for command in ("run", "demo", "doctor", "--rate", "--data-dir"):
        assert command in shown.stdout
