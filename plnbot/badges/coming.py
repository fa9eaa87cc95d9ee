"""Which micro-credentials members can apply for, among all that is on offer."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.badges.actions.assigning import assessors_for
from plnbot.badges.store import applications, awards, definitions
from plnbot.engine.offers import OnOffer
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def on_offer(tx: Tx, network: int, now: datetime) -> Sequence[OnOffer]:
    """Return those that somebody would assess; not for who has one, or is applying."""
    found = definitions.of_network(tx, network)
    have, apply = awards.who_have(tx, network, now), applications.who_apply(tx, network)
    return [
        OnOffer(
            "badge",
            msg("micro-credential"),
            each.terms.name,
            f"badges.one/{each.id}",
            but_for=have.get(each.id, frozenset()) | apply.get(each.id, frozenset()),
        )
        for each in found
        if not each.terms.parts and assessors_for(tx, each, now)
    ]
