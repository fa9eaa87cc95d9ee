"""What comes, the archives, and what a moderator has not published."""

from datetime import timedelta

from plnbot.chats import cards
from plnbot.chats.actions import MODERATES
from plnbot.chats.model import LIVE, ChatState
from plnbot.chats.pages.seen import chats_seen, series_seen
from plnbot.chats.pages.series import series_going_on, series_lines
from plnbot.chats.store import Chat
from plnbot.engine.routes import Context
from plnbot.talk.cards import Actions, Card, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Heading, Page, PageBlock
from plnbot.talk.text import Style, Text, When, joined, verbatim

_OFF_IS_SHOWN = timedelta(days=7)
_MOST_OFF = 5
_MOST_COMING, _MOST_PAST = 50, 200
_ALL = 1_000_000
_MOST_BUTTONS = 5


def list_card(ctx: Context) -> Card:
    """Show what comes and the latest archives."""
    coming = chats_seen(ctx, (*LIVE, ChatState.SCHEDULED), most=5)
    past = chats_seen(ctx, (ChatState.ARCHIVED,), most=5, newest_first=True)
    blocks: list[Paragraph | Actions] = []
    if not (coming or past or series_seen(ctx)):
        blocks.append(
            Paragraph(ctx.t("No chat is planned yet. A moderator starts one with `/pln chat new`."))
        )
    for each in (*coming, *past):
        when = When(each.starts_at)
        name = short_words(each.title, 60)
        label = ctx.t("{name}", name=short_words(each.title, 70))
        if each.live:
            blocks.append(Paragraph(ctx.t("**Live now** {name}", name=name)))
        elif each in coming:
            blocks.append(Paragraph(ctx.t("{when} {name}", when=when, name=name)))
        else:
            blocks.append(Paragraph(ctx.t("Archive, {when}", when=When(each.starts_at, Style.DAY))))
        if len([block for block in blocks if isinstance(block, Actions)]) < _MOST_BUTTONS:
            blocks.append(Actions((PageButton(label, "chat", str(each.id)),)))
    blocks += [Paragraph(each) for each in series_lines(ctx)[:_MOST_BUTTONS]]
    return Card(ctx.t("Chats"), tuple(blocks))


def chats_page(ctx: Context) -> Page:
    """Return everything that comes, and the archives, newest first."""
    most_coming, most_past = (_ALL, _ALL) if ctx.whole else (_MOST_COMING, _MOST_PAST)
    coming = chats_seen(ctx, (*LIVE, ChatState.SCHEDULED), most=most_coming)
    past = chats_seen(ctx, (ChatState.ARCHIVED,), most=most_past, newest_first=True)
    drafts = _moderated(ctx, ChatState.DRAFT)
    off = [
        each
        for each in _moderated(ctx, ChatState.CANCELLED, ChatState.THROWN_AWAY)
        if each.run.state is ChatState.THROWN_AWAY or each.starts_at > ctx.now - _OFF_IS_SHOWN
    ]
    blocks: list[PageBlock] = [cards.upcoming(ctx.t, each) for each in coming]
    if not coming:
        blocks.append(Paragraph(ctx.t("Nothing is planned yet."), quiet=True))
    if repeating := series_going_on(ctx):
        blocks.append(Heading(ctx.t("Repeating chats"), "repeating"))
        blocks += repeating
    if drafts:
        blocks.append(Heading(ctx.t("Your drafts"), "drafts"))
        blocks += [_entry(ctx, each) for each in drafts]
    if off:
        blocks.append(Heading(ctx.t("Called off or thrown away"), "off"))
        shown = off if ctx.whole else off[:_MOST_OFF]
        blocks += [_entry(ctx, each) for each in shown]
        if len(off) > len(shown):
            older = ctx.t.n(
                "{n} more was thrown away or called off, and is not shown here.",
                "{n} more were thrown away or called off, and are not shown here.",
                len(off) - len(shown),
            )
            blocks.append(Paragraph(older, quiet=True))
    if past:
        blocks.append(Heading(ctx.t("Archives"), "archives"))
        blocks += [_entry(ctx, each) for each in past]
    return Page(ctx.t("Chats and archives"), tuple(blocks))


def _moderated(ctx: Context, *states: ChatState) -> list[Chat]:
    """Return the chats in these states that the reader moderates, newest first."""
    there = chats_seen(ctx, states, newest_first=True)
    return [each for each in there if ctx.may(MODERATES, str(each.id))]


def _entry(ctx: Context, chat: Chat) -> Card:
    name = verbatim(short_words(chat.title, 70))
    day = Text((When(chat.starts_at, Style.DAY),))
    title = joined((day, name), " ") if ctx.whole else day  # a file shows no buttons
    return Card(title, (Actions((PageButton(name, "chat", str(chat.id)),)),))
