"""What is logged of errors, and what goes on after them."""

import asyncio
import logging

import pytest

from plnbot.errors import Unavailable
from plnbot.logs import GoesOn

log = logging.getLogger("plnbot.tests")


@pytest.mark.parametrize(
    ("error", "level", "told"),
    [
        (Unavailable("the database is closed"), "WARNING", "Unavailable: the database is closed"),
        (ValueError("a member's words"), "ERROR", "ValueError"),
    ],
)
def test_things_go_on_after_an_error(
    caplog: pytest.LogCaptureFixture, error: Exception, level: str, told: str
) -> None:
    """It is told once, without anybody's words, and with its trace where it is a mistake of ours."""
    with GoesOn(log, "work waits: %s") as outcome:
        raise error
    assert outcome.failed
    (line,) = caplog.records
    assert line.levelname == level
    assert line.getMessage().startswith("work waits: ")
    assert line.getMessage().endswith(told)
    assert (line.exc_info is not None and line.exc_info[1] is error) == (level == "ERROR")


def test_nothing_is_told_where_nothing_happened(caplog: pytest.LogCaptureFixture) -> None:
    """A block that ends well is as if it stood alone."""
    with GoesOn(log, "work waits: %s") as outcome:
        pass
    assert not outcome.failed
    assert caplog.records == []


@pytest.mark.parametrize("error", [asyncio.CancelledError(), KeyboardInterrupt()])
def test_who_ends_it_is_obeyed(caplog: pytest.LogCaptureFixture, error: BaseException) -> None:
    """Being cancelled is no error."""
    with pytest.raises(type(error)), GoesOn(log, "work waits: %s"):
        raise error
    assert caplog.records == []
