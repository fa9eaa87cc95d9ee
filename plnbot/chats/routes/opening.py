"""A chat in a room that is not everybody's: opened to the whole network by its moderator, or kept to the room."""

from plnbot.chats import actions, pages
from plnbot.chats.actions import MODERATES
from plnbot.chats.cards import KEEP_IN, OPEN_UP
from plnbot.chats.routes.objects import A_CHAT
from plnbot.chats.store import Chat
from plnbot.engine.routes import Context, Routes
from plnbot.talk.cards import Card, Tone
from plnbot.talk.interactions import Answer, Press, Reply

routes = Routes()


@routes.press(OPEN_UP, needs=MODERATES, of=A_CHAT)
def open_up(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Let the whole network find, read and answer a chat."""
    return _told(ctx, actions.open_up(ctx.tx, chat, ctx.now, by=ctx.person, opened=True))


@routes.press(KEEP_IN, needs=MODERATES, of=A_CHAT)
def keep_in(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Let only those find, read and answer a chat who may look into its room."""
    return _told(ctx, actions.open_up(ctx.tx, chat, ctx.now, by=ctx.person, opened=False))


def _told(ctx: Context, chat: Chat) -> Answer:
    title = ctx.t("Open to the whole network") if chat.opened else ctx.t("Kept to its room")
    return Reply(Card(title, pages.who_sees(ctx, chat), Tone.GOOD))
