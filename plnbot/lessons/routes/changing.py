"""Authors change a lesson, together and at once: fields, files; and take it back."""

from plnbot import kept_files
from plnbot.engine import editing
from plnbot.engine.clashing import clashed
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.lessons import actions
from plnbot.lessons.cards import lesson as cards
from plnbot.lessons.model import Lesson
from plnbot.lessons.routes.objects import MY_KEPT, MY_LESSON, Kept
from plnbot.lessons.routes.sharing import fields, files_input, fresh_files, told_inputs
from plnbot.lessons.store import lessons
from plnbot.lessons.store.lessons import TENANT
from plnbot.talk import limits
from plnbot.talk.cards import Option
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg

routes = Routes()
CHANGE, FILES, OUT, TAKE = "lessons.change", "lessons.files", "lessons.out", "lessons.mine"


@routes.press(CHANGE, needs=ANYONE, of=MY_LESSON)
def change(ctx: Context, press: Press, it: Lesson) -> Answer:
    """Open what is told of a lesson, in the version it has now."""
    return OpenForm(_change_form(ctx, press.row, it))


def _change_form(ctx: Context, row: str, it: Lesson) -> Form:
    t = ctx.t
    why = TextInput(name="why", label=t("What did you change, and why?"), most=300)
    inputs = (*told_inputs(ctx, it.told), why)
    row = editing.form_row(ctx.tx, row, it.id, it.scope)
    return Form(CHANGE, t("Change the lesson"), inputs, t("Keep it"), row)


@routes.form(CHANGE, build=_change_form, needs=ANYONE, of=MY_LESSON)
def changed(ctx: Context, row: str, values: Values, it: Lesson) -> Answer:
    """Keep what was changed, as far as nobody else changed the same meanwhile."""
    given = fields(values)
    if isinstance(given, FieldErrors):
        return given
    seen, why = editing.seen_in(row)[1] or 0, str(values["why"] or "")
    clashes = actions.change(ctx.tx, it, seen, given, why, by=ctx.person, now=ctx.now)
    now = lessons.get(ctx.tx, it.id) or it
    if clashes:
        return Reply(clashed(ctx, clashes, cards.FIELDS, TAKE, cards.look_closer(ctx.t, now)))
    return Reply(cards.told(ctx.t, now, ctx.t("Kept, as version {n}.", n=now.version)))


@routes.press(TAKE, needs=ANYONE, of=MY_KEPT)
def take_mine(ctx: Context, _press: Press, kept: Kept) -> Answer:
    """Let one's own words stand after all."""
    actions.take_mine(ctx.tx, kept.lesson, kept.aside, by=ctx.person, now=ctx.now)
    return Reply(cards.told(ctx.t, kept.lesson, ctx.t("Yours stands now.")))


@routes.press(FILES, needs=ANYONE, of=MY_LESSON)
def files_asked(ctx: Context, press: Press, it: Lesson) -> Answer:
    """Ask for files."""
    return OpenForm(_files_form(ctx, press.row, it))


def _files_form(ctx: Context, row: str, _it: Lesson) -> Form:
    t = ctx.t
    intro = t("Of pictures the picture alone is kept, without where it was taken.")
    return Form(FILES, t("Add files"), (files_input(t),), t("Add them"), row, intro)


@routes.form(FILES, build=_files_form, needs=ANYONE, of=MY_LESSON)
def files_added(ctx: Context, _row: str, values: Values, it: Lesson) -> Answer:
    """Keep files of a lesson."""
    found = fresh_files(ctx, values)
    if isinstance(found, FieldErrors):
        return found
    if not found:
        return FieldErrors({"files": msg("Please choose a file.")})
    actions.add_files(ctx.tx, it, found, by=ctx.person, now=ctx.now)
    return Reply(cards.told(ctx.t, it, ctx.t("They are with the lesson.")))


@routes.press(OUT, needs=ANYONE, of=MY_LESSON)
def out_asked(ctx: Context, press: Press, it: Lesson) -> Answer:
    """Ask which file."""
    return OpenForm(_out_form(ctx, press.row, it))


def _out_form(ctx: Context, row: str, it: Lesson) -> Form:
    t = ctx.t
    there = kept_files.of_rows(ctx.tx, TENANT, [it.id])
    options = tuple(
        Option(str(each.id), verbatim(short_words(each.name, limits.OPTION_LABEL)))
        for each in there[: limits.OPTIONS]
    ) or (Option("0", t("Nothing is there")),)
    which = ChoiceInput(name="file", label=t("Which file?"), options=options, required=True)
    return Form(OUT, t("Take a file out"), (which,), t("Take it out"), row)


@routes.form(OUT, build=_out_form, needs=ANYONE, of=MY_LESSON)
def taken_out(ctx: Context, _row: str, values: Values, it: Lesson) -> Answer:
    """Take a file out."""
    for each in kept_files.of_rows(ctx.tx, TENANT, [it.id]):
        if str(each.id) == str(values["file"]):
            actions.take_out(ctx.tx, it, each, by=ctx.person, now=ctx.now)
    return Reply(cards.told(ctx.t, it, ctx.t("It is gone.")))


@routes.press("lessons.withdraw", needs=ANYONE, of=MY_LESSON)
def withdraw(ctx: Context, _press: Press, it: Lesson) -> Answer:
    """Take a lesson back."""
    actions.withdraw(ctx.tx, it, ctx.now)
    said = ctx.t("Withdrawn. Who took it has what they took; remixes keep its name.")
    return Reply(cards.told(ctx.t, it, said))
