"""`plnbot demo edcamp`: forty teachers fill a blank board, vote, walk through a day and share it out."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from config.settings import Settings
from plnbot.edcamps.actions.suggesting import work_key
from plnbot.edcamps.model import Board, Phase
from plnbot.edcamps.model.meetings import Place
from plnbot.edcamps.store import boards, cards, day, sessions
from plnbot.engine import work
from plnbot.engine.work import WorkState
from plnbot.first_start import CO_MODERATOR, COACH, TEACHERS, Somebody
from plnbot.staging import DemoError, Stage, staged, until_told
from plnbot.store.database import Tx
from plnbot.talk.interactions import Press, Submit
from plnbot.values import dataclass

PACK = Path(__file__).parents[1] / "config" / "demo_edcamp.toml"
SPEED = 300.0
SLOTS, LASTS, EVERY = 4, timedelta(minutes=30), timedelta(minutes=35)
_VOTES, _GRID, _DAY = (timedelta(minutes=each) for each in (20, 60, 115))
_STEP = timedelta(minutes=5)
_NOTING = 0.15
"""Which share of those who come somewhere note something there."""
_MORNINGS = """
    Pacific/Pago_Pago Pacific/Honolulu America/Anchorage America/Los_Angeles America/Denver America/Chicago
    America/New_York America/Halifax America/Sao_Paulo Atlantic/South_Georgia Atlantic/Azores Europe/London
    Europe/Madrid Africa/Johannesburg Africa/Nairobi Asia/Dubai Asia/Karachi Asia/Dhaka Asia/Bangkok
    Asia/Manila Asia/Tokyo Australia/Brisbane Pacific/Noumea Pacific/Auckland
