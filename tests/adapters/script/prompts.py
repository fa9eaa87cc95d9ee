"""Prompts: set up in words, changed date by date, paused, refused by a room, ended."""

from dataclasses import replace
from datetime import timedelta

from plnbot.engine.ports import Rejected
from plnbot.talk.interactions import Command, Press, Submit
from tests.adapters.script import ANA, Script
from tests.adapters.script.prompts_bank import bank

WISH = {
    "when": "every day 3:45 pm",
    "pack": "own",
    "own": "\n".join(f"What would you drop from hour {n} of your week, and why?" for n in range(9)),
    "days": "quiet",
    "title": "Question of the day",
}


async def after(script: Script) -> None:
    """Set up, look, change one date after another, and ask in a second room."""
    await script.do(ANA, Command("prompt list"), "command prompt list empty")
    await script.do(ANA, Command("prompt new every day 3:45 pm"))
    await script.do(
        ANA, Submit("prompts.new", {**WISH, "when": "now and then"}), "errors prompts.new"
    )
    await script.do(ANA, Submit("prompts.new", WISH))
    await script.do(ANA, Command("prompt list"))
    await script.do(ANA, Command("prompt here"))
    await script.do(ANA, Press("prompts.open", value="1"))
    await script.do(ANA, Press("prompts.preview", "1.1"))
    await script.do(ANA, Press("prompts.dates", "1.1"))
    await _dates(script)
    await script.do(ANA, Press("prompts.change", "1.1"))
    await script.do(
        ANA,
        Submit("prompts.new", {**WISH, "when": "every day 4 pm"}, "1.1"),
        "form prompts.new changed",
    )
    await script.do(ANA, Press("prompts.all_skills", "1.2"))
    await script.do(ANA, Submit("prompts.all_skills", {"skills": ["creativity"]}, "1.2"))
    await script.do(ANA, Press("prompts.settings", "1.2"))
    answers = {"answers": "scale", "allowed": ["round_up"], "late": "360"}
    await script.do(ANA, Submit("prompts.settings", answers, "1.2"))
    other = replace(script.room, channel=script.ids["second"])
    await script.do(ANA, Command("prompt also"), where=other)
    also = {"asks": "1", "zone": "row:Europe/Madrid", "hour": "same", "district": ""}
    await script.do(ANA, Submit("prompts.also", also), where=other)
    await script.do(ANA, Press("prompts.leave", "1.4", "2"))
    await script.do(ANA, Press("prompts.back_in", "2"))
    await script.do(ANA, Press("prompts.now", "1.4"))
    await script.do(ANA, Press("prompts.pause", "1.4"))
    await script.do(ANA, Submit("prompts.pause", {"until": "in 3 days"}, "1.4"))
    await script.do(ANA, Command("prompt here"), "command prompt here paused")
    await script.do(ANA, Press("prompts.go_on", "1"))
    await _refused(script)
    await bank(script)
    await script.do(ANA, Press("prompts.end", "1"))
    await script.do(ANA, Press("prompts.bring_back", "1"))


async def _dates(script: Script) -> None:
    await script.do(ANA, Press("prompts.date", "1", "2"))
    for name in ("earlier", "later", "another", "move", "move_back", "skip", "unskip"):
        await script.do(ANA, Press(f"prompts.{name}", "2"))
    await script.do(ANA, Command("prompt skip"))


async def _refused(script: Script) -> None:
    await script.until(script.clock.at + timedelta(days=2))
    refuses = Rejected("I may not write in this room.")
    script.sender.answer = lambda out: refuses if out.to == script.room and not out.edits else None
    await script.until(script.clock.at + timedelta(days=1))
    script.sender.answer = lambda _outgoing: None
