"""Networks never see each other: every row of one, at everything there is, as a member of another."""

from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from plnbot.app import Parts
from plnbot.store.migrations import load_tables
from plnbot.store.schema import metadata
from plnbot.talk.interactions import Command, Joined, Left, Opened, Press, Said, Submit, What
from tests.scenarios.mutants import every_mutant, seen_by
from tests.scenarios.two_networks import (
    EVE,
    NEVER,
    NOBODYS,
    PHASES,
    Everywhere,
    House,
    Snapshot,
    asked,
    guarded,
    rows_by_kind,
    scoped,
    shown,
    told_without_a_row,
    words,
)
from tests.turns import in_turn

NUMBERS = ("", *map(str, range(1, 9)))
ROWS = (*NUMBERS, "01", "-1", "1 ", "1|", "\u0661", "chat:1", "mine")
"""What else could be taken for a number is tried with some of all there is: one place reads them."""
DRAWN = 10


@pytest.fixture
async def house(phases: Sequence[Snapshot], tmp_path: Path) -> AsyncIterator[House]:
    """Yield two networks, in one of which an evening is passing."""
    async with phases[PHASES.index("during")].lived_in(tmp_path) as house:
        yield house


def attempts(parts: Parts) -> Iterator[What]:
    """Yield every press, form, view and command there is, with every number; in a short run with a third."""
    routes = parts.desk.routes
    for at, row in enumerate(ROWS):
        presses, forms, pages, commands = (
            in_turn(sorted(names), 3, at) if row in NUMBERS else sorted(names)[at % 5 :: 5]
            for names in (routes.presses, routes.forms, routes.pages, routes.commands)
        )
        yield from (Press(action, row, value) for action in presses for value in ("1", "es"))
        for name in forms:
            yield Submit(name, Everywhere(row, "1"), row)
            yield Submit(name, Everywhere("2", "3"), row)
            yield Submit(name, Everywhere(row, "1", picked=True), row)
        yield from (Opened(name, row) for name in pages)
        yield from (Command(f"{name} {row}") for name in commands)
    yield from (Command(f"{name} bo") for name in routes.commands)
    yield from (Said("A1 from elsewhere", "m1"), Said("", "m1"), Joined(), Left())


@pytest.mark.rows(142)
async def test_nothing_of_another_network_is_seen_or_changed(house: House) -> None:
    """An administrator of one network finds no way into the other, whatever the client sends."""
    before = await house.kept()
    secret = words(before)
    assert len(secret) > 20
    for what in attempts(house.parts):
        said = shown(await house.does(what))
        assert not [each for each in secret if each in said], what
    typed = (*house.parts.desk.routes.commands, "chat bonus Why?", "where")
    said_there: tuple[What, ...] = (Said("A1 mine", "m1"), Said("", "m1"), Joined())
    for what in (*map(Command, typed), *said_there):
        said = shown(await house.does(what, elsewhere=True))
        assert not [each for each in secret if each in said], what
    assert await house.kept() == before


@pytest.mark.rows(142)
async def test_no_page_or_file_of_another_network_opens(house: House) -> None:
    """Nor is one of its pages, files and suggestions to be had by its address."""
    desk, secret = house.parts.desk, words(await house.kept())
    for at, row in enumerate(ROWS):
        for name in in_turn(sorted(desk.routes.pages), 3, at):
            said = shown(await desk.page(EVE, name, row))
            assert not [each for each in secret if each in said], (name, row)
        for name in in_turn(sorted({*desk.routes.files, *desk.routes.public_files}), 3, at):
            said = shown(await desk.download(EVE, name, row))
            assert not [each for each in secret if each in said], (name, row)


def test_every_table_is_a_networks_or_nobodys() -> None:
    """A new table leads to a network, or is named here; an adapter's are of its platform."""
    load_tables()
    others = set(metadata.tables) - set(scoped()) - NOBODYS
    assert {each.partition("_")[0] for each in others} <= {"slack", "discord", "web", "lobby"}, (
        others
    )


async def test_what_others_do_changes_nothing_that_is_told(
    phases: Sequence[Snapshot], tmp_path: Path
) -> None:
    """Not even a number: Eve's lists, searches and pages are the same before and after."""
    told = []
    for phase in phases:
        async with phase.lived_in(tmp_path) as house:
            told.append(await told_without_a_row(house))
    for later in told[1:]:
        assert later == told[0]


async def test_what_is_of_others_and_what_never_was_look_the_same(
    phases: Sequence[Snapshot], tmp_path: Path
) -> None:
    """Eve is told the same about a row of theirs as about one that nobody ever had.

    Every kind of thing that a route is about has to come up in the script of some capability. A short run
    asks a third of all routes.
    """
    met: set[tuple[str, str]] = set()
    every: set[tuple[str, str]] = set()
    for phase in phases:
        async with phase.lived_in(tmp_path) as house:
            routes, rows = guarded(house.parts.desk.routes), await rows_by_kind(house)
            every |= set(routes)
            met |= {where for where, route in routes.items() if rows[id(route.of)]}
            for kind, name in in_turn(sorted(routes), 3):
                never = await asked(house, kind, name, NEVER)
                for row in rows[id(routes[kind, name].of)]:
                    theirs = await asked(house, kind, name, row)
                    same = theirs.replace(row, "ROW") == never.replace(NEVER, "ROW")
                    assert same, (kind, name, row, theirs, never)
    # Notes are written in sessions, on a day that comes after these phases.
    missing = every - met - {("press", "edcamp.unnote")}
    assert missing == set(), "a file in tests/adapters/script must make one of these"


@pytest.mark.parametrize("drawn", in_turn(range(DRAWN), 3))
async def test_a_network_check_taken_out_is_seen(
    drawn: int, phases: Sequence[Snapshot], tmp_path: Path
) -> None:
    """Whichever handler it is in. `python -m tests.scenarios.mutants` tries them all."""
    mutant = Random(26).sample(every_mutant(), DRAWN)[drawn]
    assert await seen_by(mutant, phases, tmp_path), str(mutant)
