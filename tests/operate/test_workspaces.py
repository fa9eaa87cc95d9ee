"""An operator on the machine sees which networks there are, and lets a workspace into the first."""

import asyncio
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from plnbot.calendars.actions import calendar_for
from plnbot.operate.beside import BesideError
from plnbot.operate.workspaces import admit, list_workspaces
from plnbot.refs import MemberRef, Place
from plnbot.talk.interactions import Command, Interaction, Press, Submit, What
from plnbot.talk.pages import Page, markdown
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


async def test_a_workspace_with_all_it_has_is_let_in(installation: Installation) -> None:
    """By a command that has imported little: chats, a calendar and all else come along."""
    other = MemberRef("slack", "T1", "ana")
    room = Place("slack", "T1", "room")
    values = {"questions": "Q1: Why?", "starts": "tomorrow 8 pm", "plan": "classic60"}
    async with installation.running() as life:
        await life.parts.desk.settle("slack", "T1", "Lakeside", joins=False)
        doing: tuple[What, ...] = (Submit("chat.new", values), Press("chat.publish", "1"))
        for number, what in enumerate(doing):
            given = Interaction(f"{number}", other, room, what, name="Ana", leads=True)
            await life.parts.desk.handle(given)
        await life.do("bo", Command("help"))
        for who in (other, MemberRef("test", "w", "bo")):
            person = await life.parts.desk.person(who)
            assert person is not None
            await life.store.run(partial(calendar_for, person=person))
    url = installation.settings.database
    environment = {**os.environ, "PLNBOT_DATABASE_URL": url}
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "plnbot", "--data-dir", str(installation.settings.data_dir),
         "workspaces", "--admit", "slack/T1"],
        cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    async with installation.running() as life:
        chats = await life.parts.desk.page(other, "chats", "")
        assert isinstance(chats, Page)
        assert "Chat on" in str(chats)
        page = await life.parts.desk.page(other, "audit", "")
        assert isinstance(page, Page)
        assert "An operator let the workspace slack/T1 join" in markdown(page, "UTC", "en")


def test_on_the_command_line(tmp_path: Path) -> None:
    """While the bot runs the lobby is listed, and what is not there is said in words."""
    with started(tmp_path):
        listed = command(tmp_path, "workspaces")
        missing = command(tmp_path, "workspaces", "--admit", "discord/9")
    assert listed.stdout.startswith("web/lobby")
    assert "(the first network)" in listed.stdout
    assert (missing.returncode, "cannot be decided here" in missing.stderr) == (1, True)
