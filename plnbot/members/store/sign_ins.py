"""One-time links, by their token's hash."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, false, insert, or_, select

from plnbot.members.store.tables import sign_in
from plnbot.refs import MemberRef
from plnbot.store.database import Tx


def add_sign_in(tx: Tx, token: str, ref: MemberRef, path: str, expires_at: datetime) -> None:
    """Write a one-time link down, by its token's hash."""
    values = {
        "token": token,
        "platform": ref.platform,
        "workspace": ref.workspace,
        "user": ref.user,
        "path": path,
        "expires_at": expires_at,
    }
    tx.execute(insert(sign_in).values(values))


def take_sign_in(tx: Tx, token: str, now: datetime) -> tuple[MemberRef, str] | None:
    """Use a one-time link up."""
    row = tx.execute(
        delete(sign_in).where(sign_in.c.token == token).returning(sign_in)
    ).one_or_none()
    tx.execute(delete(sign_in).where(sign_in.c.expires_at < now))
    if row is None or row.expires_at < now:
        return None
    return MemberRef(row.platform, row.workspace, row.user), row.path


def sign_in_of(tx: Tx, token: str, now: datetime) -> MemberRef | None:
    """Return who a one-time link is for, as long as it can be used."""
    row = tx.execute(
        select(sign_in).where(sign_in.c.token == token, sign_in.c.expires_at >= now)
    ).one_or_none()
    return None if row is None else MemberRef(row.platform, row.workspace, row.user)


def forget_sign_ins(tx: Tx, accounts: Sequence[MemberRef]) -> None:
    """Let no link of these accounts be used any more."""
    theirs = (
        and_(
            sign_in.c.platform == each.platform,
            sign_in.c.workspace == each.workspace,
            sign_in.c.user == each.user,
        )
        for each in accounts
    )
    tx.execute(delete(sign_in).where(or_(false(), *theirs)))
