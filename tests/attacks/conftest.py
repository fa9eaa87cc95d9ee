"""The attacked bot, and the table of what was tried."""

import resource
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.attacks.running import Row, Running, noted, running

_PROPERTY = "attack"
DESCRIPTORS = 1024
"""What a plain shell gives."""


@pytest.fixture(scope="session")
def many() -> Iterator[int]:
    """Return how many connections an attacker may open: enough, or what this machine gives."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 12_000 if hard == resource.RLIM_INFINITY else min(hard, 12_000)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    yield max(soft, wanted) - 200
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture(scope="session")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a bot as strangers reach it, with the descriptors of a plain shell and no more to be had."""
    folder = tmp_path_factory.mktemp("attacked") / "data"
    with running(folder, descriptors=DESCRIPTORS, PLNBOT_LOBBY="off") as started:
        yield started


@pytest.fixture
def attacked(request: pytest.FixtureRequest) -> Callable[[Row], None]:
    """Return what adds a line to the table."""

    def add(row: Row) -> None:
        noted(row)
        request.node.user_properties.append((_PROPERTY, (row.attack, row.tried, row.waited)))

    return add


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the table."""
    reports = [each for several in terminalreporter.stats.values() for each in several]
    rows = [
        value
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == _PROPERTY
    ]
    if rows:
        terminalreporter.section(
            "attacks: how many were tried, and the longest another client waited"
        )
    for attack, tried, waited in sorted(rows):
        terminalreporter.line(f"{tried:>7,}  {waited:5.2f} s  {attack}")
