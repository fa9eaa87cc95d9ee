"""Looking through the whole ledger: the chains, the words beside them, and the index over them."""

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import text

from plnbot.credit.model.chain import Flaw, Head, flaws, words_hashed
from plnbot.store.database import Tx

_AT_ONCE = 5_000
_EVENTS = text(
    "SELECT network_id, seq, at, kind, entry_id, member_id, actor_id, facts, words_hash, hash"
    " FROM credit_event ORDER BY network_id, seq"
)
_WORDS = text(
    "SELECT e.network_id, e.seq, e.words_hash, w.salt, w.words, e.member_id, e.entry_id"
    " FROM credit_event e LEFT JOIN credit_words w"
    " ON w.network_id = e.network_id AND w.seq = e.seq"
    " WHERE e.words_hash <> '' OR w.seq IS NOT NULL ORDER BY e.network_id, e.seq"
)
_LOST_WORDS = text(
    "SELECT w.network_id, w.seq FROM credit_words w LEFT JOIN credit_event e"
    " ON e.network_id = w.network_id AND e.seq = w.seq WHERE e.seq IS NULL"
)
_LATEST = text(
    "SELECT i.id, i.network_id, i.member_id, i.standing, i.seq, i.words_seq, i.started, i.source_ref,"
    " e.facts, e.entry_id, e.member_id AS its_member, (SELECT MAX(l.seq) FROM credit_event l WHERE l.entry_id = i.id) AS newest"
    " FROM credit_entry i LEFT JOIN credit_event e"
    " ON e.network_id = i.network_id AND e.seq = i.seq ORDER BY i.id"
)
_UNLISTED = text(
    "SELECT e.network_id, e.seq FROM credit_event e LEFT JOIN credit_entry i ON i.id = e.entry_id"
    " WHERE e.entry_id <> 0 AND i.id IS NULL ORDER BY e.network_id, e.seq LIMIT 1"
)


def chain_flaws(tx: Tx, noted: Mapping[tuple[int, int], str]) -> Iterator[Flaw]:
    """Yield what is wrong with the chains themselves; the first comes first."""
    heads = {
        row.network_id: Head(row.seq, row.hash)
        for row in tx.execute(text("SELECT network_id, seq, hash FROM credit_chain"))
    }
    kept = {
        (row.network_id, row.seq): row.hash
        for row in tx.execute(text("SELECT network_id, seq, hash FROM credit_head WHERE seq > 0"))
    }
    rows = tx.conn.execution_options(yield_per=_AT_ONCE).execute(_EVENTS)
    yield from flaws(map(tuple, rows), heads, {**kept, **noted})


def words_flaws(tx: Tx) -> Iterator[Flaw]:
    """Yield words that were changed or put in, and those that are gone though nobody was erased."""
    gone = {
        (row.network_id, row.member_id): row.seq
        for row in tx.execute(
            text(
                "SELECT network_id, member_id, seq FROM credit_event WHERE kind = 'erase' ORDER BY seq"
            )
        )
    }
    for row in tx.execute(_WORDS):
        if row.words is None:
            if gone.get((row.network_id, row.member_id), 0) <= row.seq:
                yield Flaw(row.network_id, row.seq, "has lost its words, and nobody was erased")
        elif words_hashed(row.salt, row.words) != row.words_hash:
            yield Flaw(row.network_id, row.seq, "has other words than it was written with")
    for row in tx.execute(_LOST_WORDS):
        yield Flaw(row.network_id, row.seq, "has words and is not there")


def index_flaws(tx: Tx) -> Iterator[Flaw]:
    """Yield where the list of entries says otherwise than the ledger."""
    for row in tx.execute(_LATEST):
        if not row.seq and not row.newest:
            continue  # a number that was drawn and never used
        facts = json.loads(row.facts) if row.facts else {}
        told = (
            facts.get("standing"),
            facts.get("words"),
            facts.get("started"),
            facts.get("source"),
        )
        shown = (row.standing, row.words_seq, row.started, row.source_ref)
        whose = (row.entry_id, row.its_member) == (row.id, row.member_id)
        if told != shown or not whose or row.newest != row.seq:
            yield Flaw(row.network_id, row.seq, f"and the list differ about entry {row.id}")
    for row in tx.execute(_UNLISTED):
        yield Flaw(row.network_id, row.seq, "is of an entry that the list has not")
