"""Administering a network: who has which role, and the log of who changed what."""

from collections.abc import Mapping

from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.parts import NETWORK
from plnbot.engine.ports import Argument, ArgumentKind, Person
from plnbot.engine.roles import ROLE_NAMES, Role, needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.members import actions
from plnbot.members.routes.found import A_MEMBER
from plnbot.members.routes.searching import people_as_options
from plnbot.members.routes.somebody import for_somebody
from plnbot.talk.cards import Actions, Card, Option, PageButton, Paragraph, Tone
from plnbot.talk.forms import ChoiceInput, Form, Picked, SearchInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Heading, Listing, Page
from plnbot.talk.text import EMPTY, Text, When, clean, verbatim
from plnbot.talk.words import Value, msg

routes = Routes()
ADMINISTERS = needs(Role.ADMINISTRATOR)
_LATEST = 100


def _role_form(ctx: Context, row: str, member: Person | None) -> Form:
    """Return the form, for one person where they were named."""
    t = ctx.t
    named = people_as_options([member])[0] if member else None
    roles = tuple(Option(role.value, t.say(words)) for role, words in ROLE_NAMES.items())
    what = (Option("give", t("Give it")), Option("take", t("Take it away")))
    return Form(
        "members.role",
        t("Roles"),
        (
            SearchInput(
                name="person",
                label=t("Who?"),
                source=MEMBERS,
                chosen=named,
                here=not row,
                required=True,
            ),
            ChoiceInput(name="role", label=t("Role"), options=roles, required=True),
            ChoiceInput(name="what", label=t("What?"), options=what, value="give", required=True),
        ),
        t("Save"),
        row,
    )


@routes.command(
    "network role",
    was="role",
    needs=ADMINISTERS,
    part=NETWORK,
    about=msg("Give somebody a role, or take it away"),
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
    """Open the form for who was chosen among several of a name."""
    return _role_for(ctx, whose(ctx, Picked(press.value)))


def _role_for(ctx: Context, member: Person) -> Answer:
    return OpenForm(_role_form(ctx, str(member.id), member))


@routes.form("members.role", build=_role_form, needs=ADMINISTERS, of=A_MEMBER, without=ADMINISTERS)
def role_given(ctx: Context, _row: str, values: Values, _whose: Person | None) -> Answer:
    """Give the role, or take it away."""
    to = whose(ctx, values["person"])
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
    "network audit",
    was="audit",
    needs=ADMINISTERS,
    part=NETWORK,
    about=msg("See who changed what"),
    example=msg("/pln network audit"),
)
def audit_card(ctx: Context, _words: str) -> Answer:
    """Lead to the log."""
    button = Actions((PageButton(ctx.t("Open the log"), "audit"),))
    return Reply(Card(ctx.t("Audit log"), (button,)))


@routes.page("audit", needs=ADMINISTERS)
def audit_page(ctx: Context, _row: str) -> Page:
    """Show the log, newest first."""
    most = None if ctx.whole else _LATEST
    lines = tuple(_line(ctx, each) for each in audit.entries(ctx.tx, ctx.network.id, most=most))
    return Page(ctx.t("Audit log"), (Heading(ctx.t("Newest first"), "log"), Listing(lines)))


def _line(ctx: Context, entry: Entry) -> Text:
    who = "plnbot" if entry.person is None else ctx.called(entry.person)
    route = ctx.catalogue.audited.get(entry.action)
    if route is None:  # of a version that had other actions
        did: Text = verbatim(f"{who}: {entry.action} {entry.subject}")
    else:
        did = ctx.t(route.words.source, who=who, **route.values(ctx, entry))
    return Text((When(entry.at),)) + verbatim("  ") + did


@routes.audit(
    {
        "role.given": msg("{who} gave {person} the role {role}"),
        "role.taken": msg("{who} took the role {role} from {person}"),
        "member.erased": msg("{who} had what is kept of {person} erased"),
    }
)
def told_of_a_member(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the member, and the role."""
    role = entry.detail.get("role")
    named_role = next((words for each, words in ROLE_NAMES.items() if each == role), None)
    person = ctx.called(audit.number_of(entry))
    return {"person": person, "role": ctx.t.say(named_role) if named_role else EMPTY}


@routes.audit(
    {
        "work.retried": msg("An operator had work {number} tried again"),
        "work.parked": msg("An operator parked work {number}"),
        "work.cancelled": msg("An operator cancelled work {number}"),
    }
)
def told_of_work(_ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Give the number that `work show` takes."""
    return {"number": audit.number_of(entry)}


@routes.audit({"backup.asked": msg("{who} asked for a backup")})
def told_of_a_backup(_ctx: Context, _entry: Entry) -> Mapping[str, Value]:
    """Name who asked, and nothing of the machine."""
    return {}
