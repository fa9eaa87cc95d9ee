"""Chats: which words, buttons, forms and moments lead where."""

from datetime import timedelta

from plnbot.chats import actions, cards, drafts, pages, store
from plnbot.chats.model import LIVE, EndNow, Event, Extend, GoOn, Hold, Resume, Skip, State
from plnbot.chats.personal import PERSONAL
from plnbot.chats.plans import plans
from plnbot.chats.shown import shown
from plnbot.chats.store import Chat, Question
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE, Role, needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Actions as Row
from plnbot.talk.cards import Button, Card, Look, Option, PageButton, Paragraph, Tone
from plnbot.talk.forms import ChoiceInput, FieldErrors, Form, TextInput
from plnbot.talk.interactions import NOTHING, Answer, OpenForm, Press, Reply, Said
from plnbot.talk.text import Code, Text, When, clean, verbatim
from plnbot.talk.words import Message, msg

routes = Routes()
routes.include(shown)
routes.personal.append(PERSONAL)
STARTS_CHATS = needs(Role.MODERATOR, Role.CO_MODERATOR, Role.ORGANISER)
MODERATES = needs(Role.MODERATOR, Role.CO_MODERATOR, within="chat")
STEERS = MODERATES
LEADS = needs(Role.MODERATOR, within="chat")
_ASKS_WHERE = (
    "where are we",
    "what question are we on",
    "which question are we on",
    "what question is this",
    "dónde estamos",
    "donde estamos",
    "en qué pregunta",
    "en que pregunta",
)
_LONGEST_ASIDE = 60
_IN_ITS_ROOM = msg("Type this in the room where the chat is to take place.")


@routes.command(
    "chat new",
    needs=STARTS_CHATS,
    about=msg("Plan a Q1/A1 chat from pasted questions"),
    example=msg("/pln chat new"),
    argument=Argument("questions", msg("The questions, pasted; the form asks for the rest")),
)
def new_chat(ctx: Context, words: str) -> Answer:
    """Open the form, with what was pasted behind the command."""
    if not ctx.where.channel:
        raise Refused(_IN_ITS_ROOM)
    return OpenForm(_chat_form(ctx, "", pasted=words))


@routes.command(
    "chat list",
    needs=ANYONE,
    about=msg("See what is coming up and the latest archives"),
    example=msg("/pln chat list"),
)
def list_chats(ctx: Context, _words: str) -> Answer:
    """Show coming chats and archives."""
    return Reply(pages.list_card(ctx))


@routes.command(
    "chat panel",
    needs=STEERS,
    about=msg("Open the moderator's panel of this room's chat"),
    example=msg("/pln chat panel"),
)
def open_panel(ctx: Context, _words: str) -> Answer:
    """Show the panel of the chat in this room."""
    chat = _steered_here(ctx)
    return Reply(_panel(ctx, chat))


@routes.command(
    "where",
    needs=ANYONE,
    about=msg("Find out where the chat is and what you missed"),
    example=msg("/pln where"),
)
def where_are_we(ctx: Context, _words: str) -> Answer:
    """Show the catch-up card."""
    chat = _live_here(ctx)
    if chat is None:
        raise Refused(msg("No chat is going on in this room. `/pln chat list` shows what comes."))
    return Reply(cards.catch_up(ctx.t, pages.standing(ctx.tx, chat, ctx.now)))


@routes.command(
    "chat hold", needs=STEERS, about=msg("Hold the chat"), example=msg("/pln chat hold")
)
def hold_here(ctx: Context, _words: str) -> Answer:
    """Hold the chat of this room."""
    return _steer(ctx, _steered_here(ctx), "hold")


@routes.command(
    "chat resume",
    needs=STEERS,
    about=msg("Go on after a hold"),
    example=msg("/pln chat resume"),
)
def resume_here(ctx: Context, _words: str) -> Answer:
    """Go on with the chat of this room."""
    return _steer(ctx, _steered_here(ctx), "resume")


