"""How long a statement takes, and a district's: a teacher of 2,000 entries under three policies, 20,000 teachers."""

import random
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta

import pytest

from plnbot.policies import Deeds, Entry, Licence, Policy, evaluate
from plnbot.policies.shelf import cited
from tests.bench.conftest import Print

pytestmark = pytest.mark.bench

POLICIES = ("us-tx@2026.1", "us-ma@2026.1", "us-ut@2026.1")
KINDS = ("workshop", "course", "webinar", "mentoring", "presenting", "conference", "committee")
TAGS = ("sei", "students_with_disabilities", "content", "pedagogy", "equity", "dyslexia")
PROVIDERS = ("approved", "district", "network", "college")
ISSUED, TODAY = date(2022, 7, 1), date(2026, 11, 28)
TEACHERS, MILLION, WORKERS = 20_000, 1_000_000, 2


def history(many: int, chance: random.Random) -> list[Entry]:
    """Return what a busy teacher did since the licence was issued: most of it small and with the network."""
    days = (TODAY - ISSUED).days
    made = []
    for at in range(many):
        small = chance.random() < 0.8
        made.append(
            Entry(
                id=f"{at}",
                on=ISSUED + timedelta(days=chance.randrange(days)),
                minutes=chance.randrange(5, 61) if small else 30 * chance.randrange(1, 17),
                kind=chance.choice(("plc", "plc", "self_study")) if small else chance.choice(KINDS),
                title=f"Entry {at}",
                tags=frozenset(chance.sample(TAGS, chance.randrange(3))),
                topic=f"topic{chance.randrange(40)}",
                provider="network" if small else chance.choice(PROVIDERS),
                has=frozenset({"product"} if chance.random() < 0.8 else ()),
                approved=chance.randrange(2),
            )
        )
    return made


def teacher() -> Licence:
    """Return the licence of one."""
    return Licence(id="bench", issued=ISSUED)


def test_a_statement_of_two_thousand_entries(say: Print) -> None:
    """Under three policies, one after the other; what is compared is the least of some."""
    policies = [cited(each) for each in POLICIES]
    done = history(2000, random.Random(1))
    taken = []
    for _ in range(15):
        began = time.process_time()
        deeds = Deeds(done)
        for each in policies:
            evaluate(each, teacher(), deeds, TODAY)
        taken.append(time.process_time() - began)
    say(
        f"2,000 entries under three policies: {min(taken) * 1000:.1f} ms, median {sorted(taken)[7] * 1000:.1f}"
    )
    assert min(taken) <= 0.06  # 0.02 where nothing else runs; see docs/performance.md


def _recomputed(given: tuple[int, int, int]) -> float:
    """Recompute some teachers in a worker; return the seconds that evaluating took."""
    seed, teachers, each_has = given
    chance = random.Random(seed)
    policy: Policy = cited(POLICIES[0])
    histories = [history(each_has, chance) for _ in range(50)]
    began = time.process_time()
    for at in range(teachers):
        evaluate(policy, teacher(), histories[at % len(histories)], TODAY)
    return time.process_time() - began


def _district(teachers: int, each_has: int) -> float:
    """Return how many processor seconds each of two cores takes for a district, in portions that show progress."""
    portion = 500
    work: Sequence[tuple[int, int, int]] = [
        (seed, portion, each_has) for seed in range(teachers // portion)
    ]
    with ProcessPoolExecutor(WORKERS) as pool:
        return sum(pool.map(_recomputed, work)) / WORKERS


def test_a_district(say: Print) -> None:
    """20,000 teachers of fifty entries each, and half as many: twice as many take twice as long."""
    half = _district(TEACHERS // 2, MILLION // TEACHERS)
    whole = _district(TEACHERS, MILLION // TEACHERS)
    say(
        f"a million entries of 20,000 teachers: {whole:.1f} s on two cores; half of it {half:.1f} s"
    )
    assert whole <= 60
    assert whole <= half * 2.6
