"""An operator on the machine sees which networks there are, and lets a workspace into the first."""

import asyncio
from pathlib import Path

import pytest

from plnbot.operate.beside import BesideError
from plnbot.operate.workspaces import admit, list_workspaces
from tests.browser.conftest import started
from tests.operate.conftest import Installation
from tests.operate.test_backup import command


async def test_a_workspace_is_let_in(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is listed with its own network first and with the operator's then, beside the bot."""
    async with installation.running() as life:
        await life.parts.desk.settle("slack", "T1", "Lakeside", joins=False)
        settings = installation.settings
        await asyncio.to_thread(list_workspaces, settings)
        before = capsys.readouterr().out
        assert await asyncio.to_thread(admit, settings, "slack/T1") == 0
        assert "(slack/T1) belongs to Ridgeview Schools now" in capsys.readouterr().out
        await asyncio.to_thread(list_workspaces, settings)
        after = capsys.readouterr().out
        for row, why in (
            ("slack/T1", "already"),
            ("slack/T9", "cannot be decided"),
            ("", "cannot"),
        ):
            with pytest.raises(BesideError, match=why):
                await asyncio.to_thread(admit, settings, row)
    assert before.splitlines() == [
        "test/w    Ridgeview Schools (the first network)",
        "slack/T1  Lakeside (a network of its own)",
    ]
    assert after.splitlines()[0] == "slack/T1  Ridgeview Schools (the first network)"


def test_on_the_command_line(tmp_path: Path) -> None:
    """While the bot runs the lobby is listed, and what is not there is said in words."""
    with started(tmp_path):
        listed = command(tmp_path, "workspaces")
        missing = command(tmp_path, "workspaces", "--admit", "discord/9")
    assert listed.stdout.startswith("web/lobby")
    assert "(the first network)" in listed.stdout
    assert (missing.returncode, "cannot be decided here" in missing.stderr) == (1, True)
