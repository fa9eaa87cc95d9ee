"""Filtering a feed, with a test on what is known of it; and the gates of each post."""

from collections.abc import Mapping
from decimal import Decimal

from plnbot.engine.routes import Context, Routes, Values
from plnbot.reading.actions import feeds as actions
from plnbot.reading.actions.keys import CURATES, topic
from plnbot.reading.cards import filters as cards
from plnbot.reading.cards.filters import FILTER, GATES, UNFILTER, WITHOUT
from plnbot.reading.model.feeds import Feed
from plnbot.reading.model.filters import (
    Filters,
    UnreadableError,
    Without,
    of_plain,
    terms_in,
    tried,
)
from plnbot.reading.model.items import KnownItem
from plnbot.reading.routes.objects import A_FEED
from plnbot.reading.store import feeds as store
from plnbot.reading.store import items
from plnbot.talk.cards import Button, Card, Option, Paragraph
from plnbot.talk.forms import (
    ChoiceInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    NumberInput,
    TextInput,
    chosen,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Page, PageBlock, Rows
from plnbot.talk.text import verbatim
from plnbot.talk.words import LOCALES, Sentence, msg

routes = Routes()
_TRIED = 50
_ANY = "any"
_LONGEST = 2000
_MOST_MINUTES = 600


@routes.press(FILTER, needs=CURATES, of=A_FEED)
def ask(ctx: Context, press: Press, feed: Feed) -> Answer:
    """Open the form with the filter as it is."""
    return OpenForm(_form(ctx, press.row, feed))


def _form(ctx: Context, row: str, feed: Feed) -> Form:
    t, its = ctx.t, of_plain(feed.filters)
    any_language = Option(_ANY, t("Any"))
    inputs = (
        TextInput(
            name="include",
            label=t("Only posts with one of these"),
            hint=t("Words, phrases, begin*, /expressions/, parted by commas"),
            long=True,
            most=_LONGEST,
            value="\n".join(map(_again, its.include)),
        ),
        TextInput(
            name="exclude",
            label=t("No posts with any of these"),
            hint=t("giveaway, sponsored, /episode \\d+/"),
            long=True,
            most=_LONGEST,
            value="\n".join(map(_again, its.exclude)),
        ),
        NumberInput(name="least", label=t("At least so many minutes"), most=_MOST_MINUTES,
            value=_number(its.least)),
        NumberInput(name="most", label=t("At most so many minutes"), least=1, most=_MOST_MINUTES,
            value=_number(its.most)),
        MultiChoiceInput(
            name="without",
            label=t("Videos"),
            options=tuple(Option(each.value, t.say(said)) for each, said in WITHOUT.items()),
            value=tuple(sorted(its.without)),
        ),
        ChoiceInput(
            name="language",
            label=t("Language"),
            hint=t("What does not say its language passes."),
            options=(any_language, *(Option(e, verbatim(c)) for e, c in LOCALES.items())),
            value=its.language or _ANY,
            required=True,
        ),
    )  # fmt: skip
    return Form(FILTER, t("Filter a feed"), inputs, t("Save and try it"), row)


@routes.form(FILTER, build=_form, needs=CURATES, of=A_FEED)
def given(ctx: Context, _row: str, values: Values, feed: Feed) -> Answer:
    """Keep the filter, and show it back with what it would have done."""
    errors: dict[str, Sentence] = {}
    terms: dict[str, tuple[str, ...]] = {}
    for name in ("include", "exclude"):
        try:
            terms[name] = terms_in(str(values[name]))
        except UnreadableError as error:
            said = msg("“{term}” cannot be read: {why}", term=error.term[:60], why=error.why[:80])
            errors[name] = said
    least, most = _minutes(values, "least"), _minutes(values, "most")
    if least is not None and most is not None and least > most:
        errors["most"] = msg("That is less than the least, so nothing would pass.")
    if errors:
        return FieldErrors(errors)
    without = chosen(values["without"])
    its = Filters(
        **terms,
        least=least,
        most=most,
        without=frozenset(map(Without, without)),
        language="" if values["language"] == _ANY else str(values["language"]),
    )
    actions.filter_by(ctx.tx, feed, its.as_plain(), ctx.now, by=ctx.person)
    return _shown_back(ctx, feed)


@routes.press(UNFILTER, needs=CURATES, of=A_FEED)
def undo(ctx: Context, _press: Press, feed: Feed) -> Answer:
    """Filter as before."""
    actions.unfilter(ctx.tx, feed, ctx.now, by=ctx.person)
    return _shown_back(ctx, feed)


def _shown_back(ctx: Context, feed: Feed) -> Answer:
    feed = store.the_feed(ctx.tx, feed.id)
    its = of_plain(feed.filters)
    known = [each.words for each in items.items_of(ctx.tx, feed.id, most=_TRIED)]
    return Reply(cards.shown_back(ctx.t, feed, its, tried(its, known)))


@routes.page(GATES, needs=CURATES, of=A_FEED)
def gates(ctx: Context, row: str, feed: Feed) -> Page:
    """Show for each recent post the gates that it passed, and the one that stopped it."""
    t = ctx.t
    its = of_plain(feed.filters)
    recent = items.items_of(ctx.tx, feed.id, most=_TRIED)
    rows = tuple(card for each in recent if (card := _traced(ctx, feed, each)) is not None)
    blocks: list[PageBlock] = [Paragraph(cards.understood(t, its))]
    blocks.append(Rows(rows) if rows else Paragraph(t("Nothing of it is known yet."), quiet=True))
    title = t("Posts of {name}, and their gates", name=feed.about.title)
    head = Head(
        t("Which gates each post passed, and which one stopped it."),
        actions=(Button(t("Change the filter"), FILTER, row),),
    )
    return Page(title, tuple(blocks), live=topic(ctx.network.id), head=head)


def _traced(ctx: Context, feed: Feed, item: KnownItem) -> Card | None:
    """Return a post with its gates, to be taken away where it stands somewhere."""
    story = items.get_story(ctx.tx, item.story)
    if story is None:
        return None
    first, called = items.told_by(ctx.tx, story.id)[0]
    copy = called if first.feed != feed.id else ""
    rooms = len(items.posts_of(ctx.tx, story.id))
    return cards.trace(ctx.t, item, story, copy=copy, rooms=rooms)


def _again(term: str) -> str:
    """Return a term so that it reads back as the same one."""
    return f'"{term}"' if "," in term and not term.startswith("/") else term


def _number(minutes: int | None) -> Decimal | None:
    return None if minutes is None else Decimal(minutes)


def _minutes(values: Mapping[str, object], name: str) -> int | None:
    value = values[name]
    return int(value) if isinstance(value, Decimal) else None
