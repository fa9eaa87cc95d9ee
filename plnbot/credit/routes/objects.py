"""What a button, form, page or file of credit is about, and for whom it is there."""

from collections.abc import Collection

from plnbot.activities import store as activities
from plnbot.activities.store import Activity
from plnbot.credit.model.entries import Why
from plnbot.credit.sentences import WHY
from plnbot.credit.store import batches, delegations, ledger
from plnbot.credit.store.ledger import Stands
from plnbot.engine.context import Context
from plnbot.engine.objects import Object, of_one_member
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg

_GONE = WHY[Why.GONE]
_NO_DRAFT = msg("This draft is no longer there: it was sent in, or its time is over.")
_OVER = msg("That is over.")


def _entry(tx: Tx, row: str) -> Stands | None:
    return ledger.get(tx, row_number(row.partition(".")[0]))


def revision_in(row: str) -> int:
    """Return the revision that a row was made with; 0 where it says none."""
    return row_number(row.partition(".")[2])


def _not_mine(ctx: Context, stands: Stands) -> Sentence | None:
    return None if stands.entry.member == ctx.person.id else _GONE


def _where(ctx: Context, stands: Stands) -> Collection[str]:
    member = stands.entry.member
    return ctx.directory.lies_in(ctx.tx, [member]).get(member, frozenset())


MY_ENTRY: Object[Stands] = Object(
    "own entry",
    load=_entry,
    network=lambda stands: stands.entry.network,
    scope=lambda stands: str(stands.entry.id),
    gone=_GONE,
    closed=_not_mine,
)
AN_ENTRY: Object[Stands] = Object(
    "entry to decide",
    load=_entry,
    network=lambda stands: stands.entry.network,
    scope=lambda stands: str(stands.entry.id),
    gone=_GONE,
    lies_in=_where,
)
A_DRAFT: Object[Activity] = Object(
    "draft of hours",
    load=lambda tx, row: activities.get_activity(tx, row_number(row.partition(".")[0])),
    network=lambda activity: activity.done.network,
    scope=lambda activity: str(activity.id),
    gone=_NO_DRAFT,
    closed=lambda ctx, activity: None if activity.done.member == ctx.person.id else _NO_DRAFT,
)
A_BATCH = of_one_member(
    "batch of hours",
    load=lambda tx, row: batches.get(tx, row_number(row.partition(".")[0])),
    gone=_OVER,
)
A_DELEGATION = of_one_member(
    "delegation",
    load=lambda tx, row: delegations.get(tx, row_number(row)),
    gone=_OVER,
)
