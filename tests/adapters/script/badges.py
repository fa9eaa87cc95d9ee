"""Micro-credentials: defined, applied for, late, returned, awarded, taken along, withdrawn."""

from plnbot.openbadges.picture import drawn
from plnbot.talk.interactions import Command, Opened, Press, Submit
from plnbot.talk.uploads import received
from tests.adapters.script import ANA, BO, CY, Script
from tests.credit.badges.issuing import KEY, as_text, badge, by

TALK = {
    "name": "Fractions *through* talk",
    "about": "Leads a number talk about fractions.",
    "criteria": "Asks first: opens with a question | notes\nWaits: gives ten seconds",
    "alignments": "MP.3 https://frameworks.example.org/MP3",
    "days": "2",
    "months": "12",
    "blind": "no",
    "second": "0",
}
WRONG_ADDRESS = "wrong badges.take"
OWNER = "sam@district.example"
WORDS = {"c0": "I asked: *which* is more?", "c1": "I counted to ten.", "reflection": "They talk."}


async def after(script: Script) -> None:
    """Define two and one that is made of them; let Bo apply for one, with Cy to assess it."""
    await script.do(BO, Command("badges"), "command badges empty")
    await script.do(ANA, Command("badges define Talk"))
    await script.do(ANA, Press("badges.define"))
    wrong = {**TALK, "criteria": "Asks", "alignments": "MP.3"}
    await script.do(ANA, Submit("badges.define", wrong), "wrong badges.define")
    await script.do(ANA, Submit("badges.define", TALK))
    await script.do(ANA, Submit("badges.define", {**TALK, "name": "On paper"}), "define another")
    whole = {**TALK, "name": "Both", "criteria": "", "parts": ["1", "2"], "needed": "1"}
    await script.do(ANA, Submit("badges.define", whole), "form badges.define whole")
    await script.do(ANA, Press("badges.change", "2"))
    await script.do(
        ANA, Submit("badges.change", {**TALK, "name": "On a board", "blind": "yes"}, "2")
    )
    for _ in range(2):
        await script.do(ANA, Press("badges.close", "2"))
    await script.do(ANA, Press("badges.assessor", "1"))
    for member in ("row:3", "row:1"):
        await script.do(ANA, Submit("badges.assessor", {"member": member}, "1"))
    await script.do(ANA, Press("badges.unassign", "1", "1"))
    await script.do(BO, Command("badges"))
    await script.do(BO, Press("badges.look", value="1"))
    await _applies(script)


async def _applies(script: Script) -> None:
    await script.do(BO, Press("badges.apply", "2"), "press badges.apply without assessors")
    await script.do(BO, Press("badges.apply", "1"))
    await script.do(BO, Press("badges.send", "1"), "press badges.send incomplete")
    await script.do(BO, Press("badges.file", "1"))
    for _ in range(2):
        files = {"file": [received("me *x*.png", drawn("x", "y"))]}
        await script.do(BO, Submit("badges.file", {"criterion": "0"}, "1", files=files))
    await script.do(BO, Opened("badges.application", "1"), "opened badges.application")
    await script.do(BO, Press("badges.unfile", "1", "1"))
    await script.do(BO, Press("badges.write", "1"))
    await script.do(BO, Submit("badges.write", WORDS, "1"))
    await script.do(BO, Press("badges.send", "1"))
    await script.do(CY, Command("badges assess"))
    await script.do(CY, Press("badges.queue"))
    await script.do(CY, Press("badges.see", value="1"))
    await script.do(CY, Press("badges.open", "1"))
    await script.do(CY, Opened("badges.review", "1"), "opened badges.review")
    await script.do(CY, Press("badges.assess", "1"))
    await _is_awarded(script)
    await _brings(script)


async def _brings(script: Script) -> None:
    """Let Bo bring two from elsewhere, the first one after stating another's address."""
    await script.do(BO, Press("badges.bring"))
    for stated, index, name in (
        ("kim", 7, "wrong badges.bring"),
        (OWNER, 7, ""),
        (OWNER, 8, "bring another"),
    ):
        given = as_text(by(KEY, badge(index=index))).encode()
        files = {"file": [received("b.json", given)]}
        await script.do(BO, Submit("badges.bring", {"stated": stated}, files=files), name)
    await script.do(BO, Press("badges.recheck", "2"))


async def _is_awarded(script: Script) -> None:
    """Let Bo be awarded the other one, which makes the third, and take it along."""
    await script.do(ANA, Submit("badges.assessor", {"member": "row:3"}, "2"), "assessor of another")
    await script.do(BO, Press("badges.apply", "2"), "press badges.apply another")
    await script.do(BO, Submit("badges.write", WORDS, "2"), "write another")
    await script.do(BO, Press("badges.send", "2"), "press badges.send another")
    met = {"c0": "yes", "n0": "", "c1": "yes", "n1": ""}
    await script.do(CY, Submit("badges.assess", met, "2"), "assess another")
    await script.do(BO, Press("badges.take", "1"))
    await script.do(BO, Submit("badges.take", {"email": "bo", "name": "no"}, "1"), WRONG_ADDRESS)
    taken = {"email": "bo@home.example", "name": "yes", "shows": ["0"]}
    await script.do(BO, Submit("badges.take", taken, "1"))
    await script.do(BO, Opened("badges.award", "1"), "opened badges.award")
    await script.do(ANA, Press("badges.withdraw", "1"))


async def later(script: Script) -> None:
    """Decide too late, twice; take it along, withdraw it, replace the key."""
    wrong = {"c0": "yes", "n0": "", "c1": "no", "n1": ""}
    await script.do(CY, Submit("badges.assess", wrong, "1"), "wrong badges.assess")
    await script.do(CY, Submit("badges.assess", {**wrong, "n1": "Too *short*."}, "1"))
    await script.do(BO, Command("badges"), "command badges returned")
    await script.do(BO, Press("badges.another", "1"))
    await script.do(BO, Press("badges.send", "1"), "press badges.send again")
    await script.do(
        CY, Submit("badges.assess", {"c1": "yes", "n1": ""}, "1"), "form badges.assess yes"
    )
    await script.do(BO, Command("badges"), "command badges awarded")
    await script.do(ANA, Opened("badges.keys"), "opened badges.keys")
    await script.do(ANA, Press("badges.key"))
    await script.do(ANA, Press("badges.key_lost", "1"))
    await script.do(ANA, Submit("badges.withdraw", {"why": "Copied *all*."}, "1"))
    await script.do(BO, Press("badges.apply", "2"), "press badges.apply again")
    await script.do(BO, Press("badges.back", "3"))
    await script.do(BO, Opened("badges.brought", "1"), "opened badges.brought")
    await script.do(BO, Press("badges.share", "1"))
    await script.do(BO, Submit("badges.share", {"name": "yes"}, "1"))
    await script.do(BO, Press("badges.unshare", "1"))
    await script.do(BO, Press("badges.drop", "2"))
