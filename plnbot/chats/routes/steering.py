"""Steering: the panel, the commands and buttons that do the same, and who moderates."""

from datetime import timedelta

from plnbot.chats import actions, store
from plnbot.chats.model import LIVE, EndNow, Event, Extend, GoOn, Hold, Resume, Skip, State
from plnbot.chats.pages import MODERATES
from plnbot.chats.routes.found import chat_of, panel_of, steered_here
from plnbot.chats.store import Chat
from plnbot.engine.ports import Argument
from plnbot.engine.roles import Role, needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Card, Option, Paragraph, Tone
from plnbot.talk.forms import ChoiceInput, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import Text, clean, verbatim
from plnbot.talk.words import Message, msg

routes = Routes()
LEADS = needs(Role.MODERATOR, within="chat")


@routes.command(
    "chat panel",
    needs=MODERATES,
    about=msg("Open the moderator's panel of this room's chat"),
    example=msg("/pln chat panel"),
)
def open_panel(ctx: Context, _words: str) -> Answer:
    """Show the panel of the chat in this room."""
    chat = steered_here(ctx)
    return Reply(panel_of(ctx, chat))


@routes.command(
    "chat hold", needs=MODERATES, about=msg("Hold the chat"), example=msg("/pln chat hold")
)
def hold_here(ctx: Context, _words: str) -> Answer:
    """Hold the chat of this room."""
    return _steer(ctx, steered_here(ctx), "hold")


@routes.command(
    "chat resume",
    needs=MODERATES,
    about=msg("Go on after a hold"),
    example=msg("/pln chat resume"),
)
def resume_here(ctx: Context, _words: str) -> Answer:
    """Go on with the chat of this room."""
    return _steer(ctx, steered_here(ctx), "resume")


@routes.command(
    "chat next",
    needs=MODERATES,
    about=msg("Do what comes next now"),
    example=msg("/pln chat next"),
)
def next_here(ctx: Context, _words: str) -> Answer:
    """Go on to what comes next."""
    return _steer(ctx, steered_here(ctx), "go_on")


@routes.command(
    "chat extend",
    needs=MODERATES,
    about=msg("Give this question two more minutes"),
    example=msg("/pln chat extend"),
)
def extend_here(ctx: Context, _words: str) -> Answer:
    """Give the present question more time."""
    return _steer(ctx, steered_here(ctx), "extend")


@routes.command(
    "chat skip",
    needs=MODERATES,
    about=msg("Leave the next question out"),
    example=msg("/pln chat skip"),
)
def skip_here(ctx: Context, _words: str) -> Answer:
    """Leave the next question out."""
    return _steer(ctx, steered_here(ctx), "skip")


@routes.command(
    "chat end", needs=MODERATES, about=msg("Close the chat now"), example=msg("/pln chat end")
)
def end_here(ctx: Context, _words: str) -> Answer:
    """Close and archive."""
    return _steer(ctx, steered_here(ctx), "end")


@routes.command(
    "chat bonus",
    needs=MODERATES,
    about=msg("Ask one more question at the end"),
    example=msg("/pln chat bonus What will you try tomorrow?"),
    argument=Argument("question", msg("The question; left out, a form asks for it")),
)
def bonus_here(ctx: Context, words: str) -> Answer:
    """Add a bonus question, or open the form for it."""
    chat = steered_here(ctx)
    if not clean(words):
        return OpenForm(_bonus_form(ctx, str(chat.id)))
    actions.ask_bonus(ctx.tx, chat, clean(words)[:500], ctx.now, by=ctx.person)
    return Reply(panel_of(ctx, chat_of(ctx, str(chat.id))))


def _steering(name: str) -> None:
    @routes.press(f"chat.{name}", needs=MODERATES)
    def steer(ctx: Context, press: Press) -> Answer:
        return _steer(ctx, chat_of(ctx, press.row), name)


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
    chat = chat_of(ctx, press.row)
    number = row_number(press.value)
    actions.ask_after_all(ctx.tx, chat, number, ctx.now, by=ctx.person)
    return Reply(panel_of(ctx, chat_of(ctx, press.row)))


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
    chat = chat_of(ctx, press.row)
    actions.decline(ctx.tx, chat, ctx.now, by=ctx.person)
    said = ctx.t("You no longer moderate this chat.")
    return Reply(Card(ctx.t("All right"), (Paragraph(said),)))


def _bonus_form(ctx: Context, row: str) -> Form:
    words = TextInput(
        name="words", label=ctx.t("The bonus question"), long=True, required=True, most=500
    )
    return Form("chat.bonus", ctx.t("Bonus question"), (words,), ctx.t("Add"), row)


@routes.form("chat.bonus", build=_bonus_form, needs=MODERATES)
def bonus_given(ctx: Context, row: str, values: Values) -> Answer:
    """Add the bonus question."""
    actions.ask_bonus(ctx.tx, chat_of(ctx, row), str(values["words"]), ctx.now, by=ctx.person)
    return Reply(panel_of(ctx, chat_of(ctx, row)))


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
    title, intro, submit = (
        (
            ctx.t("Hand over"),
            ctx.t("They can steer the chat at once, and are told. It is no longer yours."),
            ctx.t("Hand over"),
        )
        if name == "chat.hand_over"
        else (
            ctx.t("Co-moderator"),
            ctx.t("They can steer the chat at once, as you can, and are told. They may say no."),
            ctx.t("Add"),
        )
    )
    return Form(name, title, (who,), submit, row, intro)


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


def _give(ctx: Context, row: str, values: Values, *, leaving: bool) -> Answer:
    chosen = str(values["person"])
    to = ctx.directory.by_id(ctx.tx, int(chosen), ctx.person.ref.platform)
    if to is None or to.network.id != ctx.network.id:
        raise Refused(msg("That person is no longer here."))
    actions.hand_over(ctx.tx, chat_of(ctx, row), to, ctx.now, by=ctx.person, leaving=leaving)
    said = ctx.t("{name} has been told and can steer the chat now.", name=to.name)
    return Reply(Card(ctx.t("Done"), (Paragraph(said),), Tone.GOOD))


def beside(ctx: Context) -> Card | None:
    """Put the panel beside the room for its moderators."""
    shown = store.chats_in(ctx.tx, ctx.where.channel_itself(), (*LIVE, State.SCHEDULED))
    for chat in sorted(shown, key=lambda each: not each.live):
        if ctx.may(MODERATES, str(chat.id)):
            return panel_of(ctx, chat)
    return None


routes.besides.append(beside)


def _steer(ctx: Context, chat: Chat, name: str) -> Answer:
    actions.steer(ctx.tx, chat, _STEPS[name], ctx.now, by=ctx.person)
    said: Text = ctx.t.say(_DONE[name])
    return Reply(Card(said, tone=Tone.GOOD))
