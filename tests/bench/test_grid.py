"""How good a grid is and how long it takes, beside chance, a greedy one, and the optimum by HiGHS."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

import highspy
import pytest
from sqlalchemy import insert

from plnbot.app import keep_the_loop_free
from plnbot.edcamps.store import sessions, tables
from plnbot.engine.children import Children
from plnbot.engine.heavy import Plain, Told
from plnbot.grids import Board, solve
from plnbot.grids.columns import Columns
from plnbot.members.store import member
from plnbot.store.database import Tx
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Press, Submit
from plnbot.testing import FrozenClock
from tests.bench.conftest import Print, waited
from tests.bench.test_day import Forgetful
from tests.faults.bot import Bot
from tests.faults.conftest import NOON, does, plan_chat
from tests.grids.worlds import day

pytestmark = pytest.mark.bench
_PROVED_WITHIN, _FIRST = 60.0, 10_000
Cards = Mapping[int, Any]
People = Mapping[int, set[int]]


def optimum(board: Board) -> tuple[int, int, bool]:
    """Return the fewest lost that HiGHS found, what it proved cannot be passed, and whether it is done."""
    model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("time_limit", _PROVED_WITHIN), ("threads", 1)):
        model.setOptionValue(option, value)
    wanted, led = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    stands = [{card.id: model.addBinary() for card in board.cards} for _ in board.slots]
    for card in board.cards:
        model.addConstr(sum(there[card.id] for there in stands) <= 1)
        for one in card.hosts | card.wanted:
            wanted[one].add(card.id)
        for one in card.hosts:
            led[one].add(card.id)
    met = [each for there in stands for each in _met(model, there, wanted, led, len(board.rooms))]
    model.maximize(sum(met))
    every, found = Columns(board).all, model.getInfo()
    proved = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return (
        every - round(found.objective_function_value),
        every - round(found.mip_dual_bound),
        proved,
    )


def _met(model: Any, there: Cards, wanted: People, led: People, rooms: int) -> Iterator[Any]:
    """Bind what stands in one slot, and give a number for each person who finds something there."""
    model.addConstr(sum(there.values()) <= rooms)
    for cards in led.values():
        model.addConstr(sum(there[card] for card in cards) <= 1)
    for cards in wanted.values():
        one = model.addVariable(0, 1)
        model.addConstr(one <= sum(there[card] for card in cards))
        yield one


@pytest.mark.parametrize(
    ("cards", "slots", "rooms", "voters"), [(12, 3, 2, 40), (15, 3, 3, 40), (60, 4, 6, 200)]
)
def test_beside_the_optimum(cards: int, slots: int, rooms: int, voters: int, say: Print) -> None:
    """As few lost as HiGHS proves there must be, within a hundredth; where it proves nothing, its bound."""
    board = day(cards, slots, rooms, voters, 1)
    began = time.process_time()
    quality = solve(board, 1).quality
    seconds = time.process_time() - began
    best, bound, proved = optimum(board)
    least = (
        f"{best} is proved to be the least" if proved else f"HiGHS {best} in 60 s, bound {bound}"
    )
    say(
        f"{cards} cards on {slots} x {rooms}, {voters} voters: {seconds:.2f} s, {quality.lost} of"
        f" {quality.interests} lost ({quality.lost / best:.3f} of HiGHS's: {least}); greedy"
        f" {quality.greedy}, at random {quality.at_random}"
    )
    assert quality.lost <= best * 1.01
    assert seconds <= 1.5


def in_a_child(given: Sequence[int], tell: Told) -> Plain:
    """Make the grid of a board in a process of its own."""
    board, began = day(*given), time.process_time()
    grid = solve(board, 1, lambda part: tell({"done": round(part * 100), "of": 100}))
    seconds = time.process_time() - began
    return [grid.quality.lost, grid.quality.greedy, grid.quality.at_random, seconds]


def fill(tx: Tx, board: Board, now: datetime) -> None:
    """Put the cards of a made-up board, with hosts and votes, on the first of a network."""
    people = {one for card in board.cards for one in (*card.hosts, *card.wanted)}
    own = {"network_id": 1, "locale": "en", "zone": "UTC", "profile": {}, "created_at": now}
    names = [{**own, "id": _FIRST + n, "name": f"P {n}", "folded": f"p {n}"} for n in people]
    tx.execute(insert(member), names)
    common = {"board_id": 1, "kind": "share", "about": "", "needs": [], "state": "open"}
    rest = {"newcomer": False, "at": now, "interested": 0, "maybe": 0}
    rows = [
        {**common, **rest, "id": 1 + each.id, "words": f"Card {each.id}"} for each in board.cards
    ]
    tx.execute(insert(tables.card), rows)
    led, wanted = (
        [
            {"card_id": 1 + card.id, "member_id": _FIRST + one, "at": now}
            for card in board.cards
            for one in getattr(card, people)
        ]
        for people in ("hosts", "wanted")
    )
    tx.execute(insert(tables.host), led)
    tx.execute(insert(tables.author), [{**each, "words": ""} for each in led])
    tx.execute(insert(tables.vote), [{**each, "vote": "interested"} for each in wanted])


def large() -> dict[str, str]:
    """Return the form of a board of forty slots in eight rooms."""
    quarters = [f"{7 + n // 4:02}:{n % 4 * 15:02}" for n in range(41)]
    return {
        "title": "Large",
        "day": "tomorrow",
        "slots": "\n".join(f"{one}–{other}" for one, other in pairwise(quarters)),
        "rooms": "\n".join(f"Room {n}, {15 + 10 * n} seats" for n in range(8)),
        "phases": "Requests: no\nCards: no\nVotes: no\nGrid: now",
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_four_hundred_cards_beside_the_loop(durable_url: str, say: Print) -> None:
    """Pressed, read, solved in a process of its own and written down, while the loop goes on."""
    await plan_chat(durable_url)
    store, clock, blocks = open_store(durable_url), FrozenClock(NOON), list[float]()
    bot = Bot(store, clock, {"test": Forgetful()})
    await bot.desk.handle(does("lay", "maya", Submit("edcamp.new", large()), leads=True))
    await store.run(lambda tx: fill(tx, day(400, 40, 8, 2000, 1), clock.now()))
    await bot.runner.run_all_due()
    keep_the_loop_free()
    pressed = does("suggest", "maya", Press("edcamp.suggest", "1"), leads=True)

    async def suggested() -> None:
        await bot.desk.handle(pressed)
        await bot.runner.run_all_due()

    began, without = time.perf_counter(), waited()
    asked = asyncio.create_task(suggested())
    while not asked.done():
        ticked = time.perf_counter()
        await asyncio.sleep(0.001)
        stood, before = time.perf_counter() - ticked - 0.001, without
        without = waited()
        blocks.append(stood - (without - before))
    seconds = time.perf_counter() - began
    placed = await store.read(lambda tx: sessions.of_board(tx, 1))
    await bot.runner.tools.heavy.close()
    await store.close()
    say(
        f"400 cards on 40 x 8, 2,000 voters: {seconds:.1f} s from the press to {len(placed)} sessions; the"
        f" loop stood still for {max(blocks) * 1000:.1f} ms at most, but for waiting for a processor"
    )
    assert len(placed) == 320


async def test_four_hundred_cards_off_the_loop(say: Print) -> None:
    """In a process of its own, told about as it goes on, and the loop never waits."""
    heavy, parts, blocks = Children(), list[object](), list[float]()
    began = time.perf_counter()
    asked = asyncio.ensure_future(
        heavy.run("tests.bench.test_grid:in_a_child", [400, 40, 8, 2000, 1], told=parts.append)
    )
    while not asked.done():
        ticked = time.perf_counter()
        await asyncio.sleep(0.001)
        blocks.append(time.perf_counter() - ticked - 0.001)
    lost, greedy, at_random, work = await asked  # type: ignore[misc]
    await heavy.close()
    seconds, blocked = time.perf_counter() - began, max(blocks) * 1000
    say(
        f"400 cards on 40 x 8, 2,000 voters: {work:.1f} s of work, here {seconds:.1f} s; {lost} lost; greedy {greedy}, at random"
        f" {at_random}; told {len(parts)} times, the loop stood still for {blocked:.1f} ms at most"
    )
    assert len(parts) > 10
