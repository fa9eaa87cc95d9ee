"""A second run of a chat, for another side of the world."""

from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, BO, Script
from tests.adapters.script.chats import row_of


async def after(script: Script) -> None:
    """Plan a chat of tomorrow, and its second run; both are announced together."""
    wish = {
        "questions": "Q1: What worked?",
        "starts": "tomorrow 7 pm Eastern",
        "plan": "classic60",
        "title": "For both coasts",
    }
    await script.do(ANA, Submit("chat.new", wish), "form chat.new for both coasts")
    row = row_of(script, "form chat.new for both coasts", "chat.publish")
    await script.do(ANA, Command("chat second 8 pm Pacific"), "command chat second")
    await script.do(ANA, Press("chat.second", row))
    early = {"starts": "today 11 pm Eastern"}
    await script.do(ANA, Submit("chat.second", early, row), "errors chat.second")
    await script.do(ANA, Submit("chat.second", {"starts": "8 pm Pacific"}, row))
    await script.do(ANA, Press("chat.publish", row), "press chat.publish both runs")
    await script.do(BO, Opened("chat", row), "opened chat with a second run")
