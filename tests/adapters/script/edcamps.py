"""EdCamps: a board is laid, fills with cards that are made one, is voted on, and another is called off."""

from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, BO, CY, Script

_BOARD = {
    "title": "Ridge *camp*",
    "day": "in 3 days",
    "slots": "9:00–9:45\n10:00–10:45 Round Zq",
    "rooms": "Ridge hall, 30 seats, smartboard\nGym Zq",
    "phases": "Cards: today 7 pm\nVotes: today 8:05 pm\nGrid: tomorrow 8 pm",
}
_CARD = {
    "words": "Portfolios *not* grades",
    "invites": "learn",
    "leads": "ask",
    "about": "",
    "needs": "",
}


async def before(script: Script) -> None:
    """Lay a board, and ask for something."""
    wrong = {**_BOARD, "slots": "some time", "rooms": "Gym\nGym"}
    await script.do(ANA, Command("edcamp new Spring EdCamp"))
    await script.do(ANA, Press("edcamp.new"))
    await script.do(ANA, Submit("edcamp.new", wrong), "errors edcamp.new")
    await script.do(ANA, Submit("edcamp.new", _BOARD))
    await script.do(BO, Command("edcamp"))
    await script.do(BO, Command("edcamp vote"), "command edcamp vote too soon")
    await script.do(BO, Command("edcamp card Feedback"))
    await script.do(BO, Press("edcamp.card", "1"))
    await script.do(BO, Submit("edcamp.card", _CARD, "1"))
    await script.do(BO, Submit("edcamp.card", _CARD, "1"), "form edcamp.card one each")
    alike = {
        **_CARD,
        "words": "Portfolios and not grades",
        "about": "https://example.org",
        "needs": "smartboard",
    }
    await script.do(CY, Submit("edcamp.card", alike, "1"), "form edcamp.card alike")
    await script.do(CY, Press("edcamp.same", "2.1"))
    await script.do(CY, Press("edcamp.apart", "2"))
    await script.do(CY, Press("edcamp.too", "1"))
    await script.do(CY, Press("edcamp.lead", "1"))
    await script.do(CY, Press("edcamp.step_back", "1"))
    await script.do(CY, Press("edcamp.withdraw", "2"))
    await script.do(CY, Press("edcamp.bring_back", "2"))
    await script.do(CY, Press("edcamp.bad_times", "1"))
    await script.do(CY, Submit("edcamp.bad_times", {"slots1": ["1"]}, "1"))
    await script.do(ANA, Opened("edcamp.alike", "1"), "opened edcamp alike")
    await script.do(BO, Opened("edcamps"), "opened edcamps")
    await script.do(ANA, Opened("edcamp", "1"), "opened edcamp")


async def during(script: Script) -> None:
    """Vote on the cards."""
    await script.do(BO, Command("edcamp vote"))
    await script.do(BO, Press("edcamp.vote", "1"))
    await script.do(BO, Press("edcamp.interested", "1"))
    await script.do(BO, Press("edcamp.maybe", "2"))
    await script.do(CY, Press("edcamp.skip", "1"))
    await script.do(ANA, Press("edcamp.same", "2.1"), "press edcamp.same by an organiser")
    await script.do(BO, Opened("edcamp", "1"), "opened edcamp while voting")


async def after(script: Script) -> None:
    """Call another board off."""
    await script.do(ANA, Opened("edcamp", "1"), "opened edcamp after the vote")
    await script.do(ANA, Submit("edcamp.new", {**_BOARD, "phases": ""}), "form edcamp.new again")
    await script.do(ANA, Press("edcamp.call_off", "1"))
