"""How the audit log tells what people did with prompts."""

from collections.abc import Mapping
from datetime import datetime

from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.routes import Context, Routes
from plnbot.prompts import store
from plnbot.talk.text import Bold, Style, When
from plnbot.talk.words import Value, msg

routes = Routes()


@routes.audit(
    {
        "prompt.made": msg("{who} set up the prompts {title}"),
        "prompt.changed": msg("{who} changed the prompts {title}"),
        "prompt.paused": msg("{who} paused the prompts {title}"),
        "prompt.went_on": msg("{who} let the prompts {title} go on"),
        "prompt.ended": msg("{who} ended the prompts {title}"),
        "prompt.brought_back": msg("{who} brought the prompts {title} back"),
        "prompt.room_joined": msg("{who} had the prompts {title} asked in one more room"),
    }
)
def told_of_a_schedule(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the schedule."""
    return {"title": _title(ctx, entry)}


@routes.audit(
    {
        "prompt.skipped": msg("{who} skipped {title} of {day}"),
        "prompt.unskipped": msg("{who} had {title} asked after all on {day}"),
        "prompt.moved": msg("{who} moved {title} of {day} by a week"),
        "prompt.moved_back": msg("{who} moved {title} of {day} back"),
        "prompt.exchanged": msg("{who} exchanged what {title} asks on {day}"),
        "prompt.asked_now": msg("{who} asked one more of {title} on {day}"),
    }
)
def told_of_a_date(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the schedule and the day."""
    at = datetime.fromisoformat(str(entry.detail["at"]))
    return {"title": _title(ctx, entry), "day": When(at, Style.DAY)}


def _title(ctx: Context, entry: Entry) -> Bold:
    number = audit.number_of(entry)
    return Bold(store.titles_of(ctx.tx, [number]).get(number, str(number)))
