"""Roles: given to somebody in the network or a place in it, until a day; listed, ended and told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from plnbot.engine import roles
from plnbot.engine.audit import Entry, number_of
from plnbot.engine.objects import Object
from plnbot.engine.parts import NETWORK as PART
from plnbot.engine.ports import Argument, ArgumentKind, Network, Person
from plnbot.engine.roles import (
    DISTRICT,
    ENDS,
    LOCAL,
    NETWORK,
    ROLE_NAMES,
    SCHOOL,
    Grant,
    Held,
    Role,
    RoleUse,
    needs,
    offered,
    parted,
    what_they_can,
)
from plnbot.engine.routes import Context, Due, Routes, Showing, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.members import actions, cards, store
from plnbot.members.actions.giving_roles import GIVEN, OVER, ended
from plnbot.members.routes.found import A_MEMBER
from plnbot.members.routes.searching import PLACES, people_as_options
from plnbot.members.routes.somebody import for_somebody
from plnbot.members.store import organisations
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions, Button, Card, Look, Option, PageButton, Paragraph, Tone
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    DateInput,
    FieldErrors,
    Form,
    Picked,
    SearchInput,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows
from plnbot.talk.text import EMPTY, clean
from plnbot.talk.words import Sentence, Value, msg
from plnbot.walltime import instant, local

routes = Routes()
ADMINISTERS = needs(Role.ADMINISTRATOR)
_LONGEST = timedelta(days=3660)
_TOO_FAR = msg("Choose a day within ten years, or leave this empty.")
_OVER = msg("That day is over. Choose a later one.")

A_ROLE: Object[Held] = Object(
    "role",
    load=lambda tx, row: roles.held(tx, row_number(row)),
    network=lambda held: held.network,
    scope=lambda held: str(held.id),
    gone=msg("That role has ended already."),
)


def _role_form(ctx: Context, row: str, member: Person | None) -> Form:
    """Return the form, for one person where they were named."""
    t, offer = ctx.t, offered(_in_use(ctx.catalogue, ctx.network))
    named = people_as_options([member])[0] if member else None
    asked: list[AnyInput] = [
        SearchInput(
            name="person",
            label=t("Who?"),
            source=MEMBERS,
            chosen=named,
            here=not row,
            required=True,
        ),
        ChoiceInput(
            name="role",
            label=t("Role"),
            options=tuple(Option(each.value, t.say(ROLE_NAMES[each])) for each in offer),
            required=True,
        ),
    ]
    if any(scopes & LOCAL for scopes in offer.values()):
        where = SearchInput(
            name="where",
            label=t("For which district or school?"),
            hint=t("Empty for the whole network"),
            source=PLACES,
        )
        asked.append(where)
    asked.append(
        DateInput(name="until", label=t("Until which day?"), hint=t("Empty until it is taken back"))
    )
    return Form("members.role", t("Give a role"), tuple(asked), t("Give it"), row)


@routes.command(
    "network role",
    was="role",
    needs=ADMINISTERS,
    part=PART,
    about=msg("Give somebody a role, for a district or until a day too"),
    example=msg("/pln network role Priya"),
    argument=Argument("person", msg("Whom? Left out, a list asks for it."), ArgumentKind.MEMBER),
)
def role(ctx: Context, words: str) -> Answer:
    """Open the form, for whoever is named behind the command."""
    if not clean(words):
        return OpenForm(_role_form(ctx, "", None))
    return for_somebody(ctx, words, lambda whom: _role_for(ctx, whom), action="members.role")


@routes.press("members.role", needs=ADMINISTERS)
def role_of(ctx: Context, press: Press) -> Answer:
    """Open the form, for who was chosen among several of a name."""
    if not press.value:
        return OpenForm(_role_form(ctx, "", None))
    return _role_for(ctx, whose(ctx, Picked(press.value)))


def _role_for(ctx: Context, member: Person) -> Answer:
    return OpenForm(_role_form(ctx, str(member.id), member))


@routes.form("members.role", build=_role_form, needs=ADMINISTERS, of=A_MEMBER, without=ADMINISTERS)
def role_given(ctx: Context, _row: str, values: Values, _whose: Person | None) -> Answer:
    """Give the role, where and until when it is said; what does not go together is named."""
    to = whose(ctx, values["person"])
    chosen, picked = Role(str(values["role"])), values.get("where")
    given = Grant(chosen, picked.row if isinstance(picked, Picked) else NETWORK)
    errors: dict[str, Sentence] = {}
    if wrong := _misplaced(given, offered(_in_use(ctx.catalogue, ctx.network))[chosen]):
        errors["where"] = wrong
    until = values["until"]
    ends = None
    if isinstance(until, date):
        today = local(ctx.now, ctx.network.zone).date()
        if not timedelta(0) <= until - today <= _LONGEST:
            errors["until"] = _OVER if until < today else _TOO_FAR
        else:
            ends = _end_of(until, ctx.network.zone)
    if errors:
        return FieldErrors(errors)
    actions.give_role(ctx.tx, to, given, ctx.now, by=ctx.person, ends=ends)
    ctx.tx.announce("roles")
    words = cards.role_words(
        ctx.t, chosen, _where(ctx.tx, ctx.catalogue, given.scope), _day(ctx, ends)
    )
    said = ctx.t("{name} is {role} now.", name=to.name, role=words)
    return Reply(Card(ctx.t("Done"), (Paragraph(said),), Tone.GOOD))


def _in_use(catalogue: Routes, network: Network) -> Sequence[RoleUse]:
    """Return what uses roles, but for what the network has switched off."""
    return [each for each in catalogue.roles if each.capability not in network.off]


def _misplaced(given: Grant, scopes: Collection[str]) -> Sentence | None:
    """Return why a role cannot be held there."""
    if given.kind in scopes:
        return None
    if given.scope == NETWORK:
        return msg("This role is for a district or a school: choose which.")
    if not LOCAL & set(scopes):
        return msg("This role is for the whole network: leave this empty.")
    if given.kind == DISTRICT:
        return msg("This role is for a school, not for a district.")
    return msg("This role is for a district, not for a school.")


def _end_of(day: date, zone: str) -> datetime:
    """Return when a day is over, by the network's clock."""
    return instant(datetime.combine(day + timedelta(days=1), time()), zone)


