"""What school calendars tell their keepers, at home and in notices, and the log of who changed what."""

from collections.abc import Mapping

from plnbot.calendars.school import actions, cards, kept, refreshing, store
from plnbot.calendars.school.model import Calendar, Whose
from plnbot.calendars.school.refreshing import KEEPS
from plnbot.engine import audit
from plnbot.engine.at_home import Waiting
from plnbot.engine.audit import Entry
from plnbot.engine.context import Showing
from plnbot.engine.people import PeopleHooks
from plnbot.engine.personal import Whose as Member
from plnbot.engine.ports import Person
from plnbot.engine.posts import NothingToDo, Post
from plnbot.engine.routes import Context, Routes
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, PageButton
from plnbot.talk.text import verbatim
from plnbot.talk.words import Value, msg

routes = Routes()
routes.notices[refreshing.NOTICE.name] = refreshing.NOTICE


def _shown(showing: Showing, args: Mapping[str, str | int]) -> tuple[Calendar, Whose] | None:
    found = store.get(showing.tx, int(args["calendar"]))
    if found is None or found.removed_at is not None:
        return None
    return found, actions.whose_of(showing.tx, found)


@routes.card(refreshing.WAS_READ)
def was_read(showing: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Say what a calendar was read as."""
    if (two := _shown(showing, args)) is None:
        return None
    days = kept.days_of(showing.tx, two[0].id)
    return cards.was_read(showing.t, *two, showing.network.name, days)


@routes.card(refreshing.FAILING)
def failing(showing: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Say that a calendar cannot be read; nothing where it can again."""
    if (two := _shown(showing, args)) is None:
        return None
    known = kept.reading_of(showing.tx, two[0].id)
    if known.trouble is None:
        return None
    return cards.failing(showing.t, two[0], known, two[1], showing.network.name)


@routes.card(refreshing.RUNS_OUT)
def runs_out(showing: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Say that a calendar ends soon."""
    two = _shown(showing, args)
    last = kept.last_day(showing.tx, two[0].id) if two else None
    if two is None or last is None:
        return None
    return cards.runs_out(showing.t, two[0], last, two[1], showing.network.name)


def _post(card: str) -> Post:
    direct = NothingToDo("it is written to one member directly")
    return Post(
        card=card,
        rooms=direct,
        refused=NothingToDo("the page of calendars says the same"),
        wanted=direct,
        words=NothingToDo("it tells and asks nothing"),
        gap=direct,
        renamed=NothingToDo("it names no member"),
    )


routes.posts.update(
    {each: _post(each) for each in (refreshing.WAS_READ, refreshing.FAILING, refreshing.RUNS_OUT)}
)


def in_trouble(ctx: Context) -> Waiting | None:
    """Tell who keeps calendars, at home, which cannot be read."""
    if not ctx.may_somewhere(KEEPS):
        return None
    found = []
    for each in store.calendars_of(ctx.tx, ctx.network.id):
        whose = actions.whose_of(ctx.tx, each)
        if ctx.may(KEEPS, lies_in=whose.scopes) and kept.reading_of(ctx.tx, each.id).trouble:
            found.append(cards.title_of(ctx.t, each, whose, ctx.network.name).bare())
    if not found:
        return None
    many = len(found)
    said = ctx.t.n(
        "{n} school calendar cannot be read", "{n} school calendars cannot be read", many
    )
    leads = PageButton(ctx.t("School calendars"), cards.CALENDARS)
    return Waiting(said, many, verbatim("; ".join(found[:3])), leads)


routes.waits.append(in_trouble)


@routes.audit(
    {
        "school.typed": msg("{who} added {n} entries to the school calendar for {whose}"),
        "school.untyped": msg("{who} took {n} entries off the school calendar for {whose}"),
        "school.addressed": msg("{who} added a school calendar for {whose} from an address"),
        "school.filed": msg("{who} added a school calendar for {whose} from a file"),
        "school.taken": msg("{who} changed what “{title}” is on the school calendar for {whose}"),
        "school.removed": msg("{who} removed a school calendar for {whose}"),
        "school.brought_back": msg("{who} brought a school calendar for {whose} back"),
        "school.changed": msg("The school calendar for {whose} changed: {added} new, {gone} gone"),
    }
)
def told_of_a_school_calendar(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name whom it is for, and what was done."""
    found = store.get(ctx.tx, audit.number_of(entry))
    whose = Whose(ctx.network.id) if found is None else actions.whose_of(ctx.tx, found)
    numbers = {each: int(str(entry.detail.get(each, 0))) for each in ("n", "added", "gone")}
    return {
        "whose": cards.called(ctx.t, whose, ctx.network.name),
        "title": str(entry.detail.get("title", "")),
        **numbers,
    }


def _merged(tx: Tx, goes: Member, stays: Person, _now: object) -> None:
    kept.give(tx, goes.id, stays.id)


routes.people.append(
    PeopleHooks(
        left=NothingToDo("a calendar stays, and whoever else keeps it is told of it"),
        back=NothingToDo("they answer for what they added, as before"),
        merged=_merged,
        erased=NothingToDo("their holding forgets that they added it"),
    )
)
