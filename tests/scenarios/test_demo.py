"""The command line from outside: the demo, a rehearsal's refusal, mistakes in settings, help."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plnbot import demo_edcamp
from plnbot.edcamps.model import Phase
from plnbot.edcamps.store import boards, day, sessions
from plnbot.members import store as members
from plnbot.store.database import Tx
from plnbot.testing import HeavyHere
from tests.scenarios.lobby import LobbyDriver

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


@pytest.mark.rows(146)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_demo_plays_a_day(lobby: LobbyDriver) -> None:
    """From the blank board to the share-out, as fast as a clock is moved; wall and phone are there at its end."""
    lobby.parts.runner.tools.heavy = HeavyHere()
    lobby.be_away(datetime(2026, 11, 24, 13, 0, tzinfo=UTC))
    network = await lobby.store.read(members.first_network)
    assert network is not None

    async def sleep(seconds: float) -> None:
        await lobby.pass_time(timedelta(seconds=seconds))

    stage = demo_edcamp.DayStage(
        lobby.parts.desk,
        lobby.store,
        lobby.clock,
        sleep,
        pack=demo_edcamp.pack(),
        zone=network.zone,
    )
    board = await stage.lay()
    blank = await lobby.page("maya", f"edcamp/{board}")
    assert "The board is blank" in blank
    await stage.play(board)

    def came_to(tx: Tx) -> tuple[Phase, int, int, int]:
        there = boards.get(tx, board)
        assert there is not None
        held = day.meetings_of(tx, board)
        notes = day.notes_of(tx, list(held))
        return there.phase, len(sessions.of_board(tx, board)), len(held), len(notes)

    phase, placed, held, noted = await lobby.store.read(came_to)
    assert (phase, placed, held) == (Phase.OVER, 24, 24)
    assert noted > 10
    taken = demo_edcamp.pack()["takeaways"]
    wall = await lobby.page("maya", f"edcamp_wall/{board}")
    assert sum(each in wall for each in taken) == len(taken)
    phone = await lobby.page("luis", f"edcamp/{board}")
    assert "24 cards with a place" in phone
    assert "Nothing is noted yet" in await lobby.page("luis", f"edcamp_notes/{board}")


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
