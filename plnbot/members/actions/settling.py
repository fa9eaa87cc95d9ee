"""A member's zone and language, and a network's: kept as somebody chose or confirmed them."""

from datetime import datetime

from plnbot.engine import audit, notices
from plnbot.engine.ports import Person
from plnbot.engine.ports.people import reader_topic
from plnbot.members import store
from plnbot.store.database import Tx


def settle_reader(
    tx: Tx, person: Person, now: datetime, *, zone: str = "", locale: str = ""
) -> None:
    """Read times and words to a member so from now on; what is left out stays, and is right too."""
    store.change_member(
        tx,
        person.id,
        zone=zone or person.zone,
        locale=locale or person.locale,
        confirmed_at=now,
    )
    notices.look_again(tx, [person.id], now)  # quiet hours go by the zone
    tell_pages(tx, person.id)


def tell_pages(tx: Tx, person: int) -> None:
    """Let every page that a member has open, and their home elsewhere, be shown anew."""
    tx.announce(reader_topic(person))
    tx.announce(f"member:{person}")


def settle_network(tx: Tx, by: Person, now: datetime, *, zone: str, locale: str) -> None:
    """Let a network's rooms speak another language, by another clock, and log who decided it."""
    store.change_network(tx, by.network.id, locale=locale, zone=zone)
    subject = f"network:{by.network.id}"
    audit.record(tx, by.network.id, by.id, "network.changed", subject, now=now, zone=zone)
