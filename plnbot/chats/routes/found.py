"""What a button or a room leads to, as long as it is there and theirs."""

from plnbot.chats import actions, cards, pages, store
from plnbot.chats.actions import MODERATES
from plnbot.chats.model import LIVE, ChatState
from plnbot.chats.store import Chat
from plnbot.engine.routes import Context
from plnbot.errors import Refused
from plnbot.talk.cards import Card
from plnbot.talk.interactions import Reply
from plnbot.talk.words import msg


def panel_of(ctx: Context, chat: Chat) -> Card:
    """Return the moderator's panel of a chat as things are now."""
    return pages.panel(ctx, chat)


def caught_up(ctx: Context, chat: Chat) -> Reply:
    """Answer with where a chat is and what was missed."""
    here = store.here_since(ctx.tx, chat.id, ctx.person.id) is not None
    return Reply(cards.catch_up(ctx.t, pages.standing(ctx.tx, chat, ctx.now), here=here))


def live_here(ctx: Context) -> Chat | None:
    """Return the chat that goes on in this room, if any."""
    return next(iter(store.chats_in(ctx.tx, ctx.where.channel_itself(), LIVE)), None)


def steered_here(ctx: Context) -> Chat:
    """Return the chat of this room that the person moderates: live, else the next one."""
    here = ctx.where.channel_itself()
    for states in (LIVE, (ChatState.SCHEDULED,)):
        for chat in store.chats_in(ctx.tx, here, states):
            if ctx.may(MODERATES, str(chat.id)):
                return chat
    raise Refused(msg("You moderate no chat in this room."))


def first_time(ctx: Context, chat: Chat) -> Reply | None:
    """Note that somebody is there; return the greeting of who never was in a chat before."""
    if store.is_present(ctx.tx, chat.id, ctx.person.id):
        return None
    greeted = store.ever_present(ctx.tx, ctx.person.id)
    store.note_presence(ctx.tx, chat.id, ctx.person.id, ctx.now)
    actions.changed(ctx.tx, chat, ctx.now)
    if greeted or ctx.may(MODERATES, str(chat.id)):
        return None
    return Reply(cards.newcomer(ctx.t, chat))
