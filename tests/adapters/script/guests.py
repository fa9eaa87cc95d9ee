"""Guests of a chat: invited, asked from the floor, put questions, and told what they have not answered."""

from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, BO, CY, Script
from tests.adapters.script.chats import row_of


async def after(script: Script) -> None:
    """Plan a chat of tomorrow with guests, one of whom never answers."""
    wish = {
        "questions": "Q1: What worked?",
        "starts": "tomorrow 8 pm Eastern",
        "plan": "classic60",
        "title": "With a guest",
    }
    await script.do(ANA, Submit("chat.new", wish), "form chat.new for a guest")
    row = row_of(script, "form chat.new for a guest", "chat.publish")
    await script.do(ANA, Press("chat.publish", row), "press chat.publish for a guest")
    await script.do(BO, Command("chat ask Before there is one?"), "command chat ask nobody")
    await script.do(ANA, Command("chat guest"))
    await script.do(ANA, Press("chat.guest", row))
    for member in ("row:2", "row:3"):
        await script.do(ANA, Submit("chat.guest", {"person": member}, row))
    await script.do(CY, Press("chat.guest_no", row))
    await script.do(ANA, Submit("chat.guest", {"person": "row:3"}, row), "form chat.guest again")
    await script.do(ANA, Press("chat.guest_off", f"{row}.3"))
    await script.do(CY, Press("chat.ask", row))
    await script.do(CY, Submit("chat.ask", {"words": "How did you *begin* with feedback?"}, row))
    await script.do(
        ANA, Submit("chat.ask", {"words": "How did you begin with your feedback?"}, row)
    )
    await script.do(ANA, Press("ask.same", "6.5"))
    await script.do(ANA, Press("ask.apart", "6"))
    await script.do(ANA, Press("ask.merge", "6", "5"))
    await script.do(ANA, Press("ask.take_back", "5"))
    await script.do(CY, Submit("chat.ask", {"words": "Which book helped you?"}, row), "ask a book")
    await script.do(CY, Submit("chat.ask", {"words": "And what else?"}, row), "ask more")
    await script.do(ANA, Press("ask.decline", "8"))
    await script.do(ANA, Press("ask.reconsider", "8"))
    await script.do(ANA, Press("ask.approve", "5"))
    await script.do(ANA, Press("ask.approve", "7"), "press ask.approve another")
    await script.do(ANA, Press("ask.earlier", "7"))
    await script.do(ANA, Opened("guest_desk", row), "opened guest desk")
    await script.do(CY, Opened("chat", row), "opened chat with a guest")
