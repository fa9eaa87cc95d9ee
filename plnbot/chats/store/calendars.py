"""The secret addresses under which calendar programs find a network's chats."""

from sqlalchemy import insert, select

from plnbot.chats.store.tables import calendar
from plnbot.store.database import Tx


def calendar_token(tx: Tx, network: int) -> str | None:
    """Return the secret part of a network's calendar address."""
    found = select(calendar.c.token).where(calendar.c.network_id == network)
    return tx.execute(found).scalar_one_or_none()


def set_calendar_token(tx: Tx, network: int, token: str) -> None:
    """Give a network its calendar address."""
    tx.execute(insert(calendar).values(network_id=network, token=token))


def calendar_network(tx: Tx, token: str) -> int | None:
    """Return whose calendar an address is."""
    found = select(calendar.c.network_id).where(calendar.c.token == token)
    return tx.execute(found).scalar_one_or_none()
