"""Steering: the panel, the commands and buttons that do the same, and who moderates."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from plnbot.chats import actions, cards, store
from plnbot.chats.actions import MODERATES, STARTS_CHATS
from plnbot.chats.model import LIVE, ChatState, EndNow, Event, Extend, GoOn, Hold, Resume, Skip
from plnbot.chats.pages import standing
from plnbot.chats.parts import STEERING
from plnbot.chats.routes.found import panel_of, steered_here
from plnbot.chats.routes.objects import A_CHAT, A_SKIP, Kept
from plnbot.chats.store import Chat
from plnbot.engine.ports import Argument
from plnbot.engine.roles import Role, needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.refs import row_number
from plnbot.talk.cards import Actions, Button, Card, Paragraph, Tone
from plnbot.talk.forms import FieldErrors, Form, SearchInput, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import clean, verbatim
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

routes = Routes()
LEADS = needs(Role.MODERATOR, within="chat")
_LONGEST_BONUS = 500


@routes.command(
    "chat panel",
    needs=MODERATES,
    part=STEERING,
    about=msg("Open the moderator's panel of this room's chat"),
    example=msg("/pln chat panel"),
)
def open_panel(ctx: Context, _words: str) -> Answer:
    """Show the panel of the chat in this room."""
    return Reply(panel_of(ctx, steered_here(ctx)))


@dataclass(frozen=True, slots=True)
class Step:
    """A way to move a chat on, what is said then, and the command that does the same as its button."""

    event: Event
    done: Sentence
    command: str
    about: Sentence
    example: Sentence


_STEPS: Mapping[str, Step] = {
    "hold": Step(
        Hold(),
        msg("On hold. Nothing is asked until you go on."),
        "chat hold",
        msg("Hold the chat"),
        msg("/pln chat hold"),
    ),
    "resume": Step(
        Resume(),
        msg("Going on. Later questions have moved."),
        "chat resume",
        msg("Go on after a hold"),
        msg("/pln chat resume"),
    ),
    "go_on": Step(
        GoOn(),
        msg("Done."),
        "chat next",
        msg("Do what comes next now"),
        msg("/pln chat next"),
    ),
    "extend": Step(
        Extend(timedelta(minutes=2)),
        msg("Two more minutes. Later questions have moved."),
        "chat extend",
        msg("Give this question two more minutes"),
        msg("/pln chat extend"),
    ),
    "skip": Step(
        Skip(),
        msg("Left out. The others share its time."),
        "chat skip",
        msg("Leave the next question out"),
        msg("/pln chat skip"),
    ),
    "end": Step(
        EndNow(),
        msg("Closed. The archive is there."),
        "chat end",
        msg("Close the chat now"),
        msg("/pln chat end"),
    ),
}


def _steering(name: str, step: Step) -> None:
    def steer(ctx: Context, chat: Chat) -> Answer:
        undo: tuple[Actions, ...] = ()
        if isinstance(step.event, Skip):
            before = store.present_version(ctx.tx, chat)
            row = str(store.keep_version(ctx.tx, chat.id, before))
            undo = (
                Actions((Button(ctx.t("Ask it after all, where it stood"), "chat.put_back", row),)),
            )
        actions.steer(ctx.tx, chat, step.event, ctx.now, by=ctx.person)
        return Reply(Card(ctx.t.say(step.done), undo, Tone.GOOD))

    @routes.command(
        step.command,
        needs=MODERATES,
        part=STEERING,
        about=step.about,
        example=step.example,
    )
    def steer_here(ctx: Context, _words: str) -> Answer:
        return steer(ctx, steered_here(ctx))

    @routes.press(f"chat.{name}", needs=MODERATES, of=A_CHAT)
    def steer_this(ctx: Context, _press: Press, chat: Chat) -> Answer:
        return steer(ctx, chat)


for _name, _step in _STEPS.items():
    _steering(_name, _step)


@routes.command(
    "chat bonus",
    needs=MODERATES,
    part=STEERING,
    about=msg("Ask one more question at the end"),
    example=msg("/pln chat bonus What will you try tomorrow?"),
    argument=Argument("question", msg("The question; left out, a form asks for it")),
)
def bonus_here(ctx: Context, words: str) -> Answer:
    """Add a bonus question, or open the form for it."""
    chat = steered_here(ctx)
    asked = clean(words)[:_LONGEST_BONUS]
    return _ask(ctx, chat, asked) if asked else OpenForm(_bonus_form(ctx, str(chat.id), chat))


@routes.press("chat.bonus", needs=MODERATES, of=A_CHAT)
def bonus(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Open the form for a bonus question."""
    return OpenForm(_bonus_form(ctx, press.row, chat))


def _bonus_form(ctx: Context, row: str, _chat: Chat) -> Form:
    words = TextInput(
        name="words",
        label=ctx.t("The bonus question"),
        long=True,
        required=True,
        most=_LONGEST_BONUS,
    )
    return Form("chat.bonus", ctx.t("Bonus question"), (words,), ctx.t("Add"), row)


