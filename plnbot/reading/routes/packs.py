"""Packs of feeds: what there is, and taking one; each feed is asked first, as in any list taken over."""

from dataclasses import replace

from plnbot.engine.objects import Object
from plnbot.engine.posts import NothingToDo
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.which_room import room_in, room_input
from plnbot.errors import Refused
from plnbot.packs.feeds import FeedPack, feed_packs
from plnbot.reading.actions import importing as actions
from plnbot.reading.actions.keys import CURATES
from plnbot.reading.cards import importing as cards
from plnbot.reading.cards.feeds import MANNERS, PACKS
from plnbot.reading.model.feeds import Manner
from plnbot.reading.parts import FEEDS
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions, Block, Card, Option, Paragraph, Select
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, Form
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import bold, joined, verbatim
from plnbot.talk.words import msg

routes = Routes()
_MOST = 25


def _pack(_tx: Tx, row: str) -> tuple[str, FeedPack] | None:
    found = feed_packs().get(row)
    return None if found is None else (row, found)


A_PACK: Object[tuple[str, FeedPack]] = Object(
    "pack of feeds",
    load=_pack,
    network=NothingToDo("packs come with the bot, and are everybody's"),
    scope=lambda pack: pack[0],
    gone=msg("There is no such pack any more."),
)


@routes.command(
    "feed packs",
    needs=CURATES,
    part=FEEDS,
    about=msg("Begin with a pack of feeds for teachers, by purpose"),
    example=msg("/pln feed packs"),
)
def packs(ctx: Context, _words: str) -> Answer:
    """Show the packs there are."""
    return _every(ctx)


@routes.press(PACKS, needs=CURATES)
def packs_pressed(ctx: Context, _press: Press) -> Answer:
    """Show the same to who comes from a page."""
    return _every(ctx)


def _every(ctx: Context) -> Answer:
    """Show the packs there are, each with what is in it, and let one be chosen."""
    t, there = ctx.t, list(feed_packs().items())[:_MOST]
    if not there:
        raise Refused(msg("There are no packs of feeds here."))
    lines = [
        joined(
            (
                bold(pack.head.name.said(t.locale)),
                t.n("{n} feed", "{n} feeds", len(pack)),
                verbatim(pack.head.about.said(t.locale)),
            ),
            " · ",
        )
        for _, pack in there
    ]
    options = tuple(
        Option(name, verbatim(short_words(pack.head.name.said(t.locale), 70)))
        for name, pack in there
    )
    how = t(
        "Each feed is asked before it is taken: one that does not answer is kept for another try. All"
        " were found in public lists, which may be wrong."
    )
    blocks: tuple[Block, ...] = (
        Paragraph(joined(lines, "\n")),
        Paragraph(how, quiet=True),
        Actions((Select(t("Take a pack"), "reading.pack", options),)),
    )
    return Reply(Card(t("Packs of feeds"), blocks))


@routes.press("reading.pack", needs=CURATES)
def chosen(ctx: Context, press: Press) -> Answer:
    """Ask how the room gets a pack."""
    name, _ = A_PACK.find(ctx, press.value)
    return OpenForm(_form(ctx, name, A_PACK.find(ctx, name)))


def _form(ctx: Context, row: str, pack: tuple[str, FeedPack]) -> Form:
    t = ctx.t
    manner = ChoiceInput(
        name="manner",
        label=t("How does this room get them?"),
        options=tuple(Option(each.value, t.say(said)) for each, said in MANNERS.items()),
        value=Manner.SHELF.value,
        required=True,
    )
    called = verbatim(pack[1].head.name.said(t.locale))
    return Form(
        "reading.pack", t("Take a pack"), (*_rooms(ctx), manner), t("Take over"), row, called
    )


def _rooms(ctx: Context) -> tuple[ChoiceInput, ...]:
    return (room_input(ctx),) if not ctx.where.channel and ctx.rooms() else ()


@routes.form("reading.pack", build=_form, needs=CURATES, of=A_PACK)
def taken(ctx: Context, row: str, values: Values, _pack: tuple[str, FeedPack]) -> Answer:
    """Begin, and say where one sees how it goes."""
    if not ctx.where.channel and ctx.rooms():
        ctx = replace(ctx, where=room_in(ctx, values))
    if not ctx.where.channel:
        raise Refused(msg("Type this in the room that is to get it."))
    actions.begin_pack(ctx, row, Manner(str(values["manner"])))
    return Reply(cards.begun(ctx.t))
