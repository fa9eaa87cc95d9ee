"""Units of work done together: one poisoned thing harms no other, and nobody waits for ever."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from plnbot.engine.batch import Apart, Batcher, Made
from plnbot.errors import Unavailable
from plnbot.store.database import Tx


class Direct:
    """Runs units at once, without a database; `seconds` pass while each waits for the disk."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.error: Exception | None = None
        self.at, self._seconds = 0.0, seconds

    async def __call__(self, unit: Callable[[Tx], Sequence[Made]], /) -> Sequence[Made]:
        """Run a unit, unless something is wrong."""
        await asyncio.sleep(0)
        self.at += self._seconds
        if self.error is not None:
            raise self.error
        return unit(None)  # type: ignore[arg-type] # these units do not look at it


def doubled(sizes: list[int]) -> Callable[[Tx, Sequence[int]], list[int]]:
    """Return a unit that doubles numbers and cannot bear 13."""

    def unit(_tx: Tx, several: Sequence[int]) -> list[int]:
        sizes.append(len(several))
        if 13 in several:
            if len(several) > 1:
                raise Apart
            raise ValueError("13")
        return [2 * each for each in several]

    return unit


async def test_many_go_into_few_units() -> None:
    """What is asked for at the same moment is done together, each getting its own."""
    sizes: list[int] = []
    batcher = Batcher(Direct(), doubled(sizes), most=100)
    assert await asyncio.gather(*(batcher(n) for n in range(10))) == [2 * n for n in range(10)]
    assert len(sizes) < 10


async def test_one_that_fails_fails_alone() -> None:
    """The others are done in units of their own."""
    batcher = Batcher(Direct(), doubled([]), most=100)
    got = await asyncio.gather(*(batcher(n) for n in range(10, 16)), return_exceptions=True)
    assert [each for each in got if isinstance(each, int)] == [20, 22, 24, 28, 30]
    assert isinstance(got[3], ValueError)


async def test_a_database_in_trouble_is_told_to_everybody() -> None:
    """What fails as a whole is not tried once for each."""
    direct, sizes = Direct(), list[int]()
    direct.error = Unavailable("busy")
    batcher = Batcher(direct, doubled(sizes), most=100)
    got = await asyncio.gather(*(batcher(n) for n in range(5)), return_exceptions=True)
    assert {type(each) for each in got} == {Unavailable}
    assert sizes == []


async def test_units_are_as_large_as_they_are_quick() -> None:
    """What a unit does makes the next ones smaller; what it waits for does not."""
    sizes: list[int] = []
    direct = Direct(seconds=5.0)
    batcher = Batcher(direct, doubled(sizes), most=100, seconds=lambda: direct.at)
    await asyncio.gather(*(batcher(n) for n in range(100, 300)))
    assert sizes == [50, 100, 50]

    def slowly(tx: Tx, several: Sequence[int]) -> list[int]:
        direct.at += 0.001 * len(several)
        return doubled(sizes)(tx, several)

    sizes.clear()
    batcher = Batcher(direct, slowly, most=100, seconds=lambda: direct.at)
    await asyncio.gather(*(batcher(n) for n in range(100, 200)))
    assert sizes[0] == 50
    assert all(each in (19, 20) for each in sizes[1:-1])


@pytest.mark.parametrize("at_once", [1, 3])
async def test_nobody_is_forgotten(at_once: int) -> None:
    """Whoever asks at whatever moment of another's unit gets an answer."""
    batcher = Batcher(Direct(), doubled([]), most=2, at_once=at_once)

    async def asks(number: int) -> int:
        for _ in range(number % 7):
            await asyncio.sleep(0)
        return await batcher(100 + number)

    async with asyncio.timeout(10):
        got = await asyncio.gather(*(asks(n) for n in range(60)))
    assert got == [2 * (100 + n) for n in range(60)]