@routes.command(
    "chat next",
    needs=STEERS,
    about=msg("Do what comes next now"),
    example=msg("/pln chat next"),
)
def next_here(ctx: Context, _words: str) -> Answer:
    """Go on to what comes next."""
    return _steer(ctx, _steered_here(ctx), "go_on")


@routes.command(
    "chat extend",
    needs=STEERS,
    about=msg("Give this question two more minutes"),
    example=msg("/pln chat extend"),
)
def extend_here(ctx: Context, _words: str) -> Answer:
    """Give the present question more time."""
    return _steer(ctx, _steered_here(ctx), "extend")


@routes.command(
    "chat skip",
    needs=STEERS,
    about=msg("Leave the next question out"),
    example=msg("/pln chat skip"),
)
def skip_here(ctx: Context, _words: str) -> Answer:
    """Leave the next question out."""
    return _steer(ctx, _steered_here(ctx), "skip")


@routes.command(
    "chat end", needs=STEERS, about=msg("Close the chat now"), example=msg("/pln chat end")
)
def end_here(ctx: Context, _words: str) -> Answer:
    """Close and archive."""
    return _steer(ctx, _steered_here(ctx), "end")


@routes.command(
    "chat bonus",
    needs=STEERS,
    about=msg("Ask one more question at the end"),
    example=msg("/pln chat bonus What will you try tomorrow?"),
    argument=Argument("question", msg("The question; left out, a form asks for it")),
)
def bonus_here(ctx: Context, words: str) -> Answer:
    """Add a bonus question, or open the form for it."""
    chat = _steered_here(ctx)
    if not clean(words):
        return OpenForm(_bonus_form(ctx, str(chat.id)))
    actions.ask_bonus(ctx.tx, chat, clean(words)[:500], ctx.now, by=ctx.person)
    return Reply(_panel(ctx, _chat(ctx, str(chat.id))))


@routes.command(
    "calendar",
    needs=ANYONE,
    about=msg("Get the calendar address of coming chats"),
    example=msg("/pln calendar"),
)
def calendar_address(ctx: Context, _words: str) -> Answer:
    """Show where a calendar program finds the chats."""
    if not ctx.address:
        raise Refused(
            msg("Pages have no address here yet. An administrator can set PLNBOT_PUBLIC_URL.")
        )
    token = actions.calendar_token(ctx.tx, ctx.network.id)
    how = ctx.t("Subscribe to this address in your calendar; new chats then appear by themselves.")
    address = Text((Code(f"{ctx.address}/calendar/{token}.ics"),))
    note = ctx.t("Whoever has the address sees the plan, so share it only with your network.")
    blocks = (Paragraph(how), Paragraph(address), Paragraph(note, quiet=True))
    return Reply(Card(ctx.t("Calendar"), blocks))


@routes.press("chat.publish", needs=MODERATES)
def publish(ctx: Context, press: Press) -> Answer:
    """Announce a chat."""
    chat = actions.publish(ctx.tx, _chat(ctx, press.row), ctx.now, by=ctx.person)
    said = ctx.t(
        "It runs by itself from {when}. The panel is at your hand when it begins.",
        when=When(chat.starts_at),
    )
    buttons = Row(
        (
            PageButton(ctx.t("Open the panel"), "panel", press.row),
            Button(
                ctx.t("Call it off"),
                "chat.discard",
                press.row,
                Look.DANGER,
                ctx.t("The room will be told that the chat does not take place."),
            ),
        )
    )
    return Reply(Card(ctx.t("Published"), (Paragraph(said), buttons), Tone.GOOD))


@routes.press("chat.change", needs=MODERATES)
def change(ctx: Context, press: Press) -> Answer:
    """Open the form with the draft in it."""
    return OpenForm(_chat_form(ctx, press.row))


@routes.press("chat.discard", needs=MODERATES)
def discard(ctx: Context, press: Press) -> Answer:
    """Throw a draft away, or call a chat off; it can be brought back."""
    actions.discard(ctx.tx, _chat(ctx, press.row), ctx.now, by=ctx.person)
    undo = Row((Button(ctx.t("Bring it back"), "chat.publish", press.row),))
    said = ctx.t("It will not take place.")
    return Reply(Card(ctx.t("Called off"), (Paragraph(said), undo), Tone.CAUTION))


