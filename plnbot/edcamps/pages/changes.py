"""What became of the sessions that concern a member, since a version of the grid."""

from collections.abc import Sequence

from plnbot.edcamps.actions.grid_board import laid_out, sizes, what
from plnbot.edcamps.actions.publishing import concerned
from plnbot.edcamps.cards.grid import Change
from plnbot.edcamps.model import Board
from plnbot.edcamps.store import boards, cards, sessions
from plnbot.engine.routes import Showing
from plnbot.talk.fallback import short_words
from plnbot.talk.text import When

_SHORT = 60


def changes_of(to: Showing, board: Board, member: int, since: int) -> Sequence[Change]:
    """Return these by time; before the second version only what the member leads."""
    slots = {each.id: each for each in boards.slots_of(to.tx, board.id)}
    rooms = {each.id: each for each in boards.rooms_of(to.tx, board)}
    news = [each for each in sessions.of_board(to.tx, board.id) if each.version >= since]
    led = cards.of_numbers(to.tx, [each.card for each in news])
    whom = concerned(to.tx, board, news)
    comes = sizes(to.tx, board, laid_out(to.tx, board, to.now), to.directory)
    found = []
    for each in news:
        slot, room = slots.get(each.shown_slot or 0), rooms.get(each.shown_room or 0)
        card, off = led.get(each.card), each.cancelled_at is not None
        # What was called off is told of also where its slot or its room is gone.
        placed = slot is not None and room is not None
        if card is None or not (placed or off):
            continue
        leads = member in card.hosts
        if leads or (each.version > 1 and member in whom[each.card]):
            begins = slot.starts_at if slot else board.starts_at
            change = Change(
                short_words(card.words, _SHORT),
                When(begins),
                room.name if room else "",
                off,
                leads,
                comes.get(what(each)),
            )
            found.append((begins, change))
    return [change for _at, change in sorted(found, key=lambda each: each[0])]
