"""What school calendars keep of members: who added one, and answers for it."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from plnbot.calendars.school import store
from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.store.database import Tx
from plnbot.talk.words import msg

_UNDO = timedelta(days=30)
_CALENDAR = store.school_calendar.c


def _added(tx: Tx, whose: Whose) -> Exported:
    found = select(store.school_calendar).where(_CALENDAR.added_by == whose.id)
    return [
        {"name": row.name, "address": row.address, "added_at": row.added_at.isoformat()}
        for row in tx.execute(found.order_by(_CALENDAR.id))
    ]


def _forget_added(tx: Tx, erasure: Erasure) -> None:
    mine = update(store.school_calendar).where(_CALENDAR.added_by == erasure.whose.id)
    tx.execute(mine.values(added_by=None))


def _expire(tx: Tx, now: datetime) -> None:
    store.forget_removed(tx, now - _UNDO)


PERSONAL = Personal(
    (
        Holding(
            "school_calendars",
            ("school_calendar",),
            msg("Which school calendars you added, and from which address"),
            msg("until the calendar is removed, and 30 days more"),
            _added,
            _forget_added,
            msg("A school calendar stays, as others rely on it; that you added it is forgotten."),
            expire=_expire,
        ),
    ),
    {
        "school_day": "when a district or a school has holidays, tests and terms",
        "school_kind": "as what the days of a school calendar are taken",
        "school_file": "a school calendar's file, until it is read",
    },
)
