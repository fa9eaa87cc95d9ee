"""What ends a bot: Ctrl-C and SIGTERM, heard while it begins too."""

import asyncio
import contextlib
import signal
from collections.abc import Callable
from typing import TypeVar

Begun = TypeVar("Begun")


def told_to_stop() -> asyncio.Event:
    """Return what Ctrl-C and SIGTERM set from now on, instead of ending the process at once."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, told.set)
    return told


async def until_told(
    begins: contextlib.AbstractAsyncContextManager[Begun], ready: Callable[[Begun], None]
) -> None:
    """Enter `begins`, call `ready` with what it yields, and leave it once told to stop.

    Told so while it begins, it is broken off: a platform may take a minute to answer, and who stops
    a container waits ten seconds.
    """
    told, begun = told_to_stop(), asyncio.Event()

    async def serve() -> None:
        async with begins as what:
            begun.set()
            ready(what)
            await told.wait()

    serving, stopping = asyncio.create_task(serve()), asyncio.create_task(told.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not begun.is_set():
        serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving
