"""Badges from elsewhere: brought as a file, looked at, shown where their owner wishes, taken out."""

from collections.abc import Mapping

from plnbot.badges.actions import bringing, looking
from plnbot.badges.actions.assigning import BROUGHT
from plnbot.badges.cards import brought as cards
from plnbot.badges.routes.objects import MY_BROUGHT
from plnbot.badges.store import awards, brought
from plnbot.badges.store.brought import Brought
from plnbot.engine.context import Anybody
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing, Values
from plnbot.openbadges.vector import is_vector
from plnbot.talk.cards import Card, Option, Paragraph
from plnbot.talk.forms import ChoiceInput, FieldErrors, FileInput, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import File, Missing, Page
from plnbot.talk.uploads import FileKind, UploadedFile
from plnbot.talk.words import msg

routes = Routes()
routes.outside(looking.LOOKING)
ELSEWHERE = "elsewhere"
"""Where anybody sees one whose owner shows it: `/open/elsewhere/CODE`."""
_LONGEST = 254


@routes.press("badges.bring", needs=ANYONE)
def bring(ctx: Context, _press: Press) -> Answer:
    """Ask for a file, and for whom it was issued."""
    return OpenForm(_form(ctx, ""))


def _form(ctx: Context, row: str) -> Form:
    t = ctx.t
    file = FileInput(
        name="file",
        label=t("The badge as a file"),
        hint=t("Its JSON, or the picture that carries it (PNG or SVG)"),
        kinds=(FileKind.TEXT, FileKind.IMAGE, FileKind.XML),
        largest=bringing.LARGEST_FILE,
        endings=(".json", ".png", ".svg"),
        required=True,
    )
    stated = TextInput(
        name="stated",
        label=t("The e-mail address it was issued to"),
        hint=t("Or the name or number in it. It is compared with the badge and not kept."),
        most=_LONGEST,
        required=True,
    )
    intro = t("An Open Badge 3.0 that somebody else awarded you. It is checked before it is shown.")
    title = t("A badge from elsewhere")
    return Form("badges.bring", title, (file, stated), t("Check it"), row, intro, unkept=True)


@routes.form("badges.bring", build=_form, needs=ANYONE)
def is_brought(ctx: Context, _row: str, values: Values) -> Answer:
    """Keep it and have it looked at, or say what its file itself says against it."""
    given = values["file"]
    if not isinstance(given, UploadedFile):
        return FieldErrors({"file": msg("Please choose a file.")})
    stated = str(values["stated"]).strip()
    found = bringing.bring(
        ctx.tx, ctx.person, ctx.network.id, given.content, stated=stated, now=ctx.now
    )
    if not isinstance(found, Brought):
        return FieldErrors(dict(found))
    return _card(ctx, found)


def _card(ctx: Context, it: Brought) -> Answer:
    return Reply(cards.own(ctx.t, it, ctx.now))


@routes.card(BROUGHT)
def was_looked_at(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell what came of looking at it."""
    it = brought.get(to.tx, int(args["number"]))
    return None if it is None else cards.own(to.t, it, to.now)


@routes.press("badges.recheck", needs=ANYONE, of=MY_BROUGHT)
def recheck(ctx: Context, _press: Press, it: Brought) -> Answer:
    """Have it looked at anew."""
    return _card(ctx, bringing.look_again(ctx.tx, it, ctx.now))


@routes.press("badges.share", needs=ANYONE, of=MY_BROUGHT)
def share(ctx: Context, _press: Press, it: Brought) -> Answer:
    """Ask whether the owner's name stands on its page."""
    return OpenForm(_share_form(ctx, str(it.id), it))


def _share_form(ctx: Context, row: str, _it: Brought) -> Form:
    t = ctx.t
    name = ChoiceInput(
        name="name",
        label=t("Your name on its page"),
        options=(Option("no", t("Not shown")), Option("yes", t("Shown"))),
        value="no",
    )
    intro = t("Whoever has the address of its page sees it, and takes the file.")
    return Form("badges.share", t("Show it to others"), (name,), t("Show it"), row, intro)


@routes.form("badges.share", build=_share_form, needs=ANYONE, of=MY_BROUGHT)
def shared(ctx: Context, _row: str, values: Values, it: Brought) -> Answer:
    """Give it a page that anybody may read who has its address."""
    name = ctx.person.name if values["name"] == "yes" else ""
    return _card(ctx, bringing.share(ctx.tx, it, name, ctx.address, ctx.now))


@routes.press("badges.unshare", needs=ANYONE, of=MY_BROUGHT)
def unshare(ctx: Context, _press: Press, it: Brought) -> Answer:
    """Take its page away."""
    return _card(ctx, bringing.unshare(ctx.tx, it))


@routes.press("badges.drop", needs=ANYONE, of=MY_BROUGHT)
def drop(ctx: Context, _press: Press, it: Brought) -> Answer:
    """Take it out, with its file."""
    brought.drop(ctx.tx, it)
    said = ctx.t("{name} is taken out. The file that you have stays.", name=it.called)
    return Reply(Card(ctx.t("Taken out"), (Paragraph(said),)))


def _address(it: Brought) -> str:
    """Return where anybody sees it, empty where nobody does or pages have no address."""
    is_there = it.address and it.shared_at is not None
    return f"{it.address}/open/{ELSEWHERE}/{it.code}" if is_there else ""


@routes.page("badges.brought", needs=ANYONE, of=MY_BROUGHT)
def its_page(ctx: Context, _row: str, it: Brought) -> Page:
    """Show one to its owner."""
    return cards.owners_page(ctx.t, it, _address(it), f"member:{ctx.person.id}", ctx.now)


@routes.file("badges.kept", needs=ANYONE, of=MY_BROUGHT)
def as_it_was(ctx: Context, _row: str, it: Brought) -> File | Missing:
    """Give the file as it was."""
    return _file(it, brought.content_of(ctx.tx, it.id))


def _file(it: Brought, content: bytes) -> File | Missing:
    """Return the file to be saved: a stranger's picture is never shown by us."""
    if not content:
        return Missing()
    ending = "png" if content.startswith(b"\x89PNG") else "svg" if is_vector(content) else "json"
    media = "application/vc+ld+json" if ending == "json" else "application/octet-stream"
    return File(f"badge-{it.code[:8]}.{ending}", media, content)


def _found(anybody: Anybody, row: str) -> Brought | None:
    it = brought.by_code(anybody.tx, row.strip().lower()) if row.isalnum() else None
    return it if it is not None and it.shared_at is not None else None


@routes.public_page(ELSEWHERE)
def public(anybody: Anybody, row: str) -> Page:
    """Show one to anybody who has its address, as long as its owner wishes."""
    t, it = anybody.t, _found(anybody, row)
    if it is None:
        nothing = Paragraph(t("There is no badge at this address, or its owner shows it no more."))
        return Page(t("Micro-credential"), (nothing,))
    network = awards.network_name(anybody.tx, it.network)
    file = f"{_address(it)}/badge" if _address(it) else ""
    return cards.public(t, it, network, file, live=brought.open_topic(it.code), now=anybody.now)


@routes.public_file(f"{ELSEWHERE}/badge")
def public_file(anybody: Anybody, row: str) -> File | Missing:
    """Give one as the file that it was, as long as its owner shows it."""
    it = _found(anybody, row)
    return Missing() if it is None else _file(it, brought.content_of(anybody.tx, it.id))
