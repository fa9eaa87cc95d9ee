"""What is left of a day for each member: where they were, what they take home, what stands in their calendar."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from plnbot.edcamps.actions.organising import key_of
from plnbot.edcamps.model import Board, Vote
from plnbot.edcamps.model.presence import Held, presences
from plnbot.edcamps.store import cards, day, sessions, votes
from plnbot.engine.notices import tell_now
from plnbot.engine.notices.model import NoticeKind
from plnbot.engine.ports import Directory
from plnbot.store.database import Tx
from plnbot.talk.happenings import Happening
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg

RECAP = "edcamps.recap"
RECAPS = NoticeKind(
    name="edcamps.recap",
    title=msg("Your EdCamp, looked back at"),
    about=msg("Once an EdCamp is over: where you were, and all its notes"),
    may_be_muted=True,
)


def recap_all(tx: Tx, directory: Directory, board: Board, now: datetime) -> None:
    """Tell everybody who was there what is left of the day, once."""
    taken = {each.member for each in day.takeaways_of(tx, board.id)}
    moves, ended = day.moves_of(tx, board.id), _ended(tx, board)
    came = sorted({*moves, *taken})
    for member, person in directory.by_ids(tx, came).items():
        if member in taken or presences(moves.get(member, ()), ended):
            args = {"board": board.id, "member": member}
            key = f"{key_of(board)}/recap/{member}"
            tell_now(tx, RECAPS, person, RECAP, args, key=key, now=now)


def day_of(tx: Tx, board: Board, member: int) -> Sequence[tuple[int, int]]:
    """Return in which sessions a member was, and how many minutes, in their order."""
    moves = day.moves_of(tx, board.id, member).get(member, ())
    found = presences(moves, _ended(tx, board)).values()
    in_order = sorted(found, key=lambda each: (each.started, each.session))
    return [(each.session, each.minutes) for each in in_order]


def _ended(tx: Tx, board: Board) -> Sequence[Held]:
    """Return when the sessions of a board were held that have ended."""
    return [
        Held(each.session, each.starts_at, each.ended_at)
        for each in day.meetings_of(tx, board.id).values()
        if each.ended_at is not None
    ]


def own_happenings(tx: Tx, board: Board, member: int) -> Iterator[Happening]:
    """Yield the sessions that a member leads, is in or was interested in, for their calendar."""
    there = sessions.places_of(tx, board)
    led = cards.of_numbers(tx, [each.session.card for each in there.values()])
    liked = votes.of_member(tx, board.id, member)
    here = day.where_is(tx, board.id, member)
    for place in there.values():
        card = led.get(place.session.card)
        leads = card is not None and member in card.hosts
        likes = liked.get(place.session.card) is Vote.INTERESTED
        if card is not None and (leads or likes or place.session.id == here):
            yield Happening(
                f"edcamp_session:{place.session.id}",
                verbatim(card.words),
                verbatim("\n".join(filter(None, (place.room.name, board.title)))),
                place.slot.starts_at,
                place.closes_at,
                busy=leads,
            )
