"""Who may not look into a room finds nothing that is held there, whatever their role in the network."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from plnbot import capabilities
from plnbot.engine import roles
from plnbot.engine.objects import Object, anywhere
from plnbot.engine.ports.looking import Look
from plnbot.engine.roles import Grant, Role
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command
from tests.scenarios.mutants import TWICE, Mutant
from tests.scenarios.two_networks import (
    NEVER,
    PLATFORM,
    House,
    Snapshot,
    asked,
    guarded,
    rows_by_kind,
    their_rows,
    told_without_a_row,
    words,
)
from tests.turns import in_turn

DEE = MemberRef(PLATFORM, "T0PLN", "U0DEE")
"""A member of the network in which everything was done, who is in none of its rooms."""
HELD = ("chat", "chat_question", "answer", "prompt_occurrence")
NOT_HELD = ("member", "prompt", "prompt_schedule")
"""What the network's people see anyway: who they are, and the bank from which prompts come."""
DRAWN = 5
ROLES = (None, Role.MODERATOR, Role.ADMINISTRATOR)
NOT_IN_A_ROOM = {
    "application to assess": "who assesses it was assigned",
    "award": "who looks after micro-credentials sees what was awarded",
    "file of an application": "its member has it, and who assesses it",
    "micro-credential": "what can be shown and awarded is the network's",
    "own application": "it is of one member, who alone sees it",
    "own award": "it is of one member, who alone sees it",
    "own file of an application": "it is of one member, who alone sees it",
    "batch of hours": "it is of one approver, who alone sees it",
    "delegation": "it is of one approver, who alone sees it",
    "document of hours": "it is of one member, who alone sees it",
    "exemplar": "it is of one member, who alone sees it",
    "exemplar shared with me": "its teacher says who sees it",
    "offered option": "it was offered to one member alone",
    "pathway": "it is laid for a whole network",
    "step of a pathway": "it is laid for a whole network",
    "file of a portfolio": "its teacher says who sees it",
    "file of a lesson": "lessons are the network's",
    "lesson": "lessons are the network's",
    "own lesson": "lessons are the network's; its authors change it",
    "what is looked for": "it names no thing",
    "words kept aside of a lesson": "it is of one author, who alone takes them",
    "own share": "it is of one member, who alone sees it",
    "question about mine": "who asked and who is asked see it",
    "shared portfolio": "its teacher says who sees it",
    "self-assessment": "its team alone sees it",
    "self-assessment that one leads": "its team alone sees it",
    "element of a self-assessment": "its team alone sees it",
    "report of a district": "it is a whole district's, and holds nobody's words",
    "goal": "it is of one member, who alone sees it",
    "goal and activity": "it is of one member, who alone sees it",
    "hand-off file": "who takes it follows from roles in districts and schools",
    "licence": "it is of one member, who alone sees it",
    "evidence": "its member has it, and who decides about their hours",
    "draft of hours": "it is of one member, who alone sees it",
    "entry to decide": "who decides follows from roles in districts and schools",
    "own entry": "it is of one member, who alone sees it",
    "blog": "it is a page of the web",
    "catalogue entry": "the catalogue is the network's",
    "day of a school calendar": "a school's days are the network's",
    "feed": "it is a page of the web",
    "found feed": "it is a page of the web",
    "introduction": "it is of two or three members, who alone see it",
    "list of feeds": "they are pages of the web",
    "membership": "it is of one member, who alone sees it",
    "member": "who is in a network is seen by the network",
    "note": "it is of one member, who alone may take it back",
    "merge": "districts and schools are the network's",
    "merged organisation": "districts and schools are the network's",
    "organisation": "districts and schools are the network's",
    "key that signs badges": "keys are the network's",
    "own badge from elsewhere": "it is of one member, who alone sees it",
    "own blog": "it is of one member, who alone sees it",
    "own prompt": "it is of one member, who alone sees it",
    "programme": "who may be introduced is the network's; its card only stands in a room",
    "prompt": "the bank is the network's",
    "prompt date": "when prompts come is the organisers', and holds no answer",
    "prompt room": "where prompts come is the organisers', and holds no answer",
    "prompt schedule": "when prompts come is the organisers', and holds no answer",
    "proposed introduction": "it is of the two who are asked, who alone see it",
    "quiet report": "it is for who looks after programmes",
    "reflection": "it is of one member, who alone sees it",
    "round": "it is for who looks after programmes",
    "removed school calendar": "a school's days are the network's",
    "role": "roles are the network's",
    "somebody set aside": "it is of one member, who alone sees it",
    "school calendar": "a school's days are the network's",
    "school year": "a school's days are the network's",
    "space": "it is of its members, and nobody else finds it",
    "story": "it is a page of the web",
    "thing to read": "it is a page of the web",
    "typed school days": "a school's days are the network's",
    "whose school calendar": "a school's days are the network's",
}
"""What is held in no room, and why."""


