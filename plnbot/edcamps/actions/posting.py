"""Cards: posted, asked for by more, led, withdrawn."""

from datetime import datetime

from plnbot.edcamps.actions import phases
from plnbot.edcamps.actions.organising import OVER
from plnbot.edcamps.actions.telling import tell_authors
from plnbot.edcamps.model import TAKES_CARDS, Board, BoardCard, CardKind, CardState, Phase
from plnbot.edcamps.store import boards, sessions
from plnbot.edcamps.store import cards as store
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.likeness import near
from plnbot.store.database import Tx
from plnbot.talk.text import When, clean, one_line
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

LED = "edcamps.led"
GONE = msg("This card is no longer on the board.")
LONGEST, LONGEST_ABOUT, MOST_OWN, MOST_CARDS = 120, 1000, 20, 400
_MOST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class CardWish:
    """What somebody wants to put on a board; `leads` says that they lead it themselves."""

    kind: CardKind
    words: str
    about: str = ""
    needs: tuple[str, ...] = ()
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """A card as it stands, and those that are alike, which people may make one."""

    card: BoardCard
    alike: tuple[BoardCard, ...] = ()


def post(tx: Tx, board: Board, wish: CardWish, now: datetime, *, by: Person) -> Posted:
    """Put a member's card on a board."""
    board = boards.get(tx, board.id, lock=True) or board
    there = store.of_board(tx, board.id)
    if why := why_not_now(board) or _why_not(tx, board, wish, there, now, by=by):
        raise Refused(why)
    new = BoardCard(
        id=0,
        board=board.id,
        kind=wish.kind,
        words=one_line(clean(wish.words))[:LONGEST],
        about=clean(wish.about)[:LONGEST_ABOUT],
        needs=wish.needs,
        state=CardState.OPEN,
        newcomer=_is_new(tx, board, by),
        merged_into=None,
        at=now,
        authors=(by.id,),
        hosts=(by.id,) if wish.leads else (),
    )
    made = again(tx, store.add(tx, new))
    phases.changed(tx, board, now)
    return Posted(made, alike(made, there))


def why_not_now(board: Board) -> Sentence | None:
    """Say why nobody can put a card on a board now, where that is so."""
    if board.takes_cards:
        return None
    opens = [board.times[each] for each in TAKES_CARDS if each in board.times]
    if board.phase is Phase.PLANNED and opens:
        return msg("This board opens {when}. Your card is welcome then.", when=When(min(opens)))
    if not opens:
        return msg("This board takes no cards. Ask an organiser.")
    if board.ended:
        return OVER
    return msg("This board takes no more cards: its grid is made. Ask an organiser.")


def requests_first(board: Board) -> Sentence:
    """Say what a board takes while requests come first."""
    return msg(
        "Requests come first: until {when} this board takes what you want to learn, discuss or make,"
        " whoever leads it. What you can share is welcome after that.",
        when=When(board.ends_phase(Phase.REQUEST) or board.starts_at),
    )


def _why_not(
    tx: Tx,
    board: Board,
    wish: CardWish,
    there: tuple[BoardCard, ...],
    now: datetime,
    *,
    by: Person,
) -> Sentence | None:
    if board.phase is Phase.REQUEST and (wish.leads or wish.kind is CardKind.SHARE):
        return requests_first(board)
    own = store.posted_by(tx, board.id, by.id)
    if own and board.one_each_until is not None and now < board.one_each_until:
        return msg(
            "Everybody has one card until {when}, so that there is room for all. Yours is “{card}”.",
            when=When(board.one_each_until),
            card=own[0].words,
        )
    if len(own) >= MOST_OWN or len(there) >= MOST_CARDS:
        return msg("There are as many cards as fit. Take one of yours back first.")
    return None


def _is_new(tx: Tx, board: Board, who: Person) -> bool:
    """Return whether a member was at no EdCamp here before; at the first one nobody was."""
    earlier = [each.id for each in boards.of_network(tx, board.network) if each.id != board.id]
    return bool(earlier) and not store.was_there(tx, earlier, who.id)


