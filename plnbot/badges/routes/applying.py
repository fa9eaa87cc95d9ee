"""A teacher's application: written beside the criteria, sent in, taken back, mended."""

from plnbot.badges.actions import applying
from plnbot.badges.actions.applying import LARGEST
from plnbot.badges.actions.defining import UNREADABLE, readable
from plnbot.badges.cards import applied
from plnbot.badges.cards.applied import Seen
from plnbot.badges.model import OWN, Standing
from plnbot.badges.routes.objects import A_BADGE, A_FILE, MY_APPLICATION, MY_FILE
from plnbot.badges.store import applications, definitions
from plnbot.badges.store.applications import Application, Shown
from plnbot.badges.store.definitions import Badge
from plnbot.engine.at_home import Waiting
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.kept_files import pictures
from plnbot.talk import limits
from plnbot.talk.cards import Option, PageButton
from plnbot.talk.fallback import shortened
from plnbot.talk.forms import AnyInput, ChoiceInput, FieldErrors, FileInput, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import File, Page
from plnbot.talk.text import verbatim
from plnbot.talk.uploads import FileKind, UploadedFile
from plnbot.talk.words import Sentence, msg

routes = Routes()
LONGEST = 2_000
KINDS = (FileKind.PDF, FileKind.IMAGE, FileKind.WORD, FileKind.TEXT)
_MEDIA = {FileKind.PDF.value: "application/pdf", FileKind.TEXT.value: "text/plain; charset=utf-8"}


def seen(ctx: Context, it: Application) -> Seen:
    """Return an application with what it is about; files have no names where nobody may learn whose it is."""
    badge = definitions.at_version(ctx.tx, it.badge, it.version)
    files = applications.files(ctx.tx, it.id)
    hides = badge.terms.blind and it.member != ctx.person.id
    labels = {
        each.id: _nameless(ctx, at, each) if hides else each.name
        for at, each in enumerate(files, 1)
    }
    return Seen(it, badge, files, labels)


def _nameless(ctx: Context, at: int, it: Shown) -> str:
    ending = it.name.rpartition(".")[2].lower() if "." in it.name else "txt"
    return ctx.t.words("evidence-{n}.{ending}", n=at, ending=ending)


def _card(ctx: Context, it: Application) -> Answer:
    return Reply(applied.own(ctx.t, seen(ctx, it)))


@routes.press("badges.apply", needs=ANYONE, of=A_BADGE)
def apply(ctx: Context, _press: Press, it: Badge) -> Answer:
    """Begin an application, or go on with it."""
    return _card(ctx, applying.begin(ctx.tx, ctx.person, it, ctx.directory, ctx.now))


@routes.press("badges.write", needs=ANYONE, of=MY_APPLICATION)
def write(ctx: Context, _press: Press, it: Application) -> Answer:
    """Open the draft: a field for each criterion, and one for the reflection."""
    return OpenForm(_write_form(ctx, str(it.id), it))


def _write_form(ctx: Context, row: str, it: Application) -> Form:
    t, badge = ctx.t, definitions.at_version(ctx.tx, it.badge, it.version)
    inputs: list[AnyInput] = [
        TextInput(
            name=f"c{at}",
            label=shortened(verbatim(each.name), limits.INPUT_LABEL),
            hint=shortened(verbatim(each.words), limits.INPUT_HINT),
            long=True,
            most=LONGEST,
            value=it.answers.get(each.id, ""),
        )
        for at, each in enumerate(badge.terms.criteria)
    ]
    inputs.append(
        TextInput(
            name="reflection",
            label=t("Reflection: what changed in your teaching?"),
            long=True,
            most=LONGEST,
            value=it.reflection,
        )
    )
    return Form("badges.write", t("Your application"), tuple(inputs), t("Keep it"), row, keeps=True)


@routes.form("badges.write", build=_write_form, needs=ANYONE, of=MY_APPLICATION)
def written(ctx: Context, _row: str, values: Values, it: Application) -> Answer:
    """Keep what was written; it is sent in by a button of its own."""
    badge = definitions.at_version(ctx.tx, it.badge, it.version)
    wrong = {name: UNREADABLE for name, each in values.items() if not readable(str(each or ""))}
    if wrong:
        return FieldErrors(wrong)
    said = {each.id: str(values[f"c{at}"] or "") for at, each in enumerate(badge.terms.criteria)}
    kept = applying.write(ctx.tx, it, said, str(values["reflection"] or ""), ctx.now)
    return _card(ctx, kept)


@routes.press("badges.file", needs=ANYONE, of=MY_APPLICATION)
def file_asked(ctx: Context, _press: Press, it: Application) -> Answer:
    """Ask for a file, and what it is for."""
    return OpenForm(_file_form(ctx, str(it.id), it))


