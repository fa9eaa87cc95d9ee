"""The bot's end: whatever of it fails, the rest ends as it should."""

import logging
from pathlib import Path

import pytest
from aiohttp import ClientSession

from config.settings import Settings
from plnbot.app import running
from plnbot.testing import RecordingSender


class Unwilling:
    """A connection that does not end well."""

    def __init__(self) -> None:
        self.asked, self.sender = False, RecordingSender()
        self.connected, self.trouble = True, ""

    async def start(self) -> None:
        """Do nothing."""

    async def stop(self) -> None:
        """Fail."""
        self.asked = True
        raise OSError("the line is dead")


async def test_a_connection_that_fails_at_the_end_keeps_nothing_open(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The other connections, the pages and the work end all the same, and it is written down."""
    first, second = Unwilling(), Unwilling()
    settings = Settings(data_dir=tmp_path, port=0)
    with caplog.at_level(logging.WARNING):
        async with running(settings) as bot:
            bot.connections = (*bot.connections, first, second)
            address = bot.opened_by("/")
    assert first.asked
    assert second.asked
    assert caplog.text.count("the line is dead") >= 1
    async with ClientSession() as client:
        with pytest.raises(OSError, match=r"Cannot connect|refused"):
            await client.get(address)
