"""A filter as it was understood, with what it does to posts that are known; and which gate stopped what."""

from collections.abc import Iterator, Mapping, Sequence

from plnbot.reading.model.failing import of_youtube
from plnbot.reading.model.feeds import Feed
from plnbot.reading.model.filters import Filters, Stop, Tried, Without
from plnbot.reading.model.items import Gate, KnownItem, Standing, Story
from plnbot.talk.cards import Actions, Block, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Style, Text, When, joined, verbatim
from plnbot.talk.words import LOCALES, Sentence, Translate, msg

FILTER, UNFILTER, GATES = "reading.filter", "reading.unfilter", "reading.gates"
TAKE_AWAY = "reading.take_away"
WITHOUT: Mapping[Without, Sentence] = {
    Without.SHORTS: msg("No Shorts"),
    Without.LIVE: msg("Nothing live"),
}
_EXAMPLES = 5
_GATES: Mapping[Gate, Sentence] = {
    Gate.FIRST_POLL: msg("it was there before the feed was added"),
    Gate.OLD: msg("it is older than two weeks, so no news"),
    Gate.BURST: msg("more than ten came at once; the newest were posted"),
    Gate.SHELF: msg("its feed is on the shelf only"),
}
_PASSED: Sequence[tuple[Gate, Sentence]] = (
    (Gate.FIRST_POLL, msg("new to us")),
    (Gate.OLD, msg("news")),
    (Gate.FILTER, msg("filter")),
    (Gate.BURST, msg("not too many")),
    (Gate.SHELF, msg("has a room")),
)
_ORDER = (Gate.FILTER, Gate.OLD, Gate.FIRST_POLL, Gate.BURST, Gate.SHELF)


def understood(t: Translate, its: Filters) -> Text:
    """Return a filter in words."""
    said: list[Text] = []
    if its.include:
        said.append(t("• It must have one of: {terms}", terms=_terms(its.include)))
    if its.exclude:
        said.append(t("• It must have none of: {terms}", terms=_terms(its.exclude)))
    if its.least is not None:
        said.append(t("• At least {n} minutes", n=its.least))
    if its.most is not None:
        said.append(t("• At most {n} minutes", n=its.most))
    said += [t("• {what}", what=t.say(WITHOUT[each])) for each in sorted(its.without)]
    if its.language:
        said.append(t("• Only in {language}", language=LOCALES.get(its.language, its.language)))
    return joined(said, "\n") if said else t("Everything passes.")


def shown_back(t: Translate, feed: Feed, its: Filters, made: Tried) -> Card:
    """Return a filter as it was understood, with what it would have done in the last weeks."""
    passing, stopped = made.passing, made.stopped
    blocks: list[Block] = [Paragraph(understood(t, its))]
    known = len(passing) + len(stopped)
    if known:
        many = t.n(
            "Of {n} post that is known, {passing} would have passed.",
            "Of the last {n} posts, {passing} would have passed.",
            known,
            passing=len(passing),
        )
        blocks.append(Paragraph(many))
    if its.least is not None or its.most is not None:
        blocks += [Paragraph(each) for each in _lengths(t, feed, made)]
    if known and its and not passing:
        blocks.append(Paragraph(t("**It lets nothing pass.** Is that what you mean?")))
    if known and its and not stopped:
        blocks.append(Paragraph(t("**It stops nothing.** Is that what you mean?")))
    for title, lines in (
        (
            t("Would have passed:"),
            [verbatim(short_words(e.title, 100)) for e in passing[:_EXAMPLES]],
        ),
        (t("Stopped:"), [stopped_line(t, e.title, why) for e, why in stopped[:_EXAMPLES]]),
    ):
        if lines and its:
            blocks.append(Paragraph(joined((title, *(_dot(each) for each in lines)), "\n")))
    row = str(feed.id)
    ways = (
        Button(t("Change the filter"), FILTER, row),
        Button(t("Undo"), UNFILTER, row),
        PageButton(t("All posts and their gates"), GATES, row),
    )
    blocks.append(Actions(ways))
    title = t("Filter of {name}", name=short_words(feed.about.title, 100))
    return Card(title, tuple(blocks), Tone.GOOD)


def _lengths(t: Translate, feed: Feed, made: Tried) -> Iterator[Text]:
    """Say what a limit of length cannot do: stop what does not say how long it is."""
    if of_youtube(feed.address):
        yield t(
            "**YouTube’s feeds do not say how long a video is**, so these limits stop none of them. To"
            " leave out Shorts or what is live, choose that."
        )
    elif made.of_no_length:
        yield t.n(
            "{n} of those that pass does not say how long it is: these limits do not stop it.",
            "{n} of those that pass do not say how long they are: these limits do not stop them.",
            made.of_no_length,
        )


def stopped_line(t: Translate, title: str, why: str) -> Text:
    """Return a post that a filter stopped, and why."""
    return joined((verbatim(short_words(title, 100)), stop(t, why)), ": ")


def stop(t: Translate, why: str) -> Text:
    """Return why a filter stops a post."""
    kind, _, what = why.partition(":")
    match kind:
        case Stop.MISSING:
            return t("none of the words it must have is in it")
        case Stop.HAS:
            return t("it has “{term}”", term=what)
        case Stop.SHORT:
            return t("only {n} min", n=what)
        case Stop.LONG:
            return t("{n} min are too long", n=what)
        case Stop.SHORTS:
            return t("it is a Short")
        case Stop.LIVE:
            return t("it is live")
        case _:
            return t("it is in another language ({language})", language=what)


def trace(t: Translate, item: KnownItem, story: Story, *, copy: str, rooms: int) -> Card:
    """Return the gates that an item passed, and the one that stopped it with the reason."""
    when = item.published or item.seen_at
    passed: list[Text] = [Text((When(when, Style.DAY),))]
    for gate in _ORDER:
        if item.gate is gate:
            break
        passed.append(t("✓ {gate}", gate=t.say(dict(_PASSED)[gate])))
    if item.gate is not Gate.OPEN:
        reason = stop(t, item.why) if item.gate is Gate.FILTER else t.say(_GATES[item.gate])
        passed.append(t("✗ **stopped**: {why}", why=reason))
    else:
        passed.append(_outcome(t, story, copy=copy, rooms=rooms))
    blocks: list[Block] = [Paragraph(joined(passed, " · "))]
    if rooms:
        blocks.append(Actions((Button(t("Take it away"), TAKE_AWAY, str(story.id)),)))
    return Card(verbatim(short_words(item.words.title, 120)), tuple(blocks))


def _outcome(t: Translate, story: Story, *, copy: str, rooms: int) -> Text:
    match story.standing:
        case Standing.WAITS:
            return t("… waits for a curator")
        case Standing.DECLINED:
            return t("✗ **stopped**: a curator declined it")
        case Standing.REMOVED:
            return t("✗ **stopped**: a curator took it away")
        case _ if copy:
            return t("✓ on the card of {feed}, which told it first", feed=short_words(copy, 60))
        case _ if rooms:
            return t.n("✓ posted in one room", "✓ posted in {n} rooms", rooms)
        case _:
            return t("… in the next digest")


def _terms(terms: Sequence[str]) -> Text:
    return verbatim(short_words(", ".join(f"“{each}”" for each in terms), 500))


def _dot(line: Text) -> Text:
    return joined((verbatim("•"), line), " ")
