"""How taking a list of feeds over goes, and what became of each."""

from collections.abc import Mapping, Sequence

from plnbot.reading.cards.health import why
from plnbot.reading.model.feeds import Poll
from plnbot.reading.store.imports import Import, Listed, State
from plnbot.talk.cards import Actions, Block, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import Translate

AGAIN, UNDO, PAGE = "reading.import_again", "reading.import_undo", "reading.import"
_FAILED = 8


def progress(
    t: Translate, which: Import, counts: Mapping[State, int], failed: Sequence[Listed]
) -> Card:
    """Return how far it is; at its end what became of all, and what failed with the reason."""
    if which.why:
        return Card(
            t("This list cannot be taken over"), (Paragraph(verbatim(which.why)),), Tone.CAUTION
        )
    total, waits = sum(counts.values()), counts[State.WAITS]
    if which.listed_at is None:
        said = t("I am reading the list: {source}", source=short_words(which.source, 200))
        return Card(t("Feeds are taken over"), (Paragraph(said),))
    blocks: list[Block] = []
    if waits:
        blocks.append(Paragraph(t("{done} of {n} are looked at.", done=total - waits, n=total)))
    blocks.append(Paragraph(counted(t, counts)))
    if failed and not waits:
        lines = [joined((verbatim("•"), line(t, each)), " ") for each in failed[:_FAILED]]
        blocks.append(Paragraph(joined(lines, "\n")))
    see = PageButton(t("See all of them"), PAGE, str(which.id))
    blocks.append(Actions((see, *ways(t, which, counts))))
    title = t("Feeds are taken over") if waits else t("Feeds were taken over")
    return Card(title, tuple(blocks), Tone.PLAIN if waits else Tone.GOOD)


def ways(t: Translate, which: Import, counts: Mapping[State, int]) -> tuple[Button, ...]:
    """Return what can be done with a list that was taken over; nothing while it still is."""
    found: list[Button] = []
    row = str(which.id)
    if counts[State.FAILED] and not counts[State.WAITS]:
        found.append(Button(t("Try those again"), AGAIN, row))
    if counts[State.ADDED] and not counts[State.WAITS]:
        found.append(Button(t("Remove what it added"), UNDO, row, confirm=t("Remove all of them?")))
    return tuple(found)


def counted(t: Translate, counts: Mapping[State, int]) -> Text:
    """Return what became of a list, in numbers."""
    told = [
        t.n("{n} in the list", "{n} in the list", sum(counts.values())),
        t.n("{n} taken over", "{n} taken over", counts[State.ADDED]),
    ]
    if counts[State.KNOWN]:
        told.append(t.n("{n} was there already", "{n} were there already", counts[State.KNOWN]))
    if counts[State.FAILED]:
        kept = t.n("{n} kept for another try", "{n} kept for another try", counts[State.FAILED])
        told.append(kept)
    return joined(told, " · ")


def line(t: Translate, each: Listed) -> Text:
    """Return a feed of a list and what became of it."""
    name = verbatim(short_words(each.title or each.address, 80))
    match each.state:
        case State.WAITS:
            state = t("still to come")
        case State.ADDED:
            state = t("taken over")
        case State.KNOWN:
            state = t("was there already")
        case State.FAILED:
            word, _, status = each.why.partition(":")
            state = why(t, Poll(why=word, status=int(status or 0)))
    return joined((name, state), ": ")


def begun(t: Translate) -> Card:
    """Return that a list is taken over, and where one sees how it goes."""
    said = t("I write to you how it goes, and keep what fails for another try.")
    return Card(t("Feeds are taken over"), (Paragraph(said),))


def tried_again(t: Translate, many: int) -> Card:
    """Return that those that failed are tried again."""
    said = t.n("{n} feed is tried again.", "{n} feeds are tried again.", many)
    return Card(t("Feeds are taken over"), (Paragraph(said),))


def undone(t: Translate, many: int) -> Card:
    """Return that what a list added was removed."""
    said = t.n("{n} feed was removed again.", "{n} feeds were removed again.", many)
    return Card(t("Undone"), (Paragraph(said),))
