"""What Ana needs next: answered twice, said no to in each way, taken back; everybody is asked."""

from plnbot.pulse import store
from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, Script

GIVEN = {
    "need": ["feedback"], "confident": "somewhat", "time": "evening", "experience": "veteran",
    "way": ["talk", "read"],
}  # fmt: skip
NOES = ("not_topic", "not_kind", "too_long", "not_now")


async def before(script: Script) -> None:
    """Answer, be offered the chat of the evening and more, say no, ask everybody."""
    ana = 1  # who came first
    await script.do(ANA, Command("pulse"), "command pulse first")
    await script.do(ANA, Press("pulse.answer"))
    await script.do(ANA, Submit("pulse.answer", {}), "errors pulse.answer")
    await script.do(ANA, Submit("pulse.answer", GIVEN), "form pulse.answer")
    await script.do(ANA, Submit("pulse.answer", GIVEN), "form pulse.answer again")
    await script.do(ANA, Command("pulse"))
    for name in NOES:
        first = (await script.store.read(lambda tx: store.options_of(tx, ana)))[0]
        await script.do(ANA, Press(f"pulse.{name}", str(first.id)))
        await script.do(ANA, Press("pulse.back", str(first.id)), f"back {name}")
    await script.do(ANA, Press("pulse.choose"))
    await script.do(ANA, Opened("pulse"), "opened pulse")
    await script.do(ANA, Opened("pulse.rules"), "opened pulse.rules")
    await script.do(ANA, Command("pulse ask"))
    await script.do(ANA, Submit("pulse.rhythm", {"weeks": "0"}), "form pulse.rhythm never")
    await script.do(ANA, Submit("pulse.rhythm", {"weeks": "6"}))
