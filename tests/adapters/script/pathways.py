"""Ana lays two pathways; she takes one, chooses, does steps, leaves, comes back; what cannot be is told."""

from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, Script

MENU = """Required: Keep *everybody* safe
- Safeguarding: https://safe.example.org/ | Talk it through with @everyone
Choose 1: Risk *one* of these
- Sit in with *Quine*
- Quine waits *longer*"""
LAID = {"title": "First *year*", "about": "For who begins.", "menu": MENU}


async def before(script: Script) -> None:
    """Lay, take, choose, do, undo, leave, come back, close."""
    ana = 1  # who came first

    def curates(tx: Tx) -> None:
        roles.grant(tx, 1, ana, Grant(Role.CURATOR), by=None, now=script.clock.now())

    await script.do(ANA, Command("pathways"), "command pathways empty")
    await script.store.run(curates)
    await script.do(ANA, Command("pathways new"))
    await script.do(ANA, Press("pathways.lay"))
    await script.do(ANA, Submit("pathways.lay", {**LAID, "menu": "- x\ny"}), "errors pathways.lay")
    await script.do(ANA, Submit("pathways.lay", LAID))
    other = {
        "title": "Quine’s second",
        "about": "",
        "menu": "Required: Quine’s whole\n- Quine begins: pathway 1",
    }
    await script.do(ANA, Submit("pathways.lay", other), "form pathways.lay second")
    await script.do(ANA, Press("pathways.change", "1"))
    itself = {**LAID, "menu": "Required: Quine’s whole\n- Quine goes on: pathway 2"}
    await script.do(ANA, Submit("pathways.change", itself, "1"), "errors pathways.change")
    await script.do(ANA, Submit("pathways.change", LAID, "1"))
    await script.do(ANA, Command("pathways"))
    await script.do(ANA, Press("pathways.look", value="1"))
    await script.do(ANA, Press("pathways.take", "1"))
    await script.do(ANA, Press("pathways.pick", "1", "3"))
    await script.do(ANA, Press("pathways.choose", "1-2"))
    await script.do(ANA, Press("pathways.pick_done", "1", "1"))
    await script.do(ANA, Press("pathways.done", "1-1"))
    await script.do(ANA, Submit("pathways.done", {"way": "1"}, "1-1"))
    await script.do(ANA, Press("pathways.undone", "1-1"))
    await script.do(ANA, Submit("pathways.done", {"own": "By *phone*"}, "1-2"), "own way")
    await script.do(ANA, Opened("pathways"), "opened pathways")
    await script.do(ANA, Opened("pathway", "1"), "opened pathway")
    await script.do(ANA, Press("pathways.leave", "1"))
    await script.do(ANA, Press("pathways.take", "1"), "press pathways.take again")
    for _ in range(2):
        await script.do(ANA, Press("pathways.close", "2"))
