"""What calendars keep of members: that they were shown the address."""

from plnbot.calendars import actions, store
from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _calendar(tx: Tx, whose: Whose) -> Exported:
    known = store.calendar_read_by(tx, whose.id)
    if known is None:
        return []
    shown, now = known
    return [{"knows_the_address": now is not None and shown == now.token}]


def _erase_calendar(tx: Tx, erasure: Erasure) -> None:
    """Forget it, and let the address lead nowhere for who is no longer here."""
    actions.renew_without(tx, erasure.whose.id, erasure.whose.network, erasure.now)


PERSONAL = Personal(
    (
        Holding(
            "calendar",
            ("calendar_reader",),
            msg("That you were shown the address of the calendar"),
            msg("while you are a member, or until you say that you do not use it"),
            _calendar,
            _erase_calendar,
        ),
    ),
    {
        "calendar": "the secret address of a network's calendar",
    },
)
