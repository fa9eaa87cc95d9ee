"""Which pathways members can take, among all that is on offer."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine.offers import OnOffer
from plnbot.pathways import store
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def on_offer(tx: Tx, network: int, _now: datetime) -> Sequence[OnOffer]:
    """Return those that are not closed; not for who walks one already."""
    there = store.who_walks(tx, network)
    return [
        OnOffer(
            "pathway",
            msg("pathway"),
            each.title,
            f"pathway/{each.id}",
            but_for=there.get(each.id, frozenset()),
        )
        for each in store.of_network(tx, network)
        if not each.closed
    ]