def _steering(name: str) -> None:
    @routes.press(f"chat.{name}", needs=MODERATES)
    def steer(ctx: Context, press: Press) -> Answer:
        return _steer(ctx, _chat(ctx, press.row), name)


_STEPS: dict[str, Event] = {
    "hold": Hold(),
    "resume": Resume(),
    "extend": Extend(timedelta(minutes=2)),
    "go_on": GoOn(),
    "skip": Skip(),
    "end": EndNow(),
}
_DONE: dict[str, Message] = {
    "hold": msg("On hold. Nothing is asked until you go on."),
    "resume": msg("Going on. Later questions have moved."),
    "extend": msg("Two more minutes. Later questions have moved."),
    "go_on": msg("Done."),
    "skip": msg("Left out. You can ask it after all from the panel."),
    "end": msg("Closed. The archive is there."),
}
for _name in _STEPS:
    _steering(_name)


@routes.press("chat.after_all", needs=MODERATES)
def after_all(ctx: Context, press: Press) -> Answer:
    """Ask a skipped question."""
    chat = _chat(ctx, press.row)
    number = row_number(press.value)
    actions.ask_after_all(ctx.tx, chat, number, ctx.now, by=ctx.person)
    return Reply(_panel(ctx, _chat(ctx, press.row)))


@routes.press("chat.bonus", needs=MODERATES)
def bonus(ctx: Context, press: Press) -> Answer:
    """Open the form for a bonus question."""
    return OpenForm(_bonus_form(ctx, press.row))


@routes.press("chat.hand_over", needs=LEADS)
def hand_over(ctx: Context, press: Press) -> Answer:
    """Open the form that hands a chat over."""
    return OpenForm(_person_form(ctx, "chat.hand_over", press.row))


@routes.press("chat.co_moderator", needs=LEADS)
def co_moderator(ctx: Context, press: Press) -> Answer:
    """Open the form that adds a co-moderator."""
    return OpenForm(_person_form(ctx, "chat.co_moderator", press.row))


@routes.press("chat.decline", needs=MODERATES)
def decline(ctx: Context, press: Press) -> Answer:
    """Give the moderation of one chat back."""
    chat = _chat(ctx, press.row)
    actions.decline(ctx.tx, chat, ctx.now, by=ctx.person)
    said = ctx.t("You no longer moderate this chat.")
    return Reply(Card(ctx.t("All right"), (Paragraph(said),)))


@routes.press("chat.where", needs=ANYONE)
def where(ctx: Context, press: Press) -> Answer:
    """Show the catch-up card of one chat."""
    chat = _chat(ctx, press.row)
    return Reply(cards.catch_up(ctx.t, pages.standing(ctx.tx, chat, ctx.now)))


@routes.press("chat.remind", needs=ANYONE)
def remind(ctx: Context, press: Press) -> Answer:
    """Note that a member wants to be reminded."""
    chat = _chat(ctx, press.row)
    at = actions.remind_me(ctx.tx, chat, ctx.person, ctx.now, ctx.directory)
    said = ctx.t("I will write to you {when}.", when=When(at))
    undo = Row((Button(ctx.t("No reminder"), "chat.no_reminder", press.row),))
    return Reply(Card(ctx.t("Reminder set"), (Paragraph(said), undo), Tone.GOOD))


@routes.press("chat.no_reminder", needs=ANYONE)
def no_reminder(ctx: Context, press: Press) -> Answer:
    """Take a reminder back."""
    actions.do_not_remind(ctx.tx, _chat(ctx, press.row), ctx.person, ctx.now)
    return Reply(Card(ctx.t("No reminder"), (Paragraph(ctx.t("I will not write to you.")),)))


