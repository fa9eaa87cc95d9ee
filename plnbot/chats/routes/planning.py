"""Planning: a draft from pasted questions, its preview, its publication, and what comes up."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from plnbot.chats import actions, cards, drafts, pages, store
from plnbot.chats.actions import MODERATES, STARTS_CHATS
from plnbot.chats.cards import runs as run_cards
from plnbot.chats.model import ChatState
from plnbot.chats.parts import CHAT, PLANNING
from plnbot.chats.plans import plans
from plnbot.chats.routes import series
from plnbot.chats.routes.objects import A_CHAT, A_LINE, A_PROPOSAL, A_VERSION, ALine, Kept
from plnbot.chats.routes.pasted_or_document import words_given
from plnbot.chats.routes.planning_form import (
    QUESTIONS,
    chat_form,
    form_in,
    form_there,
    words_in,
)
from plnbot.chats.routes.proposing import proposal_card
from plnbot.chats.sorting import Piece, Place, sorted_words
from plnbot.chats.store import Chat
from plnbot.chats.wishes import Wish, own_title, wrong_start
from plnbot.engine.offers import Idea, TakesOver
from plnbot.engine.ports import Argument, On, Shortcut
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.which_room import room_in
from plnbot.errors import Refused
from plnbot.packs import offered
from plnbot.skills.store import carried
from plnbot.talk import limits
from plnbot.talk.cards import Actions as Row
from plnbot.talk.cards import Block, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import Style, When, verbatim
from plnbot.talk.words import msg
from plnbot.walltime import instant, local

routes = Routes()
_PLANS = msg("Planning chats is for moderators. An administrator can make you one.")
# Of the rows of buttons that a message holds, those of the preview aside.
_ROWS_FOR_LINES = limits.ROWS - 1
_EVENING = time(20)
_IN_ITS_ROOM = msg("Type this in the room where the chat is to take place.")


@routes.command(
    "chat new",
    needs=STARTS_CHATS,
    part=PLANNING,
    about=msg("Plan a Q1/A1 chat from pasted questions"),
    example=msg("/pln chat new"),
    argument=Argument("questions", msg("The questions, pasted; the form asks for the rest")),
    shortcuts=(
        Shortcut("plan", msg("Plan a chat from this"), On.MESSAGE, takes=True),
        Shortcut("plan_here", msg("Plan a chat"), On.ROOM),
    ),
)
def new_chat(ctx: Context, words: str) -> Answer:
    """Open the form, with what was pasted behind the command."""
    if not ctx.where.channel:
        raise Refused(_IN_ITS_ROOM)
    return OpenForm(chat_form(ctx, "", None, pasted=words))


def _from_an_idea(ctx: Context, idea: Idea) -> Answer:
    """Make a draft of an idea from elsewhere: its first question, in its room, a week from now.

    Without a room the form asks for the rest, with the idea in it under its title.
    """
    head = f"{idea.title}\n\n" if idea.title else ""
    questions = f"{head}Q1: {idea.words}"
    if idea.place is None:
        return new_chat(ctx, questions)
    wish = Wish(idea.title[:120], questions, offered(plans(), ())[0].id, _in_a_week(ctx))
    made = drafts.make(ctx.tx, wish, idea.place.channel_itself(), ctx.now, by=ctx.person)
    if isinstance(made, drafts.ChatDraft) and idea.page:
        store.note_origin(ctx.tx, made.chat, idea.page)
    return made if isinstance(made, FieldErrors) else written(ctx, made)


def _in_a_week(ctx: Context) -> str:
    """Return an evening in a week as people write it, for who plans to change."""
    from plnbot.talk.times import as_written  # only who plans a chat needs it

    day = local(ctx.now, ctx.person.zone).date() + timedelta(days=7)
    return as_written(instant(datetime.combine(day, _EVENING), ctx.person.zone), ctx.person.zone)


TAKES_OVER = TakesOver(msg("Plan a chat about it"), STARTS_CHATS, _from_an_idea)


@routes.command(
    "chat list",
    needs=ANYONE,
    part=CHAT,
    about=msg("See what is coming up and the latest archives"),
    example=msg("/pln chat list"),
)
def list_chats(ctx: Context, _words: str) -> Answer:
    """Show coming chats and archives."""
    return Reply(pages.list_card(ctx))


@routes.press("chat.publish", needs=MODERATES, of=A_CHAT)
def publish(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Announce a chat; where its start has passed, ask for another."""
    if actions.is_past(chat, ctx.now):
        intro = ctx.t("That start is in the past. Please write another.")
        return OpenForm(replace(chat_form(ctx, press.row, chat), intro=intro))
    sees = pages.who_sees(ctx, chat)
    chat = actions.publish(ctx.tx, chat, ctx.now, by=ctx.person)
    said = ctx.t(
        "It runs by itself from {when}. The panel is at your hand when it begins.",
        when=When(chat.starts_at),
    )
    buttons = Row(
        (
            PageButton(ctx.t("Open the panel"), "panel", press.row),
            Button(ctx.t("Change"), "chat.change", press.row),
            *run_cards.second_run(ctx.t, chat),
            cards.call_off(ctx.t, press.row),
        )
    )
    return Reply(Card(ctx.t("Published"), (Paragraph(said), buttons, *sees), Tone.GOOD))


