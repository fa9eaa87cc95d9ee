"""Chats that come again, in lists and for their coaches."""

from collections.abc import Sequence

from plnbot.chats import cards, store
from plnbot.chats.actions import STARTS_CHATS, series
from plnbot.chats.pages.seen import series_seen
from plnbot.chats.store import Chat, Series
from plnbot.engine.routes import Context, Showing
from plnbot.talk.cards import Actions, Block, Card, PageButton, Paragraph
from plnbot.talk.text import Text
from plnbot.talk.words import Translate


def series_said(ctx: Context | Showing, t: Translate, of: Series) -> tuple[Text, tuple[Text, ...]]:
    """Return a series in words, and its next times."""
    from plnbot.talk.times import next_times, said

    school = series.school_of(ctx.tx, of.network, ctx.now)
    reader = (ctx.person.zone,) if isinstance(ctx, Context) else ()
    lines = next_times(t, of.schedule, ctx.now, school, zones=reader)
    return said(t, of.schedule, ctx.now), lines


def series_card(ctx: Context, of: Series) -> Card:
    """Return a series with its coming dates, for its coaches."""
    said, lines = series_said(ctx, ctx.t, of)
    return cards.overview(ctx.t, of, said, lines, series.coming_chats(ctx.tx, of, ctx.now))


def series_lines(ctx: Context, found: Sequence[Series]) -> list[Text]:
    """Return a line for each of these series: what it is called, and when it comes."""
    return [
        ctx.t(
            "{name} comes again: {when}",
            name=cards.series_name(ctx.t, each),
            when=series_said(ctx, ctx.t, each)[0],
        )
        for each in found
    ]


def series_going_on(ctx: Context) -> list[Card]:
    """Return the series that go on, for a list: their moderators find the way into each."""
    found = []
    for each in series_seen(ctx):
        said, lines = series_said(ctx, ctx.t, each)
        blocks: list[Block] = [Paragraph(said), *map(Paragraph, lines[:2])]
        if ctx.may(STARTS_CHATS):
            blocks.append(
                Actions((PageButton(ctx.t("Dates of the series"), "chat_series", str(each.id)),))
            )
        found.append(Card(cards.series_name(ctx.t, each), tuple(blocks)))
    return found


def unplanned(ctx: Context | Showing, chat: Chat) -> Card:
    """Return what the coaches of a date without questions are shown."""
    has_last = series.before(ctx.tx, chat) is not None
    repeats = store.series_of(ctx.tx, chat.id) is not None
    return cards.unplanned(ctx.t, chat, has_last=has_last, repeats=repeats)
