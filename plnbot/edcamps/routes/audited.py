"""How the audit log tells what people did with boards."""

from collections.abc import Mapping

from plnbot.edcamps.pages.seen import boards_seen
from plnbot.edcamps.store import boards
from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.routes import Context, Routes
from plnbot.talk.text import Bold
from plnbot.talk.words import Value, msg

routes = Routes()


@routes.audit(
    {
        "edcamp.announced": msg("{who} told everybody at the EdCamp {board} something"),
        "edcamp.note_removed": msg("{who} took a note of the EdCamp {board} away"),
        "edcamp.takeaway_removed": msg("{who} took a takeaway of the EdCamp {board} away"),
        "edcamp.rolls": msg("{who} let the board {board} come again every week"),
        "edcamp.rolls_not": msg("{who} let the board {board} come again no more"),
        "edcamp.opened": msg("{who} let anybody read the board {board}"),
        "edcamp.shut": msg("{who} let members alone read the board {board}"),
        "edcamp.laid": msg("{who} laid the board {board}"),
        "edcamp.changed": msg("{who} changed the board {board}"),
        "edcamp.called_off": msg("{who} called off the EdCamp {board}"),
        "edcamp.published": msg("{who} published the grid of {board}"),
        "edcamp.session_off": msg("{who} called off a session of {board}"),
    }
)
def told_of_a_board(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the board."""
    return {"board": _title(ctx, audit.number_of(entry))}


@routes.audit({"edcamp.shared": msg("{who} made {person} an organiser of the board {board}")})
def told_of_an_organiser(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the board, and who organises it now."""
    person = ctx.called(int(str(entry.detail["to"])))
    return {"board": _title(ctx, audit.number_of(entry)), "person": person}


def _title(ctx: Context, number: int) -> Bold:
    found = boards.get(ctx.tx, number)
    seen = boards_seen(ctx, [found] if found else [])
    return Bold(seen[0].title if seen else str(number))