@routes.press("chat.change", needs=MODERATES, of=A_CHAT)
def change(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Open the form with the draft in it."""
    return OpenForm(chat_form(ctx, press.row, chat))


@routes.press("chat.discard", needs=MODERATES, of=A_CHAT)
def discard(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Throw a draft away, or call a chat off; it can be brought back."""
    actions.discard(ctx.tx, chat, ctx.now, by=ctx.person, directory=ctx.directory)
    if chat.run.state is ChatState.DRAFT:
        undo = Row((Button(ctx.t("Take it out again"), "chat.restore", press.row),))
        said = ctx.t(
            "Nobody had been told about it. You find it under Chats until {day}, when it is gone for good.",
            day=When(ctx.now + actions.KEPT, Style.DAY),
        )
        return Reply(Card(ctx.t("Thrown away"), (Paragraph(said), undo), Tone.CAUTION))
    undo = Row((Button(ctx.t("Bring it back"), "chat.publish", press.row),))
    said = ctx.t("It will not take place, and the room is told so. Brought back, it is announced.")
    return Reply(Card(ctx.t("Called off"), (Paragraph(said), undo), Tone.CAUTION))


@routes.press("chat.restore", needs=MODERATES, of=A_CHAT)
def restore(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Make what was thrown away or called off a draft again, and show it."""
    draft = actions.restore(ctx.tx, chat, ctx.now, by=ctx.person)
    asked = store.questions_of(ctx.tx, draft.id)
    skills = carried(ctx.tx, draft.carrier)
    return Reply(cards.preview(ctx.t, draft, asked, pages.who_sees(ctx, draft), skills=skills))


@routes.press("chat.delete", needs=MODERATES, of=A_CHAT)
def delete(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Delete a draft that was thrown away, for good."""
    actions.delete_now(ctx.tx, chat, ctx.now, by=ctx.person)
    return Reply(Card(ctx.t("Deleted"), (Paragraph(ctx.t("Nothing of it is kept.")),)))


@routes.form(
    "chat.new",
    build=chat_form,
    needs=replace(MODERATES, otherwise=_PLANS),
    of=A_CHAT,
    without=replace(STARTS_CHATS, otherwise=_PLANS),
)
def chat_given(ctx: Context, _row: str, values: Values, chat: Chat | None) -> Answer:
    """Make or change a draft and show it."""
    if chat is None and not ctx.where.channel:
        raise Refused(_IN_ITS_ROOM)
    wish = Wish(str(values["title"]), "", str(values["plan"]), str(values["starts"]))
    words = words_given(values, QUESTIONS, "" if chat is None else words_in(ctx, chat))
    if isinstance(words, FieldErrors):
        return FieldErrors({**wrong_start(wish, ctx.now, ctx.person), **words.errors})
    wish = replace(wish, questions=words)
    if (again := series.begun_by(ctx, wish, chat)) is not None:
        if isinstance(again, FieldErrors):
            return again
        return written(ctx, again[0], series.about(ctx, again[1]))
    if chat is None:
        made = drafts.make(ctx.tx, wish, ctx.where.channel_itself(), ctx.now, by=ctx.person)
    elif chat.run.state is ChatState.SCHEDULED:
        return _proposed(ctx, actions.propose(ctx.tx, chat, wish, ctx.now, by=ctx.person))
    else:
        made = actions.change(ctx.tx, chat, wish, ctx.now, by=ctx.person)
    if isinstance(made, FieldErrors):
        return made
    return written(ctx, made)


@routes.press("chat.plan_there", needs=replace(STARTS_CHATS, otherwise=_PLANS), of=A_CHAT)
def plan_there(ctx: Context, press: Press, beside: Chat) -> Answer:
    """Open the form for a chat in the room of another, for who comes from a page."""
    return OpenForm(form_there(ctx, press.row, beside))


@routes.form(
    "chat.new_there",
    build=form_there,
    needs=replace(STARTS_CHATS, otherwise=_PLANS),
    of=A_CHAT,
)
def given_there(ctx: Context, _row: str, values: Values, beside: Chat) -> Answer:
    """Make a draft in the room of another chat and show it."""
    return chat_given(replace(ctx, where=beside.place), "", values, None)


@routes.press("chat.plan_in", needs=replace(STARTS_CHATS, otherwise=_PLANS))
def plan_in(ctx: Context, _press: Press) -> Answer:
    """Open the form for a chat in a room that is chosen in it, for who comes from a page."""
    return OpenForm(form_in(ctx, ""))


@routes.form("chat.new_in", build=form_in, needs=replace(STARTS_CHATS, otherwise=_PLANS))
def given_in(ctx: Context, _row: str, values: Values) -> Answer:
    """Make a draft in the room that was chosen and show it."""
    return chat_given(replace(ctx, where=room_in(ctx, values)), "", values, None)


def _proposed(ctx: Context, made: drafts.Proposal | FieldErrors) -> Answer:
    return made if isinstance(made, FieldErrors) else Reply(proposal_card(ctx, made))


@routes.press(
    "chat.change_now",
    needs=replace(MODERATES, otherwise=msg("Changing a chat is for its moderators.")),
    of=A_PROPOSAL,
)
def change_now(ctx: Context, _press: Press, kept: Kept) -> Answer:
    """Change a published chat as its moderator saw it proposed."""
    made = actions.become(
        ctx.tx, kept.chat, kept.version, ctx.now, by=ctx.person, directory=ctx.directory
    )
    return written(ctx, made)


@routes.press(
    "chat.take_back",
    needs=replace(MODERATES, otherwise=msg("Changing a chat is for its moderators.")),
    of=A_VERSION,
)
def take_back(ctx: Context, _press: Press, kept: Kept) -> Answer:
    """Write a chat as it was before its last change, with every answer that was prepared."""
    made = actions.take_back(
        ctx.tx, kept.chat, kept.version, ctx.now, by=ctx.person, directory=ctx.directory
    )
    return written(ctx, made)


@routes.press("chat.line_question", needs=MODERATES, of=A_LINE)
def line_question(ctx: Context, _press: Press, line: ALine) -> Answer:
    """Make a line of a document a question of its own."""
    return _moved(ctx, line, Place.QUESTION)


@routes.press("chat.line_part", needs=MODERATES, of=A_LINE)
def line_part(ctx: Context, _press: Press, line: ALine) -> Answer:
    """Make a line of a document part of the question above it."""
    return _moved(ctx, line, Place.PART)


@routes.press("chat.line_opening", needs=MODERATES, of=A_LINE)
def line_opening(ctx: Context, _press: Press, line: ALine) -> Answer:
    """Put a line of a document into the opening words."""
    return _moved(ctx, line, Place.OPENING)


@routes.press("chat.line_closing", needs=MODERATES, of=A_LINE)
def line_closing(ctx: Context, _press: Press, line: ALine) -> Answer:
    """Put a line of a document into the closing words."""
    return _moved(ctx, line, Place.CLOSING)


def _moved(ctx: Context, line: ALine, to: Place) -> Answer:
    made = actions.move_line(
        ctx.tx, line.chat, line.piece, to, ctx.now, by=ctx.person, directory=ctx.directory
    )
    return written(ctx, made)


@routes.press("chat.documents_start", needs=MODERATES, of=A_CHAT)
def documents_start(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Begin when the words of the chat say, instead of what the form said."""
    from plnbot.talk.times import find_start  # only who plans a chat needs it

    words = find_start([*chat.intro.split("\n"), *chat.outro.split("\n")])
    wish = Wish(
        own_title(chat, ctx.network.locale),
        drafts.as_pasted(chat, store.questions_of(ctx.tx, chat.id)),
        chat.plan,
        words,
    )
    if chat.run.state is ChatState.SCHEDULED:
        return _proposed(ctx, actions.propose(ctx.tx, chat, wish, ctx.now, by=ctx.person))
    made = actions.change(ctx.tx, chat, wish, ctx.now, by=ctx.person)
    if isinstance(made, FieldErrors):
        raise Refused(next(iter(made.errors.values())))
    return written(ctx, made)


def written(ctx: Context, made: drafts.ChatDraft, about: Collection[Block] = ()) -> Answer:
    """Show a chat that was written: a draft as it will run, or that what is published has changed."""
    chat = A_CHAT.find(ctx, str(made.chat))
    more: tuple[Block, ...] = (
        *about,
        *pages.who_sees(ctx, chat),
        *(Paragraph(ctx.t.say(note), quiet=True) for note in made.notes[:5]),
        *pages.about_runs(ctx, chat),
        *_other_start(ctx, chat, made.elsewhere),
        *cards.taken_out(ctx.t, made.taken_out, made.prepared, str(made.before)),
    )
    asked = store.questions_of(ctx.tx, chat.id)
    if chat.run.state is not ChatState.SCHEDULED:
        room = _ROWS_FOR_LINES - sum(isinstance(each, Row) for each in more)
        lines = _lines(ctx, chat, made.lines, room)
        skills = carried(ctx.tx, chat.carrier)
        return Reply(cards.preview(ctx.t, chat, asked, (*more, *lines), skills=skills))
    said = Paragraph(ctx.t("Changed. The announcement in the room shows the new plan."))
    panel = Row(
        (
            PageButton(ctx.t("Open the panel"), "panel", str(chat.id)),
            Button(ctx.t("Change"), "chat.change", str(chat.id)),
        )
    )
    return Reply(Card(verbatim(chat.title), (said, *more, panel), Tone.GOOD))


def _other_start(ctx: Context, chat: Chat, words: str) -> tuple[Block, ...]:
    """Offer the start that the document says, where the form said another and it can be taken."""
    from plnbot.talk.times import Understood, start_of

    start = start_of(words, ctx.now, ctx.person.zone, ctx.person.locale) if words else None
    if not isinstance(start, Understood):
        return ()
    take = ctx.t("Take the document’s: {when}", when=When(start.at))
    return (Row((Button(take, "chat.documents_start", str(chat.id)),)),)


def _lines(ctx: Context, chat: Chat, pieces: Sequence[Piece], room: int) -> list[Block]:
    """Show the first lines that could be something else, and say how many more there are."""
    stands = sorted_words(chat, store.questions_of(ctx.tx, chat.id))
    shown = [(each, each.mark(stands)) for each in pieces[: max(room, 0)]]
    blocks = cards.line_blocks(ctx.t, chat, shown)
    left = len(pieces) - len(shown)
    if left:
        said = ctx.t.n(
            "{n} more line could be something else. See it as they will shows all.",
            "{n} more lines could be something else. See it as they will shows all.",
            left,
        )
        blocks.append(Paragraph(said, quiet=True))
    return blocks
