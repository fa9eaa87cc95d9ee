"""School calendars: seen by everybody, kept by who looks after a network, a district or a school."""

from collections.abc import Sequence
from datetime import timedelta

from plnbot.calendars.school import actions, cards, pages, refreshing, store, told, yearly
from plnbot.calendars.school.model import Calendar, Day, Kind, Reach, Whose
from plnbot.calendars.school.objects import (
    A_CALENDAR,
    A_DAY,
    A_PLACE,
    A_TYPING,
    A_YEAR,
    WHAT_WAS_REMOVED,
)
from plnbot.calendars.school.personal import PERSONAL
from plnbot.calendars.school.reading import MOST_BYTES
from plnbot.calendars.school.refreshing import KEEPS
from plnbot.calendars.school.yearly import Year
from plnbot.engine.objects import NOT_YOURS
from plnbot.engine.parts import NETWORK, YOU
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE, DISTRICT, SCHOOL, Role, RoleUse
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import SearchRoute
from plnbot.errors import Refused
from plnbot.talk.cards import Card, Option
from plnbot.talk.forms import FieldErrors, FileInput, Form, Picked, SearchInput, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Missing, Page
from plnbot.talk.text import verbatim
from plnbot.talk.uploads import FileKind, UploadedFile
from plnbot.talk.words import Sentence, msg
from plnbot.walltime import local

routes = Routes()
routes.personal.append(PERSONAL)
routes.outside(refreshing.READING)
routes.when_due(actions.LOOK)(refreshing.look)
routes.include(told.routes)
routes.words.update({each.source: each for each in (msg("add"), msg("days"), msg("school"))})
routes.roles.append(
    RoleUse(
        Role.DISTRICT_STAFF,
        (DISTRICT, SCHOOL),
        msg("Keep the school calendar of your district or school: `/pln calendar add`."),
    )
)
_AHEAD = timedelta(days=120)
_PLACES, _OF_ALL = "school_places", "places"


# --- seeing


@routes.command(
    "calendar school",
    needs=ANYONE,
    part=YOU,
    about=msg("See your school's breaks and other days"),
    example=msg("/pln calendar school"),
)
def school(ctx: Context, _words: str) -> Answer:
    """Show what comes on a member's own school calendar."""
    whose = yearly.own(ctx)
    today = local(ctx.now, ctx.network.zone).date()
    entries = yearly.entries_for(ctx, whose, today, today + _AHEAD)
    shown = [each for each in entries if each.kind is not Kind.TERM or each.first >= today]
    keeps = ctx.may(KEEPS, lies_in=whose.scopes)
    return Reply(cards.coming(ctx.t, whose, ctx.network.name, shown, keeps=keeps))


@routes.page(cards.YEAR, needs=ANYONE, of=A_YEAR, without=ANYONE)
def year_page(ctx: Context, _row: str, shown: Year | None) -> Page | Missing:
    """Show a school year: of whoever the row names, or one's own."""
    return yearly.year(ctx, shown or Year(yearly.own(ctx)))


@routes.page(cards.CALENDARS, needs=ANYONE)
def calendars_page(ctx: Context, _row: str) -> Page | Missing:
    """Show every school calendar of the network."""
    return pages.calendars(ctx)


@routes.page(cards.CALENDAR, needs=KEEPS, of=A_CALENDAR)
def calendar_page(ctx: Context, _row: str, of: Calendar) -> Page | Missing:
    """Show one calendar to who keeps it."""
    return pages.calendar(ctx, of)


# --- adding


def _add_form(ctx: Context, row: str, whose: Whose, words: str = "") -> Form:
    t = ctx.t
    everybody = whose.reach is Reach.NETWORK
    days = TextInput(
        name="days",
        label=t("Days, one a line"),
        hint=t("Spring break 15–19 March · PD day 6 Nov · half day Dec 18 until noon"),
        value=words[:2000],
        long=True,
        most=3000,
    )
    address = TextInput(
        name="address",
        label=t("Or the address of a calendar (ICS)"),
        hint=t("https://…  I read it once a day."),
        most=1000,
    )
    place = SearchInput(
        name="whose",
        label=t("For which district or school?"),
        hint=t("Leave it empty for the whole network."),
        source=_PLACES,
    )
    file = FileInput(
        name="file",
        label=t("Or a calendar file (ICS)"),
        kinds=(FileKind.CALENDAR,),
        largest=MOST_BYTES,
    )
    inputs = (place, days, file, address) if everybody else (days, file, address)
    intro = t("For {whose}.", whose=cards.called(t, whose, ctx.network.name))
    told = t("The text of an ICS file can also be pasted where the days go.")
    about = told if everybody else intro + verbatim(" ") + told
    return Form(cards.ADD, t("School calendar"), inputs, t("Add"), row, about)


@routes.command(
    "calendar add",
    needs=KEEPS,
    part=NETWORK,
    about=msg("Add breaks and other days to a school calendar"),
    example=msg("/pln calendar add spring break 15–19 March"),
    argument=Argument("days", msg("The days, such as: spring break 15–19 March")),
)
def add(ctx: Context, words: str) -> Answer:
    """Ask for days, for an address, and for whom they are."""
    whose = _kept_by(ctx)
    return OpenForm(_add_form(ctx, whose.row, whose, words))


@routes.press(cards.ADD, needs=KEEPS, of=A_PLACE)
def add_pressed(ctx: Context, press: Press, whose: Whose) -> Answer:
    """Ask for the days of whoever the button names."""
    return OpenForm(_add_form(ctx, press.row, whose))