def alike(one: BoardCard, others: tuple[BoardCard, ...]) -> tuple[BoardCard, ...]:
    """Return those of other cards that are alike, the most alike first."""
    by_number = {each.id: each for each in others if each.id != one.id}
    found = near(one.words, [(each.id, each.words) for each in by_number.values()])
    return tuple(by_number[each] for each in found[:_MOST_ALIKE])


def too(tx: Tx, card: BoardCard, now: datetime, *, by: Person) -> BoardCard:
    """Let a member be one of those who ask for a card."""
    board, card = _on_the_board(tx, card)
    store.join(tx, card.id, by.id, "", now)
    phases.changed(tx, board, now)
    return again(tx, card.id)


def too_no_more(tx: Tx, card: BoardCard, now: datetime, *, by: Person) -> BoardCard:
    """Take a member from those who ask for a card; who alone asks for it takes it back."""
    board, card = as_it_stands(tx, card)
    if by.id not in card.authors:
        raise Refused(msg("You do not ask for this card."))
    if card.authors == (by.id,):
        raise Refused(msg("Nobody else asks for it. Take it back instead."))
    store.ask_no_more(tx, card.id, by.id)
    phases.changed(tx, board, now)
    return again(tx, card.id)


def lead(tx: Tx, card: BoardCard, now: datetime, directory: Directory, *, by: Person) -> BoardCard:
    """Let a member lead a card, where somebody does already with them; who asked for it is told."""
    board, card = _on_the_board(tx, card)
    if store.lead(tx, card.id, by.id, now):
        tell_authors(tx, card, LED, now, directory, by=by)
    phases.changed(tx, board, now)
    return again(tx, card.id)


def step_back(tx: Tx, card: BoardCard, now: datetime, *, by: Person) -> BoardCard:
    """Let a member lead a card no more; it stays as a request of those who ask for it."""
    board, card = as_it_stands(tx, card)
    if not store.step_back(tx, card.id, by.id):
        raise Refused(msg("You do not lead this card."))
    phases.changed(tx, board, now)
    return again(tx, card.id)


def withdraw(tx: Tx, card: BoardCard, now: datetime, *, by: Person, organises: bool) -> BoardCard:
    """Take a card from the board; whoever alone asked for it may, and an organiser. It can come back.

    One that was made one with another stands by itself for that. Where everybody was told when it is held,
    it has to be called off, so that they are told that too.
    """
    board, card = as_it_stands(tx, card)
    if card.authors != (by.id,) and not organises:
        raise Refused(msg("Others ask for it too, so it stays. You can take your name off it."))
    if any(each.version and each.cancelled_at is None for each in sessions.of_card(tx, card.id)):
        raise Refused(msg("Everybody was told when it is held. An organiser can call it off."))
    store.change(tx, card.id, state=CardState.WITHDRAWN.value, merged_into=None)
    phases.changed(tx, board, now)
    return again(tx, card.id)


def bring_back(tx: Tx, card: BoardCard, now: datetime, *, by: Person, organises: bool) -> BoardCard:
    """Put a card on the board again that was withdrawn."""
    board, card = as_it_stands(tx, card)
    if by.id not in card.authors and not organises:
        raise Refused(msg("Only who asked for it, or an organiser, can bring it back."))
    store.change(tx, card.id, state=CardState.OPEN.value)
    phases.changed(tx, board, now)
    return again(tx, card.id)


def as_it_stands(tx: Tx, card: BoardCard) -> tuple[Board, BoardCard]:
    """Return a board and its card as they are now, which nobody else changes meanwhile; `Refused` once it is over."""
    board = phases.again(tx, card.board, lock=True)
    if board.ended:
        raise Refused(OVER)
    found = store.get(tx, card.id)
    if found is None:
        raise Refused(GONE)
    return board, found


def _on_the_board(tx: Tx, card: BoardCard) -> tuple[Board, BoardCard]:
    board, card = as_it_stands(tx, card)
    if card.state is CardState.WITHDRAWN:
        raise Refused(msg("This card was withdrawn."))
    return board, card


def again(tx: Tx, number: int) -> BoardCard:
    """Return a card as it stands now; for one that is merged into another, that one."""
    found = store.get(tx, number)
    if found is not None and found.merged_into is not None:
        found = store.get(tx, found.merged_into)
    if found is None:
        raise Refused(GONE)
    return found
