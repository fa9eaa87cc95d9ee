"""What spaces keep of members: in which they are, and which of their messages were carried."""

from datetime import datetime

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.spaces import store
from plnbot.spaces.carrying import KNOWN, LONGEST_WAIT
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _spaces(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "space": row.title,
            "kind": row.kind,
            "state": row.state,
            "with_account": f"{row.platform}/{row.workspace}/{row.user}",
            "agreed_to_carrying": row.agreed,
            "you_left": not row.inside,
            "you_spoke_last": row.spoke_at.isoformat() if row.spoke_at else None,
        }
        for row in store.members_rows(tx, whose.id)
    ]


def _erase(tx: Tx, erasure: Erasure) -> None:
    store.erase(tx, erasure.whose.id, erasure.whose.afterwards)


def _words(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "at": row.at.isoformat(),
            "message": row.source,
            "not_arrived_yet": row.words,
            "taken_back": row.gone,
        }
        for row in store.words_of(tx, whose.id)
    ]


def _erase_words(tx: Tx, erasure: Erasure) -> None:
    store.erase_words(tx, erasure.whose.id)


def _expire(tx: Tx, now: datetime) -> None:
    store.forget_words(tx, before=now - LONGEST_WAIT)
    store.forget_messages(tx, now - KNOWN)


PERSONAL = Personal(
    (
        Holding(
            "spaces",
            ("space", "space_member"),
            msg("In which small spaces you are, and when you last spoke there, never what"),
            msg("while you are a member"),
            _spaces,
            _erase,
        ),
        Holding(
            "carried_words",
            ("space_word",),
            msg("Which of your messages I carried to others; their words only until they arrive"),
            msg("30 days; the words, until they have arrived, at most 3 days"),
            _words,
            _erase_words,
            msg("What had arrived stands where its readers are; their platform keeps it."),
            expire=_expire,
        ),
    )
)
