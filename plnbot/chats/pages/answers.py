"""All answers to one question, a page at a time; the latest stand on the chat's own page."""

from collections.abc import Mapping
from dataclasses import replace

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.pages.seen import is_seen
from plnbot.chats.pages.words import heading, shelf, when_words
from plnbot.chats.store import KIND, Chat, Question
from plnbot.engine.routes import Context
from plnbot.gathering import Answer
from plnbot.gathering.pages import quote, quotes
from plnbot.talk.cards import Actions, Card, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Head, Page, PageBlock, Quote, Rows
from plnbot.talk.text import joined, verbatim

_MOST = 50


def answers_page(ctx: Context, chat: Chat, question: Question, before: str) -> Page | None:
    """Return the answers to a question before the row of one, or the latest; None where it has none.

    Whole, it holds all of them.
    """
    shown = quotes(ctx, shelf(ctx, question), _MOST, before=before)
    if question.asked_at is None and not shown:
        return None
    whole_chat = PageButton(ctx.t("The whole chat"), "chat", str(chat.id))
    head = Head(verbatim(chat.title), actions=(whole_chat,))
    return Page(heading(question), tuple(shown), live=chat.scope, head=head)


def own_answers_page(ctx: Context, chat: Chat | None) -> Page:
    """Return what a member answered, in one chat or in all, the latest chat first."""
    t, given = ctx.t, gathering.everything_by(ctx.tx, ctx.person.id)
    by_chat: dict[int, list[Answer]] = {}
    for each in given:
        if each.kind == KIND and (chat is None or each.whole == chat.id):
            by_chat.setdefault(each.whole, []).append(each)
    there = (store.get_chat(ctx.tx, number) for number in by_chat)
    found = [one for one in there if one is not None and is_seen(ctx, one)]
    blocks: list[PageBlock] = []
    for one in sorted(found, key=lambda each: each.starts_at, reverse=True):
        names = {each.id: each.name for each in store.questions_of(ctx.tx, one.id)}
        if chat is None:
            lead = PageButton(t("The whole chat"), "chat", str(one.id))
            inside = (Paragraph(when_words(t, one)), Actions((lead,)))
            blocks.append(Rows((Card(verbatim(short_words(one.title, 140)), inside),)))
        blocks += [_own(ctx, each, names) for each in sorted(by_chat[one.id], key=lambda e: e.at)]
    none = Paragraph(t("You have not answered here yet."), quiet=True)
    ways = (PageButton(t("The whole chat"), "chat", str(chat.id)),) if chat is not None else ()
    about = verbatim(chat.title) if chat is not None else t("Only you see this page.")
    live = chat.scope if chat is not None else f"member:{ctx.person.id}"
    return Page(t("My answers"), tuple(blocks or [none]), live=live, head=Head(about, actions=ways))


def _own(ctx: Context, given: Answer, names: Mapping[int, str]) -> Quote:
    shown = quote(ctx.t, given)
    notes = [verbatim(names.get(given.under, ""))] + ([shown.note] if shown.note else [])
    if given.left_out:
        notes.append(ctx.t("left out"))
    if given.hidden_by is not None:
        notes.append(ctx.t("hidden"))
    return replace(shown, note=joined(notes, " · "))
