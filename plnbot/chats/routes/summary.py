"""The summary of a chat: drafted, chosen, ordered, posted in its room, or taken along as Markdown."""

from collections.abc import Mapping

from plnbot.chats import store
from plnbot.chats.actions import MODERATES, summarising
from plnbot.chats.cards import summary as shown
from plnbot.chats.model import LIVE, ChatState
from plnbot.chats.pages.summary import draft_page, summary_of, summary_page
from plnbot.chats.parts import STEERING
from plnbot.chats.routes.objects import A_CHAT
from plnbot.chats.routes.read import markdown_file
from plnbot.chats.routes.unheard import AN_ANSWER, AnAnswer
from plnbot.chats.store import Chat
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.errors import Refused
from plnbot.talk.cards import Card
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import File, Missing, Page
from plnbot.talk.words import msg

routes = Routes()
Args = Mapping[str, str | int]


@routes.command(
    "chat summary",
    needs=MODERATES,
    part=STEERING,
    about=msg("Draft a summary of this room's last chat, made of quotes alone"),
    example=msg("/pln chat summary"),
)
def summary_here(ctx: Context, _words: str) -> Answer:
    """Show the draft of the last chat of this room that the person leads."""
    here = ctx.where.channel_itself()
    for states in ((ChatState.ARCHIVED,), LIVE):
        for chat in store.chats_in(ctx.tx, here, states, newest_first=True):
            if ctx.may(MODERATES, str(chat.id)):
                return Reply(_drafted(ctx, chat))
    raise Refused(msg("No chat that you moderate has begun in this room."))


def _drafted(ctx: Context, chat: Chat) -> Card:
    none = summarising.why_none(ctx.tx, chat)
    if none is not None:
        raise Refused(none)
    return shown.drafted(ctx.t, summary_of(ctx, chat))


@routes.page("summary_draft", needs=MODERATES, of=A_CHAT)
def editing(ctx: Context, _row: str, chat: Chat) -> Page:
    """Show what is quoted and what else may be."""
    return draft_page(ctx, chat)


@routes.page("summary", needs=ANYONE, of=A_CHAT)
def summary(ctx: Context, _row: str, chat: Chat) -> Page | Missing:
    """Show a summary that was posted; to who leads the chat before that too."""
    return summary_page(ctx, chat) if _told(ctx, chat) else Missing()


@routes.file("summary.md", needs=ANYONE, of=A_CHAT)
def as_markdown(ctx: Context, _row: str, chat: Chat) -> File | Missing:
    """Give a summary as Markdown."""
    if not _told(ctx, chat):
        return Missing()
    return markdown_file(ctx.t, chat, summary_page(ctx, chat, as_file=True))


def _told(ctx: Context, chat: Chat) -> bool:
    if summarising.why_none(ctx.tx, chat) is not None:
        return False
    return summarising.is_posted(ctx.tx, chat) or ctx.may(MODERATES, str(chat.id))


@routes.press("summary.drop", needs=MODERATES, of=AN_ANSWER)
def drop(ctx: Context, _press: Press, this: AnAnswer) -> Answer:
    """Quote an answer no longer."""
    summarising.drop(ctx.tx, this.chat, this.given, ctx.now, by=ctx.person)
    return _done(ctx, this, quoted=False)


@routes.press("summary.quote", needs=MODERATES, of=AN_ANSWER)
def quote(ctx: Context, _press: Press, this: AnAnswer) -> Answer:
    """Quote an answer too."""
    summarising.quote(ctx.tx, this.chat, this.given, ctx.now, by=ctx.person)
    return _done(ctx, this, quoted=True)


@routes.press("summary.earlier", needs=MODERATES, of=AN_ANSWER)
def earlier(ctx: Context, _press: Press, this: AnAnswer) -> Answer:
    """Quote an answer before the one before it."""
    summarising.earlier(ctx.tx, this.chat, this.given, ctx.now, by=ctx.person)
    return _done(ctx, this, quoted=True)


def _done(ctx: Context, this: AnAnswer, *, quoted: bool) -> Reply:
    return Reply(shown.edited(ctx.t, this.chat, this.given, quoted=quoted))


@routes.press("summary.post", needs=MODERATES, of=A_CHAT)
def post(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Post a summary in its room."""
    summarising.post(ctx.tx, chat, ctx.now, by=ctx.person)
    return Reply(shown.posted(ctx.t, summary_of(ctx, chat)))


@routes.card(summarising.SUMMARY)
def in_room(to: Showing, args: Args) -> Card | None:
    """Show a summary in its room."""
    chat = store.get_chat(to.tx, int(args["chat"]), network=to.network.id)
    return shown.in_room(to.t, summary_of(to, chat)) if chat else None
