"""Slack's own rows: where the app is installed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Row, String, Table, Text, delete, select, update

from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Instant
from plnbot.values import dataclass

installation = Table(
    "slack_installation",
    metadata,
    Column("workspace", String(80), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("bot", String(80), nullable=False),
    Column("token", Text, nullable=False),
    Column("refresh", Text, nullable=False),
    Column("expires_at", Instant, nullable=True),
    Column("installed_at", Instant, nullable=False),
)

_INSTALLED = on_both(
    installation,
    lambda new: new.on_conflict_do_update(
        index_elements=["workspace"],
        set_={each.name: each for each in new.excluded if each.name != "workspace"},
    ),
)


@dataclass(frozen=True, slots=True)
class Installation:
    """One workspace the app is installed in; `token` and `refresh` are sealed."""

    workspace: str
    name: str
    bot: str
    token: str
    refresh: str
    expires_at: datetime | None
    installed_at: datetime


def install(tx: Tx, made: Installation) -> None:
    """Write an installation down, in place of an earlier one."""
    values = {name: getattr(made, name) for name in Installation.__dataclass_fields__}
    tx.execute(_INSTALLED[tx.dialect], values)


def installed(tx: Tx, workspace: str) -> Installation | None:
    """Return the installation in a workspace."""
    query = select(installation).where(installation.c.workspace == workspace)
    row = tx.execute(query).one_or_none()
    return None if row is None else _installation(row)


def installations(tx: Tx) -> Sequence[Installation]:
    """Return every installation."""
    rows = tx.execute(select(installation).order_by(installation.c.workspace))
    return [_installation(row) for row in rows]


def reseal(
    tx: Tx, workspace: str, before: str, *, token: str, refresh: str, expires_at: datetime | None
) -> bool:
    """Replace the tokens of an installation that still holds `before`; False where it is not so."""
    changed = tx.execute(
        update(installation)
        .where(installation.c.workspace == workspace, installation.c.token == before)
        .values(token=token, refresh=refresh, expires_at=expires_at)
    )
    return changed.rowcount > 0


def uninstall(tx: Tx, workspace: str, at: datetime) -> bool:
    """Forget an installation made before `at`; a later one is another and stays."""
    gone = tx.execute(
        delete(installation).where(
            installation.c.workspace == workspace, installation.c.installed_at <= at
        )
    )
    return gone.rowcount > 0


def _installation(row: Row[tuple[object, ...]]) -> Installation:
    return Installation(
        row.workspace,
        row.name,
        row.bot,
        row.token,
        row.refresh,
        row.expires_at,
        row.installed_at,
    )
