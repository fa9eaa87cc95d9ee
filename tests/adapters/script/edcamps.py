"""EdCamps: a board is laid, fills with cards that are made one, is voted on, and another is called off."""

from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, BO, CY, Script
from tests.adapters.script.chats import row_of

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
    await script.do(CY, Press("edcamp.not_too", "1"))
    await script.do(CY, Press("edcamp.too", "1"), "press edcamp.too again")
    await script.do(CY, Press("edcamp.lead", "1"))
    await script.do(CY, Press("edcamp.step_back", "1"))
    await script.do(CY, Press("edcamp.withdraw", "2"))
    await script.do(CY, Press("edcamp.bring_back", "2"))
    await script.do(CY, Press("edcamp.bad_times", "1"))
    await script.do(CY, Submit("edcamp.bad_times", {"slots1": ["1"]}, "1"))
    await script.do(ANA, Opened("edcamp.alike", "1"), "opened edcamp alike")
    await _changed_by_two(script)
    await script.do(BO, Opened("edcamps"), "opened edcamps")
    await script.do(ANA, Opened("edcamp", "1"), "opened edcamp")


async def _changed_by_two(script: Script) -> None:
    """Let two organisers change the board from forms of the same version, and an author a card.

    One of what clashes is taken after all, and one stays aside.
    """
    await script.do(ANA, Press("edcamp.add_organiser", "1"))
    await script.do(ANA, Submit("edcamp.add_organiser", {"person": "row:2"}, "1"))
    await script.do(ANA, Press("edcamp.change", "1"))
    shown = script.shown.forms["press edcamp.change"]
    as_shown = {each.name: str(getattr(each, "value", "")) for each in shown.inputs}
    rooms = {**as_shown, "rooms": "Ridge hall, 40\nGym Zq", "title": "Ridge camp Zq"}
    await script.do(ANA, Submit("edcamp.change", rooms, shown.row))
    mine = {**as_shown, "rooms": "Gym Zq", "about": "Bring a *mug* Zq", "title": "Bo's Zq"}
    await script.do(BO, Submit("edcamp.change", mine, shown.row), "form edcamp.change clashes")
    row = row_of(script, "form edcamp.change clashes", "edcamp.take_mine")
    await script.do(BO, Press("edcamp.take_mine", row))
    await script.do(BO, Press("edcamp.change_card", "1"))
    given = {"words": "Portfolios Zq", "invites": "make", "about": "", "needs": ""}
    await script.do(BO, Submit("edcamp.change_card", given, "1.0"))


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
    """Make the grid, tell of it, and call another board off."""
    await script.do(ANA, Opened("edcamp", "1"), "opened edcamp after the vote")
    await _grid(script)
    await script.do(ANA, Press("edcamp.call_off", "1"))
    await script.do(ANA, Press("edcamp.copy", "1"))
    await script.do(ANA, Submit("edcamp.copy", {**_BOARD, "phases": ""}, "1"))


async def _grid(script: Script) -> None:
    """Have a grid suggested, arrange it by hand, publish it, and call a session off."""
    await script.do(ANA, Press("edcamp.suggest", "1"))
    await script.do(ANA, Command("edcamp grid"))
    await script.do(ANA, Press("edcamp.take_out", "1.1"))
    await script.do(ANA, Press("edcamp.move", "1.1.2.1.99"))
    await script.do(ANA, Press("edcamp.undo", "1"))
    await script.do(ANA, Press("edcamp.move", "1.1.2.2.99"), "press edcamp.move again")
    await script.do(ANA, Press("edcamp.move", "1.1.2.7.99"), "press edcamp.move nowhere")
    await script.do(ANA, Opened("edcamp.grid", "1"), "opened edcamp grid")
    await script.do(ANA, Opened("edcamp.piece", "1.1"), "opened edcamp piece")
    await script.do(ANA, Opened("edcamp.place", "1.1.1.1.99"), "opened edcamp place")
    await script.do(ANA, Press("edcamp.publish", "1"))
    await script.do(ANA, Press("edcamp.session_off", "1.1"))
