"""Prompts: a schedule that asks, late once, in a room that refuses once."""

from datetime import datetime, timedelta

from plnbot.engine.ports import Person, Rejected
from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.store import NewPrompt, NewRoom, Wish
from plnbot.refs import MemberRef
from plnbot.schedules import Schedule
from plnbot.store.database import Tx
from tests.adapters.script import ANA, Script

EASTERN = "America/New_York"
DAILY = Schedule(("FREQ=DAILY",), datetime(2026, 11, 24, 15, 45), EASTERN)  # noqa: DTZ001


async def after(script: Script) -> None:
    """Ask every day, and be refused once."""
    ana = MemberRef(script.room.platform, script.room.workspace, script.ids[ANA])

    def make(tx: Tx) -> None:
        by: Person | None = script.parts.desk.directory.known(tx, ana)
        assert by is not None
        words = {"en": "What would you drop from your week, and why?"}
        prompts.add_prompt(tx, by.network.id, NewPrompt(words), script.clock.now())
        wish = Wish("Question of the day", DAILY, "", timedelta(hours=2))
        rooms = (NewRoom(script.room, EASTERN),)
        actions.make(tx, wish, rooms, script.clock.now(), by=by)

    await script.store.run(make)
    await script.until(script.clock.at + timedelta(days=1))
    refuses = Rejected("I may not write in this room.")
    script.sender.answer = lambda out: refuses if out.to == script.room and not out.edits else None
    await script.until(script.clock.at + timedelta(days=1))
    script.sender.answer = lambda _outgoing: None