"""
"""A zone of each hour: somewhere it is morning, so that the day that is played is one day."""


async def play(settings: Settings, speed: float, *, stay: bool) -> int:
    """Play a day `speed` times as fast as life, and leave the wall and a phone open."""
    zone = morning(datetime.now(ZoneInfo("UTC")))
    async with staged(settings, speed, zone) as bot:
        stage = DayStage(bot.desk, bot.store, bot.clock, pack=pack(), zone=zone)
        print(f"Forty teachers, {SLOTS} slots, six rooms, {speed:g} times as fast as life.")
        board = await stage.lay()
        phone = f"/as/{stage.people[0].handle}/page"
        print(f"The wall:  {bot.opened_by(f'/as/{COACH.handle}/page/edcamp_wall/{board}')}")
        print(f"A phone:   {bot.opened_by(f'{phone}/edcamp/{board}')}", flush=True)
        await stage.play(board)
        print("The day is over. All notes and takeaways:")
        print(bot.opened_by(f"{phone}/edcamp_notes/{board}"), flush=True)
        if stay:
            await until_told()
    return 0


def pack() -> Mapping[str, Any]:
    """Return who comes, which cards they put on the board, and what they note."""
    return tomllib.loads(PACK.read_text(encoding="utf-8"))


def morning(now: datetime) -> str:
    """Return a zone in which it is between seven and ten in the morning."""
    return next(
        each for each in _MORNINGS.split() if now.astimezone(ZoneInfo(each)).hour in {7, 8, 9}
    )


@dataclass(slots=True, kw_only=True)
class DayStage(Stage):
    """Plays a day on a running bot. Chance comes from a seed, so that each day is the same."""

    pack: Mapping[str, Any]
    zone: str
    chance: random.Random = field(default_factory=lambda: random.Random(21))

    @property
    def people(self) -> Sequence[Somebody]:
        """Who comes beside the coach."""
        named = [Somebody(f"guest{at}", name) for at, name in enumerate(self.pack["people"], 1)]
        return [CO_MODERATOR, *TEACHERS, *named]

    async def lay(self) -> int:
        """Let everybody in, and the coach lay the board."""
        await self.let_in(self.people)
        now, zone = self.clock.now(), ZoneInfo(self.zone)

        def clock(at: datetime) -> str:
            return f"{at.astimezone(zone):%H:%M}"

        begins = [now + _DAY + EVERY * each for each in range(SLOTS)]
        slots = "\n".join(f"{clock(each)}–{clock(each + LASTS)}" for each in begins)
        phases = f"Requests: no\nCards: now\nVotes: today {clock(now + _VOTES)}\nGrid: today {clock(now + _GRID)}\nOne card each until: no"
        values = {"title": self.pack["title"], "day": "today", "slots": slots}
        laid = {**values, "rooms": self.pack["rooms"], "phases": phases}
        await self.do(COACH, Submit("edcamp.new", laid))
        board = await self.store.read(lambda tx: boards.get(tx, 1))
        if board is None:
            raise DemoError("The board was not laid.")
        return board.id

    async def play(self, board: int) -> None:
        """Play it to its end."""
        await self.fill(board)
        self._say("cards are on the board")
        await self._until_phase(board, Phase.VOTE)
        await self.vote(board)
        self._say("votes are in")
        await self._until_phase(board, Phase.GRID)
        await self.suggest(board)
        await self.do(COACH, Press("edcamp.publish", str(board)))
        self._say("the grid is published")
        while (there := await self._board(board)).phase is not Phase.SHARE_OUT:
            await self.walk(there)
            await self.until(self.clock.now() + _STEP)
        self._say("sharing out")
        words = self.pack["takeaways"]
        for at, each in enumerate(self.people[::3]):
            await self.do(
                each, Submit("edcamp.takeaway", {"words": words[at % len(words)]}, str(board))
            )
        await self._until_phase(board, Phase.OVER)

    async def fill(self, board: int) -> None:
        """Let everybody put a card on the board."""
        for at, card in enumerate(self.pack["card"]):
            who = self.people[at % len(self.people)]
            leads = "ask" if card["kind"] == "learn" else "lead"
            values = {"words": card["words"], "invites": card["kind"], "leads": leads}
            await self.do(
                who, Submit("edcamp.card", {**values, "about": "", "needs": ""}, str(board))
            )

    async def vote(self, board: int) -> None:
        """Let everybody vote on some cards, as chance has it."""
        there = await self.store.read(lambda tx: cards.of_board(tx, board))
        for who in self.people:
            for card in self.chance.sample(there, min(6, len(there))):
                how = self.chance.choice(("edcamp.interested", "edcamp.interested", "edcamp.maybe"))
                await self.do(who, Press(how, str(card.id)))

    async def suggest(self, board: int) -> None:
        """Let the coach have a grid suggested, and wait for it."""
        await self.do(COACH, Press("edcamp.suggest", str(board)))

        def made(tx: Tx) -> work.Progress | None:
            far = work.progress(tx, work_key(board))
            return far if far is not None and far.state is WorkState.DONE else None

        await self.comes(made, "No grid was suggested in time.")

    async def walk(self, board: Board) -> None:
        """Let people come, walk over, take parts and note, as they do."""
        on = await self.where_one_can_go(board)
        begun = await self.store.read(lambda tx: day.meetings_of(tx, board.id))
        if not on:
            return
        for who in self.chance.sample(self.people, len(self.people) // 3):
            session = str(self.chance.choice(on).session.id)
            await self.do(who, Press("edcamp.go", session))
            if int(session) in begun and self.chance.random() < _NOTING:
                words = self.chance.choice(self.pack["notes"])
                await self.do(
                    who, Press("edcamp.part", session, self.chance.choice(("notes", "time")))
                )
                await self.do(who, Submit("edcamp.note", {"words": words}, session))

    async def where_one_can_go(self, board: Board) -> Sequence[Place]:
        """Return the sessions that take people now."""
        there, now = (
            await self.store.read(lambda tx: sessions.places_of(tx, board)),
            self.clock.now(),
        )
        return [each for each in there.values() if each.takes_people(now)]

    async def _until_phase(self, board: int, phase: Phase) -> None:
        await self.until((await self._board(board)).times[phase])

        def begun(tx: Tx) -> Board | None:
            there = boards.get(tx, board)
            return there if there and there.phase is phase else None

        await self.comes(begun, f"The board did not come to {phase.value} in time.")

    async def _board(self, board: int) -> Board:
        found = await self.store.read(lambda tx: boards.get(tx, board))
        if found is None:
            raise DemoError("The board is gone.")
        return found

    def _say(self, words: str) -> None:
        print(f"  {words}", flush=True)
