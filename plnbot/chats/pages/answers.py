"""All answers to one question, a page at a time; the latest stand on the chat's own page."""

from plnbot.chats.pages.words import heading, shelf
from plnbot.chats.store import Chat, Question
from plnbot.engine.routes import Context
from plnbot.gathering.pages import quotes
from plnbot.talk.cards import Actions, PageButton
from plnbot.talk.pages import Page

_MOST = 50


def answers_page(ctx: Context, chat: Chat, question: Question, before: str) -> Page | None:
    """Return the answers to a question before the row of one, or the latest; None where it has none.

    Whole, it holds all of them.
    """
    shown = quotes(ctx, shelf(ctx, question), _MOST, before=before)
    if question.asked_at is None and not shown:
        return None
    whole_chat = PageButton(ctx.t("The whole chat"), "chat", str(chat.id))
    return Page(heading(question), (Actions((whole_chat,)), *shown), live=chat.scope)
