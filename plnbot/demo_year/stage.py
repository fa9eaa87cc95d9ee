"""What every part of the year needs: people who act, time that passes, and chance from a seed."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from plnbot.demo_year.people import Teacher
from plnbot.engine.runner import Runner
from plnbot.first_start import Somebody
from plnbot.members import store as members
from plnbot.staging import DemoError, Stage, pass_time
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Command, OpenForm, Submit, What
from plnbot.testing import FrozenClock
from plnbot.values import dataclass
from plnbot.walltime import instant

ZONE = "America/New_York"
SEED = 20260817
_NIGHT = time(4)
_DAY = timedelta(days=1)
_Found = TypeVar("_Found")


@dataclass(slots=True, kw_only=True)
class YearStage(Stage):
    """A district on a bot whose clock is moved by hand."""

    moved: FrozenClock
    runner: Runner
    pack: Mapping[str, Any]
    people: Sequence[Teacher]
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    numbers: dict[str, int] = field(default_factory=dict)
    """The members' rows, by their handles."""
    network: int = 0

    @property
    def by_number(self) -> Mapping[int, Teacher]:
        """Who has which row."""
        return {self.numbers[each.who.handle]: each for each in self.people}

    async def arrive(self) -> None:
        """Make everybody known."""
        await self.let_in(each.who for each in self.people)

        def look(tx: Tx) -> None:
            for each in self.people:
                known = members.by_ref(tx, each.who.ref)
                if known is not None:
                    self.numbers[each.who.handle] = known.id
                    self.network = known.network.id

        await self.store.read(look)

    async def until(self, instant: datetime) -> None:
        """Let time pass; each night is tidied, as each hour is in life."""
        local = self.moved.at.astimezone(ZoneInfo(ZONE))
        night = at(local.date() + (_DAY if local.time() >= _NIGHT else timedelta()), _NIGHT)
        while night <= instant:
            await self._pass(night)
            await self.runner.tidy()
            night = at(night.astimezone(ZoneInfo(ZONE)).date() + _DAY, _NIGHT)
        await self._pass(instant)

    async def _pass(self, goal: datetime) -> None:
        await pass_time(self.runner, self.store, self.moved, goal)

    def some(self, share: float) -> Sequence[Teacher]:
        """Return about this share of all, by chance, fewer in months in which little goes on."""
        now = self.moved.at.astimezone(ZoneInfo(ZONE))
        return self.eager_first(share * self.pack["lively"].get(str(now.month), 0) / 100)

    def eager_first(self, share: float) -> Sequence[Teacher]:
        """Return about this share of all, by chance, and rather those who like to take part."""
        return [each for each in self.people if self.chance.random() < share * each.eager]

    def says(self, name: str) -> str:
        """Return something that people say."""
        said: str = self.chance.choice(self.pack["said"][name])
        return said

    async def of(self, teacher: Teacher, look: Callable[[Tx, int], _Found]) -> _Found:
        """Return what there is of somebody, by their row."""
        number = self.numbers[teacher.who.handle]
        return await self.store.read(lambda tx: look(tx, number))

    def row(self, teacher: Teacher) -> str:
        """Return how a form names somebody."""
        return f"row:{self.numbers[teacher.who.handle]}"

    async def fills(self, who: Somebody, what: What, **values: str | Sequence[str]) -> None:
        """Let somebody open a form and send it, if it opens; what it does not ask is left out."""
        opened = await self.do(who, what)
        if isinstance(opened, OpenForm):
            asked = {each.name for each in opened.form.inputs}
            given = {name: value for name, value in values.items() if name in asked}
            await self.done(who, Submit(opened.form.name, given, opened.form.row))

    async def types(self, who: Somebody, words: str) -> None:
        """Let somebody type a command."""
        await self.done(who, Command(words))

    async def done(self, who: Somebody, what: What) -> None:
        """Let somebody act; `DemoError` where what they sent is not taken."""
        answer = await self.do(who, what)
        if isinstance(answer, FieldErrors):
            raise DemoError(f"{who.handle} sent {what!r}: {answer.errors}")


def at(day: date, clock: time) -> datetime:
    """Return when it is that time of a day in the district."""
    return instant(datetime.combine(day, clock), ZONE)
