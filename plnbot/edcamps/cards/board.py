"""A board as its room sees it: what begins now, until when, and what to do about it."""

from datetime import datetime

from plnbot.edcamps.model import Board, Phase
from plnbot.edcamps.words import PHASE_NAMES
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Block, Button, Card, Look, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Style, Text, When, bold, joined, verbatim
from plnbot.talk.words import Translate
from plnbot.values import dataclass

PAGE, ALL = "edcamp", "edcamps"
POST, VOTE, BAD_TIMES = "edcamp.card", "edcamp.vote", "edcamp.bad_times"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a board stands: its cards, those that nobody leads yet, and how many have voted."""

    cards: int
    requests: int
    voters: int


def open_board(t: Translate, board: Board) -> PageButton:
    """Return the way to a board's page."""
    return PageButton(t("Open the board"), PAGE, str(board.id))


def add_card(t: Translate, board: Board, look: Look = Look.PLAIN) -> Button:
    """Return the way to put a card on a board."""
    label = t("Ask for something") if board.phase is Phase.REQUEST else t("Add a card")
    return Button(label, POST, str(board.id), look)


def vote(t: Translate, board: Board) -> Button:
    """Return the way to vote on a board's cards, one after another."""
    return Button(t("Vote"), VOTE, str(board.id), Look.PRIMARY)


def phase_card(t: Translate, board: Board, phase: Phase, stands: Standing) -> Card:
    """Tell a board's room what has begun; once that is over, that it is."""
    label = verbatim(short_words(board.title, limits.FIELD_LABEL))
    if phase is not board.phase:
        return Card(_title(t, phase), (Paragraph(t("This is over."), quiet=True),), label=label)
    blocks: list[Block] = [Paragraph(each) for each in _about(t, board, stands)]
    blocks.append(Actions(_ways(t, board)))
    tone = Tone.CAUTION if phase is Phase.CALLED_OFF else Tone.QUESTION
    return Card(_title(t, phase), tuple(blocks), tone, label)


def _title(t: Translate, phase: Phase) -> Text:
    titles = {
        Phase.REQUEST: t("What would you like to learn?"),
        Phase.PROPOSE: t("What shall we talk about?"),
        Phase.VOTE: t("Where would you go?"),
        Phase.GRID: t("The grid is being made"),
        Phase.LIVE: t("The EdCamp begins"),
        Phase.SHARE_OUT: t("Time to share out"),
        Phase.OVER: t("The EdCamp is over"),
    }
    return titles.get(phase, t("The EdCamp is called off"))


def _about(t: Translate, board: Board, stands: Standing) -> list[Text]:
    until = board.ends_phase(board.phase) if board.phase is not Phase.CALLED_OFF else None
    when = When(until or board.ends_at)
    cards = t.n("{n} card on the board.", "{n} cards on the board.", stands.cards)
    open_ = t.n(
        "{n} of them is looking for somebody who leads it.",
        "{n} of them are looking for somebody who leads them.",
        stands.requests,
    )
    match board.phase:
        case Phase.REQUEST:
            said = t(
                "Requests come first, until {when}: ask for what you want to learn. You need not lead it.",
                when=when,
            )
            return [said, cards]
        case Phase.PROPOSE:
            said = t(
                "Ask, share, discuss or make something together: put a card on the board until {when}.",
                when=when,
            )
            return [said, joined((cards, open_), " ") if stands.requests else cards]
        case Phase.VOTE:
            said = t("Vote until {when}. What others vote is not shown before that.", when=when)
            return [said, t.n("{n} has voted so far.", "{n} have voted so far.", stands.voters)]
        case Phase.GRID:
            return [t("Voting has ended. The day begins {when}.", when=When(board.starts_at))]
        case Phase.LIVE:
            return [
                t("Sessions go on until {when}.", when=When(until or board.ends_at, Style.TIME))
            ]
        case Phase.SHARE_OUT:
            return [t("What do you take home? We share out until {when}.", when=when)]
        case Phase.OVER:
            return [t("Thank you all for coming.")]
        case _:
            return [t("It does not take place. The cards stay on its page.")]


def _ways(t: Translate, board: Board) -> tuple[Button | PageButton, ...]:
    if board.phase in {Phase.REQUEST, Phase.PROPOSE}:
        return (add_card(t, board, Look.PRIMARY), open_board(t, board))
    if board.phase is Phase.VOTE:
        return (vote(t, board), open_board(t, board))
    return (open_board(t, board),)


def laid(t: Translate, board: Board, cards_from: datetime | None) -> Card:
    """Tell an organiser that their board is laid."""
    said = t("The day begins {when}.", when=When(board.starts_at))
    opens = (
        t("Cards can be posted from {when}.", when=When(cards_from))
        if cards_from
        else t("Cards can be posted now.")
    )
    blocks = (Paragraph(joined((said, opens), " ")), Actions((open_board(t, board),)))
    return Card(t("The board “{title}” is laid", title=board.title), blocks, Tone.GOOD)


def listed(t: Translate, board: Board) -> Card:
    """Show a board in a list."""
    said = joined(
        (bold(t.say(PHASE_NAMES[board.phase]).bare()), Text((When(board.starts_at),))), " · "
    )
    return Card(verbatim(board.title), (Paragraph(said), Actions((open_board(t, board),))))
