"""What forms look through: the network's members, its districts and schools, the world's zones."""

from collections import Counter
from collections.abc import Sequence

from plnbot.engine.ports import Person
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.engine.searching import MEMBERS, SearchRoute
from plnbot.members import store
from plnbot.members.actions import districts
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.store import organisations
from plnbot.refs import MemberRef, row_number
from plnbot.talk import limits
from plnbot.talk.cards import Option
from plnbot.talk.fallback import short_words
from plnbot.talk.text import verbatim
from plnbot.walltime import is_zone, zone_title, zones_like

routes = Routes()
DISTRICTS, SCHOOLS, ZONES = "districts", "schools", "zones"
_LONGEST_NAME = 50


def people_as_options(people: Sequence[Person]) -> list[Option]:
    """Return people as choices; who is called like another is told apart by their account."""
    many = Counter(each.name.casefold() for each in people)
    return [
        Option(str(each.id), verbatim(_called(each, alone=many[each.name.casefold()] == 1)))
        for each in people
    ]


def _called(person: Person, *, alone: bool) -> str:
    name = short_words(person.name, _LONGEST_NAME)
    if alone:
        return name
    apart = f"{person.ref.platform} {person.ref.user}"
    return f"{name} ({apart})"[: limits.OPTION_LABEL]


def _members(ctx: Context, typed: str) -> list[Option]:
    return people_as_options(store.called_like(ctx.tx, ctx.network.id, typed, limits.OPTIONS))


def _member(ctx: Context, row: str) -> Option | None:
    found = store.by_id(ctx.tx, row_number(row), ctx.person.ref.platform)
    if found is None or found.network.id != ctx.network.id:
        return None
    return Option(str(found.id), verbatim(short_words(found.name, _LONGEST_NAME)))


def _account(ctx: Context, user: str) -> Option | None:
    ref = ctx.person.ref
    found = store.by_ref(ctx.tx, MemberRef(ref.platform, ref.workspace, user))
    return None if found is None else _member(ctx, str(found.id))


def organisation_option(row: Organisation, *, alone: bool) -> Option:
    """Return a district or school as a choice, with its state unless it is `alone` of its name."""
    name = short_words(row.name, _LONGEST_NAME)
    shown = name if alone or not row.state else f"{name} ({row.state})"
    return Option(str(row.id), verbatim(shown[: limits.OPTION_LABEL]))


def _search(kind: OrganisationKind) -> SearchRoute:
    def find(ctx: Context, typed: str) -> list[Option]:
        found = districts.find(ctx.tx, ctx.network.id, kind, typed)
        many = Counter(each.name.casefold() for each in found)
        return [organisation_option(each, alone=many[each.name.casefold()] == 1) for each in found]

    def get(ctx: Context, row: str) -> Option | None:
        found = organisations.get(ctx.tx, row_number(row), network=ctx.network.id)
        if found is None or found.kind is not kind or found.merged_into is not None:
            return None
        return organisation_option(found, alone=True)

    return SearchRoute(find, get, ANYONE)


def zone_option(name: str) -> Option:
    """Return a zone as a choice."""
    return Option(name, verbatim(zone_title(name)[: limits.OPTION_LABEL]))


def _zones(_ctx: Context, typed: str) -> list[Option]:
    return [zone_option(each) for each in zones_like(typed, limits.OPTIONS)]


def _zone(_ctx: Context, name: str) -> Option | None:
    return zone_option(name) if is_zone(name) else None


routes.search(ZONES, SearchRoute(_zones, _zone, ANYONE))
routes.search(MEMBERS, SearchRoute(_members, _member, ANYONE, _account))
routes.search(DISTRICTS, _search(OrganisationKind.DISTRICT))
routes.search(SCHOOLS, _search(OrganisationKind.SCHOOL))
