"""A prompt that is answered in every way, rounded up, grown into a chat, and looked back on."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import insert

from plnbot import gathering
from plnbot.engine import outbox
from plnbot.engine.ports import Person
from plnbot.gathering.store.tables import unnamed
from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.model import Kind, State
from plnbot.prompts.store import NewPrompt, NewRoom, Wish
from plnbot.refs import MemberRef
from plnbot.schedules import Schedule
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Opened, Press, Said, Submit
from plnbot.walltime import local
from tests.adapters.script import ANA, BO, CY, Script

ZONE = "America/New_York"
OPTIONS = {
    "en": ("Hardly", "Somewhat", "Mostly", "Fully", "*Not* at all"),
    "es": ("Poco", "Algo", "Bastante", "Del todo", "Nada"),
}
QUESTION = "How well does *co-teaching* work for you, and how do you know?"
WORDS = "We plan together on <Mondays> and *never* in the corridor; that changed it."


async def after(script: Script) -> None:
    """Ask, answer by tap, form, thread and without a name, pass, be reminded, and see what follows."""
    number = await _asked(script)
    row = str(number)
    await script.cannot_read(await script.store.read(lambda tx: _thread(tx, number)))
    await script.do(BO, Press("prompt.tap", f"{row}.2"))
    await script.do(BO, Press("prompt.answer", row))
    await script.do(
        BO, Submit("prompt.answer", {"choice": "", "words": ""}, row), "errors prompt.answer"
    )
    await script.do(BO, Submit("prompt.answer", {"choice": "3", "words": WORDS}, row))
    await script.do(CY, Press("prompt.pass", row))
    await script.do(CY, Command("prompt remind"))
    await script.do(CY, Press("prompt.nudge_me"))
    await script.do(CY, Press("prompt.no_nudge"))
    await script.do(CY, Press("prompt.nudge_me"), "press prompt.nudge_me again")
    await script.do(ANA, Press("prompt.unnamed", row))
    await script.do(ANA, Submit("prompt.unnamed", {"choice": "1", "words": "It does not."}, row))
    await script.do(ANA, Press("prompt.unnamed", row), "press prompt.unnamed twice")
    await script.store.run(lambda tx: prompts.drop_pass(tx, number, 3))
    await script.until(script.clock.at + timedelta(hours=14))
    await script.do(CY, Press("prompt.tap", f"{row}.5"), "press prompt.tap last")
    await script.do(CY, Press("prompt.retract", row))
    post = await script.store.read(lambda tx: _thread(tx, number))
    thread = script.room.in_thread(post)
    await script.do(CY, Said("It works on @everyone", "p1"), "said below a prompt", where=thread)
    others = await script.store.run(lambda tx: _others(tx, number))
    await script.until(script.clock.at + timedelta(days=1))
    await script.do(BO, Opened("prompt", row), "opened prompt")
    await _hidden(script, number, others)
    await script.do(BO, Press("prompt.grow", row), "press prompt.grow not theirs")
    await script.do(ANA, Press("prompt.grow", row))
    await _looked_back(script, number)


async def _asked(script: Script) -> int:
    now = script.clock.now()
    at = local(now, ZONE).replace(tzinfo=None, second=0, microsecond=0) + timedelta(minutes=30)
    schedule = Schedule(("FREQ=DAILY;COUNT=1",), at, ZONE)

    def begin(tx: Tx) -> int:
        ana = script.parts.desk.directory.known(tx, _who(script, ANA))
        assert isinstance(ana, Person)
        new = NewPrompt({"en": QUESTION}, Kind.SCALE, OPTIONS)
        mine = prompts.add_prompt(tx, ana.network.id, new, now)
        wish = Wish("Co-teaching", schedule, "", timedelta(hours=6), anonymous=True, nudge=True)
        made = actions.make(tx, wish, [NewRoom(script.room, ZONE)], now, by=ana)
        (planned,) = prompts.occurrences_of(tx, made.id, (State.PLANNED,))
        prompts.change_occurrence(tx, planned.id, prompt_id=mine)
        return planned.id

    number = await script.store.run(begin)
    await script.until(now + timedelta(minutes=31))
    return number


async def _hidden(script: Script, number: int, others: Sequence[int]) -> None:
    said = await script.store.read(lambda tx: gathering.of_whole(tx, actions.KIND, number))
    (this,) = (str(each.id) for each in said if each.words == WORDS)
    await script.do(ANA, Press("prompt.hide", this))
    await script.do(ANA, Submit("prompt.hide", {"why": "It names a room."}, this))
    await script.do(ANA, Opened("prompt", str(number)), "opened prompt to moderate")
    await script.do(ANA, Press("prompt.show", this))
    one = str(others[0])
    await script.do(ANA, Press("prompt.hide_unnamed", one))
    await script.do(ANA, Submit("prompt.hide_unnamed", {"why": "It names a pupil."}, one))
    await script.do(ANA, Press("prompt.show_unnamed", one))
    await script.until(script.clock.at + timedelta(hours=12))


async def _looked_back(script: Script, number: int) -> None:
    now, directory = script.clock.now(), script.parts.desk.directory
    await script.store.run(lambda tx: actions.look_back(tx, {"occurrence": number}, now, directory))
    await script.until(now + timedelta(days=1))
    await script.do(BO, Press("prompt.reflect", "1"))
    await script.do(BO, Submit("prompt.reflect", {"words": "We *still* plan on Mondays."}, "1"))
    await script.do(BO, Press("prompt.no_look_back"))
    await script.do(BO, Press("prompt.look_back_again"))
    await script.do(BO, Command("prompt back"))
    await script.do(BO, Opened("looking_back"), "opened looking_back")


def _thread(tx: Tx, number: int) -> str:
    (room,) = prompts.posted_in(tx, number)
    post = outbox.by_key(tx, actions.post_key(number, room))
    assert post is not None
    return post.ref


def _others(tx: Tx, number: int) -> Sequence[int]:
    """Let four more have answered without a name, under numbers that a test can know."""
    row = {"network_id": 1, "kind": actions.KIND, "whole_id": number, "under_id": number}
    fixed = {**row, "choice": "", "shown": True, "hidden_by": None, "hidden_reason": ""}
    ids = range(1, 5)
    words = [f"Without a name, *{each}*" for each in ids]
    rows = [{**fixed, "id": each, "words": said} for each, said in zip(ids, words, strict=True)]
    tx.execute(insert(unnamed), rows)
    return ids


def _who(script: Script, user: str) -> MemberRef:
    return MemberRef(script.room.platform, script.room.workspace, script.ids[user])