@routes.press("chat.answer", needs=ANYONE)
def answer(ctx: Context, press: Press) -> Answer:
    """Open the form for an answer, with the member's own in it."""
    return OpenForm(_answer_form(ctx, press.row))


@routes.press("chat.leave_out", needs=ANYONE)
def leave_out(ctx: Context, press: Press) -> Answer:
    """Keep a member's answers out of the archive."""
    actions.leave_out(ctx.tx, _chat(ctx, press.row), ctx.person, ctx.now, out=True)
    said = ctx.t("Your answers are out of this archive and its files, on every page.")
    undo = Row((Button(ctx.t("Let them in again"), "chat.let_in", press.row),))
    return Reply(Card(ctx.t("Left out"), (Paragraph(said), undo), Tone.GOOD))


@routes.press("chat.let_in", needs=ANYONE)
def let_in(ctx: Context, press: Press) -> Answer:
    """Let a member's answers into the archive again."""
    actions.leave_out(ctx.tx, _chat(ctx, press.row), ctx.person, ctx.now, out=False)
    return Reply(Card(ctx.t("Back in"), (Paragraph(ctx.t("Your answers are shown again.")),)))


@routes.press("chat.hide", needs=ANYONE)
def hide(ctx: Context, press: Press) -> Answer:
    """Open the form that asks for the reason."""
    return OpenForm(_hide_form(ctx, press.row))


@routes.press("chat.show", needs=ANYONE)
def show(ctx: Context, press: Press) -> Answer:
    """Show a hidden answer again."""
    hidden = _moderated_answer(ctx, press.row)
    actions.show_again(ctx.tx, hidden, ctx.now, by=ctx.person, network=ctx.network.id)
    return Reply(Card(ctx.t("Shown again"), (Paragraph(ctx.t("Everybody can read it.")),)))


def _answer_form(ctx: Context, row: str) -> Form:
    question, _of = _question(ctx, row)
    own = actions.form_answer(ctx.tx, question, ctx.person)
    label = ctx.t("Your answer to {name}", name=question.name)
    return Form(
        "chat.answer",
        verbatim(f"{question.name}"),
        (
            TextInput(
                name="words",
                label=label,
                long=True,
                required=True,
                most=2000,
                value=own.words if own else "",
            ),
        ),
        ctx.t("Send"),
        row,
        verbatim(question.words),
    )


@routes.form("chat.answer", build=_answer_form, needs=ANYONE)
def answered(ctx: Context, row: str, values: Values) -> Answer:
    """Take an answer from the form; once more replaces it."""
    question, chat = _question(ctx, row)
    actions.answer_by_form(ctx.tx, chat, question, ctx.person, str(values["words"]), ctx.now)
    said = ctx.t("Your answer stands under {name}.", name=question.name)
    if chat.run.state in (State.SCHEDULED, State.DRAFT):
        said = ctx.t("Saved. It is posted for you when {name} is asked.", name=question.name)
    buttons = Row(
        (
            Button(ctx.t("Change it"), "chat.answer", row),
            Button(ctx.t("Take it back"), "chat.retract", row, Look.DANGER),
        )
    )
    return Reply(Card(ctx.t("Thank you"), (Paragraph(said), buttons), Tone.GOOD))


@routes.press("chat.retract", needs=ANYONE)
def retract(ctx: Context, press: Press) -> Answer:
    """Take one's own answer back."""
    question, _chat_of_it = _question(ctx, press.row)
    actions.retract_form_answer(ctx.tx, question, ctx.person, ctx.now)
    return Reply(Card(ctx.t("Taken back"), (Paragraph(ctx.t("Your answer is gone.")),)))


def _bonus_form(ctx: Context, row: str) -> Form:
    words = TextInput(
        name="words", label=ctx.t("The bonus question"), long=True, required=True, most=500
    )
    return Form("chat.bonus", ctx.t("Bonus question"), (words,), ctx.t("Add"), row)