async def nobody_but_ana(_place: Place, user: str) -> Look:
    """Let every room be closed to all but Ana."""
    return Look.INSIDE if user == "U0ANA" else Look.OUTSIDE


async def is_there(_who: MemberRef) -> bool:
    """Let everybody be in their workspace."""
    return True


@asynccontextmanager
async def dee_in(phase: Snapshot, folder: Path, role: Role | None) -> AsyncIterator[House]:
    """Yield the house with Dee in it, who has this role in the whole network."""
    async with phase.lived_in(folder) as house:
        house.who, house.leads = DEE, False
        house.parts.desk.looks.asked_of(PLATFORM, nobody_but_ana, is_there)
        await house.does(Command("help"))

        def grant(tx: Tx) -> None:
            person = house.parts.desk.directory.known(tx, DEE)
            assert person is not None
            if role is not None:
                now = house.clock.now()
                roles.grant(tx, person.network.id, person.id, Grant(role), by=None, now=now)

        await house.store.run(grant)
        yield house


def kinds() -> set[str]:
    """Return the names of all kinds of things that are held in no room."""
    routes = guarded(capabilities.catalogue(capabilities.every())).values()
    return {each.of.name for each in routes if each.of and each.of.held_in is anywhere}


def test_every_kind_says_in_which_rooms_it_is_held() -> None:
    """A new kind of thing names its rooms, or stands here with the reason why it has none."""
    assert kinds() <= set(NOT_IN_A_ROOM)


@pytest.mark.parametrize("role", ROLES)
async def test_what_is_held_elsewhere_looks_like_what_never_was(
    phases: Sequence[Snapshot], tmp_path: Path, role: Role | None
) -> None:
    """No button, form, page or file tells somebody outside that there is such a thing; nor does a list.

    Every kind of thing that is held in a room comes up. In a short run each route is asked in one of the roles.
    """
    met: set[tuple[str, str]] = set()
    for phase in phases:
        async with dee_in(phase, tmp_path, role) as house:
            asks = in_turn(routes_in_rooms(), len(ROLES), ROLES.index(role))
            met |= await looked_the_same(house, asks)
            kept = await house.kept()
            secret = words({name: kept[name] for name in HELD}) - words(
                {name: kept[name] for name in NOT_HELD}
            )
            for where, said in (await told_without_a_row(house)).items():
                assert not [each for each in secret if each in said], where
    assert met == set(routes_in_rooms())


async def looked_the_same(house: House, asks: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return which routes have rows; each row of those that it asks looked like one that never was."""
    routes = guarded(house.parts.desk.routes)
    rows = await rows_by_kind(house)
    for kind, name in asks:
        never = await asked(house, kind, name, NEVER)
        for row in rows[id(routes[kind, name].of)]:
            said = (await asked(house, kind, name, row)).replace(row, "ROW")
            assert said == never.replace(NEVER, "ROW"), (kind, name, row)
    return {where for where in routes_in_rooms() if rows[id(routes[where].of)]}


def routes_in_rooms() -> list[tuple[str, str]]:
    """Return the same of the catalogue, in an order that is always the same."""
    routes = guarded(capabilities.catalogue(capabilities.every())).items()
    found = [where for where, route in routes if route.of and route.of.held_in is not anywhere]
    return sorted(found)


def looked_at_once() -> list[tuple[str, str]]:
    """Return those that nothing else would stop."""
    return [each for each in routes_in_rooms() if Mutant(*each) not in TWICE]


@pytest.mark.parametrize("where", Random(27).sample(looked_at_once(), DRAWN), ids=" ".join)
async def test_a_room_check_taken_out_is_seen(
    phases: Sequence[Snapshot], tmp_path: Path, where: tuple[str, str]
) -> None:
    """Whichever handler it is in, somebody outside is then told more than that there is no such thing."""
    for phase in phases:
        async with dee_in(phase, tmp_path, Role.ADMINISTRATOR) as house:
            if await shows_more(house, *where):
                return
    pytest.fail("nothing shows that a room is not looked at")


async def shows_more(house: House, kind: str, name: str) -> bool:
    """Return whether a route without its look at rooms tells more of what is there."""
    routes = house.parts.desk.routes
    tables: dict[str, dict[str, Any]] = {
        "press": routes.presses,
        "form": routes.forms,
        "page": routes.pages,
        "file": routes.files,
    }
    table = tables[kind]
    before: Object[Any] = table[name].of
    rows = await house.store.read(lambda tx: their_rows(tx, table[name]))
    table[name] = replace(table[name], of=replace(before, held_in=anywhere))
    never = (await asked(house, kind, name, NEVER)).replace(NEVER, "ROW")
    said = [(await asked(house, kind, name, each)).replace(each, "ROW") for each in rows]
    return any(each != never for each in said)
