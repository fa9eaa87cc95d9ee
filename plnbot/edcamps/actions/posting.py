"""Cards: posted, asked for by more, led, withdrawn."""

from datetime import datetime

from plnbot.edcamps.actions import phases
from plnbot.edcamps.actions.telling import tell_authors
from plnbot.edcamps.model import Board, BoardCard, CardKind, CardState, Phase
from plnbot.edcamps.store import boards
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
    if why := why_not_now(board, now) or _why_not(board, wish, there, now, by):
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


def why_not_now(board: Board, now: datetime) -> Sentence | None:
    """Say why nobody can put a card on a board now, where that is so."""
    if board.takes_cards:
        return None
    if board.phase is Phase.PLANNED:
        first = min(each for each in board.times.values() if each > now)
        return msg("This board opens {when}. Your card is welcome then.", when=When(first))
    if board.ended:
        return msg("This EdCamp is over, or was called off.")
    return msg("This board takes no more cards: its grid is made. Ask an organiser.")


def requests_first(board: Board) -> Sentence:
    """Say what a board takes while requests come first."""
    return msg(
        "Requests come first: until {when} this board takes what you want to learn, discuss or make,"
        " whoever leads it. What you can share is welcome after that.",
        when=When(board.ends_phase(Phase.REQUEST) or board.starts_at),
    )


def _why_not(
    board: Board, wish: CardWish, there: tuple[BoardCard, ...], now: datetime, by: Person
) -> Sentence | None:
    if board.phase is Phase.REQUEST and (wish.leads or wish.kind is CardKind.SHARE):
        return requests_first(board)
    own = [each for each in there if by.id in each.authors]
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


def too(tx: Tx, board: Board, card: BoardCard, now: datetime, *, by: Person) -> BoardCard:
    """Let a member be one of those who ask for a card."""
    _on_the_board(board, card)
    store.join(tx, card.id, by.id, "", now)
    phases.changed(tx, board, now)
    return again(tx, card.id)


def lead(
    tx: Tx, board: Board, card: BoardCard, now: datetime, directory: Directory, *, by: Person
) -> BoardCard:
    """Let a member lead a card, where somebody does already with them; who asked for it is told."""
    _on_the_board(board, card)
    if store.lead(tx, card.id, by.id, now):
        tell_authors(tx, card, LED, now, directory, by=by)
    phases.changed(tx, board, now)
    return again(tx, card.id)


def step_back(tx: Tx, board: Board, card: BoardCard, now: datetime, *, by: Person) -> BoardCard:
    """Let a member lead a card no more; it stays as a request of those who ask for it."""
    if not store.step_back(tx, card.id, by.id):
        raise Refused(msg("You do not lead this card."))
    phases.changed(tx, board, now)
    return again(tx, card.id)


def withdraw(
    tx: Tx, board: Board, card: BoardCard, now: datetime, *, by: Person, organises: bool
) -> BoardCard:
    """Take a card from the board; whoever alone asked for it may, and an organiser. It can come back."""
    if card.authors != (by.id,) and not organises:
        raise Refused(msg("Others ask for it too, so it stays. You can take your name off it."))
    store.change(tx, card.id, state=CardState.WITHDRAWN.value)
    phases.changed(tx, board, now)
    return again(tx, card.id)


def bring_back(
    tx: Tx, board: Board, card: BoardCard, now: datetime, *, by: Person, organises: bool
) -> BoardCard:
    """Put a card on the board again that was withdrawn."""
    if by.id not in card.authors and not organises:
        raise Refused(msg("Only who asked for it, or an organiser, can bring it back."))
    store.change(tx, card.id, state=CardState.OPEN.value)
    phases.changed(tx, board, now)
    return again(tx, card.id)


def _on_the_board(board: Board, card: BoardCard) -> None:
    if board.ended:
        raise Refused(msg("This EdCamp is over, or was called off."))
    if card.state is CardState.WITHDRAWN:
        raise Refused(msg("This card was withdrawn."))


def again(tx: Tx, number: int) -> BoardCard:
    """Return a card as it stands now; for one that is merged into another, that one."""
    found = store.get(tx, number)
    if found is not None and found.merged_into is not None:
        found = store.get(tx, found.merged_into)
    if found is None:
        raise Refused(GONE)
    return found
