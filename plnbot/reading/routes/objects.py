"""What people act on: feeds, and what a link was found to lead to."""

from plnbot.engine.context import Context
from plnbot.engine.objects import Object
from plnbot.reading.actions.keys import GONE
from plnbot.reading.model.feeds import Feed
from plnbot.reading.store import feeds as store
from plnbot.reading.store.feeds import Found
from plnbot.refs import row_number
from plnbot.talk.words import Sentence, msg

_LONG_AGO = msg("That is from too long ago. Paste the link once more: `/pln feed add`.")
A_FEED: Object[Feed] = Object(
    "feed",
    load=lambda tx, row: store.get(tx, row_number(row)),
    network=lambda feed: feed.network,
    scope=lambda feed: f"feed:{feed.id}",
    gone=GONE,
)


def _closed(context: Context, found: Found) -> Sentence | None:
    return None if found.by == context.person.id and found.offers else _LONG_AGO


A_FIND: Object[Found] = Object(
    "found feed",
    load=lambda tx, row: store.found(tx, row_number(row)),
    network=lambda found: found.network,
    scope=lambda found: f"find:{found.id}",
    gone=_LONG_AGO,
    closed=_closed,
)
