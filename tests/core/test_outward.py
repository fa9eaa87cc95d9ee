"""The web outside, as the settings say, and loaded when it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import Settings
from plnbot.errors import Refused
from plnbot.fetching import Fetcher
from plnbot.outward import Outward, introduced


def settings(tmp_path: Path, **given: str) -> Settings:
    """Return settings that say no more than this."""
    return Settings(_env_file=None, data_dir=tmp_path, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ""),
        ({"public_url": "https://pln.example.org"}, " (+https://pln.example.org)"),
        ({"contact": "ana@example.org"}, " (+ana@example.org)"),
        (
            {"contact": "https://example.org/bot", "public_url": "https://pln.example.org"},
            " (+https://example.org/bot)",
        ),
    ],
)
def test_it_says_who_it_is_and_where_to_complain(
    tmp_path: Path, given: dict[str, str], said: str
) -> None:
    """Whose page is read can find who reads it."""
    name = introduced(settings(tmp_path, **given))
    assert name.startswith("plnbot")
    assert name.removeprefix(name.split(" ", maxsplit=1)[0]) == said


async def test_private_hosts_are_closed_unless_they_are_named(tmp_path: Path) -> None:
    """A bot as it comes reads nothing from its own network."""
    web: Fetcher = Outward(settings(tmp_path))
    with pytest.raises(Refused, match="private network"):
        await web.fetch("http://127.0.0.1:8477/")
    await web.close()
    await web.close()


def test_nothing_of_it_is_loaded_before_the_first_fetch() -> None:
    """A bot that reads nothing does not pay for reading."""
    look = "import sys, plnbot.app; print([m for m in sys.modules if m.startswith('feeds')])"
    ended = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
