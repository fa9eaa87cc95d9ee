"""Adding a feed: a link is pasted, what it leads to is shown, a form says how it is to be read."""

from dataclasses import replace
from datetime import timedelta

from plnbot.engine import later, work
from plnbot.engine.context import Due
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports import Argument
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.which_room import room_in, room_input
from plnbot.errors import Refused, Unavailable
from plnbot.fetching import Unreachable
from plnbot.reading.actions import feeds as actions
from plnbot.reading.actions.keys import CURATES, FIND, lane_of
from plnbot.reading.cards import feeds as cards
from plnbot.reading.cards.feeds import LINK
from plnbot.reading.cards.story import StoryShown, story
from plnbot.reading.model.feeds import About, Manner
from plnbot.reading.model.items import words_of
from plnbot.reading.parts import FEEDS
from plnbot.reading.routes.describing import (
    about_inputs,
    described,
    digest_set_up,
    room_inputs,
    title_input,
)
from plnbot.reading.routes.feeds import shown_of
from plnbot.reading.routes.objects import A_FIND
from plnbot.reading.store import feeds as store
from plnbot.reading.store.feeds import Found, New
from plnbot.syndication import Discovery, Feed, Item
from plnbot.talk.cards import Card, Option
from plnbot.talk.forms import ChoiceInput, FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import EMPTY, Room, Text
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

routes = Routes()
_PREVIEWED = 3
_NEW, _THREE = "new", "three"
_NOT_NOW = msg("It does not answer just now. Try again in some minutes.")


@dataclass(frozen=True, slots=True)
class Led:
    """Where a link led; or why it led nowhere."""

    to: Discovery | None = None
    why: Sentence | Text = _NOT_NOW


@routes.command(
    "feed add",
    needs=CURATES,
    part=FEEDS,
    about=msg("Have this room get what a blog, channel, podcast or profile brings"),
    example=msg("/pln feed add https://www.youtube.com/@numberphile"),
    argument=Argument("link", msg("The link of a page, a channel, a profile or a feed")),
)
def add(ctx: Context, words: str) -> Answer:
    """Look where a link leads."""
    if not ctx.where.channel:
        raise Refused(msg("Type this in the room that is to get it."))
    return _led(ctx, words)


@routes.press(LINK, needs=CURATES)
def ask_link(ctx: Context, _press: Press) -> Answer:
    """Ask for a link, and for the room that is to get it, of who comes from a page."""
    return OpenForm(_link_form(ctx, ""))


def _link_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    link = TextInput(
        name="link",
        label=t("A link"),
        hint=t(
            "Of a page, a channel, a profile or a feed. You see what comes before it is posted."
        ),
        required=True,
    )
    return Form(LINK, t("Add a feed"), (link, room_input(ctx)), t("Look there"))


@routes.form(LINK, build=_link_form, needs=CURATES)
def link_given(ctx: Context, _row: str, values: Values) -> Answer:
    """Look where a link leads, for the room that was chosen."""
    there = replace(ctx, where=room_in(ctx, values))
    try:
        return _led(there, str(values["link"]))
    except Refused as wrong:
        if not isinstance(wrong.message, Sentence | Text):
            raise
        return FieldErrors({"link": wrong.message})


def _led(ctx: Context, words: str) -> Answer:
    link = actions.link_of(words)
    form = later.promise(ctx)
    place = ctx.where.channel_itself()
    number = store.look_for(
        ctx.tx, ctx.network.id, place, link, ctx.now, by=ctx.person.id, form=form
    )
    return _look(ctx, number, link, form)


def _look(ctx: Context, number: int, link: str, form: int) -> Answer:
    work.put(
        ctx.tx, FIND, f"reading/find/{number}", ctx.now, {"find": number, "link": link},
        lane=lane_of(FIND, link), network=ctx.network.id,
    )  # fmt: skip
    return Reply(cards.looking(ctx.t, link), awaits=form)


def begin(due: Due) -> str | None:
    """Return the link; None where nobody waits any more."""
    return str(due.payload["link"]) if _found(due) else None


async def do(link: str, outside: Outside) -> Led:
    """Look for feeds there."""
    try:
        to = await outside.feeds.discover(link)
    except Unreachable as error:
        return Led(why=error.message)
    except Refused as error:
        return Led(why=error.message if isinstance(error.message, Sentence | Text) else _NOT_NOW)
    except Unavailable:
        return Led()
    if to.offers and to.reading is not None and to.reading.feed is not None:
        return Led(to)
    return Led(why=to.why if isinstance(to.why, Sentence | Text) else _NOT_NOW)


