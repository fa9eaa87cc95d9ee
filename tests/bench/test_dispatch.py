"""One interaction through the desk, durably, beside an aiohttp server that only echoes."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import ClientSession, web

from plnbot import capabilities
from plnbot.engine.clock import SystemClock
from plnbot.engine.desk import TheDesk
from plnbot.engine.looking import Looks
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context
from plnbot.members import store as members
from plnbot.members.actions import Members, SignInLinks
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.cards import Card
from plnbot.talk.interactions import Answer, Interaction, Press, Reply
from tests.bench.conftest import Print, percentile

pytestmark = pytest.mark.bench
TIMES, AT_ONCE = 1_500, 20
ROOM = Place("test", "w", "room")


async def measured(ask: Callable[[int], Awaitable[object]]) -> tuple[float, float, float]:
    """Return how many a second `AT_ONCE` callers get through, and one's median and p99 alone."""
    for number in range(50):
        await ask(-1 - number)
    alone = []
    for number in range(300):
        began = time.perf_counter()
        await ask(number)
        alone.append(time.perf_counter() - began)

    async def caller(first: int) -> None:
        for number in range(first, TIMES, AT_ONCE):
            await ask(1_000 + number)

    began = time.perf_counter()
    await asyncio.gather(*(caller(first) for first in range(AT_ONCE)))
    rate = TIMES / (time.perf_counter() - began)
    return rate, percentile(alone, 0.5) * 1000, percentile(alone, 0.99) * 1000


async def test_dispatch(durable_url: str, store: Store, say: Print) -> None:
    """Print what the desk costs, whatever a handler does: taken in once, looked up, answered and committed."""
    routes, people, now = (
        capabilities.catalogue(capabilities.every()),
        Members(),
        SystemClock().now(),
    )
    links = SignInLinks(lambda _platform: "")
    desk = TheDesk(store, SystemClock(), routes, people, links, Looks(store))
    network = await store.run(lambda tx: members.new_network(tx, "PLN", "en", "UTC", now))
    await store.run(lambda tx: members.attach(tx, network.id, "test", "w"))

    @routes.press("bench.nothing", needs=ANYONE)
    def nothing(ctx: Context, _press: Press) -> Answer:
        return Reply(Card(ctx.t("Help")))

    async def command(number: int) -> None:
        who = MemberRef("test", "w", f"u{number % 50}")
        await desk.handle(
            Interaction(f"k{number}", who, ROOM, Press("bench.nothing"), "en", "Teacher")
        )

    async def echo(request: web.Request) -> web.Response:
        return web.Response(body=await request.read())

    app = web.Application()
    app.router.add_post("/", echo)
    served = web.AppRunner(app, access_log=None)
    await served.setup()
    await web.TCPSite(served, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{served.addresses[0][1]}/"
    async with ClientSession() as session:

        async def over_http(_number: int) -> None:
            async with session.post(url, data=b"x" * 500) as response:
                await response.read()

        base = await measured(over_http)
    await served.cleanup()
    mine = await measured(command)
    say(
        f"\n{durable_url.partition(':')[0]}: a press that does nothing, taken in and committed ({AT_ONCE} at once)"
    )
    for name, (rate, p50, p99) in (("bare aiohttp echo", base), ("dispatch", mine)):
        say(f"  {name:18} {rate:8,.0f}/s   alone: p50 {p50:6.2f} ms   p99 {p99:6.2f} ms")
    say(f"  ratio of medians   {mine[1] / base[1]:.1f}")
