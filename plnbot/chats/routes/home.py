"""What chats say on a member's home: the next one, those after it, and drafts that wait."""

from plnbot.chats import cards, pages
from plnbot.chats.actions import MODERATES, series
from plnbot.chats.model import LIVE, ChatState
from plnbot.chats.store import Chat
from plnbot.engine.at_home import Waiting
from plnbot.engine.routes import Context, Routes
from plnbot.talk.cards import Card, PageButton
from plnbot.talk.fallback import short_words
from plnbot.talk.text import joined, verbatim

routes = Routes()
_MOST_AFTER = 3


def next_chat(ctx: Context) -> Card | None:
    """Show the chat that is on, or the next, on the home, with what to do about it."""
    coming = _coming(ctx, 1)
    if not coming:
        plan = pages.plan_button(ctx)
        return cards.no_next_chat(ctx.t, plan) if plan else None
    chat = coming[0]
    return cards.next_chat(ctx.t, chat, moderates=ctx.may(MODERATES, str(chat.id)))


def after_that(ctx: Context) -> Card | None:
    """Show the chats that come after the next."""
    later = _coming(ctx, 1 + _MOST_AFTER)[1:]
    return cards.after_that(ctx.t, later) if later else None


def _coming(ctx: Context, most: int) -> tuple[Chat, ...]:
    return pages.chats_seen(ctx, (*LIVE, ChatState.SCHEDULED), most=most)


def drafts_waiting(ctx: Context) -> Waiting | None:
    """Tell of the chats that a member has planned and not published."""
    if not ctx.may_somewhere(MODERATES):
        return None
    drafts = pages.chats_seen(ctx, (ChatState.DRAFT,), newest_first=True)
    own = [
        each
        for each in drafts
        if ctx.may(MODERATES, str(each.id)) and not series.without_questions(ctx.tx, each)
    ]
    if not own:
        return None
    names = [short_words(each.title, 60) for each in own[:_MOST_AFTER]]
    return Waiting(
        ctx.t.n("{n} draft to publish", "{n} drafts to publish", len(own)),
        len(own),
        joined(map(verbatim, names)),
        PageButton(ctx.t("Open the drafts"), "chats"),
    )


routes.home.extend((next_chat, after_that))
