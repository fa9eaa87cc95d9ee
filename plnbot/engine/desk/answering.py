"""What an interaction leads to, inside its unit of work: the one place in which a route is taken."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from plnbot.engine import kept_forms, uploads, work
from plnbot.engine.context import Context
from plnbot.engine.links import personal_link
from plnbot.engine.objects import NOT_YOURS, authorised, switched_on
from plnbot.engine.outside import FileOutside
from plnbot.engine.routes import FormRoute
from plnbot.engine.searching import Searches
from plnbot.errors import Refused
from plnbot.talk import answers, forms
from plnbot.talk.cards import Actions, Button, Card, Paragraph, Tone
from plnbot.talk.fallback import refilled
from plnbot.talk.interactions import (
    NOTHING,
    Answer,
    Command,
    Handed,
    Interaction,
    Joined,
    Left,
    Opened,
    OpenForm,
    Press,
    Renamed,
    Reply,
    Said,
    Submit,
)
from plnbot.talk.pages import Downloads, File, Listing, Missing, Page, Quote, Rows, Table, markdown
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg

FORM_SENT = "engine.form"
"""The kind of work that reading the files of a form is, and handling it then."""
DOWNLOAD = "engine.download"
"""The button that hands a file over where pages have no address; its row is the file's path."""
_MOST_CARDS = 5
_ON_PAGES = msg("This file takes a moment to make: take it from your pages, `/pln me web`.")
_GONE = msg("This button is from an earlier version and no longer works.")


def answered(context: Context, interaction: Interaction) -> Answer:
    """Return what comes of an interaction; `Refused` where it may not be, or leads nowhere any more."""
    answer = _answered(context, interaction)
    if isinstance(answer, OpenForm):
        return OpenForm(kept_forms.again(context.tx, context.person.id, answer.form))
    return answer


def _answered(context: Context, interaction: Interaction) -> Answer:
    match interaction.what:
        case Command(words=words):
            return _command(context, words)
        case Press() as press:
            return _press(context, press)
        case Submit() as submit:
            return _submit(context, submit)
        case Said() as said:
            return _first(each.heard(context, said) for each in context.catalogue.ears)
        case Joined():
            return _first(greet(context) for greet in context.catalogue.joined)
        case Opened(view=view, row=row):
            return _open(context, view, row)
        case Left() | Renamed():
            return NOTHING  # noted before, when nobody is made known for either


def _open(context: Context, view: str, row: str) -> Answer:
    route = context.catalogue.pages.get(view)
    if route is None:
        raise Refused(_GONE)
    row, given = authorised(context, route, row)
    if context.address:
        path = f"/page/{view}/{row}" if row else f"/page/{view}"
        return personal_link(context.t, context.link(path), path)
    page = route.build(replace(context, whole=True), row, *given)
    if isinstance(page, Missing):
        raise Refused(_GONE)
    return _without_address(context, page, view)


def _command(context: Context, words: str) -> Answer:
    name, rest = context.catalogue.typed(words)
    route = context.catalogue.commands[name]
    switched_on(context, route.capability)
    if not context.may_somewhere(route.needs):
        raise Refused(route.needs.otherwise or NOT_YOURS)
    return route.handler(context, rest)


def _press(context: Context, press: Press) -> Answer:
    if press.action == DOWNLOAD:
        return _download(context, *press.row.partition("/")[::2])
    route = context.catalogue.presses.get(press.action)
    if route is None:
        raise Refused(_GONE)
    row, given = authorised(context, route, press.row)
    return route.handler(context, replace(press, row=row), *given)


def _download(context: Context, name: str, row: str) -> Answer:
    route = context.catalogue.files.get(name)
    if route is None:
        raise Refused(_GONE)
    row, given = authorised(context, route, row)
    file = route.build(context, row, *given)
    if isinstance(file, Missing):
        raise Refused(_GONE)
    if isinstance(file, FileOutside):
        raise Refused(_ON_PAGES)
    return Handed(Card(verbatim(file.name), tone=Tone.GOOD), file)


def submitted(context: Context, submit: Submit) -> Answer:
    """Return what comes of a form with all its files here."""
    route = _form_route(context, submit.form)
    row, given = authorised(context, route, submit.row)
    form = route.build(context, row, *given)
    values = _values(context, form, submit)
    answer: Answer = values if isinstance(values, forms.FieldErrors) else NOTHING
    if not isinstance(values, forms.FieldErrors):
        answer = route.submit(context, row, values, *given)
    if isinstance(answer, forms.FieldErrors):
        if unknown := {*answer.errors} - {each.name for each in form.inputs}:  # shown to nobody
            raise TypeError(f"form {form.name!r} has no inputs {sorted(unknown)} to show errors at")
        kept_forms.keep(context.tx, context.person.id, form, submit.values, context.now)
    else:
        kept_forms.forget(context.tx, context.person.id, form)
    return answer


