"""Lists of feeds: taken over from a file or a link, with progress; and given out as a file."""

from collections.abc import Mapping

from plnbot.engine.objects import Object
from plnbot.engine.ports import Argument
from plnbot.engine.routes import Context, Routes, Showing, Values
from plnbot.errors import Refused
from plnbot.packs.teaching import subjects
from plnbot.reading.actions import feeds as feed_actions
from plnbot.reading.actions import importing as actions
from plnbot.reading.actions.importing import CARD, LARGEST, LISTING, TAKING
from plnbot.reading.actions.keys import CURATES, topic
from plnbot.reading.cards import importing as cards
from plnbot.reading.cards.feeds import MANNERS
from plnbot.reading.cards.importing import AGAIN, PAGE, UNDO
from plnbot.reading.model.feeds import Feed, Manner
from plnbot.reading.parts import FEEDS
from plnbot.reading.store import feeds, imports
from plnbot.reading.store.imports import Import, State
from plnbot.refs import row_number
from plnbot.syndication import Outline
from plnbot.syndication.lists import written
from plnbot.talk.cards import Actions, Card, Option, PageButton, Paragraph
from plnbot.talk.forms import ChoiceInput, FieldErrors, FileInput, Form, TextInput
from plnbot.talk.interactions import Answer, Handed, OpenForm, Press, Reply
from plnbot.talk.pages import File, Head, Listing, Page
from plnbot.talk.uploads import FileKind, UploadedFile
from plnbot.talk.words import msg

routes = Routes()
routes.outside(LISTING)
routes.outside(TAKING)
_FORM = "reading.import"
AN_IMPORT: Object[Import] = Object(
    "list of feeds",
    load=lambda tx, row: imports.get(tx, row_number(row)),
    network=lambda which: which.network,
    scope=lambda which: f"import:{which.id}",
    gone=msg("This list is no longer there."),
)


@routes.command(
    "feed import",
    needs=CURATES,
    part=FEEDS,
    about=msg("Take feeds over from another reader (OPML)"),
    example=msg("/pln feed import"),
    argument=Argument("link", msg("Where the list lies; left out, a form asks for its file")),
)
def take_over(ctx: Context, words: str) -> Answer:
    """Open the form, with the link that was typed."""
    if not ctx.where.channel:
        raise Refused(msg("Type this in the room that is to get it."))
    return OpenForm(_form(ctx, "", address=words.strip()))


def _form(ctx: Context, _row: str, *, address: str = "") -> Form:
    t = ctx.t
    inputs = (
        FileInput(
            name="file",
            label=t("The list (OPML), as a reader exports it"),
            kinds=(FileKind.OPML,),
            largest=LARGEST,
        ),
        TextInput(name="address", label=t("Or where it lies"), most=1000, value=address[:1000]),
        ChoiceInput(
            name="manner",
            label=t("How does this room get them?"),
            options=tuple(Option(each.value, t.say(said)) for each, said in MANNERS.items()),
            value=Manner.SHELF.value,
            required=True,
        ),
    )
    return Form(_FORM, t("Take feeds over"), inputs, t("Take over"))


@routes.form(_FORM, build=_form, needs=CURATES)
def given(ctx: Context, _row: str, values: Values) -> Answer:
    """Begin, and say where one sees how it goes."""
    file, address = values["file"], str(values["address"])
    if bool(address) == isinstance(file, UploadedFile):
        return FieldErrors({"address": msg("Give a file or an address, one of the two.")})
    link = feed_actions.link_of(address) if address else ""
    manner = Manner(str(values["manner"]))
    actions.begin(ctx, file if isinstance(file, UploadedFile) else None, link, manner)
    return Reply(cards.begun(ctx.t))


@routes.card(CARD)
def progress_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Show how far it is."""
    which = imports.get(to.tx, int(args["import"]))
    if which is None:
        return None
    failed = imports.listed(to.tx, which.id, State.FAILED)
    return cards.progress(to.t, which, imports.counts(to.tx, which.id), failed)


@routes.press(AGAIN, needs=CURATES, of=AN_IMPORT)
def again(ctx: Context, _press: Press, which: Import) -> Answer:
    """Try those again that failed."""
    return Reply(cards.tried_again(ctx.t, actions.again(ctx.tx, which, ctx.now)))


@routes.press(UNDO, needs=CURATES, of=AN_IMPORT)
def undo(ctx: Context, _press: Press, which: Import) -> Answer:
    """Remove what it added."""
    return Reply(cards.undone(ctx.t, actions.undo(ctx.tx, which, ctx.now, by=ctx.person)))


@routes.page(PAGE, needs=CURATES, of=AN_IMPORT)
def import_page(ctx: Context, _row: str, which: Import) -> Page:
    """Show each feed of a list, those that failed first."""
    every = imports.listed(ctx.tx, which.id)
    ordered = sorted(every, key=lambda each: each.state is not State.FAILED)
    lines = tuple(cards.line(ctx.t, each) for each in ordered)
    counts = imports.counts(ctx.tx, which.id)
    head = Head(cards.counted(ctx.t, counts), actions=cards.ways(ctx.t, which, counts))
    page = (Listing(lines),)
    return Page(ctx.t("Feeds taken over"), page, live=topic(ctx.network.id), head=head)


@routes.command(
    "feed export",
    needs=CURATES,
    part=FEEDS,
    about=msg("Take your network's feeds along, as other readers read them (OPML)"),
    example=msg("/pln feed export"),
)
def give_out(ctx: Context, _words: str) -> Answer:
    """Lead to the file, or hand it over where pages have no address."""
    title = ctx.t("Your network's feeds")
    if ctx.address:
        said = ctx.t("The file is on the page of feeds.")
        ways = Actions((PageButton(ctx.t("Open the page"), "reading.feeds"),))
        return Reply(Card(title, (Paragraph(said), ways)))
    said = ctx.t("Any reader takes this file (OPML).")
    return Handed(Card(title, (Paragraph(said),)), as_file(ctx))


@routes.file("feeds.opml", needs=CURATES)
def feeds_file(ctx: Context, _row: str) -> File:
    """Give the network's feeds as other readers take them."""
    return as_file(ctx)


def as_file(ctx: Context) -> File:
    """Return the network's feeds as a list, in folders by subject."""
    found = feeds.feeds_of(ctx.tx, ctx.network.id)
    outlines = [
        Outline(address=e.address, title=e.about.title, site=e.site, folders=_folder(ctx, e))
        for e in found
    ]
    return File("feeds.opml", "text/x-opml", written(ctx.network.name, outlines))


def _folder(ctx: Context, feed: Feed) -> tuple[str, ...]:
    known = subjects()
    named = [known[each].title.said(ctx.t.locale) for each in feed.about.subjects if each in known]
    return tuple(named[:1])
