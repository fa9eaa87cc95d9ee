"""Whatever the audit log may hold is told in words."""

import ast
import random
from pathlib import Path
from typing import get_args

from adapters.web.app import WebOptions
from plnbot.app import assembled
from plnbot.calendars.school.model import Deed
from plnbot.chats.model import Event, Tick
from plnbot.members.model import Change
from plnbot.prompts.model import Act
from plnbot.prompts.model.suggesting import Decision
from plnbot.reading.model.feeds import Deed as FeedDeed
from plnbot.reading.model.things import EntryDeed
from plnbot.store.database import Store
from plnbot.testing import FrozenClock

SOURCES = [path for part in ("plnbot", "adapters") for path in Path(part).rglob("*.py")]
ACTION = 3


def recorded() -> set[str]:
    """Return the actions that the code records by name, and those of a chat's events."""
    calls = [
        node
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record"
    ]
    assert calls
    named = {
        each.value
        for call in calls
        for each in ast.walk(call.args[ACTION])
        if isinstance(each, ast.Constant)
    }
    by_people = [each for each in get_args(Event) if each is not Tick]
    return (
        {name for name in named if isinstance(name, str) and not name.endswith(".")}
        | {f"chat.{each.__name__.lower()}" for each in by_people}
        | {f"workspace.{each.value}" for each in Change}
        | {each.value for each in Act}
        | {each.value for deeds in (Deed, FeedDeed, EntryDeed) for each in deeds}
    )


async def test_every_action_is_told(store: Store, clock: FrozenClock) -> None:
    """An action that is recorded has its sentence, and no sentence is for nothing."""
    parts = assembled(store, clock, WebOptions(b"0" * 32), lambda _: "", random.Random(1))
    told = set(parts.desk.routes.audited)
    assert recorded() - told == set()
    # Named by what is given: a role, or what gathers.
    elsewhere = {f"chat.{each}" for each in ("handed_over", "co_moderator_added")}
    elsewhere |= {f"chat.{each}" for each in ("answer_hidden", "answer_shown")}
    hidden = (f"{what}_{how}" for what in ("answer", "anonymous") for how in ("hidden", "shown"))
    elsewhere |= {f"prompt.{each}" for each in hidden}
    elsewhere |= {f"prompt.{each.value}" for each in Decision}
    elsewhere |= {"workspace.admitted"}  # in logs of before
    work = {f"work.{each}" for each in ("retried", "parked", "cancelled")}
    elsewhere |= {f"edcamp.{each}" for each in ("opened", "shut", "rolls", "rolls_not")}
    left = "assessor unassigned defined opened changed closed"
    elsewhere |= {f"badges.{each}" for each in left.split()}
    assert told - recorded() <= elsewhere | work
