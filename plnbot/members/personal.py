"""What the members' rooms keep of a member: what they told, their accounts, their links."""

from sqlalchemy import ColumnElement, delete, or_, select, update

from plnbot.engine.personal import (
    Erasure,
    Exported,
    Holding,
    Personal,
    Whose,
    gone_after,
    gone_with_accounts,
    theirs,
)
from plnbot.members.model import folded
from plnbot.members.store import (
    account,
    join_request,
    member,
    network,
    organisations,
    sign_in,
)
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _profile(tx: Tx, whose: Whose) -> Exported:
    row = tx.execute(select(member).where(member.c.id == whose.id)).one()
    return [
        {
            "name": row.name,
            "language": row.locale,
            "time_zone": row.zone,
            "told": dict(row.profile),
            "district": organisations.name_of(tx, row.district_id),
            "school": organisations.name_of(tx, row.school_id),
            "member_since": row.created_at.isoformat(),
            "guided_start": row.started_at.isoformat() if row.started_at else None,
            "clock_confirmed": row.confirmed_at.isoformat() if row.confirmed_at else None,
        }
    ]


def _forget_profile(tx: Tx, erasure: Erasure) -> None:
    """Leave a number without a name: what the network did together still refers to it."""
    whose = erasure.whose
    belonged = organisations.of_member(tx, whose.id)
    home = tx.execute(select(network).where(network.c.id == whose.network)).one()
    tx.execute(
        update(member)
        .where(member.c.id == whose.id)
        .values(
            name=whose.afterwards,
            folded=folded(whose.afterwards),
            locale=home.locale,
            zone=home.zone,
            profile={},
            started_at=None,
            confirmed_at=None,
            district_id=None,
            school_id=None,
        )
    )
    organisations.forget_unused(tx, [each.id for each in reversed(belonged) if each is not None])


def _accounts(_tx: Tx, whose: Whose) -> Exported:
    return [
        {"platform": each.platform, "workspace": each.workspace, "user": each.user}
        for each in whose.accounts
    ]


def _forget_accounts(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(account).where(account.c.member_id == erasure.whose.id))


def _links(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(sign_in).where(theirs(sign_in, whose)))
    return [{"path": row.path, "expires_at": row.expires_at.isoformat()} for row in rows]


def _joining(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(join_request).where(_spoke(whose)))
    return [
        {"platform": row.platform, "workspace": row.workspace, "said": word, "at": at.isoformat()}
        for row in rows
        for by, word, at in (
            (row.host_by, row.host_word, row.host_at),
            (row.guest_by, row.guest_word, row.guest_at),
        )
        if by == whose.id
    ]


def _keep_what_was_said(tx: Tx, erasure: Erasure) -> None:
    """Leave the word of a side, and take away who gave it."""
    for by in (join_request.c.host_by, join_request.c.guest_by):
        tx.execute(update(join_request).where(by == erasure.whose.id).values({by: None}))


def _spoke(whose: Whose) -> ColumnElement[bool]:
    return or_(join_request.c.host_by == whose.id, join_request.c.guest_by == whose.id)


PERSONAL = Personal(
    (
        Holding(
            "profile",
            ("member",),
            msg("Your name, language and time zone, and what you told of yourself"),
            msg("while you are a member"),
            _profile,
            _forget_profile,
            msg("A number without a name stays, because chats and the log refer to it."),
        ),
        Holding(
            "accounts",
            ("account",),
            msg("Your accounts: their numbers on Slack, Discord or here"),
            msg("while you are a member"),
            _accounts,
            _forget_accounts,
        ),
        Holding(
            "links",
            ("sign_in",),
            msg("One-time links to your pages"),
            msg("10 minutes"),
            _links,
            gone_with_accounts(sign_in),
            expire=gone_after(sign_in, "expires_at"),
        ),
        Holding(
            "joining",
            ("join_request",),
            msg("That you spoke for your network about a workspace joining it"),
            msg("until it has joined"),
            _joining,
            _keep_what_was_said,
        ),
    ),
    {
        "network": "a community's name, language and time zone, and what it has switched off",
        "workspace": "which workspace belongs to which community",
        "organisation": "districts and schools; who belongs there stands with the members",
        "organisation_name": "what districts and schools are called",
    },
)
