"""Saying what holds for all feeds of a network."""

from datetime import datetime

from plnbot.engine import audit
from plnbot.engine.ports import Person
from plnbot.reading.actions.keys import topic
from plnbot.reading.model.feeds import Deed
from plnbot.reading.model.rules import Rules
from plnbot.reading.store import rules as store
from plnbot.store.database import Tx


def change(tx: Tx, wanted: Rules, now: datetime, *, by: Person) -> None:
    """Have this hold for all feeds of a network from now on; what waits already goes on waiting."""
    network = by.network.id
    store.keep(tx, network, wanted)
    audit.record(tx, network, by.id, Deed.RULES.value, f"network:{network}", now=now)
    tx.announce(topic(network))