def end(due: Due, led: Led) -> None:
    """Tell where the link leads."""
    found = _found(due)
    person = due.directory.by_id(due.tx, found.by) if found else None
    if found is None or person is None:
        return
    t = Translate(person.locale)
    feed = led.to.reading.feed if led.to and led.to.reading else None
    if led.to is None or feed is None:
        told: tuple[Card, ...] = (cards.not_found(t, str(due.payload["link"]), led.why),)
    else:
        offers = [*led.to.offers]
        if found.offers:  # another of them was chosen: the rest stay a choice
            link = str(due.payload["link"])
            kind = next((each.kind for each in found.offers if each.address == link), "")
            rest = [each for each in found.offers if each.address != link]
            offers = [replace(offers[0], kind=kind or offers[0].kind), *rest]
        store.note_found(due.tx, found.id, offers, feed.link, feed.language)
        room = Translate(person.network.locale)
        previews = [preview(room, each, feed) for each in newest(feed)]
        told = (cards.found(t, found.id, offers, len(feed.items)), *previews)
    later.keep_promise(due.tx, found.form, told, due.now)


def given_up(due: Due, _reason: str) -> None:
    """Say that nothing came of it."""
    end(due, Led())


def newest(feed: Feed) -> list[Item]:
    """Return the newest items of a feed; of undated ones, those that stand first."""
    dated = sorted(
        enumerate(feed.items),
        key=lambda at: (-(at[1].published.timestamp() if at[1].published else 0), at[0]),
    )
    return [item for _, item in dated[:_PREVIEWED]]


def preview(t: Translate, item: Item, feed: Feed) -> Card:
    """Return an item's card as the room would get it."""
    return story(t, StoryShown(words_of(item, feed.language), [feed.title or feed.link]))


routes.outside(
    OutsideWork(
        kind=FIND,
        begin=begin,
        do=do,
        end=end,
        given_up=given_up,
        lane=FIND,
        at_once=4,
        longest=timedelta(minutes=4),
    )
)


@routes.press("reading.choose", needs=CURATES, of=A_FIND)
def choose(ctx: Context, press: Press, found: Found) -> Answer:
    """Look at another feed that a page has."""
    at = int(press.value) if press.value.isdecimal() else 0
    if not 0 < at < len(found.offers):
        raise Refused(msg("This is not to be found here. Choose another."))
    form = later.promise(ctx)
    store.ask_again(ctx.tx, found.id, form)
    return _look(ctx, found.id, found.offers[at].address, form)


@routes.press("reading.add", needs=CURATES, of=A_FIND)
def ask_how(ctx: Context, press: Press, found: Found) -> Answer:
    """Ask how it is to be read."""
    return OpenForm(_form(ctx, press.row, found))


def _form(ctx: Context, row: str, found: Found) -> Form:
    t = ctx.t
    title = found.offers[0].title or found.link
    first = ChoiceInput(
        name="first",
        label=t("What of it is posted to begin with?"),
        options=(
            Option(_NEW, t("Only what is new from now on")),
            Option(_THREE, t("The last three too")),
        ),
        value=_NEW,
        required=True,
    )
    inputs = (
        title_input(t, title),
        *room_inputs(ctx, Manner.INSTANT),
        first,
        *about_inputs(ctx, About(title=title), approval=None),
    )
    room = Text((Room(found.place, found.place.channel),))
    here = found.place == ctx.where.channel_itself()
    intro = EMPTY if here else t("It goes to {room}.", room=room)
    return Form("reading.add", t("Add a feed"), inputs, t("Add"), row, intro)


@routes.form("reading.add", build=_form, needs=CURATES, of=A_FIND)
def given(ctx: Context, _row: str, values: Values, found: Found) -> Answer:
    """Add the feed, and say so with the way back."""
    offer, wish = found.offers[0], described(values)
    if wrong := digest_set_up(ctx, found.place, wish.manner, str(values["when"])):
        return FieldErrors({"when": wrong})
    new = New(
        address=offer.address,
        key=actions.feed_key(offer.address),
        kind=offer.kind[:20],
        site=found.site,
        language=found.language,
        about=wish.about,
        approval=wish.approval,
        last=_PREVIEWED if values["first"] == _THREE else 0,
    )
    made = actions.add(ctx.tx, new, found.place, wish.manner, ctx.now, by=ctx.person)
    return Reply(cards.added(ctx.t, shown_of(ctx.tx, made)))


def _found(due: Due) -> Found | None:
    return store.found(due.tx, int(str(due.payload["find"])))