@routes.command(
    "network roles",
    needs=ADMINISTERS,
    part=PART,
    about=msg("See who has which role, where and until when, and end it"),
    example=msg("/pln network roles"),
)
def roles_card(ctx: Context, _words: str) -> Answer:
    """Say how many there are, and lead to all of them."""
    t = ctx.t
    many: dict[Role, int] = defaultdict(int)
    for each in _shown(ctx):
        many[each.given.role] += 1
    lines = tuple(
        Paragraph(t("{role}: {n}", role=t.say(name), n=many[each]))
        for each, name in ROLE_NAMES.items()
        if each in many
    )
    return Reply(Card(t("Roles"), (*lines, _ways(ctx, PageButton(t("Open the list"), "roles")))))


def _ways(ctx: Context, other: PageButton) -> Actions:
    return Actions((_give(ctx), other))


@routes.page("roles", needs=ADMINISTERS)
def roles_page(ctx: Context, _row: str) -> Page:
    """Show who has which role, the highest first, with the way to end each."""
    t, found = ctx.t, _shown(ctx)
    places = _seen(ctx, [each.given.scope for each in found])
    people = store.by_ids(ctx.tx, [each.person for each in found], ctx.person.ref.platform)
    blocks: list[PageBlock] = []
    for each_role, name in ROLE_NAMES.items():
        theirs = [each for each in found if each.given.role is each_role and each.person in people]
        rows = tuple(
            cards.held(
                t,
                people[each.person],
                cards.role_words(
                    t, each_role, places.get(each.given.scope, ""), _day(ctx, each.ends)
                ),
                each.since,
                str(each.id),
            )
            for each in theirs
        )
        if rows:
            blocks += [Heading(t.say(name), each_role.value), Rows(rows)]
    head = Head(t("Who may do what here, and until when."), actions=(_give(ctx),))
    return Page(t("Roles"), tuple(blocks), live="roles", head=head)


def _give(ctx: Context) -> Button:
    return Button(ctx.t("Give a role"), "members.role", look=Look.PRIMARY)


def _day(to: Context | Showing, ends: datetime | None) -> str:
    return cards.last_day(to.t, ends, to.network.zone)


def _shown(ctx: Context) -> Sequence[Held]:
    """Return the roles in this network, but for those in things that are over."""
    found = roles.held_in(ctx.tx, ctx.network.id, ctx.now)
    places = _seen(ctx, [each.given.scope for each in found])
    return [each for each in found if each.given.scope == NETWORK or each.given.scope in places]


