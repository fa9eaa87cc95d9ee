"""A network's calendar: its address, and what a calendar program reads there."""

from collections.abc import Mapping

from plnbot.calendars import actions, cards, ics, store
from plnbot.calendars.personal import PERSONAL
from plnbot.calendars.school.routes import routes as school_routes
from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.context import Anybody
from plnbot.engine.parts import NETWORK, YOU
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import ANYONE, Role, needs
from plnbot.engine.routes import Context, Routes
from plnbot.errors import Refused
from plnbot.talk.cards import Card, Paragraph
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import File, Missing
from plnbot.talk.words import Value, msg

routes = Routes()
routes.personal.append(PERSONAL)
RENEWS = needs(Role.MODERATOR, Role.ADMINISTRATOR)


@routes.command(
    "calendar",
    needs=ANYONE,
    part=YOU,
    about=msg("Get the calendar address of coming chats"),
    example=msg("/pln calendar"),
)
def address(ctx: Context, _words: str) -> Answer:
    """Show where a calendar program finds what takes place."""
    return _shown(ctx)


@routes.press(cards.SHOW, needs=ANYONE)
def address_pressed(ctx: Context, _press: Press) -> Answer:
    """Show where a calendar program finds what takes place."""
    return _shown(ctx)


@routes.command(
    "calendar new",
    needs=RENEWS,
    part=NETWORK,
    about=msg("Renew the calendar address, so that the one before shows nothing"),
    example=msg("/pln calendar new"),
)
def new_address(ctx: Context, _words: str) -> Answer:
    """Say what that means, and ask."""
    return Reply(cards.renewing(ctx.t))


@routes.press(cards.RENEW, needs=RENEWS)
def renewed(ctx: Context, _press: Press) -> Answer:
    """Renew the address, and show it."""
    _reachable(ctx)
    actions.renew_calendar(ctx.tx, ctx.person, ctx.now)
    return _shown(ctx)


@routes.press(cards.DROP, needs=ANYONE)
def dropped(ctx: Context, _press: Press) -> Answer:
    """Tell this member no more of the address."""
    store.forget_reader(ctx.tx, ctx.person.id)
    ctx.tx.announce(f"member:{ctx.person.id}")
    said = ctx.t(
        "I tell you no more of it. `/pln calendar` shows the address whenever you want it."
    )
    return Reply(Card(ctx.t("Calendar"), (Paragraph(said),)))


@routes.public_file("calendar")
def feed(to: Anybody, row: str) -> File | Missing:
    """Give what takes place to whoever knows the calendar's secret address."""
    found = store.calendar_at(to.tx, row)
    if found is None:
        return Missing()
    told = [one for each in to.catalogue.happenings for one in each(to.tx, found.network)]
    # Whoever has the address reads it: what is held in a closed room is not for all of them.
    closed = to.looks.closed(to.tx, {one.held_in for one in told if one.held_in is not None})
    shown = [one for one in told if one.held_in not in closed]
    content = ics.written(found, sorted(shown, key=lambda one: one.starts_at), to.now)
    return File("calendar.ics", ics.MEDIA_TYPE, content)


@routes.audit(
    {
        "calendar.renewed": msg("{who} renewed the calendar's address"),
        "calendar.renewed_without": msg("The calendar's address was renewed, as {person} has left"),
    }
)
def told_of_the_calendar(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name who has left."""
    return {"person": ctx.called(audit.number_of(entry))}


def _shown(ctx: Context) -> Answer:
    where = _reachable(ctx)
    shown = actions.calendar_for(ctx.tx, ctx.person)
    ctx.tx.announce(f"member:{ctx.person.id}")
    return Reply(cards.calendar(ctx.t, shown, where, renews=ctx.may(RENEWS)))


def _reachable(ctx: Context) -> str:
    if not ctx.address:
        raise Refused(
            msg("Pages have no address here yet. An administrator can set PLNBOT_PUBLIC_URL.")
        )
    return ctx.address


def at_home(ctx: Context) -> Card | None:
    """Tell who was shown the address that there is another."""
    found = actions.moved_since(ctx.tx, ctx.person)
    return cards.moved(ctx.t, found) if found else None


routes.home.append(at_home)
routes.people.append(
    PeopleHooks(
        left=actions.has_left,
        back=NothingToDo("whoever is back is shown the address anew when they ask for it"),
        merged=NothingToDo("the one who stays asks for the address again, as on any account"),
        erased=NothingToDo("their holding renews the address that they knew"),
    )
)
routes.include(school_routes)
