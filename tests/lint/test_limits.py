"""The check of how long files and functions are, and how often the linters are asked to look away."""

import subprocess
from pathlib import Path

import pytest

from tests.lint import limits


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a repository with nothing in it."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "plnbot").mkdir()
    return tmp_path


def written(house: Path, source: str, name: str = "plnbot/a.py") -> list[str]:
    """Return what the check says of one file."""
    file = house / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, "utf-8")
    return list(limits.problems(house))


def test_a_file_may_have_so_many_lines(house: Path) -> None:
    """And not one more."""
    assert written(house, "x = 1\n" * limits.LONGEST_FILE) == []
    (said,) = written(house, "x = 1\n" * (limits.LONGEST_FILE + 1))
    assert said.startswith("plnbot/a.py: 401 lines")


def test_a_function_may_have_so_many_lines(house: Path) -> None:
    """Also one in a class, and one that waits."""
    body = "        x = 1\n" * (limits.LONGEST_FUNCTION - 1)
    assert written(house, f"class A:\n    async def f(self):\n{body}") == []
    (said,) = written(house, f"class A:\n    async def f(self):\n{body}        x = 1\n")
    assert said == "plnbot/a.py:2: f has 51 lines, 50 may be"


def test_linters_look_away_so_often(house: Path) -> None:
    """Counted in the product alone, and in comments alone."""
    many = "x = 1  # noqa: E741 - why\n" * (limits.MOST_WAIVERS + 1)
    assert written(house, many, "tests/a.py") == []
    (said,) = written(house, many)
    assert said.startswith("41 lines have a noqa")
    assert written(house, 'x = "noqa"\n' * 50) == []


def test_a_migration_may_be_longer(house: Path) -> None:
    """It is named, with the reason."""
    assert written(house, "x = 1\n" * 900, "plnbot/store/migrations/versions/0001_x.py") == []
