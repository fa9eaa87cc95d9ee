"""What an interaction leads to, inside its unit of work: the one place in which a route is taken."""

from collections.abc import Iterable
from dataclasses import replace

from plnbot.engine.context import Context
from plnbot.engine.links import personal_link
from plnbot.engine.objects import NOT_YOURS, authorised, switched_on
from plnbot.engine.searching import Searches
from plnbot.errors import Refused
from plnbot.talk import forms
from plnbot.talk.cards import Card, Paragraph
from plnbot.talk.interactions import (
    NOTHING,
    Answer,
    Command,
    Handed,
    Interaction,
    Joined,
    Left,
    Opened,
    Press,
    Renamed,
    Reply,
    Said,
    Submit,
)
from plnbot.talk.pages import File, Listing, Missing, Page, Quote, markdown
from plnbot.talk.words import msg

_MOST_CARDS = 5
_GONE = msg("This button is from an earlier version and no longer works.")


def answered(context: Context, interaction: Interaction) -> Answer:
    """Return what comes of an interaction; `Refused` where it may not be, or leads nowhere any more."""
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
        return personal_link(context.t, context.link(path))
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
    route = context.catalogue.presses.get(press.action)
    if route is None:
        raise Refused(_GONE)
    row, given = authorised(context, route, press.row)
    return route.handler(context, replace(press, row=row), *given)


def _submit(context: Context, submit: Submit) -> Answer:
    route = context.catalogue.forms.get(submit.form)
    if route is None:
        raise Refused(_GONE)
    row, given = authorised(context, route, submit.row)
    finds = Searches(context, context.catalogue.searches)
    values = forms.read(route.build(context, row, *given), submit.values, finds)
    if isinstance(values, forms.FieldErrors):
        return values
    return route.submit(context, row, values, *given)


def _without_address(context: Context, page: Page, name: str) -> Answer:
    """Return a page where it cannot be opened: its cards, or a file where it is for reading.

    Of more cards than anybody wants at once the first come as such, and all of them in the file.
    """
    t = context.t
    cards = tuple(block for block in page.blocks if isinstance(block, Card))
    reads = any(isinstance(block, Quote | Listing) for block in page.blocks)
    if cards and not reads and len(cards) <= _MOST_CARDS:
        return Reply(cards[0], more=cards[1:])
    text = markdown(page, context.person.zone, context.person.locale)
    file = File(f"{name}.md", "text/markdown; charset=utf-8", text.encode())
    if cards and not reads:
        said = t("The file holds all {n}; the first ones follow here too.", n=len(cards))
        return Handed(Card(page.title, (Paragraph(said),)), file, cards[:_MOST_CARDS])
    said = t("Pages have no address here, so this comes as a file, with everything in it.")
    return Handed(Card(page.title, (Paragraph(said),)), file)


def _first(answers: Iterable[Answer | None]) -> Answer:
    return next((answer for answer in answers if answer is not None), NOTHING)
