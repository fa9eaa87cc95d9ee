"""A week of wins."""

from plnbot.talk.interactions import Command, Opened, Press
from tests.adapters.script import ANA, BO, Script


async def after(script: Script) -> None:
    """Ask a room, read, and ask no more."""
    await script.do(ANA, Command("wins here"))
    await script.do(BO, Opened("wins", "1"), "opened wins")
    await script.do(ANA, Press("wins.stop", "1"))
