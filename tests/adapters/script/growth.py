"""Two goals of Ana's: one is fed, looked back on and asked about again; the other ends."""

from plnbot.activities.store import activities_of
from plnbot.goals import store as goals
from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, Script

FIRST = {
    "words": "Listen *longer* to @everyone",
    "indicators": ["practice", "skills"],
    "own": "Seconds I *wait*",
    "weeks": "2",
}
BACK = {"words": "They *talk* more.", "practice": "clearly", "skills": "none", "own": "little"}


async def after(script: Script) -> None:
    """Set goals, tie what was done in the chat, look back, end one."""
    ana = 1  # who came first
    await script.do(ANA, Command("goals"), "command goals empty")
    await script.do(ANA, Press("growth.new"))
    await script.do(ANA, Submit("growth.new", {"weeks": "0"}), "errors growth.new")
    await script.do(ANA, Submit("growth.new", FIRST))
    await script.do(ANA, Submit("growth.new", {"ready": "families", "weeks": "0"}), "ready goal")
    one, two = (
        str(each.id) for each in await script.store.read(lambda tx: goals.standing(tx, ana))
    )
    done = await script.store.read(lambda tx: activities_of(tx, ana))
    pair = f"{one}-{done[0].id}"
    for action in ("fed", "off", "not_fed", "fed"):
        await script.do(ANA, Press(f"growth.{action}", pair))
    await script.do(ANA, Press("growth.reflect", one))
    await script.do(ANA, Submit("growth.reflect", BACK, one))
    await script.do(ANA, Press("growth.reflect", one), "press growth.reflect again")
    await script.do(ANA, Press("growth.change", one))
    await script.do(ANA, Submit("growth.change", {**FIRST, "words": "Listen longer"}, one))
    await script.do(ANA, Command("goals"))
    await script.do(ANA, Opened("goals"), "opened goals")
    await script.do(ANA, Command("goals skills"), "command goals skills empty")
    await script.do(ANA, Press("growth.tag", str(done[0].id)))
    await script.do(ANA, Submit("growth.tag", {"skills": ["communication"]}, str(done[0].id)))
    await script.do(ANA, Command("goals skills"))
    await script.do(ANA, Opened("skills"), "opened skills")
    await script.do(ANA, Press("growth.end", two))
    await script.do(ANA, Press("growth.again", two))
    await script.do(ANA, Press("growth.end", two), "press growth.end again")
