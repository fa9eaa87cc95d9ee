"""Which chats and series a member sees: those of rooms they may look into, opened ones, and their own to lead."""

from collections.abc import Collection

from plnbot.chats import cards, store
from plnbot.chats.model import LIVE, ChatState
from plnbot.chats.store import Chat, Series
from plnbot.engine.routes import Context
from plnbot.refs import Place
from plnbot.talk.cards import Block

_KIND = "chat"


def held_in(ctx: Context, chat: Chat) -> Collection[Place]:
    """Return the room that a member has to be able to look into; none where they may see it anyway."""
    return () if chat.opened or chat.id in _led(ctx) else (chat.place,)


def series_held_in(ctx: Context, series: Series) -> Collection[Place]:
    """Return the same of a series: whoever began it sees it anyway."""
    return () if series.created_by == ctx.person.id else (series.place,)


def is_seen(ctx: Context, chat: Chat) -> bool:
    """Return whether a member may see a chat."""
    return not ctx.unseen(held_in(ctx, chat))


def runs_seen(ctx: Context, chat: Chat) -> tuple[Chat, ...]:
    """Return the runs of a chat that a member may see and that take place or did, by start."""
    shown = (ChatState.SCHEDULED, *LIVE, ChatState.ARCHIVED)
    runs = store.runs_of(ctx.tx, chat)
    return tuple(
        each
        for each in runs
        if each.id == chat.id or (each.run.state in shown and is_seen(ctx, each))
    )


def runs_read(ctx: Context, chat: Chat) -> tuple[Chat, ...]:
    """Return the runs whose answers stand in a chat's archive for a member: those that have begun."""
    begun = (*LIVE, ChatState.ARCHIVED)
    return tuple(
        each for each in runs_seen(ctx, chat) if each.id == chat.id or each.run.state in begun
    )


def rooms_unseen(ctx: Context) -> frozenset[Place]:
    """Return the rooms in which chats were or will be held and into which a member may not look."""
    return ctx.unseen(store.rooms_of(ctx.tx, ctx.network.id))


def chats_seen(
    ctx: Context,
    states: Collection[ChatState],
    *,
    most: int = 50,
    newest_first: bool = False,
    unseen: Collection[Place] | None = None,
) -> tuple[Chat, ...]:
    """Return the chats of the network in these states that a member may see, by start.

    Who asks for several kinds asks for `rooms_unseen` once.
    """
    unseen = rooms_unseen(ctx) if unseen is None else unseen
    return store.chats_of(
        ctx.tx,
        ctx.network.id,
        states,
        most=most,
        newest_first=newest_first,
        unseen=unseen,
        led=_led(ctx),
    )


def series_seen(ctx: Context) -> list[Series]:
    """Return the series that go on and that a member may see."""
    found = store.going_on(ctx.tx, ctx.network.id)
    rooms = {room for each in found for room in series_held_in(ctx, each)}
    unseen = ctx.unseen(rooms)
    return [each for each in found if unseen.isdisjoint(series_held_in(ctx, each))]


def _led(ctx: Context) -> frozenset[int]:
    """Return the chats that are a member's own to lead."""
    return frozenset(each.number for each in ctx.grants if each.kind == _KIND)


def who_sees(ctx: Context, chat: Chat) -> tuple[Block, ...]:
    """Say to a chat's moderators who sees it, where its room is not everybody's."""
    return cards.who_sees(ctx.t, chat) if ctx.closed(chat.place) else ()