@routes.form("chat.bonus", build=_bonus_form, needs=MODERATES)
def bonus_given(ctx: Context, row: str, values: Values) -> Answer:
    """Add the bonus question."""
    actions.ask_bonus(ctx.tx, _chat(ctx, row), str(values["words"]), ctx.now, by=ctx.person)
    return Reply(_panel(ctx, _chat(ctx, row)))


def _person_form(ctx: Context, name: str, row: str) -> Form:
    others = [
        each
        for each in ctx.directory.in_workspace(
            ctx.tx, ctx.person.ref.platform, ctx.person.ref.workspace
        )
        if each.id != ctx.person.id
    ]
    if not others:
        raise Refused(msg("Nobody else is here yet."))
    options = tuple(
        Option(str(each.id), verbatim(each.name[: limits.OPTION_LABEL]))
        for each in others[: limits.OPTIONS]
    )
    who = ChoiceInput(name="person", label=ctx.t("Who?"), options=options, required=True)
    title = ctx.t("Hand over") if name == "chat.hand_over" else ctx.t("Co-moderator")
    return Form(name, title, (who,), ctx.t("Ask them"), row)


@routes.form(
    "chat.hand_over", build=lambda ctx, row: _person_form(ctx, "chat.hand_over", row), needs=LEADS
)
def handed_over(ctx: Context, row: str, values: Values) -> Answer:
    """Hand a chat over."""
    return _give(ctx, row, values, leaving=True)


@routes.form(
    "chat.co_moderator",
    build=lambda ctx, row: _person_form(ctx, "chat.co_moderator", row),
    needs=LEADS,
)
def co_moderator_added(ctx: Context, row: str, values: Values) -> Answer:
    """Add a co-moderator."""
    return _give(ctx, row, values, leaving=False)


def _hide_form(ctx: Context, row: str) -> Form:
    hidden = _moderated_answer(ctx, row)
    why = TextInput(name="why", label=ctx.t("Reason, told to its author"), required=True, most=200)
    return Form(
        "chat.hide",
        ctx.t("Hide this answer"),
        (why,),
        ctx.t("Hide"),
        row,
        verbatim(hidden.words[:300]),
    )


@routes.form("chat.hide", build=_hide_form, needs=ANYONE)
def hidden(ctx: Context, row: str, values: Values) -> Answer:
    """Hide an answer everywhere."""
    answer = _moderated_answer(ctx, row)
    why = str(values["why"])
    actions.hide(ctx.tx, answer, why, ctx.now, by=ctx.person, network=ctx.network.id)
    author = ctx.directory.by_id(ctx.tx, answer.member, ctx.person.ref.platform)
    if author is not None:
        actions.tell_author(ctx.tx, answer, author, why, ctx.now)
    undo = Row((Button(ctx.t("Show it again"), "chat.show", row),))
    said = ctx.t("Nobody sees it any more, here or in the archive.")
    return Reply(Card(ctx.t("Hidden"), (Paragraph(said), undo)))


def _chat_form(ctx: Context, row: str, *, pasted: str = "") -> Form:
    chat = _chat(ctx, row) if row else None
    if chat is not None and chat.run.state not in (State.DRAFT, State.SCHEDULED, State.CANCELLED):
        raise Refused(msg("A chat that has begun cannot be written anew. Use the panel instead."))
    words = drafts.as_pasted(chat, store.questions_of(ctx.tx, chat.id)) if chat else pasted
    starts = pages.said_in_zone(chat.starts_at, chat.zone) if chat else ""
    options = tuple(Option(plan.id, verbatim(plan.name(ctx.t.locale))) for plan in plans().values())
    return Form(
        "chat.new",
        ctx.t("Plan a chat"),
        (
            TextInput(
                name="questions",
                label=ctx.t("Questions, pasted as they stand"),
                hint=ctx.t("Q1: … on lines of their own. A warm-up and [8:10 pm] are understood."),
                long=True,
                required=True,
                most=limits.INPUT_LENGTH,
                value=words[: limits.INPUT_LENGTH],
            ),
            TextInput(
                name="starts",
                label=ctx.t("Start"),
                hint=ctx.t("Thursday 8 pm Eastern. May stay empty if the document says it."),
                value=starts,
            ),
            ChoiceInput(
                name="plan",
                label=ctx.t("Plan"),
                options=options,
                value=chat.plan if chat else options[0].value,
                required=True,
            ),
            TextInput(
                name="title",
                label=ctx.t("Title"),
                hint=ctx.t("May stay empty: then the hashtag names it."),
                most=120,
                value=chat.title if chat else "",
            ),
        ),
        ctx.t("Preview"),
        row,
    )


