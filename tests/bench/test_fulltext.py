"""Full text over 200,000 items: how long a question takes, from rare words to words that stand everywhere."""

import functools
import random
import time
from collections.abc import Sequence
from itertools import accumulate

import pytest
from sqlalchemy import text

from plnbot import fulltext
from plnbot.fulltext import Document
from plnbot.members import store as members
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock
from tests.bench.conftest import Print, percentile

pytestmark = pytest.mark.bench
ITEMS, NETWORKS, AT_ONCE, QUESTIONS = 200_000, (100, 20, 5), 2000, 300
MOST_MS = 50.0
_VOCABULARY, _TITLE, _BODY = 30_000, 8, 120
_WORDS = [f"word{each}" for each in range(_VOCABULARY)]
_OFTEN = list(accumulate(1 / (each + 10) for each in range(_VOCABULARY)))
"""As words come in texts once those like "the" are left out: the first is in three of four texts."""


def words(chance: random.Random, many: int) -> list[str]:
    """Return words as they come in texts: a few everywhere, most hardly ever."""
    return chance.choices(_WORDS, cum_weights=_OFTEN, k=many)


def documents(networks: Sequence[int], chance: random.Random) -> Sequence[Document]:
    """Return the items, most of them one network's."""
    whose = chance.choices(networks, NETWORKS, k=ITEMS)
    return [
        Document(
            network,
            "item",
            row,
            " ".join(words(chance, _TITLE)),
            " ".join(words(chance, _BODY)),
            "en",
            chance.choice((0, 0, 0, 1, 4)),
        )
        for row, network in enumerate(whose)
    ]


def questions(chance: random.Random) -> Sequence[str]:
    """Return what is asked: one to four words, a third of them phrases of common ones."""
    asked = [" ".join(words(chance, chance.randint(1, 4))) for _ in range(QUESTIONS)]
    return [*asked, *(f'"{each}"' for each in asked[: QUESTIONS // 3]), "word1", "word1 word2"]


def without_index(tx: Tx) -> None:
    """On PostgreSQL, let the index be made at the end, all at once: filling is not what is measured."""
    if tx.dialect == "postgresql":
        tx.execute(text("DROP INDEX ix_search_index_words"))


def with_index(tx: Tx) -> None:
    """Make what was left out, as the migration does, and let the database look at what it has."""
    if tx.dialect == "postgresql":
        made = "CREATE INDEX ix_search_index_words ON search_index USING gin (words)"
        tx.execute(text(f"{made} WITH (fastupdate = off)"))
    tx.execute(text("ANALYZE"))


async def test_a_question(store: Store, clock: FrozenClock, say: Print) -> None:
    """The 95th percentile is at most 50 ms."""
    chance, dialect = random.Random(15), ""

    def begin(tx: Tx) -> list[int]:
        made = (members.new_network(tx, name, "en", "UTC", clock.now()) for name in "abc")
        return [each.id for each in made]

    networks = await store.run(begin)
    await store.run(without_index)
    began = time.perf_counter()
    every = documents(networks, chance)
    for first in range(0, ITEMS, AT_ONCE):

        def fill(tx: Tx, some: Sequence[Document] = every[first : first + AT_ONCE]) -> str:
            for each in some:
                fulltext.put(tx, each)
            return tx.dialect

        dialect = await store.run(fill)
    filled = time.perf_counter() - began
    await store.run(with_index)
    took, none = [], 0
    for typed in questions(chance):
        began = time.perf_counter()
        ask = functools.partial(fulltext.find, network=networks[0], typed=typed, kinds=["item"])
        found = await store.read(ask)
        took.append((time.perf_counter() - began) * 1000)
        none += not found.hits
    p50, p95 = percentile(took, 0.5), percentile(took, 0.95)
    say(
        f"  {dialect:10} {ITEMS:,} items put in {filled:5.0f} s   {len(took)} questions"
        f" ({none} find nothing): p50 {p50:6.1f}   p95 {p95:6.1f}   longest {max(took):6.1f} ms"
    )
    assert p95 <= MOST_MS
