"""Lives of a process: until it comes to its end or is killed, and at which points it is to die."""

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

from tests.faults.bot import Life, live
from tests.faults.conftest import LONG, processes


async def lived(
    life: Life,
    until: Callable[[], bool] = lambda: False,
    *,
    longest: float = 60,
    does: Callable[[Life, Connection], None] = live,
) -> bool:
    """Let one process live, killed once something is so; return whether it was killed."""
    killed, _heard = await heard(life, until, longest=longest, does=does)
    return killed


async def heard(
    life: Life,
    until: Callable[[], bool] = lambda: False,
    *,
    longest: float = 60,
    does: Callable[[Life, Connection], None] = live,
) -> tuple[bool, set[str]]:
    """Do the same, and return besides which interactions it said it knows."""
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=does, args=(life, theirs))
    process.start()
    theirs.close()
    try:
        async with asyncio.timeout(longest):
            while process.is_alive() and not until():
                await asyncio.to_thread(process.join, 0.05)
    finally:
        if process.is_alive() and process.pid is not None:
            os.kill(process.pid, signal.SIGKILL)
        await asyncio.to_thread(process.join)
    known = set()
    while ours.poll():
        try:
            known.add(str(ours.recv()))
        except EOFError:
            break
    ours.close()
    ended = process.exitcode
    process.close()
    assert ended in {0, -signal.SIGKILL}, f"life {life.number} ended by itself: {ended}"
    return ended != 0, known


def deaths(points: Sequence[str], url: str, *, rounds: int) -> Sequence[str]:
    """Return at which points it dies: of each database every other one, all in the long run."""
    if LONG:
        return tuple(points) * rounds
    return tuple(points)[url.startswith("sqlite") :: 2]
