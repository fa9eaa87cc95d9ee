"""A season planned at once from a list, its hosts told, reminded and let go."""

from datetime import timedelta

from plnbot.chats.store import seasons
from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, BO, Script
from tests.adapters.script.chats import row_of

LIST = """Feedback that *pupils* use @Bo #fb
Homework nobody copies @Bo
?"""


async def after(script: Script) -> None:
    """Read a list, mend it, plan it, let one host say no and one be silent, and take it all back."""
    wish = {
        "words": LIST,
        "starts": "every day 6 pm Eastern",
        "again": "8 pm Pacific",
        "plan": "classic60",
    }
    await script.do(ANA, Command("chat season"))
    nobody = {**wish, "words": LIST.replace("@Bo\n", "@Nobody\n")}
    await script.do(ANA, Submit("season.new", nobody), "errors season.new")
    await script.do(ANA, Submit("season.new", wish), "form season.new thrown away")
    row = row_of(script, "form season.new thrown away", "season.drop")
    await script.do(ANA, Press("season.drop", row))
    await script.do(ANA, Submit("season.new", wish))
    row = row_of(script, "form season.new", "season.plan")
    await script.do(ANA, Press("season.change", row))
    await script.do(ANA, Press("season.plan", row))
    await script.do(ANA, Opened("chat_season", row), "opened chat_season planned")
    await script.until(script.clock.now() + timedelta(hours=26))
    chats = await script.store.read(lambda tx: seasons.chats_in(tx, int(row)))
    await script.do(BO, Press("season.no", str(chats[2])))
    await script.do(ANA, Press("season.take_back", row))
    await script.do(ANA, Opened("chats"), "opened chats with a season")
