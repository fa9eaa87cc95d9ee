"""What comes, the archives, and what a moderator has not published."""

from collections.abc import Sequence
from datetime import timedelta

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions import MODERATES, STARTS_CHATS
from plnbot.chats.model import LIVE, ChatState
from plnbot.chats.pages.runs import authors_in
from plnbot.chats.pages.season import seasons_blocks
from plnbot.chats.pages.seen import chats_seen, rooms_unseen, runs_read, series_seen
from plnbot.chats.pages.series import series_going_on, series_lines
from plnbot.chats.pages.words import led_by, led_words
from plnbot.chats.store import KIND, Chat
from plnbot.engine.needs import wish_instead
from plnbot.engine.routes import Context
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Field,
    Fields,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows, Search
from plnbot.talk.text import EMPTY, Style, Text, When, joined, verbatim

_OFF_IS_SHOWN = timedelta(days=7)
_MOST_OFF = 5
_MOST_COMING, _MOST_PAST = 50, 200
_ALL = 1_000_000
_MOST_BUTTONS = 5


def list_card(ctx: Context) -> Card:
    """Show what comes and the latest archives."""
    unseen, series = rooms_unseen(ctx), series_seen(ctx)
    coming = chats_seen(ctx, (*LIVE, ChatState.SCHEDULED), most=5, unseen=unseen)
    past = _once(chats_seen(ctx, (ChatState.ARCHIVED,), most=5, newest_first=True, unseen=unseen))
    blocks: list[Paragraph | Actions] = []
    if not (coming or past or series):
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
    blocks += [Paragraph(each) for each in series_lines(ctx, series[:_MOST_BUTTONS])]
    return Card(ctx.t("Chats"), tuple(blocks))


def chats_page(ctx: Context) -> Page:
    """Return everything that comes, and the archives, newest first; searched, what holds the words."""
    t = ctx.t
    if ctx.sought:
        return Page(t("Chats"), tuple(_holding(ctx)), head=_head(ctx))
    most_coming, most_past = (_ALL, _ALL) if ctx.whole else (_MOST_COMING, _MOST_PAST)
    unseen = rooms_unseen(ctx)
    coming = chats_seen(ctx, (*LIVE, ChatState.SCHEDULED), most=most_coming, unseen=unseen)
    over = (ChatState.ARCHIVED,)
    past = _once(chats_seen(ctx, over, most=most_past, newest_first=True, unseen=unseen))
    drafts = _once(_moderated(ctx, ChatState.DRAFT))
    off = [
        each
        for each in _moderated(ctx, ChatState.CANCELLED, ChatState.THROWN_AWAY)
        if each.run.state is ChatState.THROWN_AWAY or each.starts_at > ctx.now - _OFF_IS_SHOWN
    ]
    blocks: list[PageBlock] = [Heading(t("Coming"), "coming")]
    blocks += _rows(ctx, sorted(coming, key=lambda each: not each.live))
    if not coming:
        blocks.append(Paragraph(t("Nothing is planned yet."), quiet=True))
        if ctx.may(STARTS_CHATS) and not plan_button(ctx):
            how = t("Go to the room where a chat is to take place and type `/pln chat new`.")
            blocks.append(Paragraph(how, quiet=True))
    if repeating := series_going_on(ctx):
        blocks += [Heading(t("Repeating chats"), "repeating"), Rows(tuple(repeating))]
    blocks += seasons_blocks(ctx)
    if drafts:
        blocks += [Heading(t("Your drafts"), "drafts"), *_rows(ctx, drafts)]
    if off:
        blocks.append(Heading(t("Called off or thrown away"), "off"))
        shown = off if ctx.whole else off[:_MOST_OFF]
        blocks += _rows(ctx, shown)
        if len(off) > len(shown):
            older = t.n(
                "{n} more was thrown away or called off, and is not shown here.",
                "{n} more were thrown away or called off, and are not shown here.",
                len(off) - len(shown),
            )
            blocks.append(Paragraph(older, quiet=True))
    if past:
        blocks += [Heading(t("Archives"), "archives"), *_rows(ctx, past)]
    return Page(t("Chats"), tuple(blocks), head=_head(ctx), live=_topic(ctx.network.id))


