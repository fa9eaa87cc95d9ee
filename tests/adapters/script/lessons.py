"""Ana's lesson: designed together with Bo, used, remixed, reported, taken down."""

from sqlalchemy import func, select

from plnbot import kept_files
from plnbot.engine.store import edit
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Opened, Press, Submit
from plnbot.talk.uploads import received
from tests.adapters.script import ANA, BO, CY, Script

FOLD = {
    "title": "Fractions from *folded* paper",
    "about": "Fold @everyone a strip.",
    "link": "https://example.org/fold",
    "standards": "3.NF.1",
    "subjects": ["math"],
    "grades": ["3"],
    "licence": "cc-by",
    "terms": "",
}


async def after(script: Script) -> None:
    """Share one, design it together, and say how it went."""
    await script.do(BO, Command("lessons"), "command lessons empty")
    await script.do(ANA, Press("lessons.new"))
    wrong = {**FOLD, "licence": "own", "link": "nowhere"}
    await script.do(ANA, Submit("lessons.new", wrong), "wrong lessons.new")
    files = {"files": [received("strip *1*.txt", b"Fold here.")]}
    await script.do(ANA, Submit("lessons.new", FOLD, files=files))
    await script.do(ANA, Press("lessons.together", "1"))
    await script.do(ANA, Submit("lessons.together", {"peer": "row:2"}, "1"))
    await script.do(ANA, Submit("lessons.together", {"peer": "row:3"}, "1"), "ask another author")
    await script.do(BO, Press("lessons.join", "1"))
    await script.do(CY, Press("lessons.decline", "1"))
    await script.do(BO, Press("lessons.change", "1"))
    shorter = {**FOLD, "about": "Fold it *once*.", "why": "Shorter"}
    await script.do(BO, Submit("lessons.change", shorter, "1.0"))
    longer = {**FOLD, "about": "Fold it twice."}
    await script.do(ANA, Submit("lessons.change", longer, "1.0"), "form lessons.change clash")
    aside = await script.store.read(_kept_aside)
    await script.do(ANA, Press("lessons.mine", str(aside)))
    thrice = {**FOLD, "about": "Fold it thrice."}
    await script.do(ANA, Submit("lessons.change", thrice, "1.0"), "form lessons.change left aside")
    await script.do(BO, Press("lessons.files", "1"))
    more = {"files": [received("more.txt", b"More.")]}
    await script.do(BO, Submit("lessons.files", {}, "1", files=more))
    await script.do(BO, Press("lessons.out", "1"))
    files_there = await script.store.read(lambda tx: kept_files.of_rows(tx, "lesson", [1]))
    await script.do(BO, Submit("lessons.out", {"file": str(files_there[-1].id)}, "1"))
    await script.do(BO, Command("lessons find fold"))
    await script.do(BO, Press("lessons.filter"))
    await script.do(BO, Submit("lessons.filter", {"words": "fold", "subject": "math"}))
    await script.do(CY, Opened("lessons"), "opened lessons")
    await script.do(CY, Press("lessons.take", "1"))
    await script.do(CY, Press("lessons.used", "1"))
    await script.do(CY, Press("lessons.how", "1"))
    went = {"went": "changed", "sentence": "They *saw* it."}
    await script.do(CY, Submit("lessons.how", went, "1"))
    await script.do(CY, Press("lessons.remix", "1"))
    await script.do(CY, Submit("lessons.remix", {**FOLD, "title": "Ribbons"}, "1"))
    await script.do(CY, Press("lessons.report", "1"))
    await script.do(CY, Submit("lessons.report", {"words": "A *book* has it."}, "1"))
    await script.do(CY, Opened("lesson", "1"), "opened lesson")


def _kept_aside(tx: Tx) -> int:
    """Return the number of the words that were kept aside last."""
    return int(tx.execute(select(func.max(edit.c.id)).where(edit.c.aside)).scalar_one())


async def later(script: Script) -> None:
    """Let one stand, take it down, withdraw the remix."""
    await script.do(ANA, Opened("lessons.reports"), "opened lessons.reports")
    await script.do(ANA, Press("lessons.stands", "1"))
    await script.do(ANA, Press("lessons.down", "1"))
    await script.do(ANA, Submit("lessons.down", {"why": "A *publisher's*."}, "1"))
    await script.do(CY, Press("lessons.withdraw", "2"))