@routes.form(cards.ADD, build=_add_form, needs=KEEPS, of=A_PLACE)
def added(ctx: Context, _row: str, values: Values, whose: Whose) -> Answer:
    """Add what was typed or pasted, or have an address read."""
    whose = _picked(ctx, values.get("whose")) or whose
    days, address = str(values["days"]), str(values["address"])
    content = _content(values.get("file"), days)
    if not days and not address and content is None:
        return FieldErrors(
            {"days": msg("Write some days here, or give a file or an address below.")}
        )
    if address:
        try:
            actions.address_of(address)
        except Refused as error:
            return FieldErrors({"address": _said(error)})
    done: list[Card] = []
    network = ctx.network.name
    if days and not actions.is_file(days):
        typed = actions.typed(ctx.tx, whose, days, ctx.now, by=ctx.person)
        if not typed.new and not typed.there:
            return FieldErrors({"days": cards.not_understood(ctx.t, typed.unread)})
        done.append(cards.added(ctx.t, typed, whose, network))
    if content is not None:
        made = actions.filed(ctx.tx, whose, content, ctx.now, by=ctx.person)
        done.append(cards.being_read(ctx.t, made, whose, network))
    if address:
        made = actions.addressed(ctx.tx, whose, address, ctx.now, by=ctx.person)
        done.append(cards.being_read(ctx.t, made, whose, network))
    return Reply(done[0], more=tuple(done[1:]))


def _content(file: object, days: str) -> bytes | None:
    """Return a file that was given, or pasted where the days go."""
    if isinstance(file, UploadedFile):
        return file.content
    return days.encode() if actions.is_file(days) else None


def _said(error: Refused) -> Sentence:
    if not isinstance(error.message, Sentence):
        raise error
    return error.message


@routes.press(cards.UNDO, needs=KEEPS, of=A_TYPING)
def undone(ctx: Context, _press: Press, two: tuple[Calendar, Sequence[int]]) -> Answer:
    """Take back what was typed."""
    many = actions.untyped(ctx.tx, two[0], two[1], ctx.now, by=ctx.person)
    return Reply(cards.undone(ctx.t, many))


# --- changing


@routes.press(cards.TAKE, needs=KEEPS, of=A_DAY)
def taken(ctx: Context, press: Press, two: tuple[Day, Calendar]) -> Answer:
    """Take all of a title as what was chosen."""
    if press.value not in set(Kind):
        raise Refused(msg("Please choose one from the list."))
    day, calendar = two
    kind = Kind(press.value)
    many = actions.taken_as(ctx.tx, calendar, day, kind, ctx.now, by=ctx.person)
    return Reply(cards.taken(ctx.t, day, kind, many))


@routes.press(cards.READ_NOW, needs=KEEPS, of=A_CALENDAR)
def read_now(ctx: Context, _press: Press, of: Calendar) -> Answer:
    """Read an address before its time."""
    actions.read_at(ctx.tx, of, ctx.now)
    whose = actions.whose_of(ctx.tx, of)
    return Reply(cards.being_read(ctx.t, of, whose, ctx.network.name))


@routes.press(cards.REMOVE, needs=KEEPS, of=A_CALENDAR)
def removed(ctx: Context, _press: Press, of: Calendar) -> Answer:
    """Take a calendar away, and offer the way back."""
    actions.removed(ctx.tx, of, ctx.now, by=ctx.person)
    whose = actions.whose_of(ctx.tx, of)
    return Reply(cards.removed(ctx.t, of, whose, ctx.network.name))


@routes.press(cards.BACK, needs=KEEPS, of=WHAT_WAS_REMOVED)
def brought_back(ctx: Context, _press: Press, of: Calendar) -> Answer:
    """Let it count again."""
    actions.brought_back(ctx.tx, of, ctx.now, by=ctx.person)
    whose = actions.whose_of(ctx.tx, of)
    return Reply(cards.brought_back(ctx.t, of, whose, ctx.network.name))


# --- looking for districts and schools


def _find_places(ctx: Context, typed: str) -> Sequence[Option]:
    route = ctx.catalogue.searches[_OF_ALL]
    return [each for each in route.find(ctx, typed) if ctx.may(KEEPS, lies_in=[each.value])]


def _get_place(ctx: Context, row: str) -> Option | None:
    found = ctx.catalogue.searches[_OF_ALL].get(ctx, row)
    return found if found is not None and ctx.may(KEEPS, lies_in=[found.value]) else None


routes.search(_PLACES, SearchRoute(_find_places, _get_place, KEEPS))


def _picked(ctx: Context, picked: object) -> Whose | None:
    if not isinstance(picked, Picked):
        return None
    whose = A_PLACE.find(ctx, picked.row)
    if not ctx.may(KEEPS, lies_in=whose.scopes):
        raise Refused(NOT_YOURS)
    return whose


def _kept_by(ctx: Context) -> Whose:
    """Return whom somebody may add days for: everybody, or else their first district or school."""
    if ctx.may(KEEPS):
        return Whose(ctx.network.id)
    own = yearly.own(ctx)
    if ctx.may(KEEPS, lies_in=own.scopes):
        return own
    reach = ctx.reach(KEEPS)
    numbers = sorted({*reach.of(DISTRICT), *reach.of(SCHOOL)})
    found = next((whose for each in numbers if (whose := store.whose(ctx.tx, each))), None)
    if found is None:
        raise Refused(NOT_YOURS)
    return found
