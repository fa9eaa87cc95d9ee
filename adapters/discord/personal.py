"""What the Discord side keeps of a member: where they were last, and forms half filled in."""

from datetime import datetime

from sqlalchemy import Table, delete, select

from adapters.discord.store import KEEP_DRAFTS, account, draft
from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.words import msg

PLATFORM = "discord"


def _accounts(whose: Whose) -> list[MemberRef]:
    return [each for each in whose.accounts if each.platform == PLATFORM]


def _places(tx: Tx, whose: Whose) -> Exported:
    return [
        {"server": row.workspace, "channel": row.channel, "at": row.at.isoformat()}
        for each in _accounts(whose)
        for row in tx.execute(
            select(account).where(
                account.c.workspace == each.workspace, account.c.user == each.user
            )
        )
    ]


def _drafts(tx: Tx, whose: Whose) -> Exported:
    return [
        {"given": dict(row.given), "at": row.at.isoformat()}
        for each in _accounts(whose)
        for row in tx.execute(
            select(draft).where(draft.c.workspace == each.workspace, draft.c.user == each.user)
        )
    ]


def _forget_places(tx: Tx, erasure: Erasure) -> None:
    _forget(tx, erasure, account)


def _forget_drafts(tx: Tx, erasure: Erasure) -> None:
    _forget(tx, erasure, draft)


def _forget(tx: Tx, erasure: Erasure, table: Table) -> None:
    for each in _accounts(erasure.whose):
        tx.execute(
            delete(table).where(table.c.workspace == each.workspace, table.c.user == each.user)
        )


def _expire_drafts(tx: Tx, now: datetime) -> None:
    tx.execute(delete(draft).where(draft.c.at < now - KEEP_DRAFTS))


PERSONAL = Personal(
    (
        Holding(
            "discord_places",
            ("discord_account",),
            msg("In which channel of a Discord server you used me last"),
            msg("while you are a member"),
            _places,
            _forget_places,
        ),
        Holding(
            "discord_drafts",
            ("discord_draft",),
            msg("Forms on Discord that you opened and have not sent"),
            msg("7 days"),
            _drafts,
            _forget_drafts,
            expire=_expire_drafts,
        ),
    ),
    {"discord_event": "which scheduled event of a server shows which chat"},
)
