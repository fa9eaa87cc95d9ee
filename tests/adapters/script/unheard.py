"""Nobody unheard, and a summary: a chat in which one is silent and one gets no reply, and its quotes."""

from datetime import timedelta

from plnbot.talk.interactions import Command, Opened, Press, Said, Submit
from tests.adapters.script import ANA, BO, CY, Script
from tests.adapters.script.chats import row_of


async def later(script: Script) -> None:
    """Play a chat that is ended by hand, and read afterwards who went unheard."""
    wish = {
        "questions": "Q1: What worked?\nQ2: What will you try?",
        "starts": "tomorrow 9 pm Eastern",
        "plan": "classic60",
        "title": "Nobody *unheard*",
    }
    await script.do(ANA, Submit("chat.new", wish), "form chat.new for the unheard")
    row = row_of(script, "form chat.new for the unheard", "chat.publish")
    await script.do(ANA, Press("chat.publish", row), "press chat.publish for the unheard")
    await script.do(ANA, Press("chat.go_on", row), "press chat.go_on with nobody")
    await script.do(ANA, Command("chat unheard"), "command chat unheard with nobody")
    await script.do(ANA, Press("chat.go_on", row), "press chat.go_on to its question")
    await script.do(CY, Said("A1 One *comment*, <at once>", "unheard1"))
    await script.do(BO, Press("chat.here", row), "press chat.here silently")
    await script.do(ANA, Command("chat panel"), "command chat panel with the unheard")
    await script.do(ANA, Command("chat unheard"))
    await script.do(ANA, Opened("unheard", row), "opened unheard")
    answer = row_of(script, "command chat unheard", "chat.thank")
    await script.do(ANA, Press("chat.thank", answer))
    await script.do(ANA, Press("chat.reply", answer))
    await script.do(ANA, Submit("chat.reply", {"words": "Which *one*?"}, answer))
    await script.do(ANA, Press("chat.no_reply", answer))
    await script.do(ANA, Press("chat.greet", row_of(script, "command chat unheard", "chat.greet")))
    await script.do(CY, Said("A2 Fewer marks", "unheard2"))
    await script.do(ANA, Command("chat summary"), "command chat summary too early")
    await script.do(ANA, Press("chat.end", row), "press chat.end of the unheard")
    await script.do(ANA, Command("chat unheard"), "command chat unheard afterwards")
    await script.do(ANA, Command("chat summary"))
    await script.do(ANA, Press("summary.drop", answer))
    await script.do(ANA, Press("summary.quote", answer))
    await script.do(BO, Said("A1 Later, *but* said", "unheard3"))
    await script.do(ANA, Press("summary.quote", str(int(answer) + 2)), "press summary.quote late")
    await script.do(ANA, Press("summary.earlier", str(int(answer) + 2)))
    await script.do(ANA, Opened("summary_draft", row), "opened summary draft")
    await script.do(ANA, Press("summary.post", row))
    await script.do(CY, Opened("summary", row), "opened summary")
    await script.do(CY, Press("chat.leave_out", row), "press chat.leave_out of a summary")
    await script.until(script.clock.now() + timedelta(days=1))
