"""The summary of a chat, as everybody reads it and as whoever leads the chat edits it."""

from dataclasses import replace

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions import summarising
from plnbot.chats.actions.posts import answer_key
from plnbot.chats.cards import summary as shown
from plnbot.chats.cards.summary import Part, Quoted, Summary
from plnbot.chats.pages.words import heading, when_words
from plnbot.chats.store import KIND, Chat
from plnbot.engine import outbox
from plnbot.engine.routes import Context, Showing
from plnbot.gathering import Answer
from plnbot.gathering.pages import quote
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.cards import Button, PageButton, Paragraph
from plnbot.talk.pages import Downloads, Head, Heading, Page, PageBlock, Quote, Rows
from plnbot.talk.text import Link, MessageLink, PageLink, Span, Text, joined, verbatim

_MOST_OTHERS = 20


def summary_of(to: Context | Showing, chat: Chat) -> Summary:
    """Return the summary of a chat as it is shown now."""
    made = summarising.draft(to.tx, chat)
    called = gathering.authors_of(to.tx, KIND, chat.id)
    replies = gathering.many_replies(to.tx, KIND, chat.id)

    def quoted(each: Answer) -> Quoted:
        author = called.get(each.member, each.author)
        return Quoted(each, author, _stands(to.tx, each, author), replies.get(each.id, 0))

    parts = [
        Part(
            question,
            [quoted(each) for each in made.kept if each.under == question.id],
            [quoted(each) for each in made.others if each.under == question.id],
        )
        for question in store.questions_of(to.tx, chat.id)
    ]
    return Summary(chat, parts, made.posts)


def _stands(tx: Tx, given: Answer, author: str) -> MessageLink | None:
    """Return the way to where an answer stands in its room."""
    if given.by_form:
        post = outbox.by_key(tx, answer_key(given.id))
        if post is None or not isinstance(post.to, Place) or not post.ref:
            return None
        return MessageLink(post.to, post.ref, author)
    found = gathering.message_of(given.source)
    if found is None:
        return None
    thread = (given.said_in or "").rpartition("/")[2]
    return MessageLink(found[0].in_thread(thread), found[1], author)


def summary_page(ctx: Context, chat: Chat, *, as_file: bool = False) -> Page:
    """Return the summary of a chat as everybody reads it, each quote with the way to its answer.

    A file that is taken along holds addresses, where these readers have any.
    """
    made, t, row = summary_of(ctx, chat), ctx.t, str(chat.id)
    blocks: list[PageBlock] = []
    for part in made.parts:
        if part.quotes:
            blocks.append(Heading(heading(part.question), part.question.name))
            blocks += [_quote(ctx, chat, each, as_file=as_file) for each in part.quotes]
    if not made.many:
        gone = t("Nothing that was quoted here is shown any more.")
        blocks.append(Paragraph(gone, quiet=True))
    said = t("Every word is from an answer.")
    about = joined((when_words(t, chat), shown.counted(t, made), said), " · ")
    files = Downloads(((t("Markdown"), f"summary.md/{row}"),))
    head = Head(about, actions=(PageButton(t("Questions and answers"), "chat", row),), files=files)
    title = t("Summary: {title}", title=chat.title)
    return Page(title, tuple(blocks), live=chat.scope, head=head)


def _quote(ctx: Context, chat: Chat, one: Quoted, *, as_file: bool) -> Quote:
    made = quote(ctx.t, replace(one.answer, author=one.author))
    words, anchor = ctx.t.words("in the archive"), f"a{one.answer.id}"
    way: Span = PageLink("chat", str(chat.id), anchor, words)
    if as_file and ctx.address:
        way = Link(f"{ctx.address}/page/chat/{chat.id}#{anchor}", words)
    return replace(made, note=joined(filter(None, (made.note, Text((way,)))), " · "))


def draft_page(ctx: Context, chat: Chat) -> Page:
    """Return the summary of a chat as whoever leads it chooses and orders what is quoted."""
    made, t, row = summary_of(ctx, chat), ctx.t, str(chat.id)
    none = summarising.why_none(ctx.tx, chat)
    blocks: list[PageBlock] = [] if none is None else [Paragraph(t.say(none), quiet=True)]
    for part in made.parts if none is None else ():
        blocks.append(Heading(heading(part.question), part.question.name))
        if not part.quotes:
            blocks.append(Paragraph(t("Nothing is quoted here."), quiet=True))
        for at, each in enumerate(part.quotes):
            blocks.append(shown.kept(t, each, first=at == 0))
        if part.others:
            blocks.append(Heading(t("Not quoted"), f"other-{part.question.name}", 3))
            others = part.others[:_MOST_OTHERS]
            blocks.append(Rows(tuple(shown.other(t, each) for each in others), reads=True))
        if more := len(part.others) - _MOST_OTHERS:
            blocks += _more(ctx, more) if more > 0 else ()
    actions: list[Button | PageButton] = [PageButton(t("Questions and answers"), "chat", row)]
    if none is None:
        label = t("Post it in the room") if not made.posts else t("Post it again")
        preview = PageButton(t("As everybody reads it"), "summary", row)
        actions = [Button(label, "summary.post", row), preview, *actions]
    said = t("You choose and order. Nobody's words are changed.")
    about = joined((verbatim(chat.title), shown.counted(t, made), said), " · ")
    head = Head(about, actions=tuple(actions))
    return Page(t("Draft of a summary"), tuple(blocks), live=chat.scope, head=head)


def _more(ctx: Context, more: int) -> list[PageBlock]:
    said = ctx.t.n("{n} more is on the chat's page.", "{n} more are on the chat's page.", more)
    return [Paragraph(said, quiet=True)]
