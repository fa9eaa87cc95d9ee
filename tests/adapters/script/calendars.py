"""The calendar's address, shown, renewed and no longer wanted."""

from plnbot.talk.interactions import Command, Opened, Press
from tests.adapters.script import ANA, BO, CY, Script


async def after(script: Script) -> None:
    """Learn the address, renew it, and hear of that at home."""
    for user in (ANA, BO):
        await script.do(user, Command("calendar"), f"command calendar of {user}")
    await script.do(ANA, Command("calendar new"))
    await script.do(ANA, Press("calendar.renew"))
    await script.do(BO, Opened("home"), "opened home after the address was renewed")
    await script.do(BO, Press("calendar.show"))
    await script.do(CY, Press("calendar.drop"))
