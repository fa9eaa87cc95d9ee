"""Members: guided start, profile, home, help, language, roles and sign-in links."""

import re
from dataclasses import replace
from decimal import Decimal

from plnbot.engine import audit
from plnbot.engine.links import personal_link
from plnbot.engine.parts import Part
from plnbot.engine.ports import Argument, Kind, Person, SignIns
from plnbot.engine.roles import ANYONE, ROLE_NAMES, Role, needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.members import actions, cards, store
from plnbot.members.cards import FIELD_NAMES, GRADES, SEEN_BY, SUBJECTS
from plnbot.members.helping import helping
from plnbot.members.joining import joining
from plnbot.members.model import FIELDS, Profile, Quiet, Seen
from plnbot.members.own_data import own_data
from plnbot.members.people import somebody
from plnbot.members.personal import PERSONAL
from plnbot.talk.cards import Actions, Card, Option, PageButton, Paragraph, Select, Tone
from plnbot.talk.forms import (
    ChoiceInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    NumberInput,
    TextInput,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Heading, Listing, Page
from plnbot.talk.text import When, verbatim
from plnbot.talk.words import LOCALES, msg
from plnbot.walltime import FRIENDLY

ADMINISTERS = needs(Role.ADMINISTRATOR)
QUIET: dict[str, Quiet] = {
    "class_and_night": Quiet(),
    "night": Quiet(in_class=None),
    "none": Quiet(None, None),
}
MOST_GOALS = 3
# What a pasted list has before its lines; a goal such as “3 calls home a week” keeps its number.
_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")


def member_routes(sign_ins: SignIns) -> Routes:
    """Return the routes of this capability."""
    routes = Routes()
    _home_routes(routes)
    _profile_routes(routes)
    _language_routes(routes)
    _people_routes(routes)
    _role_routes(routes)
    _link_routes(routes, sign_ins)
    routes.include(own_data)
    routes.include(joining)
    routes.include(helping)
    routes.personal.append(PERSONAL)
    return routes


def _profile_routes(routes: Routes) -> None:
    @routes.command(
        "start",
        needs=ANYONE,
        part=Part.YOU,
        about=msg("Tell us what you teach, in under two minutes"),
        example=msg("/pln start"),
    )
    def start(ctx: Context, _words: str) -> Answer:
        return OpenForm(_start_form(ctx, ""))

    @routes.press("members.start", needs=ANYONE)
    def press_start(ctx: Context, _press: Press) -> Answer:
        return OpenForm(_start_form(ctx, ""))

    @routes.form("members.start", build=_start_form, needs=ANYONE)
    def told(ctx: Context, _row: str, values: Values) -> Answer:
        before, _at = store.profile_of(ctx.tx, ctx.person.id)
        profile = _told(before, values)
        if len(profile.goals) > MOST_GOALS:
            too_many = msg("Three at most, one a line. Which matter most to you now?")
            return FieldErrors({"goals": too_many})
        store.save_profile(
            ctx.tx, ctx.person.id, profile, zone=str(values["zone"]), started_at=ctx.now
        )
        ctx.tx.announce(f"member:{ctx.person.id}")
        return Reply(cards.started(ctx.t, ctx.person))

    @routes.command(
        "profile",
        needs=ANYONE,
        part=Part.YOU,
        about=msg("See what you told and who sees it"),
        example=msg("/pln profile"),
    )
    def show(ctx: Context, _words: str) -> Answer:
        profile, _at = store.profile_of(ctx.tx, ctx.person.id)
        return Reply(cards.profile(ctx.t, ctx.person, profile))

    @routes.press("members.seen", needs=ANYONE)
    def seen(ctx: Context, _press: Press) -> Answer:
        return OpenForm(_seen_form(ctx, ""))

    @routes.form("members.seen", build=_seen_form, needs=ANYONE)
    def seen_given(ctx: Context, _row: str, values: Values) -> Answer:
        profile, _at = store.profile_of(ctx.tx, ctx.person.id)
        chosen = {name: Seen(str(values[name])) for name in FIELDS}
        store.save_profile(ctx.tx, ctx.person.id, replace(profile, seen=chosen))
        return Reply(cards.profile(ctx.t, ctx.person, replace(profile, seen=chosen)))


def _people_routes(routes: Routes) -> None:
    @routes.command(
        "who",
        needs=ANYONE,
        part=Part.PEERS,
        about=msg("See what somebody tells of themselves"),
        example=msg("/pln who Priya"),
        argument=Argument("person", msg("Whom?"), Kind.MEMBER, required=True),
    )
    def who(ctx: Context, words: str) -> Answer:
        one = somebody(ctx, words)
        told, _at = store.profile_of(ctx.tx, one.id)
        return Reply(cards.seen_by_others(ctx.t, one, told))


def _language_routes(routes: Routes) -> None:
    @routes.command(
        "language",
        needs=ANYONE,
        part=Part.YOU,
        about=msg("Choose the language I speak with you"),
        example=msg("/pln language"),
    )
    def language(ctx: Context, _words: str) -> Answer:
        return Reply(_language_card(ctx))

    @routes.press("members.language", needs=ANYONE)
    def language_pressed(ctx: Context, _press: Press) -> Answer:
        return Reply(_language_card(ctx))

    @routes.press("members.speak", needs=ANYONE)
    def speak(ctx: Context, press: Press) -> Answer:
        if press.value not in LOCALES:
            raise Refused(msg("Please choose one from the list."))
        store.change_member(ctx.tx, ctx.person.id, locale=press.value)
        t = replace(ctx.t, locale=press.value)
        said = t("From now on I speak English with you.")
        return Reply(Card(t("Language"), (Paragraph(said),), Tone.GOOD))


def _home_routes(routes: Routes) -> None:
    @routes.command(
        "home",
        needs=ANYONE,
        part=Part.YOU,
        about=msg("Open your home: next chat, goals and more"),
        example=msg("/pln home"),
    )
    def home(ctx: Context, _words: str) -> Answer:
        shown = _home_cards(ctx)
        button = Actions((PageButton(ctx.t("Open my home"), "home"),))
        title = ctx.t("Hello, {name}", name=ctx.person.name[:60])
        lines = tuple(Paragraph(card.title) for card in shown[:4])
        return Reply(Card(title, (*lines, button)))

    @routes.page("home", needs=ANYONE)
    def home_page(ctx: Context, _row: str) -> Page:
        title = ctx.t("Hello, {name}", name=ctx.person.name)
        return Page(title, tuple(_home_cards(ctx)), live=f"member:{ctx.person.id}")


def _role_routes(routes: Routes) -> None:
    @routes.command(
        "role",
        needs=ADMINISTERS,
        part=Part.NETWORK,
        about=msg("Give somebody a role, or take it away"),
        example=msg("/pln role"),
    )
    def role(ctx: Context, _words: str) -> Answer:
        return OpenForm(_role_form(ctx, ""))

    @routes.form("members.role", build=_role_form, needs=ADMINISTERS)
    def role_given(ctx: Context, _row: str, values: Values) -> Answer:
        to = ctx.directory.by_id(ctx.tx, int(str(values["person"])), ctx.person.ref.platform)
        if to is None or to.network.id != ctx.network.id:
            raise Refused(msg("That person is no longer here."))
        chosen = Role(str(values["role"]))
        name = ctx.t.say(ROLE_NAMES[chosen])
        if values["what"] == "give":
            actions.give_role(ctx.tx, to, chosen, ctx.now, by=ctx.person)
            said = ctx.t("{name} is {role} now.", name=to.name, role=name)
        else:
            actions.take_role(ctx.tx, to, chosen, ctx.now, by=ctx.person)
            said = ctx.t("{name} is {role} no longer.", name=to.name, role=name)
        return Reply(Card(ctx.t("Done"), (Paragraph(said),), Tone.GOOD))

    @routes.command(
        "audit",
        needs=ADMINISTERS,
        part=Part.NETWORK,
        about=msg("See who changed what"),
        example=msg("/pln audit"),
    )
    def audit_card(ctx: Context, _words: str) -> Answer:
        button = Actions((PageButton(ctx.t("Open the log"), "audit"),))
        return Reply(Card(ctx.t("Audit log"), (button,)))

    @routes.page("audit", needs=ADMINISTERS)
    def audit_page(ctx: Context, _row: str) -> Page:
        lines = []
        for each in audit.entries(ctx.tx, ctx.network.id):
            name = _who_did(ctx, each.person)
            detail = ", ".join(f"{key}: {value}" for key, value in each.detail.items())
            lines.append(
                ctx.t(
                    "{when} {name}: {action} {subject} {detail}",
                    when=When(each.at),
                    name=name,
                    action=each.action,
                    subject=each.subject,
                    detail=detail,
                )
            )
        return Page(
            ctx.t("Audit log"), (Heading(ctx.t("Newest first"), "log"), Listing(tuple(lines)))
        )


def _link_routes(routes: Routes, sign_ins: SignIns) -> None:
    @routes.command(
        "web",
        needs=ANYONE,
        part=Part.YOU,
        about=msg("Get a link that opens your pages, once"),
        example=msg("/pln web"),
    )
    def web(ctx: Context, _words: str) -> Answer:
        url = sign_ins.link(ctx.tx, ctx.person.ref, "/page/home", ctx.now)
        return Reply(personal_link(ctx.t, url).card)


def _who_did(ctx: Context, person: int | None) -> str:
    """Return a name for a line of the log; somebody erased has a number only."""
    if person is None:
        return "plnbot"
    found = ctx.directory.by_id(ctx.tx, person)
    return found.name if found else ctx.t.words("Former member {number}", number=person)


def _home_cards(ctx: Context) -> list[Card]:
    profile, started_at = store.profile_of(ctx.tx, ctx.person.id)
    shown = [] if started_at else [cards.nudge(ctx.t)]
    shown += [card for make in ctx.catalogue.home if (card := make(ctx)) is not None]
    if profile.goals:
        shown.append(cards.goals(ctx.t, profile))
    if started_at:
        # The goals have a card of their own above.
        shown.append(cards.profile(ctx.t, ctx.person, replace(profile, goals=())))
    return shown


def _language_card(ctx: Context) -> Card:
    options = tuple(Option(code, verbatim(name)) for code, name in LOCALES.items())
    select = Select(ctx.t("Choose a language"), "members.speak", options)
    return Card(ctx.t("Language"), (Actions((select,)),))


def _start_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    told, _at = store.profile_of(ctx.tx, ctx.person.id)
    quiet = next((name for name, each in QUIET.items() if each == told.quiet), "class_and_night")
    zones = [Option(name, verbatim(words)) for name, words in FRIENDLY]
    if ctx.person.zone not in dict(FRIENDLY):
        zones = [Option(ctx.person.zone, verbatim(ctx.person.zone)), *zones]
    return Form(
        "members.start",
        t("About you"),
        (
            MultiChoiceInput(
                name="subjects",
                label=t("What do you teach?"),
                options=tuple(Option(key, t.say(words)) for key, words in SUBJECTS.items()),
                value=told.subjects,
                required=True,
            ),
            MultiChoiceInput(
                name="grades",
                label=t("Which grades?"),
                options=tuple(Option(grade, verbatim(grade)) for grade in GRADES),
                value=told.grades,
            ),
            TextInput(
                name="district",
                label=t("District"),
                value=told.district,
                most=120,
                hint=t("Used to introduce you to people elsewhere"),
            ),
            TextInput(name="state", label=t("State or country"), value=told.state, most=60),
            TextInput(
                name="school",
                label=t("School"),
                value=told.school,
                most=120,
                hint=t("Only you see it until you allow more"),
            ),
            NumberInput(
                name="years",
                label=t("Years of experience"),
                least=0,
                most=70,
                value=None if told.years is None else Decimal(told.years),
            ),
            ChoiceInput(
                name="zone",
                label=t("Your time zone"),
                options=tuple(zones),
                value=ctx.person.zone,
                required=True,
            ),
            ChoiceInput(
                name="quiet",
                label=t("When shall I be quiet?"),
                options=(
                    Option("class_and_night", t("In class and after nine")),
                    Option("night", t("After nine in the evening")),
                    Option("none", t("Never: write any time")),
                ),
                value=quiet,
                required=True,
            ),
            TextInput(
                name="goals",
                label=t("Up to three goals, one a line"),
                long=True,
                most=600,
                value="\n".join(told.goals),
            ),
        ),
        t("Save"),
    )


def _told(before: Profile, values: Values) -> Profile:
    years = values["years"]
    lines = (_LIST_MARK.sub("", line).strip() for line in str(values["goals"]).splitlines())
    goals = [line for line in lines if line]
    return replace(
        before,
        subjects=_several(values["subjects"]),
        grades=_several(values["grades"]),
        district=str(values["district"]),
        state=str(values["state"]),
        school=str(values["school"]),
        years=int(years) if isinstance(years, Decimal) else None,
        quiet=QUIET[str(values["quiet"])],
        goals=tuple(goals),
    )


def _several(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, tuple) else ()


def _seen_form(ctx: Context, _row: str) -> Form:
    told, _at = store.profile_of(ctx.tx, ctx.person.id)
    options = tuple(Option(seen.value, ctx.t.say(words)) for seen, words in SEEN_BY.items())
    inputs = tuple(
        ChoiceInput(
            name=name,
            label=ctx.t.say(FIELD_NAMES[name]),
            options=options,
            value=told.seen[name].value,
            required=True,
        )
        for name in FIELDS
    )
    return Form("members.seen", ctx.t("Who sees what"), inputs, ctx.t("Save"))


def _role_form(ctx: Context, _row: str) -> Form:
    ref = ctx.person.ref
    people: list[Person] = list(ctx.directory.in_workspace(ctx.tx, ref.platform, ref.workspace))
    who = tuple(Option(str(each.id), verbatim(each.name[:75])) for each in people[:25])
    roles = tuple(Option(role.value, ctx.t.say(words)) for role, words in ROLE_NAMES.items())
    what = (Option("give", ctx.t("Give it")), Option("take", ctx.t("Take it away")))
    return Form(
        "members.role",
        ctx.t("Roles"),
        (
            ChoiceInput(name="person", label=ctx.t("Who?"), options=who, required=True),
            ChoiceInput(name="role", label=ctx.t("Role"), options=roles, required=True),
            ChoiceInput(
                name="what", label=ctx.t("What?"), options=what, value="give", required=True
            ),
        ),
        ctx.t("Save"),
    )
