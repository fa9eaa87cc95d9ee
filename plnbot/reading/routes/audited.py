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
        Deed.MOVED: msg("{who} has the feed {title} read at its new address"),
        Deed.FILTERED: msg("{who} filters the feed {title} otherwise"),
    }
)
def told_of_a_feed(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the feed."""
    number = audit.number_of(entry)
    return {"title": Bold(feeds.titles_of(ctx.tx, [number]).get(number, str(number)))}


@routes.audit(
    {
        Deed.APPROVED: msg("{who} approved the post {title}"),
        Deed.DECLINED: msg("{who} declined the post {title}"),
        Deed.RETURNED: msg("{who} undid what was decided about the post {title}"),
        Deed.TAKEN: msg("{who} took the post {title} away"),
    }
)
def told_of_a_post(_ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the post."""
    return {"title": Bold(str(entry.detail["title"]))}
