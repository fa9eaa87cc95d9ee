"""Handlers from which the network check was taken out, one at a time, and whether that is seen.

`python -m tests.scenarios.mutants` tries every one and says which are not.
"""

import ast
import asyncio
import functools
import inspect
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import CodeType, FunctionType
from typing import Any

from plnbot import capabilities
from plnbot.engine.objects import Object
from plnbot.engine.routes import Routes
from plnbot.store.migrations import migrate
from plnbot.talk.interactions import Command, Opened, Press, Submit, What
from plnbot.testing import FrozenClock
from tests.scenarios.two_networks import (
    EVE,
    HER_NETWORK,
    NEVER,
    NOON,
    THEIRS,
    TOLD,
    VARIES,
    Everywhere,
    House,
    Snapshot,
    asked,
    guarded,
    shown,
    snapshots,
    their_rows,
    told_without_a_row,
    words,
)

_TOLD: dict[Snapshot, dict[str, str]] = {}
_ROWS = ("", *map(str, range(1, 7)), *capabilities.NAMES)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One check that is taken out: of a route, or the `number`th that a function makes by itself."""

    kind: str
    name: str
    number: int = 0

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {self.number}".removesuffix(" 0")


_PEERS_OWN = (
    "met planned not_yet not_now wrote took keep not_again step_out goals reflect"
    " wishes pause skip go_on leave name_it name_not unavoid yes no"
)
"""What is one member's own there: who is not in it is told the same, of whatever network."""
_CREDITS_OWN = (
    "certificate confirm reflect aside unaside evidence relicense unlicensed otherwise change complete withdraw"
    " sample right together back"
)
"""What one member's own hours are: whoever else asks is told the same."""
_GROWTHS_OWN = "reflect change end fed not_fed off"
"""What is one member's own goal: whoever else asks is told the same."""
_PULSES_OWN = "not_topic not_kind too_long not_now back"
"""What was offered to one member: whoever else asks is told the same."""
_BADGES_OWN = "write file send another back unfile take open assess recheck share unshare drop"
"""One's own application or award, or one that was given to somebody: whoever else asks is told the same."""
_PORTFOLIOS_OWN = "change version evidence unshow remove withdraw ask answer leave"
"""What is of one teacher, or shown to one person: whoever else asks is told the same."""
_LESSONS_OWN = "change files out together withdraw mine join decline"
"""What authors alone do, or who was asked: whoever else asks is told the same."""
_INSIGHTS_OWN = "invite rate open agree finish again"
"""What a team does with its own assessment: whoever else asks is told the same."""
_SPACES_OWN = "stop agree decline room enter write"
"""Who is not in a space is told the same of it, of whatever network."""
TWICE = {
    *(Mutant("press", f"spaces.{name}") for name in _SPACES_OWN.split()),
    Mutant("form", "spaces.write"),
    Mutant("code", "plnbot.members.routes.districts._picked"),
    Mutant("press", "topic.merge"),
    # Of a season that is planned, as theirs are, they say the same as of none.
    *(Mutant("press", f"season.{name}") for name in ("change", "drop", "plan")),
    Mutant("press", "members.merge_now"),
    Mutant("press", "members.unmerge"),
    Mutant("form", "prompts.suggest"),
    *(
        Mutant("press", f"prompts.{name}")
        for name in ("change_own", "name", "take_back", "agree", "keep")
    ),
    *(Mutant("form", f"peers.{name}") for name in ("goals", "reflect", "wishes", "pause")),
    *(Mutant("press", f"peers.{name}") for name in _PEERS_OWN.split()),
    Mutant("page", "peers.meeting"),
    Mutant("file", "peers.ics"),
    *(Mutant("form", f"credit.{name}") for name in ("confirm", "evidence", "licence", "change")),
    *(Mutant("press", f"credit.{name}") for name in _CREDITS_OWN.split()),
    *(Mutant("page", name) for name in ("credit", "credit.entry", "credit.licence")),
    Mutant("page", "credit.document"),
    *(Mutant("press", f"growth.{name}") for name in _GROWTHS_OWN.split()),
    *(Mutant("form", f"growth.{name}") for name in ("reflect", "change")),
    Mutant("page", "goal"),
    *(Mutant("file", f"credit.{name}") for name in ("pdf", "csv", "zip")),
    *(Mutant("press", f"portfolio.{name}") for name in _PORTFOLIOS_OWN.split()),
    *(
        Mutant("form", f"portfolio.{name}")
        for name in ("change", "version", "evidence", "unshow", "ask", "answer")
    ),
    *(Mutant("page", name) for name in ("exemplar", "portfolio.shared")),
    *(Mutant("file", f"portfolio.{name}") for name in ("file", "shared.zip", "shared.pdf")),
    *(Mutant("press", f"pulse.{name}") for name in _PULSES_OWN.split()),
    Mutant("press", "edcamp.unnote"),
    *(Mutant("press", f"lessons.{name}") for name in _LESSONS_OWN.split()),
    *(Mutant("press", f"insight.{name}") for name in _INSIGHTS_OWN.split()),
    *(Mutant("form", f"insight.{name}") for name in ("invite", "rate", "agree")),
    Mutant("page", "assessment"),
    Mutant("file", "assessment.csv"),
    *(Mutant("form", f"lessons.{name}") for name in ("change", "files", "out", "together")),
    *(Mutant("press", f"badges.{name}") for name in _BADGES_OWN.split()),
    *(Mutant("form", f"badges.{name}") for name in ("write", "file", "take", "assess", "share")),
    *(Mutant("page", f"badges.{name}") for name in ("application", "award", "review", "brought")),
    *(Mutant("file", f"badges.{name}") for name in ("file", "json", "png", "kept")),
}
"""Looked at twice, by the form's search, under the lock or by whose idea it is: one is never missed."""


