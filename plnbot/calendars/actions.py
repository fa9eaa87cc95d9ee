"""The calendar's address: shown, renewed by hand, and by itself when somebody leaves who knows it."""

import secrets
from datetime import datetime

from plnbot.calendars import store
from plnbot.calendars.model import Calendar
from plnbot.engine import audit
from plnbot.engine.ports import Person
from plnbot.store.database import Tx


def calendar_for(tx: Tx, person: Person) -> Calendar:
    """Return the calendar of somebody's network, made when first asked for, as shown to them."""
    found = store.calendar_of(tx, person.network.id)
    if found is None:
        found = Calendar(person.network.id, _token(), secrets.token_hex(8))
        store.add_calendar(tx, found)
    store.show_calendar(tx, found, person.id)
    return found


def renew_calendar(tx: Tx, by: Person, now: datetime) -> Calendar:
    """Give the calendar another address, which alone counts from now on."""
    calendar_for(tx, by)
    store.move_calendar(tx, by.network.id, _token(), now)
    audit.record(tx, by.network.id, by.id, "calendar.renewed", f"member:{by.id}", now=now)
    return calendar_for(tx, by)


def renew_without(tx: Tx, member: int, network: int, now: datetime) -> None:
    """Renew the address if a member who has left was shown it as it is; nobody shows it to them."""
    known = store.calendar_read_by(tx, member)
    store.forget_reader(tx, member)
    if known is None or known[1] is None or known[0] != known[1].token:
        return
    store.move_calendar(tx, network, _token(), now)
    audit.record(tx, network, None, "calendar.renewed_without", f"member:{member}", now=now)


def has_left(tx: Tx, person: Person, now: datetime) -> None:
    """Let nobody read on who has left."""
    renew_without(tx, person.id, person.network.id, now)


def moved_since(tx: Tx, person: Person) -> Calendar | None:
    """Return the calendar where somebody was shown an address of it that is no longer its."""
    known = store.calendar_read_by(tx, person.id)
    if known is None or known[1] is None or known[0] == known[1].token:
        return None
    return known[1]


def _token() -> str:
    return secrets.token_urlsafe(24)