@routes.form("chat.new", build=_chat_form, needs=ANYONE)
def chat_given(ctx: Context, row: str, values: Values) -> Answer:
    """Make or change a draft and show it."""
    allowed = ctx.may(MODERATES, row) if row else ctx.may(STARTS_CHATS)
    if not row and not ctx.where.channel:
        raise Refused(_IN_ITS_ROOM)
    if not allowed:
        raise Refused(msg("Planning chats is for moderators. An administrator can make you one."))
    wish = drafts.Wish(
        str(values["title"]), str(values["questions"]), str(values["plan"]), str(values["starts"])
    )
    if not row:
        made = drafts.make(ctx.tx, wish, ctx.where.channel_itself(), ctx.now, by=ctx.person)
    else:
        made = actions.change(ctx.tx, _chat(ctx, row), wish, ctx.now, by=ctx.person)
    if isinstance(made, FieldErrors):
        return made
    chat = _chat(ctx, str(made.chat))
    notes = [ctx.t.say(note) for note in made.notes]
    if chat.run.state is State.SCHEDULED:
        said = ctx.t("Changed. The room has the new plan.")
        return Reply(Card(verbatim(chat.title), (Paragraph(said),), Tone.GOOD))
    return Reply(cards.preview(ctx.t, chat, store.questions_of(ctx.tx, chat.id), notes))


def heard(ctx: Context, said: Said) -> Answer | None:
    """Take answers out of what is said in a room or under a question."""
    chat = actions.chat_here(ctx.tx, ctx.where)
    if chat is None:
        return None
    source = f"{ctx.where.platform}/{ctx.where.channel}/{said.message}"
    words = clean(said.words)
    if not words:
        actions.retract(ctx.tx, ctx.person, source, ctx.now)
        return NOTHING
    under = _question_of_thread(ctx)
    landed = actions.take_marked(ctx.tx, chat, ctx.person, words, source, ctx.now)
    if under is not None and not landed.questions and not landed.unknown:
        actions.answer(ctx.tx, chat, under, ctx.person, words, source, ctx.now)
        return _first_time(ctx, chat) or NOTHING
    if landed.unknown:
        known = ", ".join(q.name for q in store.questions_of(ctx.tx, chat.id))
        no = ctx.t(
            "There is no question {label} in this chat. It has {known}.",
            label=landed.unknown[0],
            known=known,
        )
        return Reply(Card(ctx.t("Which question?"), (Paragraph(no),), Tone.CAUTION))
    if chat.live and len(words) <= _LONGEST_ASIDE and _asks_where(words):
        return Reply(cards.catch_up(ctx.t, pages.standing(ctx.tx, chat, ctx.now)))
    return _first_time(ctx, chat) if chat.live else None


routes.heard.append(heard)


def joined(ctx: Context) -> Answer | None:
    """Greet who comes into a room while a chat goes on: newcomers once, others with where we are."""
    chat = _live_here(ctx)
    if chat is None:
        return None
    moderates = ctx.may(MODERATES, str(chat.id))
    latecomer = (
        chat.run.current > 0
        and not moderates
        and not store.is_present(ctx.tx, chat.id, ctx.person.id)
    )
    greeting = _first_time(ctx, chat)
    if greeting is None and latecomer:
        return Reply(cards.catch_up(ctx.t, pages.standing(ctx.tx, chat, ctx.now)))
    return greeting


routes.joined.append(joined)


