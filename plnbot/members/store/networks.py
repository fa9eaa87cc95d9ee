"""Networks, and which workspace belongs to which."""

from datetime import datetime

from sqlalchemy import Row, bindparam, func, insert, select, update

from plnbot.engine.ports import Network
from plnbot.members.store.tables import network, workspace
from plnbot.store.database import Tx

_NETWORK_OF = (
    select(network)
    .join(workspace, workspace.c.network_id == network.c.id)
    .where(
        workspace.c.platform == bindparam("platform"), workspace.c.workspace == bindparam("name")
    )
)


def new_network(tx: Tx, name: str, locale: str, zone: str, now: datetime) -> Network:
    """Write a network down."""
    values = {"name": name, "locale": locale, "zone": zone, "created_at": now}
    made = tx.execute(insert(network).values(values).returning(network.c.id)).scalar_one()
    return Network(made, name, locale, zone)


def change_network(tx: Tx, network_id: int, *, locale: str, zone: str) -> None:
    """Let a network speak another language, by another clock."""
    values = {"locale": locale, "zone": zone}
    tx.execute(update(network).where(network.c.id == network_id).values(values))


def first_network(tx: Tx) -> Network | None:
    """Return the network that was made first."""
    row = tx.execute(select(network).order_by(network.c.id).limit(1)).one_or_none()
    return None if row is None else network_from(row)


def network_of(tx: Tx, platform: str, name: str) -> Network | None:
    """Return the network a workspace belongs to."""
    row = tx.execute(_NETWORK_OF, {"platform": platform, "name": name}).one_or_none()
    return None if row is None else network_from(row)


def off_in(tx: Tx, network_id: int) -> frozenset[str]:
    """Return the names of the capabilities that are switched off in a network."""
    found = tx.execute(select(network.c.off).where(network.c.id == network_id))
    return frozenset((found.scalar_one_or_none() or "").split())


def switch(tx: Tx, network_id: int, name: str, *, off: bool) -> bool:
    """Switch a capability off or on; return False where it is so already."""
    before = off_in(tx, network_id)
    after = before | {name} if off else before - {name}
    words = " ".join(sorted(after))
    tx.execute(update(network).where(network.c.id == network_id).values(off=words))
    return after != before


def attach(tx: Tx, network_id: int, platform: str, name: str) -> None:
    """Let a workspace belong to a network."""
    values = {"network_id": network_id, "platform": platform, "workspace": name}
    tx.execute(insert(workspace).values(values))


def is_on(tx: Tx, network_id: int, platform: str) -> bool:
    """Return whether a network has a workspace on a platform."""
    found = select(workspace.c.workspace).where(
        workspace.c.network_id == network_id, workspace.c.platform == platform
    )
    return tx.execute(found.limit(1)).one_or_none() is not None


def workspaces_on(tx: Tx, platform: str) -> tuple[str, ...]:
    """Return the workspaces of a platform that belong to a network."""
    found = select(workspace.c.workspace).where(workspace.c.platform == platform)
    return tuple(tx.execute(found.order_by(workspace.c.workspace)).scalars())


def every_workspace(tx: Tx) -> tuple[tuple[str, Network], ...]:
    """Return every workspace, as `platform/workspace`, with its network."""
    rows = tx.execute(
        select(network, workspace.c.platform, workspace.c.workspace)
        .join(workspace, workspace.c.network_id == network.c.id)
        .order_by(network.c.id, workspace.c.platform, workspace.c.workspace)
    )
    return tuple((f"{row.platform}/{row.workspace}", network_from(row)) for row in rows)


def workspaces_in(tx: Tx, network_id: int) -> int:
    """Return how many workspaces belong to a network."""
    counted = select(func.count()).where(workspace.c.network_id == network_id)
    many: int = tx.execute(counted).scalar_one()
    return many


def network_from(row: Row[tuple[object, ...]]) -> Network:
    """Return the network in a row of its table."""
    return Network(row.id, row.name, row.locale, row.zone, frozenset(row.off.split()))
