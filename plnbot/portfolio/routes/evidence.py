"""What shows an exemplar: files, links and activities are added to its latest version, and taken out."""

from collections.abc import Sequence

from plnbot import kept_files
from plnbot.activities.store import Activity, activities_of, get_activity
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.goals.model import tidy
from plnbot.kept_files import KINDS, LARGEST, KeptFile
from plnbot.portfolio import actions
from plnbot.portfolio.model import LONGEST_TITLE, Evidence, Exemplar
from plnbot.portfolio.routes.objects import A_FILE, MY_EXEMPLAR
from plnbot.portfolio.routes.writing import kept
from plnbot.portfolio.store import exemplars
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Option
from plnbot.talk.fallback import short_words
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
from plnbot.talk.pages import File
from plnbot.talk.text import verbatim
from plnbot.talk.uploads import UploadedFiles
from plnbot.talk.words import Sentence, msg

routes = Routes()
SHOW, UNSHOW = "portfolio.evidence", "portfolio.unshow"
_FILES = 3
_NOTHING = msg("Add a file, an address, or something that you took part in.")


@routes.press(SHOW, needs=ANYONE, of=MY_EXEMPLAR)
def asked(ctx: Context, press: Press, it: Exemplar) -> Answer:
    """Ask what shows it."""
    return OpenForm(_form(ctx, press.row, it))


def _form(ctx: Context, row: str, it: Exemplar) -> Form:
    t = ctx.t
    inputs: list[AnyInput] = [
        FileInput(name="files", label=t("Files"), kinds=KINDS, most=_FILES, largest=LARGEST),
        TextInput(name="link", label=t("An address"), hint=t("https://example.org"), most=2_000),
        TextInput(name="called", label=t("What is at that address?"), most=LONGEST_TITLE),
    ]
    done = activities_of(ctx.tx, ctx.person.id, limits.OPTIONS)
    if done:
        options = tuple(_option(each) for each in done)
        label = t("Something that you took part in")
        inputs.append(ChoiceInput(name="activity", label=label, options=options))
    intro = t(
        "It goes with version {n}. Of pictures the picture alone is kept, without where it was taken.",
        n=it.version,
    )
    return Form(SHOW, t("Evidence"), tuple(inputs), t("Add it"), row, intro, keeps=True)


def _option(activity: Activity) -> Option:
    title = short_words(activity.done.title, limits.OPTION_LABEL)
    return Option(str(activity.id), verbatim(title))


@routes.form(SHOW, build=_form, needs=ANYONE, of=MY_EXEMPLAR)
def added(ctx: Context, _row: str, values: Values, it: Exemplar) -> Answer:
    """Keep what shows an exemplar."""
    given = values["files"]
    sent = given.files if isinstance(given, UploadedFiles) else ()
    fresh = kept_files.checked(ctx.tx, it.network, it.member, sent)
    if isinstance(fresh, Sentence):
        return FieldErrors({"files": fresh})
    typed = str(values["link"] or "")
    link = read_link(typed) if typed else ""
    if isinstance(link, Sentence):
        return FieldErrors({"link": link})
    activity = _activity(ctx, str(values.get("activity") or ""))
    if not fresh and not link and activity is None:
        return FieldErrors({"link": _NOTHING})
    led = (link, tidy(str(values["called"] or ""))) if link else None
    actions.show(ctx.tx, it, ctx.now, files=fresh, link=led, activity=activity)
    return Reply(kept(ctx, it, ctx.t("Added to version {n}.", n=it.version)))


def _activity(ctx: Context, row: str) -> Activity | None:
    found = get_activity(ctx.tx, row_number(row)) if row else None
    return found if found is not None and found.done.member == ctx.person.id else None


@routes.press(UNSHOW, needs=ANYONE, of=MY_EXEMPLAR)
def out_asked(ctx: Context, press: Press, it: Exemplar) -> Answer:
    """Ask what to take out."""
    return OpenForm(_out_form(ctx, press.row, it))


def _out_form(ctx: Context, row: str, it: Exemplar) -> Form:
    t = ctx.t
    options = tuple(
        Option(str(each.id), verbatim(short_words(each.title or each.link, limits.OPTION_LABEL)))
        for each in _shown(ctx, it)
    ) or (Option("0", t("Nothing is there")),)
    label = t("What shall go?")
    these = MultiChoiceInput(name="these", label=label, options=options, required=True)
    return Form(UNSHOW, t("Take evidence out"), (these,), t("Take it out"), row)


def _shown(ctx: Context, it: Exemplar) -> Sequence[Evidence]:
    return exemplars.evidence_of(ctx.tx, [it.id]).get(it.id, ())


@routes.form(UNSHOW, build=_out_form, needs=ANYONE, of=MY_EXEMPLAR)
def taken_out(ctx: Context, _row: str, values: Values, it: Exemplar) -> Answer:
    """Take evidence out, for good."""
    these = set(chosen(values["these"]))
    for each in _shown(ctx, it):
        if str(each.id) in these:
            actions.unshow(ctx.tx, it, each)
    return Reply(kept(ctx, it, ctx.t("It is gone.")))


@routes.file("portfolio.file", needs=ANYONE, of=A_FILE)
def file(ctx: Context, _row: str, found: KeptFile) -> File:
    """Give a file, to be saved and never shown by itself."""
    content = kept_files.content_of(ctx.tx, found)
    return File(found.name, kept_files.media_type(found), content)
