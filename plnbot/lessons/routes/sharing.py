"""Lessons are shared, and remixed under the licence that they stand under."""

from plnbot import kept_files
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.kept_files import KINDS, LARGEST, Fresh
from plnbot.lessons import actions
from plnbot.lessons.cards import lesson as cards
from plnbot.lessons.model import (
    LONGEST,
    LONGEST_TERMS,
    LONGEST_TITLE,
    Lesson,
    Licence,
    Told,
)
from plnbot.lessons.routes.objects import A_LESSON
from plnbot.packs import choices
from plnbot.packs.teaching import grades, subjects
from plnbot.skills.routes import skills_input
from plnbot.talk.cards import Button, Option
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    FieldErrors,
    FileInput,
    Form,
    MultiChoiceInput,
    TextInput,
    chosen,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.links import read_link
from plnbot.talk.uploads import UploadedFiles
from plnbot.talk.words import Sentence, Translate, msg

routes = Routes()
NEW, REMIX = "lessons.new", "lessons.remix"
_AT_ONCE = 4
_EMPTY = Told("", "", Licence.BY)


@routes.press(NEW, needs=ANYONE)
def new(ctx: Context, _press: Press) -> Answer:
    """Ask for a lesson."""
    return OpenForm(_new_form(ctx, ""))


def _new_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    inputs = (*told_inputs(ctx, _EMPTY), files_input(t))
    intro = t(
        "Everybody in this network can read it. Share only what is yours, and no student's name."
    )
    return Form(NEW, t("Share a lesson"), inputs, t("Share it"), intro=intro, keeps=True)


def files_input(t: Translate) -> FileInput:
    """Ask for files of a lesson."""
    return FileInput(name="files", label=t("Files"), kinds=KINDS, most=_AT_ONCE, largest=LARGEST)


def told_inputs(ctx: Context, told: Told) -> tuple[AnyInput, ...]:
    """Ask what is told of a lesson."""
    t = ctx.t
    licences = tuple(Option(each.value, t.say(said)) for each, said in cards.LICENCES.items())
    packs = (("subjects", subjects(), told.subjects), ("grades", grades(), told.grades))

    def several(name: str, known: object, value: tuple[str, ...]) -> MultiChoiceInput:
        options = choices(known, t.locale, value)  # type: ignore[arg-type] # a pack of names
        here = {each.value for each in options}
        label = t.say(cards.FIELDS[name])
        kept = tuple(each for each in value if each in here)
        return MultiChoiceInput(name=name, label=label, options=options, value=kept)

    return (
        TextInput(
            name="title", label=t("Title"), value=told.title, most=LONGEST_TITLE, required=True
        ),
        TextInput(
            name="about",
            label=t("What happens in it"),
            hint=t("What students do, in what order, and what you need"),
            value=told.about,
            long=True,
            most=LONGEST,
            required=True,
        ),
        TextInput(
            name="link",
            label=t("An address"),
            hint=t("https://example.org"),
            value=told.link,
            most=2_000,
        ),
        *(several(*each) for each in packs),
        TextInput(name="standards", label=t("Standards"), value=told.standards, most=200),
        skills_input(ctx, t.say(cards.FIELDS["skills"]), told.skills),
        ChoiceInput(
            name="licence",
            label=t("Licence"),
            options=licences,
            value=told.licence.value,
            required=True,
        ),
        TextInput(
            name="terms",
            label=t("Terms, where they are your own"),
            value=told.terms,
            most=LONGEST_TERMS,
        ),
    )


def fields(values: Values) -> dict[str, str] | FieldErrors:
    """Return what a form tells of a lesson, as words by name, or what is to be mended."""
    given = {
        name: " ".join(chosen(values[name]))
        if name in {"subjects", "grades", "skills"}
        else str(values[name] or "")
        for name in actions.fields_of(_EMPTY)
    }
    if given["link"]:
        link = read_link(given["link"])
        if isinstance(link, Sentence):
            return FieldErrors({"link": link})
        given["link"] = link
    if given["licence"] == Licence.OWN and not given["terms"].strip():
        return FieldErrors({"terms": msg("Say in your own words what others may do with it.")})
    return given


def fresh_files(ctx: Context, values: Values) -> tuple[Fresh, ...] | FieldErrors:
    """Return the files of a form as they will be kept, or what is wrong with one."""
    given = values["files"]
    sent = given.files if isinstance(given, UploadedFiles) else ()
    found = kept_files.checked(ctx.tx, ctx.network.id, ctx.person.id, sent)
    return FieldErrors({"files": found}) if isinstance(found, Sentence) else found


@routes.form(NEW, build=_new_form, needs=ANYONE)
def shared(ctx: Context, _row: str, values: Values) -> Answer:
    """Share a lesson."""
    return _share(ctx, values, None)


def _share(ctx: Context, values: Values, source: Lesson | None) -> Answer:
    given, files = fields(values), fresh_files(ctx, values)
    if isinstance(given, FieldErrors):
        return given
    if isinstance(files, FieldErrors):
        return files
    told = actions.told_of(given)
    if source is not None and (
        why := actions.remix_refused(ctx.tx, source, told.licence, ctx.person)
    ):
        return FieldErrors({"licence": why})
    made = actions.share(ctx.tx, ctx.person, told, source=source, now=ctx.now)
    if files:
        actions.add_files(ctx.tx, made, files, by=ctx.person, now=ctx.now)
    t = ctx.t
    together = Button(t("Design it together"), "lessons.together", str(made.id))
    return Reply(cards.told(t, made, t("It is shared with everybody in this network."), together))


@routes.press(REMIX, needs=ANYONE, of=A_LESSON)
def remix(ctx: Context, press: Press, it: Lesson) -> Answer:
    """Open a lesson to make another of it, or say why that cannot be."""
    return OpenForm(_remix_form(ctx, press.row, it))


def _remix_form(ctx: Context, row: str, it: Lesson) -> Form:
    t = ctx.t
    inputs = (*told_inputs(ctx, it.told), files_input(t))
    intro = t(
        "It will name “{title}” as its source, and its files come along.", title=it.told.title
    )
    return Form(REMIX, t("Remix"), inputs, t("Share it"), row, intro, keeps=True)


@routes.form(REMIX, build=_remix_form, needs=ANYONE, of=A_LESSON)
def remixed(ctx: Context, _row: str, values: Values, it: Lesson) -> Answer:
    """Share a remix."""
    return _share(ctx, values, it)