def beside(ctx: Context) -> Card | None:
    """Put the panel beside the room for its moderators."""
    shown = store.chats_in(ctx.tx, ctx.where.channel_itself(), (*LIVE, State.SCHEDULED))
    for chat in sorted(shown, key=lambda each: not each.live):
        if ctx.may(MODERATES, str(chat.id)):
            return _panel(ctx, chat)
    return None


routes.besides.append(beside)


def home(ctx: Context) -> Card | None:
    """Show the chat that is on, or the next, on the home view."""
    coming = store.chats_of(ctx.tx, ctx.network.id, (*LIVE, State.SCHEDULED), most=1)
    return cards.upcoming(ctx.t, coming[0]) if coming else None


routes.home.append(home)


def _steer(ctx: Context, chat: Chat, name: str) -> Answer:
    actions.steer(ctx.tx, chat, _STEPS[name], ctx.now, by=ctx.person)
    said: Text = ctx.t.say(_DONE[name])
    return Reply(Card(said, tone=Tone.GOOD))


def _give(ctx: Context, row: str, values: Values, *, leaving: bool) -> Answer:
    chosen = str(values["person"])
    to = ctx.directory.by_id(ctx.tx, int(chosen), ctx.person.ref.platform)
    if to is None or to.network.id != ctx.network.id:
        raise Refused(msg("That person is no longer here."))
    actions.hand_over(ctx.tx, _chat(ctx, row), to, ctx.now, by=ctx.person, leaving=leaving)
    said = ctx.t("{name} has been told and can steer the chat now.", name=to.name)
    return Reply(Card(ctx.t("Done"), (Paragraph(said),), Tone.GOOD))


def _first_time(ctx: Context, chat: Chat) -> Reply | None:
    greeted = store.ever_present(ctx.tx, ctx.person.id)
    store.note_presence(ctx.tx, chat.id, ctx.person.id, ctx.now)
    actions.changed(ctx.tx, chat, ctx.now)
    if greeted or ctx.may(MODERATES, str(chat.id)):
        return None
    return Reply(cards.newcomer(ctx.t, chat))


def _asks_where(words: str) -> bool:
    low = words.casefold()
    return any(each in low for each in _ASKS_WHERE)


def _panel(ctx: Context, chat: Chat) -> Card:
    at = pages.standing(ctx.tx, chat, ctx.now)
    return cards.panel(ctx.t, at, people=store.present(ctx.tx, chat.id))


def _chat(ctx: Context, row: str) -> Chat:
    chat = store.get_chat(ctx.tx, row_number(row), network=ctx.network.id)
    if chat is None:
        raise Refused(msg("This chat is no longer there."))
    return chat


def _question(ctx: Context, row: str) -> tuple[Question, Chat]:
    question = store.get_question(ctx.tx, row_number(row))
    if question is None:
        raise Refused(msg("This question is no longer there."))
    chat = _chat(ctx, str(question.chat))
    if chat.run.state is State.CANCELLED:
        raise Refused(msg("This chat was called off."))
    return question, chat


def _question_of_thread(ctx: Context) -> Question | None:
    return actions.question_at(ctx.tx, ctx.where)


def _moderated_answer(ctx: Context, row: str) -> store.Answer:
    found = store.get_answer(ctx.tx, row_number(row))
    if found is None or store.get_chat(ctx.tx, found.chat, network=ctx.network.id) is None:
        raise Refused(msg("This answer is no longer there."))
    if not ctx.may(MODERATES, str(found.chat)):
        raise Refused(msg("Hiding answers is for the chat's moderators."))
    return found


def _live_here(ctx: Context) -> Chat | None:
    return next(iter(store.chats_in(ctx.tx, ctx.where.channel_itself(), LIVE)), None)


def _steered_here(ctx: Context) -> Chat:
    """Return the chat of this room that the person moderates: live, else the next one."""
    here = ctx.where.channel_itself()
    for states in (LIVE, (State.SCHEDULED,)):
        for chat in store.chats_in(ctx.tx, here, states):
            if ctx.may(MODERATES, str(chat.id)):
                return chat
    raise Refused(msg("You moderate no chat in this room."))
