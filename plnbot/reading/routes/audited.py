"""How the audit log tells what people did with feeds."""

from collections.abc import Mapping

from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.routes import Context, Routes
from plnbot.reading.model.feeds import Deed
from plnbot.reading.store import feeds
from plnbot.talk.text import Bold
from plnbot.talk.words import Value, msg

routes = Routes()


@routes.audit(
    {
        Deed.ADDED: msg("{who} added the feed {title}"),
        Deed.CHANGED: msg("{who} changed the feed {title}"),
        Deed.REMOVED: msg("{who} removed the feed {title}"),
        Deed.BROUGHT_BACK: msg("{who} brought the feed {title} back"),
    }
)
def told_of_a_feed(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the feed."""
    number = audit.number_of(entry)
    return {"title": Bold(feeds.titles_of(ctx.tx, [number]).get(number, str(number)))}
