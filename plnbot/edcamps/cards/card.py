"""A card on a board: what its author is told, and its entry on the page."""

from collections.abc import Sequence

from plnbot.edcamps.cards.board import open_board
from plnbot.edcamps.model import Board, BoardCard, CardState
from plnbot.edcamps.words import KIND_NAMES
from plnbot.talk.cards import Actions, Block, Button, Card, Look, Paragraph, Tone
from plnbot.talk.lists import names
from plnbot.talk.text import EMPTY, Text, bold, joined, verbatim, with_links
from plnbot.talk.words import Translate
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """A card as it is shown: with the names of who asks for it and who leads it."""

    card: BoardCard
    asked_by: Sequence[str]
    led_by: Sequence[str]


def who(t: Translate, shown: Shown) -> Text:
    """Return who asks for a card and who leads it, or that nobody does yet."""
    asked = t("asked by {names}", names=names(t, shown.asked_by)) if shown.asked_by else EMPTY
    led = (
        t("led by {names}", names=names(t, shown.led_by))
        if shown.led_by
        else t("nobody leads it yet")
    )
    alone = shown.led_by and list(shown.led_by) == list(shown.asked_by)
    return led if alone or not asked else joined((asked, led), " · ")


def line(t: Translate, shown: Shown) -> Text:
    """Return a card on one line: its kind, its words, its people."""
    kind = t.say(KIND_NAMES[shown.card.kind])
    return joined((kind, bold(shown.card.words), who(t, shown)), " · ")


def posted(t: Translate, board: Board, shown: Shown, alike: Sequence[Shown]) -> Card:
    """Tell a member that their card is on the board, and ask whether one that is alike is the same."""
    blocks: list[Block] = [Paragraph(line(t, shown))]
    if shown.card.is_request:
        said = t("Somebody may come forward to lead it. You need not.")
        blocks.append(Paragraph(said, quiet=True))
    for each in alike:
        blocks.append(Paragraph(t("Alike: {card}", card=line(t, each))))
        row = f"{shown.card.id}.{each.card.id}"
        blocks.append(Actions((Button(t("It is the same as this one"), "edcamp.same", row),)))
    if alike:
        both = t("Made one, they stand once with both your names, and votes do not split.")
        blocks.append(Paragraph(both, quiet=True))
    blocks.append(Actions((open_board(t, board), take_back(t, shown))))
    return Card(t("Your card is on the board"), tuple(blocks), Tone.GOOD)


def made_one(t: Translate, shown: Shown, was: int) -> Card:
    """Tell that two cards are one now, with the way back."""
    undo = Actions((Button(t("Take them apart again"), "edcamp.apart", str(was)),))
    return Card(t("They are one card now"), (Paragraph(line(t, shown)), undo), Tone.GOOD)


def led(t: Translate, board: Board, card: BoardCard, by: str) -> Card:
    """Tell who asked for a card that somebody leads it."""
    said = t("{name} leads what you asked for: “{card}”.", name=by, card=card.words)
    ways = Actions((open_board(t, board),))
    return Card(t("You asked; somebody leads it"), (Paragraph(said), ways), Tone.GOOD)


def merged(t: Translate, board: Board, words: str, shown: Shown) -> Card:
    """Tell who asked for a card that it is one with another now."""
    said = t(
        "“{card}” says the same as another, so they stand once, with all your names:", card=words
    )
    return Card(
        t("Your card is one with another"),
        (Paragraph(said), Paragraph(line(t, shown)), Actions((open_board(t, board),))),
    )


def take_back(t: Translate, shown: Shown) -> Button:
    """Return the way to take a card of one's own from the board."""
    return Button(t("Take it back"), "edcamp.withdraw", str(shown.card.id), Look.DANGER)


def withdrawn(t: Translate, shown: Shown) -> Card:
    """Tell that a card is off the board, with the way back."""
    undo = Actions((Button(t("Bring it back"), "edcamp.bring_back", str(shown.card.id)),))
    said = t("“{card}” is off the board and takes no votes.", card=shown.card.words)
    return Card(t("Taken back"), (Paragraph(said), undo), Tone.CAUTION)


def stands(t: Translate, title: Text, shown: Shown) -> Card:
    """Tell a member how a card stands now that they have done something to it."""
    return Card(title, (Paragraph(line(t, shown)),), Tone.GOOD)


def entry(t: Translate, shown: Shown, rows: Sequence[Actions], came: Text = EMPTY) -> Card:
    """Show a card in the list of its board, with what this reader may do, and what was voted."""
    card = shown.card
    about = joined((t.say(KIND_NAMES[card.kind]), who(t, shown)), " · ")
    blocks: list[Block] = [Paragraph(about)]
    if came:
        blocks.append(Paragraph(came))
    if card.about:
        blocks.append(Paragraph(with_links(card.about)))
    if card.needs:
        needs = t("Needs: {features}", features=", ".join(card.needs))
        blocks.append(Paragraph(needs, quiet=True))
    label = t("New here") if card.newcomer else EMPTY
    if card.state is CardState.WITHDRAWN:
        label = t("Taken back")
    return Card(verbatim(card.words), (*blocks, *rows), label=label)
