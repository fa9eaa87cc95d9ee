"""Which introductions members can still join, among all that is on offer."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine.offers import OnOffer
from plnbot.peers.cards.member import PAGE
from plnbot.peers.store import programmes
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def on_offer(tx: Tx, network: int, _now: datetime) -> Sequence[OnOffer]:
    """Return the programmes of a network; not for who takes part in one of them."""
    found = programmes.of_network(tx, network)
    there = frozenset(one for each in found for one in programmes.in_programme(tx, each.id))
    return [
        OnOffer(
            "peers", msg("introductions"), each.name, PAGE, subjects=each.subjects, but_for=there
        )
        for each in found
    ]
