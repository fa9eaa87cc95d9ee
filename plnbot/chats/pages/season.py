"""A season as its coaches see it: each chat with its hosts, and how far it is."""

from collections.abc import Sequence

from plnbot.chats import store
from plnbot.chats.actions import STARTS_CHATS, season
from plnbot.chats.cards import season as cards
from plnbot.chats.cards.season import Line
from plnbot.chats.pages.words import led_by, led_words
from plnbot.chats.seasons import SeasonChat
from plnbot.chats.store import Chat, seasons
from plnbot.chats.store.seasons import Season, SeasonState
from plnbot.engine.routes import Context
from plnbot.talk.cards import Actions, Button, Card, Look, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows
from plnbot.talk.text import Room, Text, When, joined, verbatim

_MOST, _LOOKED_AT = 5, 100


def lines_of(ctx: Context, chats: Sequence[SeasonChat]) -> list[Line]:
    """Return the chats of a season that was read, as a preview shows them."""
    return [
        Line(
            When(each.at),
            each.theme,
            [ctx.called(host) for host in each.hosts],
            each.hashtag,
            None if each.again is None else When(each.again.at),
        )
        for each in chats
    ]


def season_page(ctx: Context, of: Season) -> Page:
    """Return a season chat by chat."""
    t = ctx.t
    chats = season.firsts(ctx.tx, of)
    entries = tuple(_entry(ctx, each) for each in chats)
    blocks: list[PageBlock] = [Rows(entries)] if entries else []
    back = Button(t("Take it all back"), "season.take_back", str(of.id), Look.DANGER)
    ways = (back,) if of.state is SeasonState.PLANNED else ()
    about = t("In {room}. Each chat is its hosts' to write and to publish.", room=_room(of))
    return Page(t("A season of chats"), tuple(blocks), head=Head(about, actions=ways))


def _room(of: Season) -> Text:
    return Text((Room(of.place, of.place.channel),))


def _entry(ctx: Context, chat: Chat) -> Card:
    t = ctx.t
    asked = bool(store.questions_of(ctx.tx, chat.id))
    others = [each for each in store.runs_of(ctx.tx, chat) if each.first is not None]
    times = [Text((When(each.starts_at),)) for each in (chat, *others)]
    about = joined(
        (
            joined(times, ", "),
            led_words(t, led_by(ctx, chat)),
            cards.state_of(t, chat, asked=asked),
        ),
        " · ",
    )
    way = Actions((PageButton(t("Open it"), "chat", str(chat.id)),))
    return Card(verbatim(short_words(chat.title, 140)), (Paragraph(about), way))


def seasons_blocks(ctx: Context) -> list[PageBlock]:
    """Return the ways to the seasons of a network, for its coaches."""
    if not ctx.may(STARTS_CHATS):
        return []
    found = seasons.planned_in(ctx.tx, ctx.network.id, most=_LOOKED_AT)
    unseen = ctx.unseen({each.place for each in found})
    seen = [each for each in found if each.place not in unseen]
    rows = [_season(ctx, each) for each in seen[:_MOST]]
    return [Heading(ctx.t("Seasons"), "seasons"), Rows(tuple(rows))] if rows else []


def _season(ctx: Context, of: Season) -> Card:
    t = ctx.t
    chats = season.firsts(ctx.tx, of)
    left = season.coming(ctx.tx, of, ctx.now)
    many = t.n("{n} chat", "{n} chats", len(chats))
    ahead = t.n("{n} to come", "{n} to come", len(left))
    way = Actions((PageButton(t("The season"), "chat_season", str(of.id)),))
    return Card(joined((many, ahead), " · "), (Paragraph(t("In {room}", room=_room(of))), way))
