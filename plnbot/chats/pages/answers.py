"""All answers to one question, a page at a time; the latest stand on the chat's own page."""

from collections.abc import Sequence

from plnbot.chats import archive, store
from plnbot.chats.actions import MODERATES
from plnbot.chats.pages.words import heading, quote
from plnbot.chats.store import Answer
from plnbot.engine.routes import Context
from plnbot.refs import row_number
from plnbot.talk.cards import Actions, PageButton
from plnbot.talk.pages import Page, PageBlock

_MOST = 50


def answers_page(ctx: Context, row: str) -> Page | None:
    """Return the answers to a question before one of them, or the latest; None where there are none.

    `row` is the question's, and behind a dot that of the answer before which they were given. Whole,
    all of them are returned.
    """
    asked_row, _, before_row = row.partition(".")
    question = store.get_question(ctx.tx, row_number(asked_row))
    chat = store.get_chat(ctx.tx, question.chat, network=ctx.network.id) if question else None
    if question is None or chat is None or question.asked_at is None:
        return None
    whole_chat = PageButton(ctx.t("The whole chat"), "chat", str(chat.id))
    blocks: list[PageBlock] = [Actions((whole_chat,))]
    if ctx.whole:
        shown: Sequence[Answer] = archive.read(ctx.tx, chat).answers_to(question)
    else:
        before = store.get_answer(ctx.tx, row_number(before_row))
        shown = store.latest_answers(ctx.tx, question, _MOST, before=before)
        if shown and (left := store.answers_before(ctx.tx, question, shown[0])):
            blocks.append(earlier(ctx, shown[0], left))
    moderates = ctx.may(MODERATES, str(chat.id))
    blocks += [quote(ctx.t, each, moderates=moderates) for each in shown]
    return Page(heading(question), tuple(blocks), live=chat.scope)


def earlier(ctx: Context, first: Answer, many: int) -> Actions:
    """Return the way to the answers before the first that is shown."""
    label = ctx.t.n("{n} earlier answer", "{n} earlier answers", many)
    return Actions((PageButton(label, "answers", f"{first.question}.{first.id}"),))