def _places(tx: Tx, catalogue: Routes, scopes: Iterable[str]) -> Mapping[str, str]:
    """Return what things are called in which roles are held, but for those that are over."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for kind, number in map(parted, filter(None, scopes)):
        numbers[kind].add(number)
    return {
        roles.scoped(kind, number): name
        for kind, asked in numbers.items()
        if kind in catalogue.scopes
        for number, name in catalogue.scopes[kind](tx, asked).items()
    }


def _seen(ctx: Context, scopes: Sequence[str]) -> Mapping[str, str]:
    """Return what the same are called to somebody: what they may not see has a number alone."""
    named = dict(_places(ctx.tx, ctx.catalogue, scopes))
    for kind, unseen in ctx.catalogue.unseen_scopes.items():
        numbers = [number for each, number in map(parted, named) if each == kind]
        named |= {roles.scoped(kind, each): f"{kind} {each}" for each in unseen(ctx, numbers)}
    return named


def _where_to(ctx: Context, scope: str) -> str:
    """Return what one thing is called to somebody; empty for the whole network."""
    if parted(scope)[0] in LOCAL:
        return _where(ctx.tx, ctx.catalogue, scope)
    return _seen(ctx, [scope]).get(scope) or _where(ctx.tx, ctx.catalogue, scope)


def _where(tx: Tx, catalogue: Routes, scope: str) -> str:
    """Return what one thing is called, also when it is over; empty for the whole network."""
    kind, number = parted(scope)
    if kind in LOCAL:
        return organisations.name_of(tx, number)
    return _places(tx, catalogue, [scope]).get(scope, scope.replace(":", " "))


@routes.press("members.end_role", needs=ADMINISTERS, of=A_ROLE)
def role_ended(ctx: Context, _press: Press, held: Held) -> Answer:
    """End it, and say so."""
    actions.end_role(ctx.tx, held, ctx.now, by=ctx.person)
    ctx.tx.announce("roles")
    where = _where_to(ctx, held.given.scope)
    words = cards.role_words(ctx.t, held.given.role, where)
    said = ctx.t("{name} is {role} no longer.", name=ctx.called(held.person), role=words)
    return Reply(Card(ctx.t("Done"), (Paragraph(said),), Tone.GOOD))


@routes.when_due(ENDS)
def end_reached(due: Due) -> None:
    """End a role whose time has come."""
    ended(due.tx, int(str(due.payload["grant"])), due.now)
    due.tx.announce("roles")


@routes.card(GIVEN)
def given_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell somebody what they can do now; nothing where they have it no longer."""
    held = roles.held(to.tx, int(args["grant"]))
    if held is None or (held.ends is not None and held.ends <= to.now):
        return None
    where = _where(to.tx, to.catalogue, held.given.scope)
    can = what_they_can(_in_use(to.catalogue, to.network), held.given.role, held.given.kind)
    by = to.directory.by_id(to.tx, int(args["by"]))
    words = cards.role_words(to.t, held.given.role, where, _day(to, held.ends))
    return cards.role_given(to.t, words, can, by.name if by else to.t.words("An administrator"))


@routes.card(OVER)
def over_card(to: Showing, args: Mapping[str, str | int]) -> Card:
    """Tell somebody that a role of theirs has ended."""
    where = _where(to.tx, to.catalogue, str(args["scope"]))
    words = cards.role_words(to.t, Role(str(args["role"])), where)
    return cards.role_over(to.t, words, by_itself=bool(args["by_itself"]))


@routes.audit(
    {
        "role.given": msg("{who} gave {person} the role {role}"),
        "role.taken": msg("{who} took the role {role} from {person}"),
        "role.ended": msg("{person} has the role {role} no longer: its time was over"),
    }
)
def told_of_a_role(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the member, the role, what it is held in, and its end."""
    detail = entry.detail
    person = ctx.called(number_of(entry))
    if detail.get("role") not in set(ROLE_NAMES):
        return {"person": person, "role": EMPTY}  # of a version that had other roles
    where = _where_to(ctx, str(detail.get("scope", "")))
    until = detail.get("until")
    ends = datetime.fromisoformat(until) if isinstance(until, str) else None
    return {
        "person": person,
        "role": cards.role_words(ctx.t, Role(str(detail["role"])), where, _day(ctx, ends)),
    }


for _kind in (DISTRICT, SCHOOL):
    routes.scope(_kind, organisations.names_of)
