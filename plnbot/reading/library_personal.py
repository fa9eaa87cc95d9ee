"""What the library keeps of a member: their shelf, their digests, the links they reported or listed."""

from datetime import datetime

from sqlalchemy import delete, select, update

from plnbot.engine.personal import Erasure, Exported, Holding, Whose
from plnbot.reading.actions.blogs import take_back
from plnbot.reading.actions.digesting import KEPT
from plnbot.reading.actions.indexing import note_use
from plnbot.reading.model.things import Thing, ThingKind
from plnbot.reading.store import blogs, digests
from plnbot.reading.store.library_tables import digest, entry, issue, report, shelf
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _kept(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(shelf).where(shelf.c.member_id == whose.id).order_by(shelf.c.id))
    return [
        {
            "title": row.title,
            "link": row.link,
            "source": row.source,
            "saved_at": _at(row.saved_at),
            "done_at": _at(row.done_at),
            "minutes": row.minutes,
            "sentence": row.sentence,
            "used_in_class_at": _at(row.used_at),
            "less_like_this_at": _at(row.less_at),
        }
        for row in rows
    ]


def _forget_kept(tx: Tx, erasure: Erasure) -> None:
    """Take their shelf away, and count anew what they used in class."""
    mine = shelf.c.member_id == erasure.whose.id
    used = tx.execute(
        select(shelf.c.kind, shelf.c.row_id).where(mine, shelf.c.used_at.is_not(None))
    )
    counted = [Thing(ThingKind(row.kind), row.row_id) for row in used]
    tx.execute(delete(shelf).where(mine))
    for each in counted:
        note_use(tx, erasure.whose.network, each)


def _digests(tx: Tx, whose: Whose) -> Exported:
    wished = tx.execute(select(digest).where(digest.c.member_id == whose.id))
    held = tx.execute(select(issue).where(issue.c.member_id == whose.id).order_by(issue.c.id))
    return [
        *({"days": list(row.days), "at": row.at, "most": row.most} for row in wished),
        *({"at": _at(row.at), "held": list(row.things)} for row in held),
    ]


def _forget_digests(tx: Tx, erasure: Erasure) -> None:
    for table in (digest, issue):
        tx.execute(delete(table).where(table.c.member_id == erasure.whose.id))


def _expire(tx: Tx, now: datetime) -> None:
    digests.forget_before(tx, now - KEPT)


def _reported(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(report).where(report.c.member_id == whose.id).order_by(report.c.at))
    return [{"of": row.kind, "number": row.row_id, "at": _at(row.at)} for row in rows]


def _forget_reported(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(report).where(report.c.member_id == erasure.whose.id))


def _listed(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(entry).where(entry.c.added_by == whose.id).order_by(entry.c.id))
    return [
        {"title": row.title, "link": row.link, "note": row.note, "added_at": _at(row.added_at)}
        for row in rows
    ]


def _forget_listed(tx: Tx, erasure: Erasure) -> None:
    tx.execute(update(entry).where(entry.c.added_by == erasure.whose.id).values(added_by=None))


def _blogs(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "title": each.title,
            "address": each.address,
            "standing": each.standing,
            "at": _at(each.at),
        }
        for each in blogs.of_member(tx, whose.id)
    ]


def _forget_blogs(tx: Tx, erasure: Erasure) -> None:
    """Read their blogs no more; what was shown of them is shown to nobody."""
    for each in blogs.of_member(tx, erasure.whose.id):
        take_back(tx, each, erasure.now, by=None)


def _at(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


HOLDINGS = (
    Holding(
        "reading_shelf",
        ("reading_shelf",),
        msg("What you saved, read, used in class or want less of, with your sentences"),
        msg("while you are a member"),
        _kept,
        _forget_kept,
    ),
    Holding(
        "reading_digests",
        ("reading_digest", "reading_issue"),
        msg("When your digest comes, and what each held"),
        msg("while you are a member; what each held for a year"),
        _digests,
        _forget_digests,
        expire=_expire,
    ),
    Holding(
        "links_reported",
        ("reading_report",),
        msg("Links that you reported as dead"),
        msg("until somebody has looked at the link"),
        _reported,
        _forget_reported,
    ),
    Holding(
        "entries_listed",
        ("reading_entry",),
        msg("What you listed in the catalogue, with your notes on it"),
        msg("as long as the network exists"),
        _listed,
        _forget_listed,
        msg("What you listed stays the network's, without your name."),
    ),
    Holding(
        "own_blogs",
        ("reading_blog",),
        msg("Your own blogs that you offered"),
        msg("until you take them back"),
        _blogs,
        _forget_blogs,
        msg("Posts of your blog are shown no more; their links stay, so that none comes again."),
    ),
)
