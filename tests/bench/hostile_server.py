"""Hostile servers and documents, and fine feeds, in a process of their own: by the name that is asked."""

import asyncio
import re
import sys

from tests.bench.feed_documents import blog
from tests.feeds.documents import HOSTILE
from tests.feeds.hostile import SERVERS
from tests.feeds.web import answer, serving

KINDS = {f"h{at}.example": kind for at, kind in enumerate([*SERVERS, *HOSTILE])}
FINE = blog(10, 2)


async def says(head: bytes, writer: asyncio.StreamWriter) -> None:
    """Answer as the kind that this host is, or with a feed."""
    found = re.search(rb"Host: ([\w.]+)", head)
    kind = KINDS.get(found[1].decode() if found else "", "")
    if kind in SERVERS:
        await SERVERS[kind](head, writer)
    else:
        writer.write(answer(HOSTILE.get(kind, FINE)))


async def main() -> None:
    """Serve until standard input ends."""
    async with serving(says) as server:
        print(server.port, flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
