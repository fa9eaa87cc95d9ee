"""A member's home in one card, and what stands on it beside the cards of capabilities."""

from collections.abc import Iterator, Sequence

from plnbot.engine.at_home import Waiting
from plnbot.engine.ports import Person
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Field,
    Fields,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.text import Text, bold, joined
from plnbot.talk.words import Translate

_MOST_ROWS = limits.FIELDS - 2
_LONGEST = 200


def home(
    t: Translate,
    person: Person,
    *,
    shown: Sequence[Card],
    waits: Sequence[Waiting],
    numbers: Sequence[Field],
    new: bool,
) -> Card:
    """Show in one card what stands on the home: each thing with its label, and the ways on."""
    facts = [_fact(card) for card in shown[:_MOST_ROWS]]
    if waits:
        facts.append(Field(t("Waits for you"), joined(each.title for each in waits)))
    facts += numbers
    ways: list[Button | PageButton] = [PageButton(t("Open my home"), "home")]
    if new:
        ways.insert(0, Button(t("Begin"), "members.start", look=Look.PRIMARY))
    ways.append(Button(t("What can I do?"), "members.help"))
    body: Block = Paragraph(t("Nothing is planned, and nothing waits for you."))
    if facts:
        body = Fields(tuple(facts[: limits.FIELDS]))
    title = t("Hello, {name}", name=short_words(person.name, 60))
    return Card(title, (body, Actions(tuple(ways))))


def waiting(t: Translate, waits: Sequence[Waiting]) -> Card:
    """Show what waits for a member, each with the way to it."""
    lines = (joined((bold(each.title.bare()), each.line), " · ") for each in waits)
    ways = tuple(each.leads for each in waits[: limits.BUTTONS_IN_ROW])
    body = (Paragraph(shortened(joined(lines, "\n"), 1000)), Actions(ways))
    return Card(t("Waits for you"), body, Tone.CAUTION)


def figures(t: Translate, numbers: Sequence[Field]) -> Card:
    """Show the numbers that a member wants to see at a glance."""
    return Card(t("My numbers"), (Fields(tuple(numbers[: limits.FIELDS])),))


def _fact(card: Card) -> Field:
    """Return a card of the home as one line: its label, its title, and the first of what it says."""
    said = list(_first_of(card))
    if not card.label:
        return Field(card.title, shortened(joined(said, " · ") if said else card.title, _LONGEST))
    return Field(card.label, shortened(joined([card.title, *said], " · "), _LONGEST))


def _first_of(card: Card) -> Iterator[Text]:
    for block in card.blocks:
        if isinstance(block, Fields):
            yield from (each.value for each in block.fields)
            return
        if isinstance(block, Paragraph):
            yield block.text
            return
