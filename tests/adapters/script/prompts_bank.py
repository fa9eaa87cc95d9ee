"""The bank of prompts: ideas suggested, decided, worded otherwise and taken back; many pasted; low."""

from datetime import timedelta

from plnbot.prompts import store as prompts
from plnbot.prompts.model import Status
from plnbot.talk.cards import Actions, Select
from plnbot.talk.interactions import Command, Press, Submit
from tests.adapters.script import ANA, BO, Script

IDEA = "What did you borrow from a colleague lately, and how did it go in your own room?"
OTHER = "Which lesson of yours would you give away to *anybody* here, and why that one?"
THIRD = "Do you use Kahoot?"


async def bank(script: Script) -> None:
    """Suggest, decide one at a time and several at once, and paste until two weeks are left."""
    at_once = "prompts.suggested:at_once"
    await script.do(ANA, Press("members.notice_how", value=at_once), "press notice_how at once")
    await script.do(BO, Command("prompt mine"), "command prompt mine empty")
    await script.do(BO, Command("prompt suggest"))
    await script.do(BO, Press("prompts.suggest"))
    await script.do(BO, Command(f"prompt suggest {IDEA}"), "command prompt suggest at once")
    first = str(await _newest(script))
    await script.do(BO, Submit("prompts.suggest", {"words": OTHER, "named": "without"}))
    second = str(await _newest(script))
    await script.do(BO, Submit("prompts.suggest", {"words": THIRD, "named": "with"}))
    third = str(await _newest(script))
    await script.until(script.clock.at + timedelta(days=1))
    await script.do(ANA, Command("prompt bank"))
    await _worded_otherwise(script, first)
    await _decided(script, second, third)
    await _many(script)
    await script.do(BO, Command("prompt mine"))
    await script.do(BO, Press("prompts.take_back", first))


async def _worded_otherwise(script: Script, first: str) -> None:
    await script.do(ANA, Press("prompts.skills", first))
    await script.do(ANA, Submit("prompts.skills", {"skills": ["technology"]}, first))
    await script.do(ANA, Press("prompts.reword", first))
    words = {"words_en": f"{IDEA[:-1]} this month?", "words_es": ""}
    await script.do(ANA, Submit("prompts.reword", words, first))
    await script.do(BO, Press("prompts.mine"))
    await script.do(BO, Press("prompts.keep", first))
    await script.do(ANA, Submit("prompts.reword", words, first), "form prompts.reword again")
    await script.do(BO, Press("prompts.agree", first))
    await script.do(BO, Press("prompts.name", first))
    await script.do(BO, Press("prompts.change_own", first))


async def _decided(script: Script, second: str, third: str) -> None:
    await script.do(ANA, Press("prompts.approve", second))
    await script.do(ANA, Press("prompts.put_on", second, _a_date(script)))
    await script.do(ANA, Press("prompts.approve", second), "press prompts.approve too late")
    await script.do(ANA, Press("prompts.return", second))
    await script.do(ANA, Press("prompts.decline", third))
    await script.do(ANA, Submit("prompts.decline", {"reason": "We name no product."}, third))
    await script.do(ANA, Press("prompts.several", "suggested"))
    several = {"which": [second], "what": "approve", "reason": ""}
    await script.do(ANA, Submit("prompts.several", several, "suggested"))


def _a_date(script: Script) -> str:
    """Return the first date on which an idea could be asked."""
    rows = (
        each.items
        for each in script.shown.cards["press prompts.approve"].blocks
        if isinstance(each, Actions)
    )
    return next(each.options[0].value for row in rows for each in row if isinstance(each, Select))


async def _many(script: Script) -> None:
    await script.do(ANA, Press("prompts.paste"))
    lines = f"- {IDEA[:-1]} last week?\n- {THIRD}\n{THIRD}"
    await script.do(ANA, Submit("prompts.paste", {"lines": lines}))
    await script.do(ANA, Press("prompts.undo_paste", str(await _newest(script))))
    await script.do(ANA, Press("prompts.search"))
    await script.do(ANA, Submit("prompts.search", {"words": "lesson"}))
    await script.do(ANA, Press("prompts.set_aside", str(await _used(script))))


async def _newest(script: Script) -> int:
    every = await script.store.read(lambda tx: prompts.whole_bank(tx, 1))
    return every[-1].id


async def _used(script: Script) -> int:
    used = await script.store.read(lambda tx: prompts.listed(tx, 1, Status.USED, most=1))
    return used[0].id
