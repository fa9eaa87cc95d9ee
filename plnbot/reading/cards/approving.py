"""What curators see of posts that wait for them."""

from collections.abc import Sequence

from plnbot.reading.cards.story import StoryShown, facts, told_before
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    LinkButton,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Text, is_web_address, verbatim
from plnbot.talk.words import Translate

APPROVE, DECLINE, RETURN, SEVERAL = (
    "reading.approve",
    "reading.decline",
    "reading.return",
    "reading.several",
)
WAITING_PAGE = "reading.waiting"
_SAID = 280


def waits(t: Translate, number: int, shown: StoryShown) -> Card:
    """Return a post that waits, with what can be decided."""
    words = shown.words
    blocks: list[Block] = []
    if said := short_words(" ".join(words.text.split()), _SAID):
        blocks.append(Paragraph(verbatim(said)))
    if shown.earlier is not None:
        blocks.append(Paragraph(told_before(t, shown.earlier)))
    blocks.append(Paragraph(facts(t, shown), quiet=True))
    row = str(number)
    ways: list[Button | LinkButton] = [
        Button(t("Approve, with a note"), APPROVE, row, Look.PRIMARY),
        Button(t("Decline"), DECLINE, row),
    ]
    if is_web_address(words.link):
        ways.append(LinkButton(t("Read it"), words.link))
    blocks.append(Actions(tuple(ways)))
    return Card(verbatim(short_words(words.title, 140)), tuple(blocks), Tone.QUESTION)


def decided(t: Translate, number: int, title: str, said: Text) -> Card:
    """Return what was decided, with the way back."""
    undo = Actions((Button(t("Undo"), RETURN, str(number)),))
    return Card(verbatim(short_words(title, 140)), (Paragraph(said), undo), Tone.GOOD)


def queue(t: Translate, many: int, first: Sequence[str]) -> Card:
    """Return how many posts wait, and where to decide about them."""
    if not many:
        return Card(t("Nothing waits for you"), (Paragraph(t("Every post is decided about.")),))
    said = [Paragraph(verbatim(f"• {short_words(each, 120)}")) for each in first]
    ways = Actions(
        (PageButton(t("Look at them"), WAITING_PAGE), Button(t("Decide several"), SEVERAL))
    )
    title = t.n("{n} post waits for you", "{n} posts wait for you", many)
    return Card(title, (*said, ways), Tone.QUESTION)
