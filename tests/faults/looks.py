"""A life in which credit's daily look is done, and in the middle of which the process may die."""

from collections.abc import Callable
from functools import wraps
from multiprocessing.connection import Connection
from types import ModuleType
from typing import ParamSpec, TypeVar

from plnbot.credit.actions import daily, keeping
from plnbot.credit.store import evidence, ledger
from plnbot.engine import notices
from tests.faults.bot import Death, Life, live

Given = ParamSpec("Given")
Made = TypeVar("Made")
_SEAMS: dict[str, tuple[ModuleType, str]] = {
    "heads noted": (ledger, "note_heads"),
    "one told": (notices, "tell_now"),
    "both sides reminded": (daily, "_remind"),
    "drafts told of": (daily, "_tell_of_drafts"),
    "files planned to go": (keeping, "look"),
    "files taken away": (evidence, "remove"),
}
LOOK_POINTS = tuple(_SEAMS)
"""What the look has just done, and has not committed yet."""


def live_and_look(life: Life, acknowledged: Connection) -> None:
    """Live one life that may end inside the look as well."""
    death = Death(life.point, life.nth, life.gets)
    for point, (module, name) in _SEAMS.items():
        vars(module)[name] = _mortal(vars(module)[name], death, point)
    live(life, acknowledged)


def _mortal(does: Callable[Given, Made], death: Death, point: str) -> Callable[Given, Made]:
    @wraps(does)
    def done(*given: Given.args, **named: Given.kwargs) -> Made:
        made = does(*given, **named)
        death.at(point)
        return made

    return done
