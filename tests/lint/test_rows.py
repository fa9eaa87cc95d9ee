"""The check of features finds what it is there to find, and a run is remembered as it went."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.lint.rows import problems, table
from tests.rows import worst

FEATURES = """# What people can do
| # | what people can do | who |
|---|---|---|
| 1 | Begin | teacher |
| 2 | Go on | teacher |
"""
SHOWS = '''
import pytest

@pytest.mark.rows(1, 3)
async def test_it() -> None:
    """It works."""
'''


def test_what_is_claimed_and_what_is_shown_must_be_the_same(tmp_path: Path) -> None:
    """A row without a test is named, and a test of a row that nobody claims."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "features.md").write_text(FEATURES)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text(SHOWS)
    assert list(problems(tmp_path)) == [
        "row 2 is claimed, and no test carries it: Go on",
        "tests/test_it.py:4: row 3 stands nowhere in docs/features.md",
    ]


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        (["passed", "passed"], "passed"),
        (["passed", "skipped"], "skipped"),
        (["skipped", "failed", "passed"], "failed"),
        ([], ""),
    ],
)
def test_a_row_is_as_good_as_the_worst_of_its_tests(outcomes: Sequence[str], told: str) -> None:
    """One failure is a failure, and what was skipped has not passed."""
    assert worst(outcomes) == told


def test_what_was_not_run_is_not_said_to_have_passed() -> None:
    """A platform that the last run left out has a dot."""
    _head, line = table({35: "Answer"}, {"35": {"lobby": "passed", "slack": "failed"}})
    assert line.split() == ["35", "passed", "failed", "·", "·", "Answer"]


def test_a_run_is_remembered(pytester: pytest.Pytester) -> None:
    """What tests of a row did is found again after the run, by row and platform."""
    pytester.makeconftest(
        "from tests.rows import Rows\ndef pytest_configure(config):\n"
        "    config.pluginmanager.register(Rows(), 'rows')\n"
    )
    pytester.makeini(
        "[pytest]\nmarkers = rows(*numbers): shows\nasyncio_default_fixture_loop_scope = function\n"
    )
    pytester.makepyfile(
        "import pytest\n"
        "@pytest.mark.rows(7)\n@pytest.mark.parametrize('driver', ['lobby', 'slack'])\n"
        "def test_it(driver):\n    assert driver == 'lobby'\n"
    )
    pytester.runpytest()
    cached = pytester.path / ".pytest_cache" / "v" / "plnbot" / "rows"
    assert cached.read_text().split() == [
        "{",
        '"7":',
        "{",
        '"lobby":',
        '"passed",',
        '"slack":',
        '"failed"',
        "}",
        "}",
    ]
