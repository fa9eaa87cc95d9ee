"""Doing what help names by a tap: choose a command, or press its button, and it is as if typed."""

from collections.abc import Iterator, Sequence

from plnbot.engine.objects import Object
from plnbot.engine.parts import Part, Shelf
from plnbot.engine.ports import ArgumentKind
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import CommandRoute, Context, Routes, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.errors import Refused
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Button, Look, Option, Select
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import AnyInput, Form, SearchInput, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press
from plnbot.talk.pages import Heading, PageBlock
from plnbot.talk.text import EMPTY, Text, clean, verbatim
from plnbot.talk.words import Sentence, Translate, msg

routes = Routes()
DO, DO_ONE = "members.do", "members.do_one"
_GONE = msg("This is no longer there, or not for you. `/pln help` shows what you can do.")


def _not_theirs(ctx: Context, name: str) -> Sentence | None:
    route = ctx.catalogue.commands.get(name)
    return None if route is not None and ctx.offered(route) else _GONE


A_COMMAND: Object[str] = Object(
    "command",
    load=lambda _tx, row: row or None,
    network=NothingToDo("every network has the same commands"),
    scope=lambda name: name,
    gone=_GONE,
    closed=_not_theirs,
)


def allowed(ctx: Context) -> list[CommandRoute]:
    """Return the commands that this person may type, somewhere at least."""
    return [each for each in ctx.catalogue.commands.values() if ctx.offered(each)]


def standing(
    ctx: Context, commands: Sequence[CommandRoute], shelf: Shelf
) -> Iterator[tuple[Part, Sequence[CommandRoute]]]:
    """Yield each part of a shelf that holds some of the commands, with those."""
    for part in ctx.catalogue.parts:
        if part.shelf is shelf and (held := [each for each in commands if each.part is part]):
            yield part, held


def everything(ctx: Context) -> list[PageBlock]:
    """Return everything this person can do: a tap on a part, a tap on what to do."""
    mine, t = allowed(ctx), ctx.t
    blocks: list[PageBlock] = []
    for shelf in Shelf:
        if choices := [choice(t, *each) for each in standing(ctx, mine, shelf)]:
            blocks += [Heading(t.say(shelf.title), f"can-{shelf.name.lower()}"), *choices]
    return blocks


def choice(
    t: Translate, part: Part, commands: Sequence[CommandRoute], label: Text = EMPTY
) -> Actions:
    """Return a choice of a part's commands; choosing does it. Without a `label` it bears the part's."""
    options = tuple(Option(each.name, _about(t, each)) for each in commands[: limits.OPTIONS])
    title = verbatim(short_words(t.say(part.title).bare(), limits.BUTTON_LABEL))
    return Actions((Select(label or title, DO_ONE, options, part.name),))


def do_it(t: Translate, command: CommandRoute) -> Actions:
    """Return the button that does a command."""
    return Actions((Button(t("Do it"), DO, command.name, Look.PRIMARY),))


def _about(t: Translate, command: CommandRoute) -> Text:
    return verbatim(short_words(t.say(command.about).bare(), limits.OPTION_LABEL))


def _form(ctx: Context, row: str, name: str) -> Form:
    """Ask for what must follow a command."""
    command = ctx.catalogue.commands[name]
    asked: AnyInput
    if command.argument is None:
        asked = TextInput(name="words", label=ctx.t("Anything else?"))
    elif command.argument.kind is ArgumentKind.MEMBER:
        asked = SearchInput(
            name="person", label=ctx.t("Who?"), source=MEMBERS, here=True, required=True
        )
    else:
        about = short_words(ctx.t.say(command.argument.about).bare(), limits.INPUT_LABEL)
        asked = TextInput(name="words", label=verbatim(about), required=True)
    title = verbatim(short_words(f"/pln {name}", limits.FORM_TITLE))
    return Form(DO, title, (asked,), ctx.t("Do it"), row)


@routes.press(DO, needs=ANYONE, of=A_COMMAND)
def pressed(ctx: Context, _press: Press, name: str) -> Answer:
    """Do what a button names."""
    return _done(ctx, name)


@routes.press(DO_ONE, needs=ANYONE)
def chosen(ctx: Context, press: Press) -> Answer:
    """Do what was chosen."""
    if _not_theirs(ctx, press.value):
        raise Refused(_GONE)
    return _done(ctx, press.value)


@routes.form(DO, build=_form, needs=ANYONE, of=A_COMMAND)
def given(ctx: Context, _row: str, values: Values, name: str) -> Answer:
    """Do it with what was asked for."""
    if "person" in values:
        said = whose(ctx, values["person"]).ref.user
    else:
        said = clean(str(values["words"] or ""))
    return ctx.catalogue.commands[name].handler(ctx, said)


def _done(ctx: Context, name: str) -> Answer:
    command = ctx.catalogue.commands[name]
    if command.argument is not None and command.argument.required:
        return OpenForm(_form(ctx, name, name))
    return command.handler(ctx, "")
