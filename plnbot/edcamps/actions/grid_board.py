"""A board as a grid is made from it: what can stand where, who wants what, and where everything stands."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from plnbot import grids
from plnbot.edcamps.model import Board, BoardCard, CardState, Session
from plnbot.edcamps.store import boards, cards, sessions, votes
from plnbot.engine.ports import Directory
from plnbot.engine.roles import Grant, Role, needs, reach
from plnbot.grids import Place, Range, forecast
from plnbot.store.database import Tx
from plnbot.values import dataclass

_A_TENTH = 10


@dataclass(frozen=True, slots=True)
class Laid:
    """A board's grid as organisers have it: what it is made from, where things stand, and what they are.

    Things are known by `what`: a card by its number, a further run of one by its session's, negative. What is
    `off` was called off: people may give it a place again, but no suggestion does.
    """

    made_from: grids.Board
    places: Mapping[int, Place]
    cards: Mapping[int, BoardCard]
    sessions: Mapping[int, Session]
    off: Collection[int] = ()

    @property
    def to_suggest(self) -> grids.Board:
        """What a suggestion is made from."""
        cards = self.made_from.cards
        return replace(
            self.made_from, cards=tuple(each for each in cards if each.id not in self.off)
        )

    @property
    def as_placed(self) -> grids.Board:
        """What it is made from, where that everybody was told of something is no reason for its place."""
        loose = {what for what, each in self.sessions.items() if not each.pinned}
        cards = self.made_from.cards
        return replace(
            self.made_from,
            cards=tuple(replace(each, at=None) if each.id in loose else each for each in cards),
        )

    @property
    def unpublished(self) -> tuple[Session, ...]:
        """What stands otherwise than everybody was told, and has not begun."""
        begun = {each.id for each in self.made_from.slots if each.begun}
        return tuple(
            each
            for each in self.sessions.values()
            if (each.slot, each.room) != (each.shown_slot, each.shown_room)
            and each.slot not in begun
        )


def laid_out(tx: Tx, board: Board, now: datetime) -> Laid:
    """Return a board's grid as it stands now."""
    begun = {each.id for each in boards.slots_of(tx, board.id) if each.starts_at <= now}
    every = sessions.of_board(tx, board.id)
    held = {what(each): _as_it_began(each, begun) for each in every if each.cancelled_at is None}
    off = {each.card for each in every} - held.keys()
    # Of what was given up for a run that comes later, that run is all there is.
    later = off & {each.card for each in held.values()}
    there = {each.id: each for each in cards.of_board(tx, board.id) if each.id not in later}
    missing = {each.card for each in held.values()} - there.keys()
    known = {**there, **cards.of_numbers(tx, missing)}
    by_what = {**there, **{one: known[each.card] for one, each in held.items()}}
    wanted = votes.interested(tx, board.id)
    made_of = tuple(
        grids.Card(
            one,
            frozenset(card.hosts),
            wanted.get(one, frozenset()),
            frozenset(card.needs),
            _stays(card, held.get(one)),
        )
        for one, card in sorted(by_what.items())
    )
    places = {one: Place(each.slot, each.room) for one, each in held.items()}
    return Laid(_board(tx, board, now, made_of), places, by_what, held, off)


def what(session: Session) -> int:
    """Return what a session is known by in a grid."""
    return session.card if session.run == 1 else -session.id


def _as_it_began(session: Session, begun: Collection[int]) -> Session:
    """Return a session where everybody knows it, if a change of it that nobody was told of comes too late."""
    if session.version and {session.slot, session.shown_slot} & set(begun):
        slot, room = session.shown_slot or session.slot, session.shown_room or session.room
        return replace(session, slot=slot, room=room)
    return session


def _stays(card: BoardCard, session: Session | None) -> Place | None:
    """Return where something stays; what was withdrawn meanwhile waits there for people to take it out."""
    loose = session is None or not (session.pinned or session.version)
    if session is None or (loose and card.state is CardState.OPEN):
        return None
    return Place(session.slot, session.room)


def _board(tx: Tx, board: Board, now: datetime, made_of: tuple[grids.Card, ...]) -> grids.Board:
    away: dict[int, set[int]] = {}
    for member, slots in boards.bad_times(tx, board.id).items():
        for slot in slots:
            away.setdefault(slot, set()).add(member)
    return grids.Board(
        tuple(
            grids.Slot(each.id, frozenset(away.get(each.id, ())), each.starts_at <= now)
            for each in boards.slots_of(tx, board.id)
        ),
        tuple(
            grids.Room(each.id, each.seats, frozenset(each.features))
            for each in boards.rooms_of(tx, board)
        ),
        made_of,
    )


def sizes(tx: Tx, board: Board, laid: Laid, directory: Directory) -> Mapping[int, Range]:
    """Return how many will come to each session, nothing while too few have voted to tell."""
    here = {one for card in laid.made_from.cards for one in (*card.wanted, *card.hosts)}
    everybody = reach(frozenset({Grant(Role.ADMINISTRATOR)}), needs(Role.ADMINISTRATOR))
    members = select(func.count()).select_from(
        directory.within(board.network, everybody).subquery()
    )
    voted = votes.many(tx, board.id)
    enough = voted * _A_TENTH >= tx.execute(members).scalar_one()
    return forecast(laid.made_from, laid.places, len(here), voted) if enough else {}