@functools.cache
def every_mutant() -> Sequence[Mutant]:
    """Return all there are, in an order that is always the same."""
    routes = capabilities.catalogue(capabilities.every())
    by_route = [Mutant(kind, name) for kind, name in guarded(routes)]
    by_hand = [
        Mutant("code", name, number)
        for name, function in _functions().items()
        for number in range(_checks(function))
    ]
    return sorted({*by_route, *by_hand} - TWICE, key=str)


async def seen_by(mutant: Mutant, phases: Sequence[Snapshot], folder: Path) -> bool:
    """Return whether Eve sees or changes something of the others, once this check is gone."""
    if mutant.kind == "code":  # it is seen where it is, mostly, which is soon looked at
        _product, capability, _rest = mutant.name.split(".", 2)
        for phase in phases:
            async with phase.lived_in(folder) as house:
                with _taken_out(mutant, house.parts.desk.routes):
                    if await _seen_anywhere(house, capability):
                        return True
    for phase in phases:
        if mutant.kind == "code" and phase not in _TOLD:
            async with phase.lived_in(folder) as house:
                _TOLD[phase] = await _told(house)
        async with phase.lived_in(folder) as house:
            with _taken_out(mutant, house.parts.desk.routes):
                if await _seen(mutant, house, phase):
                    return True
    return False


async def _seen(mutant: Mutant, house: House, phase: Snapshot) -> bool:
    if mutant.kind == "code":
        return await _told(house) != _TOLD[phase] or await _seen_anywhere(house)
    route = guarded(house.parts.desk.routes)[mutant.kind, mutant.name]
    rows = await house.store.read(lambda tx: their_rows(tx, route, of=_untouched(mutant)))
    never = await asked(house, mutant.kind, mutant.name, NEVER)
    for row in rows:
        said = await asked(house, mutant.kind, mutant.name, row)
        if said.replace(row, "ROW") != never.replace(NEVER, "ROW"):
            return True
    return False


async def _told(house: House) -> dict[str, str]:
    """Return what Eve is told of nothing in particular, and when she picks something of theirs."""
    told = await told_without_a_row(house)
    for name in house.parts.desk.routes.forms:
        for row in _ROWS:
            given = Submit(name, Everywhere("1", "2", picked=True), row)
            told[f"form {name} {row}"] = VARIES.sub("…", shown(await house.does(given)))
    for row in _ROWS[1:]:
        picked = {**TOLD, "district": f"row:{row}", "school": f"row:{row}"}
        told[f"told {row}"] = shown(await house.does(Submit("members.start", picked)))
    return told


async def _seen_anywhere(house: House, capability: str = "") -> bool:
    """Return whether anything at all shows or changes something of theirs, or anything of a capability."""
    before = await house.kept()
    secret, desk = words(before), house.parts.desk
    every: Mapping[str, Mapping[str, Any]] = {
        name: {key: route for key, route in table.items() if capability in {"", route.capability}}
        for name, table in _tables(desk.routes).items()
    }
    for name in (*every["page"], *every["file"]):
        for row in _ROWS:
            look = desk.page if name in every["page"] else desk.download
            said = shown(await look(EVE, name, row))
            if any(each in said for each in secret):
                return True
    for what in _everything(every):
        said = shown(await house.does(what))
        if any(each in said for each in secret):
            return True
    return await house.kept() != before


def _tables(routes: Routes) -> Mapping[str, dict[str, Any]]:
    return {
        "press": routes.presses,
        "form": routes.forms,
        "page": routes.pages,
        "file": routes.files,
        "command": routes.commands,
    }


