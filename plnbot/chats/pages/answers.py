"""All answers to one question, a page at a time; the latest stand on the chat's own page."""

from plnbot.chats import store
from plnbot.chats.pages.words import heading, shelf
from plnbot.engine.routes import Context
from plnbot.gathering.pages import quotes
from plnbot.refs import row_number
from plnbot.talk.cards import Actions, PageButton
from plnbot.talk.pages import Page

_MOST = 50


def answers_page(ctx: Context, row: str) -> Page | None:
    """Return the answers to a question before one of them, or the latest; None where there are none.

    `row` is the question's, and behind a dot that of the answer before which they were given. Whole,
    it holds all of them.
    """
    asked_row, _, before_row = row.partition(".")
    question = store.get_question(ctx.tx, row_number(asked_row))
    chat = store.get_chat(ctx.tx, question.chat, network=ctx.network.id) if question else None
    if question is None or chat is None:
        return None
    shown = quotes(ctx, shelf(ctx, question), _MOST, before=before_row)
    if question.asked_at is None and not shown:
        return None
    whole_chat = PageButton(ctx.t("The whole chat"), "chat", str(chat.id))
    return Page(heading(question), (Actions((whole_chat,)), *shown), live=chat.scope)
