"""A thing as a member sees it: in a list with what to do, and alone with everything that can be done."""

from collections.abc import Iterator, Mapping, Sequence

from plnbot.packs import Named
from plnbot.packs.teaching import grades, subjects
from plnbot.reading.model.choosing import Because, Reason
from plnbot.reading.model.things import Worth
from plnbot.reading.store.shelf import Kept
from plnbot.skills.cards import line as skills_line
from plnbot.talk import limits
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
from plnbot.talk.text import Link, Style, Text, When, is_web_address, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

_TITLE, _NOTE, _SOURCE, _SAID = 140, 200, 60, 400
WHAT: Mapping[str, Sentence] = {
    "article": msg("article"),
    "video": msg("video"),
    "short": msg("Short"),
    "live": msg("live video"),
    "episode": msg("episode"),
    "webinar": msg("webinar"),
    "course": msg("course"),
    "book": msg("book"),
    "paper": msg("paper"),
    "other": msg("something else"),
}
_REASONS: Mapping[Because, Sentence] = {
    Because.SUBJECT: msg("you teach {value}"),
    Because.GRADE: msg("it is for grades you teach ({value})"),
    Because.GOAL: msg("it is about your goal “{value}”"),
    Because.LIKED: msg("you liked others of {value}"),
    Because.USED: msg("colleagues used it in class ({value})"),
    Because.NEW: msg("it is new here"),
}
_PLAYED = frozenset({"video", "short", "live", "episode"})
"""Of what is played one wants to know how long it is, also where nobody says."""
GONE_LINK = msg("Members say that this link is dead. Its title and note stay.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing in a list, with why it is there."""

    worth: Worth
    reasons: Sequence[Reason] = ()


def listing(t: Translate, title: Text, shown: Sequence[Shown], notes: Sequence[Text] = ()) -> Card:
    """Return things with what to do, as many as a card has rows for."""
    blocks: list[Block] = []
    for each in shown[: limits.ROWS]:
        blocks += [Paragraph(entry(t, each)), buttons(t, each.worth)]
    blocks += [Paragraph(each, quiet=True) for each in notes if each.bare()]
    return Card(title, tuple(blocks))


def entry(t: Translate, shown: Shown) -> Text:
    """Return a thing in a few lines: its title, what one should know before the tap, the note, why."""
    worth = shown.worth
    lines = [titled(worth.title, worth.link), facts(t, worth)]
    if worth.note:
        lines.append(t("Why: {note}", note=short_words(worth.note, _NOTE)))
    if shown.reasons:
        lines.append(t("For you: {reasons}", reasons=because(t, shown.reasons[:2])))
    return joined(lines, "\n")


def row(t: Translate, worth: Worth, *more: Button) -> Card:
    """Return a thing as one of many on a page, which leads to its own."""
    blocks: list[Block] = [Paragraph(facts(t, worth), quiet=True)]
    if worth.note:
        blocks.append(Paragraph(t("Why: {note}", note=short_words(worth.note, _NOTE))))
    if worth.dead:
        blocks.append(Paragraph(t.say(GONE_LINK), quiet=True))
    save, done, _ = ways(t, worth.thing.ref)
    lead = PageButton(t("More"), "reading.thing", worth.thing.ref)
    blocks.append(Actions((save, done, *more, lead)))
    return Card(verbatim(short_words(worth.title, _TITLE)), tuple(blocks))


def buttons(t: Translate, worth: Worth) -> Actions:
    """Return what is done most with a thing, and the way to the rest."""
    return Actions(ways(t, worth.thing.ref))


def ways(t: Translate, ref: str) -> tuple[Button, ...]:
    """Return the buttons by which a thing is kept, done, or seen whole."""
    return (
        Button(t("Save"), "reading.save", ref),
        Button(t("Done"), "reading.done", ref),
        Button(t("More"), "reading.thing", ref),
    )


def thing(t: Translate, worth: Worth, kept: Kept | None, note: Text | None = None) -> Card:
    """Return a thing with everything that can be done with it."""
    blocks: list[Block] = [Paragraph(note)] if note else []
    blocks.append(Paragraph(entry(t, Shown(worth))))
    blocks += said_of(t, worth, kept)
    blocks += [Actions(first_ways(t, worth, kept)), Actions(other_ways(t, worth))]
    return Card(verbatim(short_words(worth.title, _TITLE)), tuple(blocks))


def said_of(t: Translate, worth: Worth, kept: Kept | None) -> Sequence[Paragraph]:
    """Return how a thing begins, whether its link is dead, and what its reader wrote of it."""
    blocks: list[Paragraph] = []
    said = short_words(" ".join(worth.text.split()), _SAID)
    if said and said != worth.title:
        blocks.append(Paragraph(verbatim(said)))
    if worth.dead:
        blocks.append(Paragraph(t.say(GONE_LINK), quiet=True))
    if kept is not None and kept.sentence:
        blocks.append(Paragraph(t("You wrote: {sentence}", sentence=kept.sentence)))
    return blocks


def first_ways(t: Translate, worth: Worth, kept: Kept | None) -> tuple[Button, ...]:
    """Return what is done most with a thing that one looks at."""
    ref = worth.thing.ref
    saved = kept is not None and kept.saved_at is not None
    used = kept is not None and kept.used_at is not None
    return (
        Button(t("Put it back"), "reading.put_back", ref)
        if saved
        else Button(t("Save"), "reading.save", ref),
        Button(t("Done"), "reading.done", ref, Look.PRIMARY),
        Button(t("I did not use it"), "reading.unused", ref)
        if used
        else Button(t("Used it in class"), "reading.used", ref),
    )


def other_ways(t: Translate, worth: Worth) -> tuple[Button, ...]:
    """Return what else can be done with a thing."""
    ref = worth.thing.ref
    return (
        Button(t("Why this?"), "reading.why", ref),
        Button(t("Less like this"), "reading.less", ref),
        Button(t("The link is dead"), "reading.dead", ref),
    )


def kept_row(t: Translate, kept: Kept, worth: Worth | None) -> Card:
    """Return a thing on somebody's shelf as one of many; it leads to its page while it is there."""
    leads: tuple[Button | LinkButton | PageButton, ...] = ()
    if worth is not None:
        save, done, _ = ways(t, worth.thing.ref)
        back = Button(t("Put it back"), "reading.put_back", worth.thing.ref)
        lead = PageButton(t("More"), "reading.thing", worth.thing.ref)
        leads = (done, back if kept.saved_at is not None else save, lead)
    elif is_web_address(kept.link):
        leads = (LinkButton(t("Read it"), kept.link),)
    said = tuple(Paragraph(each) for each in _kept_lines(t, kept))
    title = verbatim(short_words(kept.title, _TITLE))
    return Card(title, (*said, Actions(leads)) if leads else said)


def _kept_lines(t: Translate, kept: Kept) -> Sequence[Text]:
    lines: list[Text] = []
    if kept.source:
        lines.append(verbatim(short_words(kept.source, _SOURCE)))
    if kept.note:
        lines.append(t("Why: {note}", note=short_words(kept.note, _NOTE)))
    if kept.done_at is not None:
        day = When(kept.done_at, Style.DAY)
        lines.append(
            t("Done {day}, {n} min", day=day, n=kept.minutes)
            if kept.minutes
            else t("Done {day}", day=day)
        )
    if kept.sentence:
        lines.append(t("“{sentence}”", sentence=kept.sentence))
    if kept.used_at is not None:
        lines.append(t("Used in class"))
    return lines


def facts(t: Translate, worth: Worth) -> Text:
    """Return who has it, what it is, how long it takes, what it costs, who used it."""
    said: list[Text] = []
    if worth.source:
        said.append(verbatim(short_words(worth.source, _SOURCE)))
    if worth.what != "article" and worth.what in WHAT:
        said.append(t.say(WHAT[worth.what]))
    if length := _length(t, worth):
        said.append(length)
    if worth.begins is not None:
        said.append(Text((When(worth.begins),)))
    if worth.cost:
        said.append(t("cost: {cost}", cost=worth.cost))
    if worth.free is False:
        said.append(t("**needs a subscription**"))
    if worth.captions:
        said.append(t("has captions"))
    if worth.pupils:
        said.append(t("for pupils"))
    said += skills_line(t, worth.skills)
    return joined([*said, *_told_by_members(t, worth)], " · ")


def _told_by_members(t: Translate, worth: Worth) -> Iterator[Text]:
    if worth.used:
        yield t.n("used in class by {n}", "used in class by {n}", worth.used)
    if worth.reports and not worth.dead:
        yield t.n("{n} says the link is dead", "{n} say the link is dead", worth.reports)


def _length(t: Translate, worth: Worth) -> Text | None:
    if worth.minutes:
        return t("{n} min", n=worth.minutes)
    return t("length unknown") if worth.what in _PLAYED else None


def because(t: Translate, reasons: Sequence[Reason]) -> Text:
    """Return reasons in words."""
    return joined([_reason(t, each) for each in reasons], "; ")


def told(title: Text, said: Text, *more: Button | PageButton) -> Card:
    """Return that something was done, with the way back."""
    blocks: tuple[Block, ...] = (Paragraph(said),)
    return Card(title, (*blocks, Actions(more)) if more else blocks, Tone.GOOD)


def titled(title: str, link: str) -> Text:
    """Return a title that leads where it is, while there is such an address."""
    shown = short_words(title, _TITLE)
    return Text((Link(link, shown),)) if is_web_address(link) else verbatim(shown)


def _reason(t: Translate, reason: Reason) -> Text:
    value = reason.value
    if reason.because in {Because.SUBJECT, Because.GRADE}:
        pack: Mapping[str, Named] = subjects() if reason.because is Because.SUBJECT else grades()
        ids = value.split(",")
        value = ", ".join(pack[each].title.said(t.locale) for each in ids if each in pack)
    sentence = _REASONS[reason.because]
    return t(sentence.source, value=short_words(value, 80))
