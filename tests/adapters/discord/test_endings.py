"""How long the bot waits before it tries again, and what it says of what it cannot read."""

import logging
import random
import time

import pytest

from adapters.discord import unread
from adapters.discord.endings import LONGEST_PAUSE, Pauses


def test_pauses_grow_and_are_never_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """They grow up to fifteen seconds, differ by chance, and begin anew after a calm time."""
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    pauses = Pauses(random.Random(1))
    waited = []
    for _try in range(30):
        waited.append(pauses.delay())
        now += waited[-1]
    assert waited[0] <= 1.0
    assert max(waited) <= LONGEST_PAUSE
    assert min(waited[8:]) >= LONGEST_PAUSE / 2
    assert len(set(waited[8:])) > 15
    now += 3600
    assert pauses.delay() <= 1.0


def test_the_log_has_one_line_a_minute(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A flood of odd events is counted, not written down."""
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    caplog.set_level(logging.WARNING)
    skips = unread.Unread(lambda: None)
    for _each in range(500):
        skips.skipped("MESSAGE_CREATE", KeyError("secret"))
    now += unread.QUIET_SECONDS
    skips.skipped("MESSAGE_CREATE", KeyError("secret"))
    told = [each.getMessage() for each in caplog.records]
    assert [each.split()[1] for each in told] == ["1", "500"]
    assert "secret" not in caplog.text
