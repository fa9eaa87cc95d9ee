"""How good a grid is and how long it takes, beside chance, a greedy one, and the optimum by HiGHS."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import highspy
import pytest

from plnbot.engine.children import Children
from plnbot.engine.heavy import Plain, Told
from plnbot.grids import Board, solve
from plnbot.grids.columns import Columns
from tests.bench.conftest import Print
from tests.grids.worlds import day

pytestmark = pytest.mark.bench
_PROVED_WITHIN = 60.0
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
