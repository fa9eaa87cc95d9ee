"""What the engine itself keeps of members: their roles, what is on its way to them, and the log."""

from sqlalchemy import ColumnElement, and_, delete, or_, select

from plnbot.engine import editing, kept_forms, outbox, uploads
from plnbot.engine.personal import (
    Erasure,
    Exported,
    Holding,
    Personal,
    Whose,
    gone_with_accounts,
    theirs,
)
from plnbot.engine.store import (
    audit,
    edit,
    inbox,
    kept_form,
    post,
    role_grant,
    sent_form,
    upload,
    work,
)
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _roles(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(role_grant).where(role_grant.c.person_id == whose.id))
    return [
        {
            "role": row.role,
            "scope": row.scope or "network",
            "since": row.at.isoformat(),
            "until": row.ends_at.isoformat() if row.ends_at else None,
        }
        for row in rows
    ]


def _end_roles(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(role_grant).where(role_grant.c.person_id == erasure.whose.id))


def _sent(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(post).where(theirs(post, whose)))
    return [
        {"to": row.platform, "card": row.card, "about": dict(row.args), "at": row.at.isoformat()}
        for row in rows
    ]


def _forget_sent(tx: Tx, erasure: Erasure) -> None:
    gone_with_accounts(post)(tx, erasure)
    lanes = [lane for each in erasure.whose.accounts for lane in outbox.lanes_of(each)]
    tx.execute(delete(work).where(work.c.lane.in_(lanes)))


def _arrivals(tx: Tx, whose: Whose) -> Exported:
    return [
        {"key": row.key, "at": row.at.isoformat()}
        for each in whose.accounts
        for row in tx.execute(select(inbox).where(_came_from(each)))
    ]


def _forget_arrivals(tx: Tx, erasure: Erasure) -> None:
    for each in erasure.whose.accounts:
        tx.execute(delete(inbox).where(_came_from(each)))


def _came_from(account: MemberRef) -> ColumnElement[bool]:
    """Return what finds the keys that name an account.

    On our pages it begins them, whatever platform it is of; on others it may stand behind a word.
    """
    key, user = inbox.c.key, account.user
    behind = or_(
        key.endswith(f"/{user}", autoescape=True), key.contains(f"/{user}/", autoescape=True)
    )
    return and_(
        inbox.c.workspace == account.workspace,
        or_(
            key.startswith(f"{user}/", autoescape=True),
            and_(inbox.c.platform == account.platform, behind),
        ),
    )


def _uploads(tx: Tx, whose: Whose) -> Exported:
    forms = tx.execute(select(sent_form).where(theirs(sent_form, whose)))
    files = tx.execute(select(upload).where(theirs(upload, whose)))
    return [
        *({"form": row.form, "given": dict(row.given), "at": row.at.isoformat()} for row in forms),
        *({"file": row.name, "at": row.at.isoformat()} for row in files),
    ]


def _forget_uploads(tx: Tx, erasure: Erasure) -> None:
    for table in (sent_form, upload):
        gone_with_accounts(table)(tx, erasure)


def _log(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(audit)
        .where(
            audit.c.network_id == whose.network,
            or_(audit.c.person_id == whose.id, audit.c.subject == f"member:{whose.id}"),
        )
        .order_by(audit.c.id)
    )
    return [
        {
            "at": row.at.isoformat(),
            "by_you": row.person_id == whose.id,
            "action": row.action,
            "subject": row.subject,
            "detail": dict(row.detail),
        }
        for row in rows
    ]


def _keep_log(_tx: Tx, _erasure: Erasure) -> None:
    """Leave it: its lines name a number, and the number no longer leads to anybody."""


def _typed(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(kept_form).where(kept_form.c.member_id == whose.id))
    return [{"form": r.form, "typed": dict(r.given), "at": r.at.isoformat()} for r in rows]


def _forget_typed(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(kept_form).where(kept_form.c.member_id == erasure.whose.id))


def _edits(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(edit).where(edit.c.member_id == whose.id).order_by(edit.c.id))
    return [
        {"subject": r.subject, "field": r.field, "words": r.words, "at": r.at.isoformat()}
        for r in rows
    ]


def _forget_edits(tx: Tx, erasure: Erasure) -> None:
    editing.forget(tx, erasure.whose.id)


PERSONAL = Personal(
    (
        Holding(
            "roles",
            ("role_grant",),
            msg("Your roles, such as moderator"),
            msg("until they are taken back or end"),
            _roles,
            _end_roles,
        ),
        Holding(
            "messages_to_you",
            ("post", "work"),
            msg("Which messages I wrote to you directly, or am about to"),
            msg("while you are a member; what is done, 30 days"),
            _sent,
            _forget_sent,
        ),
        Holding(
            "arrivals",
            ("inbox",),
            msg("Numbers of what you pressed and typed, so that nothing counts twice"),
            msg("7 days"),
            _arrivals,
            _forget_arrivals,
        ),
        Holding(
            "files_you_sent",
            ("sent_form", "upload"),
            msg("Forms that you sent with a file, and the files themselves while I read them"),
            msg("one day"),
            _uploads,
            _forget_uploads,
            expire=uploads.expire,
        ),
        Holding(
            "forms_not_sent",
            ("kept_form",),
            msg("What you typed into forms and have not sent, such as hours to log"),
            msg("14 days"),
            _typed,
            _forget_typed,
            expire=kept_forms.expire,
        ),
        Holding(
            "changes",
            ("edit",),
            msg("What you changed where several can, such as on an EdCamp's board"),
            msg("30 days"),
            _edits,
            _forget_edits,
            msg("What you changed stays as it is now, without your name."),
            expire=editing.expire,
        ),
        Holding(
            "log",
            ("audit",),
            msg("Lines of the log: what you changed, such as a schedule or a role"),
            msg("as long as the network exists"),
            _log,
            _keep_log,
            msg("Lines of the log stay under a number, so that changes can still be explained."),
        ),
    ),
    {
        "erasure": "the number of somebody erased, and when: without it a restored backup would"
        " bring them back",
        "installation": "the clock of a rehearsal",
        "closed_room": "into which rooms of a platform not everybody may look",
        "unheard": "which rooms are still to be read after a gap, and from when on",
        "process": "the machine and number of a process, and when it last said that it lives",
        "restoration": "when the database was restored from a backup",
        "search_entry": "which posts and entries are found by their words; no member's own words",
    },
)
