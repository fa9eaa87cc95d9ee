"""The journal of erasures outlives crashes, and says where it cannot be read."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plnbot.members.actions.erasing import Erased
from plnbot.operate.journal import Journal, JournalError
from plnbot.talk.interactions import Command, Submit
from tests.operate.conftest import Installation

SINCE = datetime(2026, 9, 1, 12, 0, 0, 123456, tzinfo=UTC)


def erased(number: int) -> Erased:
    """Return an erasure."""
    at = SINCE + timedelta(days=number)
    return Erased(number, SINCE, 1, at, ("answers",) if number % 2 else ())


def test_what_is_added_is_read(tmp_path: Path) -> None:
    """In order, exactly, for its owner alone; nothing at all before the first."""
    journal = Journal(tmp_path / "erasures.jsonl")
    assert journal.read() == ()
    journal.add([])
    assert not journal.path.exists()
    journal.add([erased(1)])
    journal.add([erased(2), erased(3)])
    assert journal.read() == (erased(1), erased(2), erased(3))
    assert journal.path.stat().st_mode & 0o777 == 0o600


def test_a_line_of_before_is_read(tmp_path: Path) -> None:
    """It asked of answers alone whether they stay."""
    journal = Journal(tmp_path / "erasures.jsonl")
    journal.add([erased(1), erased(2)])
    lines = journal.path.read_text().replace('"kept": ["answers"]', '"keeps_answers": true')
    journal.path.write_text(lines.replace('"kept": []', '"keeps_answers": false'))
    assert journal.read() == (erased(1), erased(2))


@pytest.mark.parametrize("kept", [1, 20, 60])
def test_a_line_cut_short_is_overwritten(tmp_path: Path, kept: int) -> None:
    """What a power cut left of a line does not count, and does not spoil the next."""
    journal = Journal(tmp_path / "erasures.jsonl")
    journal.add([erased(1), erased(2)])
    first, second = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(first + second[:kept])
    assert journal.read() == (erased(1),)
    journal.add([erased(2)])
    assert journal.read() == (erased(1), erased(2))


@pytest.mark.parametrize("line", ["nonsense", "{}", '{"member": "x"}', "[1]"])
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    """Nobody is brought back in silence: the start stops at the line that cannot be read."""
    journal = Journal(tmp_path / "erasures.jsonl")
    journal.add([erased(1)])
    journal.path.write_text(f"{journal.path.read_text()}{line}\n")
    with pytest.raises(JournalError, match="Line 2"):
        journal.read()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_erasure_of_a_run_is_written_once(installation: Installation) -> None:
    """However closely they follow each other, and whether the bot ends right afterwards."""
    people = [f"person{number}" for number in range(12)]
    async with installation.running() as life:
        await life.do("ana", Command("help"), leads=True)
        for each in people:
            await life.do(each, Command("help"))
        for each in people:
            await life.do(each, Submit("members.forget", {"answers": "gone"}))
    journal = Journal(installation.settings.data_dir / "erasures.jsonl")
    assert [each.member for each in journal.read()] == list(range(2, 14))