def _once(chats: Sequence[Chat]) -> list[Chat]:
    """Return chats without the further runs of one among them: it leads to them, and has their archive."""
    there = {each.id for each in chats}
    return [each for each in chats if each.first not in there]


def plan_button(ctx: Context) -> tuple[Button, ...]:
    """Return how a moderator plans a chat from a page: in a room they choose, or in that of the latest."""
    if not ctx.may(STARTS_CHATS):
        return ()
    label = ctx.t("Plan a chat")
    if ctx.rooms():
        return (Button(label, "chat.plan_in"),)
    return tuple(Button(label, "chat.plan_there", str(each.id)) for each in latest_held(ctx))


def latest_held(ctx: Context) -> Sequence[Chat]:
    """Return the latest chat that a member sees, if there was one."""
    held = (*LIVE, ChatState.SCHEDULED, ChatState.ARCHIVED)
    return chats_seen(ctx, held, most=1, newest_first=True)


def _head(ctx: Context) -> Head:
    """Return what one does with chats: look for one, plan one, read one's own words."""
    t = ctx.t
    return Head(
        t("What comes, and what was said before."),
        actions=(
            *plan_button(ctx),
            PageButton(t("Topics"), "topics"),
            PageButton(t("My answers"), "my_answers"),
        ),
        search=Search(t("Search chats and their answers"), ctx.sought),
    )


def _topic(network: int) -> str:
    return f"chats:{network}"


def _holding(ctx: Context) -> list[PageBlock]:
    """Return the chats that hold what is sought: in their titles, questions or answers."""
    t, wanted = ctx.t, ctx.sought.casefold()
    states = (*LIVE, ChatState.SCHEDULED, ChatState.ARCHIVED)
    every = chats_seen(ctx, states, most=_ALL, newest_first=True)
    asked = {
        each.id: " ".join((each.title, *(q.words for q in store.questions_of(ctx.tx, each.id))))
        for each in every
    }
    answered = gathering.wholes_holding(ctx.tx, KIND, list(asked), ctx.sought)
    found = [each for each in every if each.id in answered or wanted in asked[each.id].casefold()]
    said = t.n(
        "{n} chat holds “{words}”.", "{n} chats hold “{words}”.", len(found), words=ctx.sought
    )
    nothing = () if found else wish_instead(t, ctx.sought)
    return [Paragraph(said), *nothing, *_rows(ctx, found)]


def _rows(ctx: Context, chats: Sequence[Chat]) -> list[PageBlock]:
    """Return chats as a list."""
    return [Rows(tuple(_entry(ctx, each) for each in chats))] if chats else []


def _moderated(ctx: Context, *states: ChatState) -> list[Chat]:
    """Return the chats in these states that the reader moderates, newest first."""
    there = chats_seen(ctx, states, newest_first=True)
    return [each for each in there if ctx.may(MODERATES, str(each.id))]


def _entry(ctx: Context, chat: Chat) -> Card:
    """Return a chat as an entry: what it is called, when it is, who leads it, what came together."""
    t, state = ctx.t, chat.run.state
    over = state is ChatState.ARCHIVED
    when = When(chat.starts_at, Style.DATE) if over else When(chat.starts_at)
    about = joined((Text((when,)), led_words(t, led_by(ctx, chat))), " · ")
    blocks: list[Block] = [Paragraph(about)]
    if over or chat.live:
        runs = runs_read(ctx, chat) if over else (chat,)
        answers = sum(sum(gathering.shown_counts(ctx.tx, KIND, each.id).values()) for each in runs)
        people = len(authors_in(ctx, runs))
        counts = ((t("Answers"), answers), (t("People"), people))
        blocks.append(Fields(tuple(Field(label, verbatim(str(n))) for label, n in counts)))
    buttons: list[Button | PageButton] = [PageButton(t("Open it"), "chat", str(chat.id))]
    if state is ChatState.SCHEDULED:
        buttons.append(Button(t("Remind me"), "chat.remind", str(chat.id)))
    blocks.append(Actions(tuple(buttons)))
    tone, label = (Tone.QUESTION, t("Live now")) if chat.live else (Tone.PLAIN, EMPTY)
    return Card(verbatim(short_words(chat.title, 140)), tuple(blocks), tone, label)
