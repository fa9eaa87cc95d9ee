"""What must outlive a restart on Discord: forms half filled in, where members were, events made."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, Index, String, Table, delete, insert, select, update

from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Instant, Json
from plnbot.talk.codec import pack, unpack_form
from plnbot.talk.forms import Form
from plnbot.values import dataclass

KEEP_DRAFTS = timedelta(days=7)
Given = Mapping[str, str | Sequence[str]]

draft = Table(
    "discord_draft",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("workspace", String(80), nullable=False),
    Column("user", String(80), nullable=False),
    Column("form", Json, nullable=False),
    Column("given", Json, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

account = Table(
    "discord_account",
    metadata,
    Column("workspace", String(80), primary_key=True),
    Column("user", String(80), primary_key=True),
    Column("channel", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_discord_account_user", "user", "at"),
)

event = Table(
    "discord_event",
    metadata,
    Column("workspace", String(80), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("event", String(80), nullable=False),
)
_SEEN = on_both(
    account,
    lambda new: new.on_conflict_do_update(
        index_elements=["workspace", "user"],
        set_={"channel": new.excluded.channel, "at": new.excluded.at},
    ),
)


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form that somebody fills in, with what was given so far."""

    id: str
    who: MemberRef
    form: Form
    given: Given


def keep_draft(tx: Tx, new: FormDraft, now: datetime) -> None:
    """Keep a form that was opened; forms opened long ago are forgotten."""
    tx.execute(delete(draft).where(draft.c.at < now - KEEP_DRAFTS))
    values = {
        "id": new.id,
        "workspace": new.who.workspace,
        "user": new.who.user,
        "form": pack(new.form),
        "given": dict(new.given),
        "at": now,
    }
    tx.execute(insert(draft).values(values))


def draft_of(tx: Tx, row: str, user: str) -> FormDraft | None:
    """Return a member's own draft."""
    found = tx.execute(select(draft).where(draft.c.id == row, draft.c.user == user)).one_or_none()
    if found is None:
        return None
    who = MemberRef("discord", found.workspace, found.user)
    return FormDraft(found.id, who, unpack_form(found.form), found.given)


def add_to_draft(tx: Tx, row: str, given: Given) -> None:
    """Keep what has been given of a form."""
    tx.execute(update(draft).where(draft.c.id == row).values(given=dict(given)))


def change_draft(tx: Tx, changed: FormDraft) -> None:
    """Keep a form as it is to be mended."""
    tx.execute(update(draft).where(draft.c.id == changed.id).values(form=pack(changed.form)))


def forget_draft(tx: Tx, row: str) -> None:
    """Forget a form that was sent."""
    tx.execute(delete(draft).where(draft.c.id == row))


def note_account(tx: Tx, who: MemberRef, channel: str, now: datetime) -> None:
    """Note where in a server a member was last."""
    values = {"workspace": who.workspace, "user": who.user, "channel": channel, "at": now}
    tx.execute(_SEEN[tx.dialect], values)


def channel_of(tx: Tx, who: MemberRef) -> str:
    """Return where in a server a member was last, or an empty string."""
    found = tx.execute(
        select(account.c.channel).where(
            account.c.workspace == who.workspace, account.c.user == who.user
        )
    ).scalar_one_or_none()
    return found or ""


def workspaces_of(tx: Tx, user: str) -> tuple[str, ...]:
    """Return the servers a user was in with us, the latest first."""
    rows = tx.execute(
        select(account.c.workspace).where(account.c.user == user).order_by(account.c.at.desc())
    )
    return tuple(row.workspace for row in rows)


def event_of(tx: Tx, workspace: str, key: str) -> str:
    """Return the scheduled event of something that takes place, or an empty string."""
    found = tx.execute(
        select(event.c.event).where(event.c.workspace == workspace, event.c.key == key)
    ).scalar_one_or_none()
    return found or ""


def keep_event(tx: Tx, workspace: str, key: str, made: str) -> None:
    """Note the scheduled event of something that takes place; an empty `made` forgets it."""
    forget = delete(event).where(event.c.workspace == workspace, event.c.key == key)
    tx.execute(forget)
    if made:
        tx.execute(insert(event).values(workspace=workspace, key=key, event=made))


def forget_event(tx: Tx, workspace: str, made: str) -> None:
    """Forget a scheduled event that is no longer there."""
    tx.execute(delete(event).where(event.c.workspace == workspace, event.c.event == made))