def _everything(every: Mapping[str, Mapping[str, Any]]) -> Iterator[What]:
    for row in _ROWS:
        yield from (Press(name, row, "1") for name in every["press"])
        yield from (Submit(name, Everywhere("1", "2"), row) for name in every["form"])
        yield from (Submit(name, Everywhere("1", "2", picked=True), row) for name in every["form"])
        yield from (Opened(name, row) for name in every["page"])
    for words_ in ("", "1", "bo"):
        yield from (Command(f"{name} {words_}") for name in every["command"])
    # The other way round too: what was done and undone again shows nothing.
    for name in reversed(list(every["press"])):
        yield from (Press(name, row, "1") for row in capabilities.NAMES)


def _untouched(mutant: Mutant) -> Object[Any]:
    route = guarded(capabilities.catalogue(capabilities.every()))[mutant.kind, mutant.name]
    assert route.of is not None
    return route.of


@contextmanager
def _taken_out(mutant: Mutant, routes: Routes) -> Iterator[None]:
    if mutant.kind != "code":
        table = _tables(routes)[mutant.kind]
        route = table[mutant.name]
        # Whatever it is, it counts as one of Eve's network.
        table[mutant.name] = replace(
            route, of=replace(route.of, network=lambda _thing: HER_NETWORK)
        )
        yield
        return
    function = _functions()[mutant.name]
    before = function.__code__
    function.__code__ = _without_check(function, mutant.number)
    try:
        yield
    finally:
        function.__code__ = before


@functools.cache
def _functions() -> Mapping[str, FunctionType]:
    """Return every function that looks by itself whose network it is, by module and name."""
    found: dict[str, FunctionType] = {}
    for capability in (*capabilities.NAMES, "activities", "gathering"):
        package = import_module(f"plnbot.{capability}")
        for each in walk_packages(package.__path__, f"{package.__name__}."):
            found |= {
                f"{each.name}.{name}": function
                for name, function in vars(import_module(each.name)).items()
                if isinstance(function, FunctionType)
                and function.__module__ == each.name
                and _names_network(function.__code__)
            }
    # Those that another function makes are in no module, but in the catalogue.
    routes = capabilities.catalogue(capabilities.every())
    for name, route in routes.searches.items():
        for part in (route.find, route.get, route.account):
            if isinstance(part, FunctionType) and part.__closure__:
                found[f"search {name}.{part.__name__}"] = part
    return {name: function for name, function in found.items() if _checks(function)}


def _names_network(code: CodeType) -> bool:
    """Return whether this can hold a check at all: reading its words again takes a hundred times longer."""
    inner = (each for each in code.co_consts if isinstance(each, CodeType))
    return "network" in code.co_names or any(map(_names_network, inner))


def _tree(function: FunctionType) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def _is_check(node: ast.AST) -> bool:
    """Return whether this reads the network of who asks: `ctx.network.id`, or of a member found."""
    return isinstance(node, ast.Attribute) and ast.unparse(node) == "ctx.network.id"


def _checks(function: FunctionType) -> int:
    definition = _tree(function).body[0]
    if not isinstance(definition, ast.FunctionDef):
        return 0  # a lambda, in the middle of something else
    inner = [node for node in ast.walk(definition) if isinstance(node, ast.FunctionDef)][1:]
    within = {id(each) for one in inner for each in ast.walk(one)}
    return sum(_is_check(node) for node in ast.walk(definition) if id(node) not in within)


class _Takes(ast.NodeTransformer):
    """Puts the number of the others' network in place of one reading of one's own."""

    def __init__(self, number: int) -> None:
        self.left = number

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Replace it where it is the one."""
        if _is_check(node):
            self.left -= 1
            if self.left < 0 and self.left == -1:
                return ast.copy_location(ast.Constant(THEIRS), node)
        return self.generic_visit(node)


def _without_check(function: FunctionType, number: int) -> CodeType:
    tree = _Takes(number).visit(_tree(function))
    definition = tree.body[0]
    definition.decorator_list = []
    # What it closes over has to be closed over again.
    free = function.__code__.co_freevars
    outer = ast.parse(f"def outer({', '.join(free)}):\n    pass").body[0]
    assert isinstance(outer, ast.FunctionDef)
    outer.body = [definition]
    made = compile(ast.fix_missing_locations(ast.Module([outer], [])), "<mutant>", "exec")
    code = _named(_named(made, "outer"), function.__name__)
    assert code.co_freevars == free
    return code


def _named(code: CodeType, name: str) -> CodeType:
    return next(
        each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == name
    )


async def _try_all() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        migrate(f"sqlite:///{folder / 'empty.sqlite3'}")
        clock = FrozenClock(NOON)
        phases = await snapshots(folder / "empty.sqlite3", folder, clock)
        unseen: list[Mutant] = []
        trying = folder / "trying"
        trying.mkdir()
        for mutant in every_mutant():
            seen = await seen_by(mutant, phases, trying)
            print("seen " if seen else "NOT SEEN ", mutant, flush=True)
            unseen += [] if seen else [mutant]
    print(f"{len(every_mutant())} network checks taken out, one at a time; not seen: {len(unseen)}")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(_try_all()))
