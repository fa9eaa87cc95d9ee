"""Chats that come again: begun from the form, seen date by date, changed one by one, ended."""

from collections.abc import Mapping
from dataclasses import replace

from plnbot.chats import actions, cards, copying, drafts, pages, store
from plnbot.chats.actions import MODERATES, STARTS_CHATS, series
from plnbot.chats.drafts import ChatDraft
from plnbot.chats.model import ChatState
from plnbot.chats.routes.objects import A_CHAT, A_SERIES
from plnbot.chats.routes.proposing import proposal_card
from plnbot.chats.store import Chat, Series
from plnbot.chats.wishes import UNNAMED, Wish, wrong_besides_the_start
from plnbot.engine.routes import Context, Due, Routes, Showing
from plnbot.errors import Refused
from plnbot.skills.store import carried
from plnbot.talk.cards import Block, Card, Paragraph
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import Page
from plnbot.talk.words import msg

routes = Routes()
Args = Mapping[str, str | int]
_SERIES = msg("Repeating chats are planned by moderators.")
_STANDS = msg("This chat has its day. To have chats come again, plan a new one.")
_NEVER = msg("That would never come: please check its days and its end.")


def begun_by(
    ctx: Context, wish: Wish, draft: Chat | None
) -> tuple[ChatDraft, Series] | FieldErrors | None:
    """Make a draft, or the one there is, the first of a series; None for a wish for a single chat."""
    from plnbot.talk.times import ScheduleUnderstood, as_written, comes_again, schedule_of

    if not comes_again(wish.starts):
        return None
    if draft and (draft.run.state is not ChatState.DRAFT or store.series_of(ctx.tx, draft.id)):
        return FieldErrors({"starts": _STANDS})
    school = series.school_of(ctx.tx, ctx.network.id, ctx.now)
    found = schedule_of(wish.starts, ctx.now, ctx.person.zone, ctx.t.locale, school=school)
    if not isinstance(found, ScheduleUnderstood):
        return FieldErrors({**wrong_besides_the_start(wish, ctx.now), "starts": found})
    first = found.schedule.after(ctx.now, school)
    if first is None:
        return FieldErrors({"starts": _NEVER})
    single = replace(wish, starts=as_written(first, found.zone))
    if draft is None:
        made = drafts.make(ctx.tx, single, ctx.where.channel_itself(), ctx.now, by=ctx.person)
    else:
        made = actions.change(ctx.tx, draft, single, ctx.now, by=ctx.person)
    if isinstance(made, FieldErrors):
        return made
    named = UNNAMED not in made.notes
    chat = A_CHAT.find(ctx, str(made.chat))
    begun = series.start(ctx.tx, chat, found.schedule, named=named, by=ctx.person, now=ctx.now)
    return replace(made, notes=(*found.notes, *made.notes)), begun


def about(ctx: Context, of: Series) -> tuple[Block, ...]:
    """Return what a preview says of the series that a draft begins."""
    said, lines = pages.series_said(ctx, ctx.t, of)
    return (Paragraph(ctx.t("It comes again: {when}.", when=said)), *map(Paragraph, lines))


@routes.when_due(series.SERIES)
def tend(due: Due) -> None:
    """Do for a series what its dates want done."""
    series.tend_now(due.tx, int(str(due.payload["series"])), due.now)


@routes.card(series.SERIES)
def announced(to: Showing, args: Args) -> Card | None:
    """Tell a room that a chat comes again."""
    found = A_SERIES.told(to, args["series"])
    if found is None:
        return None
    said, lines = pages.series_said(to, to.t, found)
    return cards.repeats(to.t, found, said, lines)


@routes.card(series.NO_CHAT)
def no_chat(to: Showing, args: Args) -> Card | None:
    """Tell a room that there is no chat on one of its dates."""
    chat = store.get_chat(to.tx, int(args["chat"]), network=to.network.id)
    found = store.get_series(to.tx, int(args["series"]))
    if chat is None or found is None:
        return None
    later = series.coming_chats(to.tx, found, max(to.now, chat.starts_at))
    return cards.no_chat(to.t, chat, later[0] if later else None)


@routes.card("chats.unplanned")
def unplanned(to: Showing, args: Args) -> Card | None:
    """Tell a coach that a date has no questions yet."""
    chat = store.get_chat(to.tx, int(args["chat"]), network=to.network.id)
    if chat is None or not series.without_questions(to.tx, chat):
        return None
    return pages.unplanned(to, chat)


@routes.page("chat_series", needs=replace(STARTS_CHATS, otherwise=_SERIES), of=A_SERIES)
def overview(ctx: Context, _row: str, of: Series) -> Page:
    """Show a series with its coming dates."""
    card = pages.series_card(ctx, of)
    return Page(card.title, (card,))


@routes.press("chat.week_later", needs=MODERATES, of=A_CHAT)
def week_later(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Move one chat by a week, a published one after a look at who is told; the rest of its series stays."""
    made_later = actions.move(ctx.tx, chat, 7, ctx.now, by=ctx.person)
    if isinstance(made_later, drafts.Proposal):
        return Reply(proposal_card(ctx, made_later))
    return Reply(cards.moved(ctx.t, A_CHAT.find(ctx, str(chat.id)), str(made_later.before)))


@routes.press("chat.same_questions", needs=MODERATES, of=A_CHAT)
def same_questions(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Give a date the questions of the last chat of its series, and show the draft."""
    last = series.before(ctx.tx, chat)
    if last is None:
        raise Refused(msg("There are no earlier questions. Write some first."))
    return _shown(ctx, copying.again(ctx.tx, chat, last, ctx.now, by=ctx.person))


@routes.press("chat.again", needs=replace(STARTS_CHATS, otherwise=_SERIES), of=A_CHAT)
def plan_again(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Plan a chat that took place once more: a draft with its questions, in the same room."""
    return _shown(ctx, copying.copied(ctx.tx, chat, ctx.now, by=ctx.person))


@routes.press("chat.end_series", needs=replace(STARTS_CHATS, otherwise=_SERIES), of=A_SERIES)
def end(ctx: Context, _press: Press, of: Series) -> Answer:
    """Let nothing more come of a series."""
    staying = series.end(ctx.tx, of, ctx.now, by=ctx.person)
    return Reply(cards.ended(ctx.t, of, staying))


@routes.press("chat.series_again", needs=replace(STARTS_CHATS, otherwise=_SERIES), of=A_SERIES)
def take_up(ctx: Context, _press: Press, of: Series) -> Answer:
    """Let a series that was ended go on."""
    series.take_up(ctx.tx, of, ctx.now, by=ctx.person)
    return Reply(pages.series_card(ctx, series.series_again(ctx.tx, of.id)))


def _shown(ctx: Context, draft: ChatDraft | FieldErrors) -> Answer:
    if isinstance(draft, FieldErrors):
        return draft
    chat = A_CHAT.find(ctx, str(draft.chat))
    notes = tuple(Paragraph(ctx.t.say(each), quiet=True) for each in draft.notes[:4])
    asked = store.questions_of(ctx.tx, chat.id)
    more = (*notes, *pages.who_sees(ctx, chat))
    return Reply(cards.preview(ctx.t, chat, asked, more, skills=carried(ctx.tx, chat.carrier)))
