"""A network of 5,000 people in 60 districts: opening home, and finding somebody as one types.

The baseline is the shortest unit that reads, in the same process: what no reading can fall below.
"""

import time
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import insert, text

from plnbot.app import keep_the_loop_free
from plnbot.members import store as members
from plnbot.members.actions import districts
from plnbot.members.model import Organisation, OrganisationKind, folded
from plnbot.members.store import account, member
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.store.opening import open_store
from plnbot.testing import FrozenClock
from tests.bench.conftest import Print, percentile
from tests.bench.test_day import Forgetful
from tests.faults.bot import Bot
from tests.faults.conftest import EIGHT, plan_chat

pytestmark = pytest.mark.bench
PEOPLE, DISTRICTS, TIMES = 5_000, 60, 100
FIRST = ("Ana", "Bo", "Carmen", "Dwayne", "Élodie", "Farid", "Grace", "Hiro", "Íñigo", "Jo")
LAST = ("Lee", "Álvarez", "Okafor", "Nair", "Schmidt", "Torres", "Kim", "Novak", "Carter", "Sá")


def fill(tx: Tx, clock: FrozenClock) -> None:
    """Let five thousand people belong to sixty districts of the first network."""
    home = members.first_network(tx)
    assert home is not None
    by = members.by_id(tx, 1, "")
    assert by is not None
    rows = [
        districts.added(
            tx,
            Organisation(0, home.id, OrganisationKind.DISTRICT, f"District {n}"),
            clock.now(),
            by=by,
        )
        for n in range(DISTRICTS)
    ]
    names = [f"{FIRST[n % 10]} {LAST[n // 10 % 10]} {n}" for n in range(PEOPLE)]
    common = {"network_id": home.id, "locale": "en", "zone": "UTC", "profile": {}}
    tx.execute(
        insert(member),
        [
            {
                **common,
                "id": 10_000 + n,
                "name": name,
                "folded": folded(name),
                "created_at": clock.now(),
                "district_id": rows[n % DISTRICTS].id,
            }
            for n, name in enumerate(names)
        ],
    )
    tx.execute(
        insert(account),
        [
            {"platform": "test", "workspace": "w", "user": f"p{n}", "member_id": 10_000 + n}
            for n in range(PEOPLE)
        ],
    )


async def measured(read: Callable[[int], Awaitable[object]]) -> tuple[float, float]:
    """Return the median and the 99th percentile of many reads, in milliseconds."""
    taken = []
    for number in range(TIMES):
        began = time.perf_counter()
        await read(number)
        taken.append((time.perf_counter() - began) * 1000)
    return percentile(taken, 0.5), percentile(taken, 0.99)


async def test_people(durable_url: str, say: Print) -> None:
    """Print how long home and a keystroke in a search take."""
    await plan_chat(durable_url)
    store, clock = open_store(durable_url), FrozenClock(EIGHT)
    bot = Bot(store, clock, {"test": Forgetful()})
    await store.run(lambda tx: fill(tx, clock))
    keep_the_loop_free()
    where = Place("test", "w", "")

    def who(number: int) -> MemberRef:
        return MemberRef("test", "w", f"p{number * 37 % PEOPLE}")

    typed = ("a", "ca", "alv", "élodie ok", "district", "t", "nobody like this", "kim 4")
    reads: dict[str, Callable[[int], Awaitable[object]]] = {
        "the shortest read": lambda _n: store.read(lambda tx: tx.execute(text("SELECT 1"))),
        "home": lambda n: bot.desk.page(who(n), "home", ""),
        "a keystroke, among members": lambda n: bot.desk.search(
            who(n), where, "members", typed[n % len(typed)]
        ),
        "a keystroke, among districts": lambda n: bot.desk.search(
            who(n), where, "districts", typed[n % len(typed)]
        ),
        "a keystroke, among zones": lambda n: bot.desk.search(
            who(n), where, "zones", typed[n % len(typed)]
        ),
    }
    say(f"\n{durable_url.partition(':')[0]}: {PEOPLE:,} people in {DISTRICTS} districts")
    base = 0.0
    for named, read in reads.items():
        await read(0)
        p50, p99 = await measured(read)
        base = base or p50
        say(f"  {named:32} p50 {p50:7.2f} ms  p99 {p99:7.2f} ms  {p50 / base:6.1f} times the read")
    await store.close()
