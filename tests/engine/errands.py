"""Errands: work of a test's own that is done outside any transaction."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from plnbot.engine import work
from plnbot.engine.context import Due
from plnbot.engine.outside import AnyOutsideWork, Outside, OutsideWork

if TYPE_CHECKING:
    from tests.engine.conftest import House

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
KIND = "errand"


@dataclass(slots=True)
class Errand:
    """What happens with one kind of outside work, in the order in which it does."""

    house: "House"
    happened: list[str] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)
    trouble: list[BaseException] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    meanwhile: Callable[[Outside], object] | None = None

    def begin(self, due: Due) -> str | None:
        """Read the name of the errand; one that is called nothing is none."""
        self.happened.append("begin")
        return str(due.payload["key"]) if due.payload["key"] != "nothing" else None

    async def do(self, given: str, outside: Outside) -> str:
        """Do it, when it is let."""
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            self.happened.append(f"do {given}")
            self.begun.set()
            if self.meanwhile is not None:
                await self.meanwhile(outside)  # type: ignore[misc]
            await self.goes_on.wait()
            if self.trouble:
                raise self.trouble.pop()
        finally:
            self.at_once -= 1
        return f"made of {given}"

    def end(self, due: Due, found: str) -> None:
        """Write what came of it."""
        self.happened.append(f"end {found}")
        work.add(due.tx, "follows", f"after/{due.payload['key']}", due.now, {})
        due.tx.announce("ended")

    def given_up(self, due: Due, reason: str) -> None:
        """Tell that it will never be."""
        self.happened.append(f"given up {due.payload['key']}: {reason}")

    @property
    def declared(self) -> AnyOutsideWork:
        """The kind, as a capability declares it."""
        return OutsideWork(
            kind=KIND,
            begin=self.begin,
            do=self.do,
            end=self.end,
            given_up=self.given_up,
            lane="errands",
            at_once=2,
        )


async def declared_anew(errand: Errand, **values: object) -> None:
    """Change what the kind declares."""
    routes = errand.house.routes
    changed = replace(errand.declared, **values)  # type: ignore[arg-type]
    routes.outside_work.clear()
    routes.outside(changed)
