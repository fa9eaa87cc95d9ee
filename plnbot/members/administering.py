"""Administering a network: who has which role, and the log of who changed what."""

from collections.abc import Sequence

from plnbot.engine import audit
from plnbot.engine.parts import Part
from plnbot.engine.ports import Argument, Kind, Person
from plnbot.engine.roles import ROLE_NAMES, Role, needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.members import actions
from plnbot.members.people import somebody
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Card, Option, PageButton, Paragraph, Tone
from plnbot.talk.forms import ChoiceInput, Form
from plnbot.talk.interactions import Answer, OpenForm, Reply
from plnbot.talk.pages import Heading, Listing, Page
from plnbot.talk.text import EMPTY, When, clean, verbatim
from plnbot.talk.words import msg

administering = Routes()
ADMINISTERS = needs(Role.ADMINISTRATOR)


def _role_form(ctx: Context, row: str) -> Form:
    """Return the form for the person of this number, or for who fits into a list."""
    t, people = ctx.t, _choosable(ctx, row)
    more = len(people) > limits.OPTIONS
    who = tuple(
        Option(str(each.id), verbatim(each.name[: limits.OPTION_LABEL]))
        for each in people[: limits.OPTIONS]
    )
    roles = tuple(Option(role.value, t.say(words)) for role, words in ROLE_NAMES.items())
    what = (Option("give", t("Give it")), Option("take", t("Take it away")))
    return Form(
        "members.role",
        t("Roles"),
        (
            ChoiceInput(name="person", label=t("Who?"), options=who, value=row, required=True),
            ChoiceInput(name="role", label=t("Role"), options=roles, required=True),
            ChoiceInput(name="what", label=t("What?"), options=what, value="give", required=True),
        ),
        t("Save"),
        row,
        t("Not everybody fits into this list. For others type `/pln role` and a name.")
        if more
        else EMPTY,
    )


def _choosable(ctx: Context, row: str) -> Sequence[Person]:
    ref = ctx.person.ref
    if not row:
        return ctx.directory.in_workspace(ctx.tx, ref.platform, ref.workspace)
    return [_of_this_network(ctx, row_number(row))]


def _of_this_network(ctx: Context, number: int) -> Person:
    found = ctx.directory.by_id(ctx.tx, number, ctx.person.ref.platform)
    if found is None or found.network.id != ctx.network.id:
        raise Refused(msg("That person is no longer here."))
    return found


@administering.command(
    "role",
    needs=ADMINISTERS,
    part=Part.NETWORK,
    about=msg("Give somebody a role, or take it away"),
    example=msg("/pln role Priya"),
    argument=Argument("person", msg("Whom? Left out, a list asks for it."), Kind.MEMBER),
)
def role(ctx: Context, words: str) -> Answer:
    """Open the form, for whoever is named behind the command."""
    return OpenForm(_role_form(ctx, str(somebody(ctx, words).id) if clean(words) else ""))


@administering.form("members.role", build=_role_form, needs=ADMINISTERS)
def role_given(ctx: Context, _row: str, values: Values) -> Answer:
    """Give the role, or take it away."""
    to = _of_this_network(ctx, int(str(values["person"])))
    chosen = Role(str(values["role"]))
    name = ctx.t.say(ROLE_NAMES[chosen])
    if values["what"] == "give":
        actions.give_role(ctx.tx, to, chosen, ctx.now, by=ctx.person)
        said = ctx.t("{name} is {role} now.", name=to.name, role=name)
    else:
        actions.take_role(ctx.tx, to, chosen, ctx.now, by=ctx.person)
        said = ctx.t("{name} is {role} no longer.", name=to.name, role=name)
    return Reply(Card(ctx.t("Done"), (Paragraph(said),), Tone.GOOD))


@administering.command(
    "audit",
    needs=ADMINISTERS,
    part=Part.NETWORK,
    about=msg("See who changed what"),
    example=msg("/pln audit"),
)
def audit_card(ctx: Context, _words: str) -> Answer:
    """Lead to the log."""
    button = Actions((PageButton(ctx.t("Open the log"), "audit"),))
    return Reply(Card(ctx.t("Audit log"), (button,)))


@administering.page("audit", needs=ADMINISTERS)
def audit_page(ctx: Context, _row: str) -> Page:
    """Show the log, newest first."""
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
    return Page(ctx.t("Audit log"), (Heading(ctx.t("Newest first"), "log"), Listing(tuple(lines))))


def _who_did(ctx: Context, person: int | None) -> str:
    """Return a name for a line of the log; somebody erased has a number only."""
    if person is None:
        return "plnbot"
    found = ctx.directory.by_id(ctx.tx, person)
    return found.name if found else ctx.t.words("Former member {number}", number=person)
