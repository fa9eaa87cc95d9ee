"""Which rules are followed when a member sends something in."""

from datetime import datetime

from plnbot.credit.actions.sending import Rules
from plnbot.engine.ports import Person
from plnbot.store.database import Tx


def rules_of(_tx: Tx, _person: Person, _kind: str, _now: datetime) -> Rules:
    """Return how many approve what a member sends in, and by which policies."""
    return Rules()