@routes.form("chat.bonus", build=_bonus_form, needs=MODERATES, of=A_CHAT)
def bonus_given(ctx: Context, _row: str, values: Values, chat: Chat) -> Answer:
    """Add the bonus question."""
    return _ask(ctx, chat, str(values["words"]))


def _ask(ctx: Context, chat: Chat, words: str) -> Answer:
    actions.ask_bonus(ctx.tx, chat, words, ctx.now, by=ctx.person)
    # Not the panel: it stands there already, and shows when the question comes.
    title = ctx.t("Added. It is asked at the end.")
    return Reply(Card(title, (Paragraph(verbatim(words)),), Tone.GOOD))


@routes.press("chat.after_all", needs=MODERATES, of=A_CHAT)
def after_all(ctx: Context, press: Press, chat: Chat) -> Answer:
    """Ask a skipped question."""
    actions.ask_after_all(ctx.tx, chat, row_number(press.value), ctx.now, by=ctx.person)
    return Reply(Card(ctx.t("It is asked after all."), tone=Tone.GOOD))


@routes.press("chat.put_back", needs=MODERATES, of=A_SKIP)
def put_back(ctx: Context, _press: Press, kept: Kept) -> Answer:
    """Undo that a question was skipped."""
    chat = actions.put_back(ctx.tx, kept.chat, kept.version.run, ctx.now, by=ctx.person)
    return Reply(replace(panel_of(ctx, chat), title=ctx.t("It is asked after all.")))


@dataclass(frozen=True, slots=True)
class Share:
    """A way to let somebody else moderate: what its form says, and whether who asks stands down."""

    title: Sentence
    intro: Sentence
    submit: Sentence
    leaving: bool


_STILL_YOURS = msg(
    "They can steer the chat at once, and are told. You can go on too: you may steer every chat."
)
_SHARES: Mapping[str, Share] = {
    "chat.hand_over": Share(
        msg("Hand over"),
        msg("They can steer the chat at once, and are told. It is no longer yours."),
        msg("Hand over"),
        leaving=True,
    ),
    "chat.co_moderator": Share(
        msg("Co-moderator"),
        msg("They can steer the chat at once, as you can, and are told. They may say no."),
        msg("Add"),
        leaving=False,
    ),
}


def _sharing(name: str, share: Share) -> None:
    def form(ctx: Context, row: str, _chat: Chat) -> Form:
        say = ctx.t.say
        who = _whom(ctx)
        # Who may steer every chat goes on seeing its panel.
        intro = _STILL_YOURS if share.leaving and ctx.may(STARTS_CHATS) else share.intro
        return Form(name, say(share.title), (who,), say(share.submit), row, say(intro))

    @routes.press(name, needs=LEADS, of=A_CHAT)
    def ask(ctx: Context, press: Press, chat: Chat) -> Answer:
        return OpenForm(form(ctx, press.row, chat))

    @routes.form(name, build=form, needs=LEADS, of=A_CHAT)
    def give(ctx: Context, _row: str, values: Values, chat: Chat) -> Answer:
        to = whose(ctx, values["person"])
        if to.id == ctx.person.id:
            return FieldErrors({"person": msg("That is you. Choose somebody else.")})
        if ctx.directory.on_leave(ctx.tx, [to.id], max(ctx.now, chat.starts_at)):
            return FieldErrors({"person": msg("They are on leave then. Choose somebody else.")})
        actions.hand_over(ctx.tx, chat, to, ctx.now, by=ctx.person, leaving=share.leaving)
        said = ctx.t("{name} has been told and can steer the chat now.", name=to.name)
        return Reply(Card(ctx.t("Done"), (Paragraph(said),), Tone.GOOD))


def _whom(ctx: Context) -> SearchInput:
    return SearchInput(name="person", label=ctx.t("Who?"), source=MEMBERS, here=True, required=True)


for _name, _share in _SHARES.items():
    _sharing(_name, _share)


@routes.press("chat.decline", needs=MODERATES, of=A_CHAT)
def decline(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Give the moderation of one chat back."""
    actions.decline(ctx.tx, chat, ctx.now, by=ctx.person)
    said = ctx.t("You no longer moderate this chat.")
    return Reply(Card(ctx.t("All right"), (Paragraph(said),)))


def beside(ctx: Context) -> Card | None:
    """Put the panel beside the room for its moderators."""
    shown = store.chats_in(ctx.tx, ctx.where.channel_itself(), (*LIVE, ChatState.SCHEDULED))
    for chat in sorted(shown, key=lambda each: not each.live):
        if ctx.may(MODERATES, str(chat.id)):
            return panel_of(ctx, chat)
    return None


def above(ctx: Context) -> Card | None:
    """Keep what is asked now in sight above the room, for everybody."""
    live = store.chats_in(ctx.tx, ctx.where.channel_itself(), tuple(LIVE))
    chat = max(live, key=lambda each: (each.run.current, each.starts_at), default=None)
    return None if chat is None else cards.going_on(ctx.t, standing(ctx.tx, chat, ctx.now))


routes.besides.append(beside)
routes.aboves.append(above)