def _file_form(ctx: Context, row: str, it: Application) -> Form:
    t, badge = ctx.t, definitions.at_version(ctx.tx, it.badge, it.version)
    criteria = tuple(
        Option(str(at), shortened(verbatim(each.name), limits.OPTION_LABEL))
        for at, each in enumerate(badge.terms.criteria)
    )
    inputs = (
        ChoiceInput(
            name="criterion", label=t("What does it show?"), options=criteria, required=True
        ),
        FileInput(name="file", label=t("File"), kinds=KINDS, largest=LARGEST, required=True),
    )
    intro = (
        t(
            "Assessors do not learn your name here: send pictures (PNG, JPEG) or text, and leave your name out of them."
        )
        if badge.terms.blind
        else t("It is seen by those who assess it alone, and kept until you take it out.")
    )
    return Form("badges.file", t("Add a file"), inputs, t("Add it"), row, intro)


@routes.form("badges.file", build=_file_form, needs=ANYONE, of=MY_APPLICATION)
def file_added(ctx: Context, _row: str, values: Values, it: Application) -> Answer:
    """Keep a file, pictures without what a camera wrote into them."""
    given = values["file"]
    if not isinstance(given, UploadedFile):
        return FieldErrors({"file": msg("Please choose a file.")})
    badge = definitions.at_version(ctx.tx, it.badge, it.version)
    found = _bare(given, blind=badge.terms.blind)
    if isinstance(found, Sentence):
        return FieldErrors({"file": found})
    new = Shown(
        0,
        it.network,
        it.id,
        it.member,
        badge.terms.criteria[int(str(values["criterion"]))].id,
        given.name,
        given.kind.value,
        0,
    )
    applying.show(ctx.tx, it, new, found, ctx.now)
    return _card(ctx, applications.found(ctx.tx, it.id))


def _bare(given: UploadedFile, *, blind: bool) -> bytes | Sentence:
    """Return a file as it is kept, or why it cannot be."""
    if given.kind is FileKind.IMAGE:
        try:
            return pictures.bare(given.content)[0]
        except pictures.NoPictureError:
            return msg("This picture cannot be read. Save it as PNG or JPEG, and send that.")
    if blind and given.kind is not FileKind.TEXT:
        return msg(
            "Such a file holds its author's name. Here nobody is to learn yours: send a picture or plain text."
        )
    return given.content


@routes.press("badges.unfile", needs=ANYONE, of=MY_FILE)
def file_out(ctx: Context, press: Press, first: Shown) -> Answer:
    """Take the file out that was chosen."""
    chosen = MY_FILE.find(ctx, press.value)
    it = MY_APPLICATION.find(ctx, str(first.application))
    applying.unshow(ctx.tx, MY_APPLICATION.find(ctx, str(chosen.application)), chosen)
    return _card(ctx, applications.found(ctx.tx, it.id))


@routes.press("badges.send", needs=ANYONE, of=MY_APPLICATION)
def send(ctx: Context, _press: Press, it: Application) -> Answer:
    """Send it in, and say by which day they hear; or say what is missing."""
    found = seen(ctx, it)
    if it.standing in OWN and (still := applying.incomplete(ctx.tx, it, found.badge)):
        return Reply(applied.own(ctx.t, found, ctx.t.say(still)))
    return _card(ctx, applying.send(ctx.tx, it, ctx.person, ctx.directory, ctx.now))


@routes.press("badges.another", needs=ANYONE, of=MY_APPLICATION)
def another(ctx: Context, _press: Press, it: Application) -> Answer:
    """Have another assessor look at it as it is."""
    return _card(ctx, applying.ask_another(ctx.tx, it, ctx.person, ctx.directory, ctx.now))


@routes.press("badges.back", needs=ANYONE, of=MY_APPLICATION)
def back(ctx: Context, _press: Press, it: Application) -> Answer:
    """Take it back."""
    return _card(ctx, applying.take_back(ctx.tx, it, ctx.now))


@routes.page("badges.application", needs=ANYONE, of=MY_APPLICATION)
def application_page(ctx: Context, _row: str, it: Application) -> Page:
    """Show the draft beside its criteria."""
    found = seen(ctx, it)
    blocks = (applied.own(ctx.t, found), *applied.beside(ctx.t, found, assesses=False))
    return Page(ctx.t("Your application"), blocks, live=f"member:{ctx.person.id}")


@routes.file("badges.file", needs=ANYONE, of=A_FILE)
def file(ctx: Context, _row: str, found: Shown) -> File:
    """Give a file, to be saved and never shown by itself; nameless where its assessor is not to know."""
    it = applications.found(ctx.tx, found.application)
    name = seen(ctx, it).labels[found.id]
    media = _MEDIA.get(found.kind, "application/octet-stream")
    return File(name, media, applications.content_of(ctx.tx, found.id))


def returned_wait(ctx: Context) -> Waiting | None:
    """Say on a teacher's home that something of theirs was returned."""
    found = [
        each
        for each in applications.of_member(ctx.tx, ctx.person.id)
        if each.standing is Standing.RETURNED
    ]
    if not found:
        return None
    badge = definitions.at_version(ctx.tx, found[0].badge, found[0].version)
    leads = PageButton(ctx.t("Open"), "badges.application", str(found[0].id))
    return Waiting(ctx.t("Returned applications"), len(found), verbatim(badge.terms.name), leads)
