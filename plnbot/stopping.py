"""What ends a running bot: Ctrl-C and SIGTERM, heard from the first moment."""

import asyncio
import signal


def told_to_stop() -> asyncio.Event:
    """Return what Ctrl-C and SIGTERM set from now on, instead of ending the process at once."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, told.set)
    return told
