"""Which rows of docs/features.md each test shows, on which platform, and how that went last.

A test says it by `@pytest.mark.rows(30, 32)`. What a run found is kept in pytest's cache, whole, so
that `./run rows` can print it; a run without any such test leaves it as it is.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

import pytest

CACHED = "plnbot/rows"
PLATFORMS = ("lobby", "slack", "discord")
Outcome = Literal["passed", "failed", "skipped"]
_ROW = "row"
_WORSE: tuple[Outcome, ...] = ("failed", "skipped", "passed")


def platform_of(item: pytest.Item) -> str:
    """Return the platform that a test plays on, or `core` where it needs none."""
    chosen = getattr(getattr(item, "callspec", None), "params", {}).get("driver")
    if chosen:
        return str(chosen)
    asked = [each for each in PLATFORMS if each in getattr(item, "fixturenames", ())]
    if asked:
        return asked[0]
    parts = item.path.parts
    if "browser" in parts:
        return "lobby"
    return next((each for each in PLATFORMS if each in parts), "core")


def worst(outcomes: Iterable[str]) -> str:
    """Return the worst of some outcomes, or an empty string where there is none."""
    found = set(outcomes)
    return next((each for each in _WORSE if each in found), "")


class Rows:
    """The plugin: notes on each test what it shows, and gathers what came of it."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, set[str]]] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note the rows on each test, where a worker's report carries them to the controller."""
        for item in items:
            platform = platform_of(item)
            for mark in item.iter_markers("rows"):
                item.user_properties.extend((_ROW, f"{row}/{platform}") for row in mark.args)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Gather how a test ended; setting up counts only where it went wrong."""
        if report.when != "call" and report.passed:
            return
        for name, value in report.user_properties:
            if name == _ROW:
                row, _, platform = str(value).partition("/")
                self._found.setdefault(row, {}).setdefault(platform, set()).add(report.outcome)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Keep what this run found, on the controller alone."""
        if self._found and not hasattr(session.config, "workerinput"):
            told: Mapping[str, Mapping[str, str]] = {
                row: {platform: worst(outcomes) for platform, outcomes in by.items()}
                for row, by in self._found.items()
            }
            cache = session.config.cache
            if cache is not None:
                cache.set(CACHED, told)
