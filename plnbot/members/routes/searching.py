"""What forms look through: the network's members, its districts and schools, the world's zones."""

from collections import Counter
from collections.abc import Sequence

from plnbot.engine.ports import Person
from plnbot.engine.roles import ANYONE, Role, needs, parted, scoped
from plnbot.engine.routes import Context, Routes
from plnbot.engine.searching import DISTRICTS, MEMBERS, ZONES, SearchRoute
from plnbot.members import store
from plnbot.members.actions import districts
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.store import organisations
from plnbot.refs import MemberRef, row_number
from plnbot.talk import limits
from plnbot.talk.cards import Option
from plnbot.talk.fallback import short_words
from plnbot.talk.text import verbatim
from plnbot.talk.zones import zone_title, zones_like
from plnbot.walltime import is_zone

routes = Routes()
SCHOOLS, PLACES = "schools", "places"
_EACH = limits.OPTIONS // 2
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


def _places(ctx: Context, typed: str) -> list[Option]:
    """Return districts and schools, each in its own half where there are many of both."""
    both = [districts.find(ctx.tx, ctx.network.id, kind, typed) for kind in OrganisationKind]
    first = [each for found in both for each in found[:_EACH]]
    rest = [each for found in both for each in found[_EACH:]]
    return [_place_option(ctx, each) for each in (*first, *rest)][: limits.OPTIONS]


def _place(ctx: Context, row: str) -> Option | None:
    kind, number = parted(row)
    found = organisations.get(ctx.tx, number, network=ctx.network.id)
    if found is None or found.kind.value != kind:
        return None
    fits = found.settled and found.merged_into is None
    return _place_option(ctx, found) if fits else None


def _place_option(ctx: Context, row: Organisation) -> Option:
    """Return a district with its state, or a school with its district, as a role's scope."""
    inside = row.state
    if row.kind is OrganisationKind.SCHOOL:
        inside = organisations.name_of(ctx.tx, row.district) or ctx.t.words("school")
    name = short_words(row.name, _LONGEST_NAME)
    shown = f"{name} ({inside})" if inside else name
    return Option(scoped(row.kind.value, row.id), verbatim(shown[: limits.OPTION_LABEL]))


def zone_option(name: str, locale: str) -> Option:
    """Return a zone as a choice, in a reader's language."""
    return Option(name, verbatim(zone_title(name, locale)[: limits.OPTION_LABEL]))


def zones_found(ctx: Context, typed: str) -> list[Option]:
    """Return the zones that fit what was typed, in the person's language."""
    locale = ctx.t.locale
    return [zone_option(each, locale) for each in zones_like(typed, limits.OPTIONS, locale)]


def _zone(ctx: Context, name: str) -> Option | None:
    return zone_option(name, ctx.t.locale) if is_zone(name) else None


routes.search(ZONES, SearchRoute(zones_found, _zone, ANYONE))
routes.search(MEMBERS, SearchRoute(_members, _member, ANYONE, _account))
routes.search(DISTRICTS, _search(OrganisationKind.DISTRICT))
routes.search(SCHOOLS, _search(OrganisationKind.SCHOOL))
routes.search(PLACES, SearchRoute(_places, _place, needs(Role.ADMINISTRATOR)))
