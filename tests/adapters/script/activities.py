"""What people did: nothing yet, and then a chat."""

from plnbot.talk.interactions import Command, Opened
from tests.adapters.script import ANA, BO, Script


async def before(script: Script) -> None:
    """Look before there is anything."""
    await script.do(BO, Command("did"), "command did nothing yet")
    await script.do(BO, Opened("did"), "opened did nothing yet")


async def after(script: Script) -> None:
    """Look once a chat has ended."""
    await script.do(BO, Command("did"))
    await script.do(BO, Opened("did"), "opened did")
    await script.do(ANA, Command("did"), "command did led")
