"""`plnbot verify ledger`: the chains, the words beside them and the list over them, looked through whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import text

from plnbot.credit.model.chain import Flaw
from plnbot.credit.store.verifying import chain_flaws, index_flaws, words_flaws
from plnbot.errors import PlnError
from plnbot.store.database import Tx

MOST_SHOWN = 20


class LedgerError(PlnError):
    """The ledger is not whole, or cannot be looked at so; the words say where."""


def verifying(heads: Sequence[str]) -> Callable[[Tx, datetime], Sequence[str]]:
    """Return the unit that looks through the ledger; raises `LedgerError` naming the first flaw."""
    noted = _noted(heads)

    def unit(tx: Tx, _now: datetime) -> Sequence[str]:
        found = list(islice(all_flaws(tx, noted), MOST_SHOWN))
        if found:
            first, *others = found
            lines = [f"The ledger is not whole. First: {first}.", *(f"  {each}" for each in others)]
            raise LedgerError("\n".join(lines))
        events = tx.execute(text("SELECT COUNT(*) FROM credit_event")).scalar_one()
        ends = tx.execute(
            text("SELECT network_id, seq, hash FROM credit_chain ORDER BY network_id")
        )
        lines = [
            f"  network {row.network_id}: {row.network_id}:{row.seq}:{row.hash}" for row in ends
        ]
        return [f"The ledger is whole: {events} events.", *lines]

    return unit


def all_flaws(tx: Tx, noted: Mapping[tuple[int, int], str]) -> Iterator[Flaw]:
    """Yield everything that is wrong with the ledger, the chains first."""
    yield from chain_flaws(tx, noted)
    yield from words_flaws(tx)
    yield from index_flaws(tx)


def _noted(heads: Sequence[str]) -> Mapping[tuple[int, int], str]:
    found = {}
    for each in heads:
        network, _, rest = each.partition(":")
        seq, _, its_hash = rest.partition(":")
        if not (network.isdigit() and seq.isdigit() and its_hash):
            raise LedgerError(f"“{each}” is no NETWORK:EVENT:HASH, as the log writes it.")
        if int(seq):
            found[int(network), int(seq)] = its_hash
    return found
