"""The quick vote: one card after another, and what a member voted."""

from plnbot.edcamps.cards.board import open_board
from plnbot.edcamps.cards.card import Shown, line
from plnbot.edcamps.model import Board, Tally, Vote
from plnbot.edcamps.words import VOTE_NAMES
from plnbot.talk.cards import Actions, Block, Button, Card, Look, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Text, When, bold, joined, with_links
from plnbot.talk.words import Translate

_LONGEST = 600


def vote_buttons(t: Translate, card: int, given: Vote | None = None) -> Actions:
    """Return the three votes on a card; the one that a member gave is marked."""
    return Actions(
        tuple(
            Button(
                t("✓ {vote}", vote=t.say(name)) if each is given else t.say(name),
                f"edcamp.{each.value}",
                str(card),
                Look.PRIMARY if each is given else Look.PLAIN,
            )
            for each, name in VOTE_NAMES.items()
        )
    )


def quick(t: Translate, shown: Shown, left: int, before: tuple[str, Vote] | None = None) -> Card:
    """Ask a member about one card, and say what they thought of the one before."""
    blocks: list[Block] = []
    if before is not None:
        blocks.append(Paragraph(_said(t, before), quiet=True))
    blocks.append(Paragraph(line(t, shown)))
    if shown.card.about:
        blocks.append(Paragraph(with_links(short_words(shown.card.about, _LONGEST))))
    blocks.append(vote_buttons(t, shown.card.id))
    blocks.append(Paragraph(t.n("{n} card left.", "{n} cards left.", left), quiet=True))
    return Card(t("Would you go there?"), tuple(blocks), Tone.QUESTION)


def all_voted(t: Translate, board: Board, before: tuple[str, Vote] | None = None) -> Card:
    """Tell a member that they have voted on every card."""
    until = board.ends_phase(board.phase) or board.ends_at
    said = t("You can change your votes on the board until {when}.", when=When(until))
    first = [Paragraph(_said(t, before), quiet=True)] if before else []
    return Card(
        t("You have voted on every card"),
        (*first, Paragraph(said), Actions((open_board(t, board),))),
        Tone.GOOD,
    )


def _said(t: Translate, before: tuple[str, Vote]) -> Text:
    words, given = before
    return joined((bold(words), t.say(VOTE_NAMES[given])), ": ")


def tally(t: Translate, came: Tally) -> Text:
    """Return what was voted on a card."""
    said = t.n("{n} is interested", "{n} are interested", came.interested)
    maybe = t.n("{n} maybe", "{n} maybe", came.maybe)
    return joined((said, maybe), " · ") if came.maybe else said
