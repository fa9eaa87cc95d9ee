"""Ana's portfolio: an exemplar with two versions and what shows it, shown to Bo, who asks; withdrawn."""

from plnbot.talk.interactions import Command, Opened, Press, Submit
from plnbot.talk.uploads import received
from tests.adapters.script import ANA, BO, Script

TICKET = {
    "title": "Exit *tickets*",
    "what": "Three @everyone cards.",
    "indicator": "practice",
    "own": "Cards *left*",
    "reflection": "Short is *more*.",
}


async def after(script: Script) -> None:
    """Keep two, change one, show it to Bo and to whoever has a link, and answer what Bo asks."""
    await script.do(ANA, Command("portfolio"), "command portfolio empty")
    await script.do(ANA, Press("portfolio.new"))
    await script.do(ANA, Submit("portfolio.new", TICKET))
    await script.do(ANA, Submit("portfolio.new", {**TICKET, "title": "Other"}), "another exemplar")
    await script.do(ANA, Press("portfolio.change", "1"))
    await script.do(ANA, Submit("portfolio.change", TICKET, "1"))
    await script.do(ANA, Press("portfolio.version", "1"))
    version = {"what": "One card.", "why": "Three took *long*."}
    await script.do(ANA, Submit("portfolio.version", version, "1"))
    await script.do(ANA, Press("portfolio.evidence", "1"))
    wrong = {"link": "javascript:alert(1)", "called": ""}
    await script.do(ANA, Submit("portfolio.evidence", wrong, "1"), "wrong portfolio.evidence")
    files = {"files": [received("card *1*.txt", b"What is left open?")]}
    shown = {"link": "https://example.org/card", "called": "The *card*"}
    await script.do(ANA, Submit("portfolio.evidence", shown, "1", files=files))
    await script.do(ANA, Press("portfolio.share"))
    given = {"these": ["1"], "how": "person", "person": "", "days": "30"}
    await script.do(ANA, Submit("portfolio.share", given), "wrong portfolio.share")
    await script.do(ANA, Submit("portfolio.share", {**given, "person": "row:2"}))
    await script.do(ANA, Submit("portfolio.share", {**given, "how": "link"}), "share by link")
    await script.do(ANA, Command("portfolio"))
    await script.do(BO, Opened("portfolio.shared", "1"), "opened portfolio.shared")
    await script.do(BO, Press("portfolio.ask", "1-1"))
    for words in ("*Why* three?", "And now?"):
        await script.do(BO, Submit("portfolio.ask", {"words": words}, "1-1"))
    await script.do(ANA, Press("portfolio.answer", "1"))
    await script.do(ANA, Submit("portfolio.answer", {"words": "To *see* more."}, "1"))
    await script.do(ANA, Opened("portfolio"), "opened portfolio")
    await script.do(ANA, Opened("exemplar", "1"), "opened exemplar")


async def later(script: Script) -> None:
    """Leave a question, take evidence out, withdraw, remove."""
    await script.do(ANA, Press("portfolio.leave", "2"))
    await script.do(ANA, Press("portfolio.unshow", "1"))
    await script.do(ANA, Submit("portfolio.unshow", {"these": ["1"]}, "1"))
    await script.do(ANA, Press("portfolio.withdraw", "2"))
    await script.do(ANA, Press("portfolio.remove", "2"))
