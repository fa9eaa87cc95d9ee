"""How the audit log tells what people did with prompts."""

from collections.abc import Mapping
from datetime import datetime

from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.routes import Context, Routes
from plnbot.prompts import store
from plnbot.prompts.model import Act
from plnbot.talk.text import Bold, Style, When
from plnbot.talk.words import Value, msg

routes = Routes()


@routes.audit(
    {
        Act.MADE: msg("{who} set up the prompts {title}"),
        Act.CHANGED: msg("{who} changed the prompts {title}"),
        Act.PAUSED: msg("{who} paused the prompts {title}"),
        Act.WENT_ON: msg("{who} let the prompts {title} go on"),
        Act.ENDED: msg("{who} ended the prompts {title}"),
        Act.BROUGHT_BACK: msg("{who} brought the prompts {title} back"),
        Act.ROOM_JOINED: msg("{who} had the prompts {title} asked in one more room"),
        Act.ROOM_LEFT: msg("{who} took a room out of the prompts {title}"),
    }
)
def told_of_a_schedule(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the schedule."""
    return {"title": _title(ctx, entry)}


@routes.audit(
    {
        Act.SKIPPED: msg("{who} skipped {title} of {day}"),
        Act.UNSKIPPED: msg("{who} had {title} asked after all on {day}"),
        Act.MOVED: msg("{who} moved {title} of {day} by a week"),
        Act.MOVED_BACK: msg("{who} moved {title} of {day} back"),
        Act.EXCHANGED: msg("{who} exchanged what {title} asks on {day}"),
        Act.ASKED_NOW: msg("{who} asked one more of {title} on {day}"),
    }
)
def told_of_a_date(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the schedule and the day."""
    at = datetime.fromisoformat(str(entry.detail["at"]))
    return {"title": _title(ctx, entry), "day": When(at, Style.DAY)}


def _title(ctx: Context, entry: Entry) -> Bold:
    number = audit.number_of(entry)
    return Bold(store.titles_of(ctx.tx, [number]).get(number, str(number)))