def keep_typed(context: Context, submit: Submit) -> None:
    """Keep what is typed into a form so far, as far as it may be opened and keeps it."""
    route = context.catalogue.forms.get(submit.form)
    if route is not None:
        row, given = authorised(context, route, submit.row)
        form = route.build(context, row, *given)
        kept_forms.keep(context.tx, context.person.id, form, submit.values, context.now)


def form_again(context: Context, sent: uploads.SentForm) -> forms.Form:
    """Return a form as it is made now, with what was typed in it before."""
    context = replace(context, where=sent.where)
    route = _form_route(context, sent.form)
    row, given = authorised(context, route, sent.row)
    form = refilled(route.build(context, row, *given), sent.given)
    return replace(form, name=uploads.AGAIN, row=str(sent.id))


def _submit(context: Context, submit: Submit) -> Answer:
    if submit.form == uploads.AGAIN:
        sent = uploads.A_SENT_FORM.find(context, submit.row)
        context = replace(context, where=sent.where)
        submit = replace(submit, form=sent.form, row=sent.row)
    if not any(uploads.awaited(some) for some in submit.files.values()):
        return submitted(context, submit)
    route = _form_route(context, submit.form)
    row, given = authorised(context, route, submit.row)
    form = route.build(context, row, *given)
    # What is wrong besides is said while the form is still open.
    values = _values(context, form, submit)
    if isinstance(values, forms.FieldErrors):
        return values
    asked = {each.name for each in form.inputs if isinstance(each, forms.FileInput)}
    files = {name: some for name, some in submit.files.items() if name in asked}
    number = uploads.take_in(context, replace(submit, row=row, files=files))
    key, lane = f"form/{number}", f"{FORM_SENT}/{number}"
    work.add(context.tx, FORM_SENT, key, context.now, {"form": number}, lane=lane)
    said = context.t("In a moment I tell you what came of it.")
    card = Card(context.t("I am reading your file"), (Paragraph(said),))
    return Reply(card, awaits=number)


def _form_route(context: Context, name: str) -> FormRoute:
    route = context.catalogue.forms.get(name)
    if route is None:
        raise Refused(_GONE)
    return route


def _values(
    context: Context, form: forms.Form, submit: Submit
) -> Mapping[str, forms.Answered] | forms.FieldErrors:
    finds = Searches(context, context.catalogue.searches)
    return answers.read(form, submit.values, finds, submit.files)


def _without_address(context: Context, page: Page, name: str) -> Answer:
    """Return a page where it cannot be opened: its cards, or a file where it is for reading.

    Of more cards than anybody wants at once the first come as such, and all of them in the file. What
    the page gives as files follows by buttons.
    """
    t, files = context.t, _files_of(context, page)
    cards = tuple(each for each in page.unlisted if isinstance(each, Card))
    reads = any(
        isinstance(block, Quote | Listing | Table) or (isinstance(block, Rows) and block.reads)
        for block in page.blocks
    )
    if cards and not reads and len(cards) <= _MOST_CARDS:
        return Reply(cards[0], more=(*cards[1:], *files))
    text = markdown(page, context.person.zone, context.person.locale)
    file = File(f"{name}.md", "text/markdown; charset=utf-8", text.encode())
    if cards and not reads:
        said = t("The file holds all {n}; the first ones follow here too.", n=len(cards))
        return Handed(Card(page.title, (Paragraph(said),)), file, (*cards[:_MOST_CARDS], *files))
    said = t("Pages have no address here, so this comes as a file, with everything in it.")
    return Handed(Card(page.title, (Paragraph(said),)), file, files)


def _files_of(context: Context, page: Page) -> tuple[Card, ...]:
    """Return the buttons for what a page gives as files, if it gives any."""
    blocks = (page.head.files, *page.blocks)
    found = [each for block in blocks if isinstance(block, Downloads) for each in block.files]
    buttons = tuple(Button(label, DOWNLOAD, path) for label, path in found)
    return (Card(context.t("Files of this page"), (Actions(buttons),)),) if buttons else ()


def _first(answers: Iterable[Answer | None]) -> Answer:
    return next((answer for answer in answers if answer is not None), NOTHING)
