"""Who is unheard in a chat, for its moderators: while it goes on, and afterwards as a list."""

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions import replying
from plnbot.chats.actions.unheard import unheard
from plnbot.chats.cards import unheard as shown
from plnbot.chats.cards.unheard import Alone, Silent, Unheard
from plnbot.chats.model import ChatState
from plnbot.chats.store import KIND, Chat
from plnbot.engine import notices
from plnbot.engine.routes import Context, Showing
from plnbot.talk.cards import Actions, Card, PageButton, Paragraph
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows
from plnbot.talk.text import joined, verbatim

_MOST = 50


def who_is_unheard(to: Context | Showing, chat: Chat) -> Unheard:
    """Return who is unheard in a chat that goes on or is over, as it is shown."""
    if not (chat.live or chat.run.state is ChatState.ARCHIVED):
        return Unheard(chat, (), (), heard=False)
    found = unheard(to.tx, chat, to.now)
    asked = {each.id: each for each in store.questions_of(to.tx, chat.id)}
    people = ((each, to.directory.by_id(to.tx, each.member)) for each in found.quiet)
    silent = [
        Silent(
            each.member,
            who.name,
            each.new,
            notices.was_told(to.tx, replying.greeted_key(chat, each.member)),
        )
        for each, who in people
        if who is not None
    ]
    alone = [
        Alone(each.answer, asked[each.answer.under], each.new)
        for each in found.waiting
        if each.answer.under in asked
    ]
    return Unheard(chat, silent, alone, heard=found.heard)


def unheard_page(ctx: Context, chat: Chat) -> Page:
    """Return who is unheard in a chat, newcomers first, each with one tap."""
    t, them, row = ctx.t, who_is_unheard(ctx, chat), str(chat.id)
    blocks: list[PageBlock] = []
    if not (them.silent or them.alone):
        blocks.append(shown.unheard(t, them))
    if them.silent:
        heading = t("Here, and no answer yet") if chat.live else t("Came, and answered nothing")
        blocks += [
            Heading(heading, "silent"),
            Rows(tuple(_silent(ctx, chat, e) for e in them.silent)),
        ]
    if them.alone:
        blocks.append(Heading(t("No reply yet"), "alone"))
        blocks += [shown.alone(t, each) for each in them.alone[:_MOST]]
    if len(them.alone) > _MOST:
        more = len(them.alone) - _MOST
        said = t.n("{n} more comes after these.", "{n} more come after these.", more)
        blocks.append(Paragraph(said, quiet=True))
    many = gathering.many_replies(ctx.tx, KIND, chat.id)
    about = [verbatim(chat.title)]
    if many:
        about.append(t.n("{n} answer got a reply.", "{n} answers got a reply.", len(many)))
    actions = [PageButton(t("Questions and answers"), "chat", row)]
    if chat.live:
        actions.insert(0, PageButton(t("Open the panel"), "panel", row))
    head = Head(joined(about, " · "), actions=tuple(actions))
    return Page(t("Who is unheard"), tuple(blocks), live=chat.scope, head=head)


def _silent(ctx: Context, chat: Chat, who: Silent) -> Card:
    notes = [ctx.t("for the first time")] if who.new else []
    if who.greeted:
        notes.append(ctx.t("greeted"))
    note = (Paragraph(joined(notes, " · "), quiet=True),) if notes else ()
    buttons = () if who.greeted else (Actions((shown.greet(ctx.t, chat, who, named=False),)),)
    return Card(verbatim(who.name), (*note, *buttons))
