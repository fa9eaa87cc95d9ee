"""By which districts' rules the licences of a network go: an administrator chooses among those that are there."""

from plnbot.credit.actions.rules import policies
from plnbot.credit.parts import APPROVING
from plnbot.credit.store import licences
from plnbot.engine import audit
from plnbot.engine.roles import Role, needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.policies import Policy
from plnbot.talk import limits
from plnbot.talk.cards import Card, Option, Paragraph
from plnbot.talk.fallback import shortened
from plnbot.talk.forms import FieldErrors, Form, MultiChoiceInput
from plnbot.talk.interactions import Answer, OpenForm, Reply
from plnbot.talk.text import joined, verbatim
from plnbot.talk.words import msg

routes = Routes()
ADMINISTERS = needs(Role.ADMINISTRATOR)


def _there() -> list[Policy]:
    return [each for each in policies().values() if each.extends][: limits.OPTIONS]


@routes.command(
    "credit rules",
    needs=ADMINISTERS,
    part=APPROVING,
    about=msg("Choose whose district's rules lie over those of the state"),
    example=msg("/pln credit rules"),
)
def asked(ctx: Context, _words: str) -> Answer:
    """Open the form with those that are chosen."""
    if not _there():
        said = ctx.t(
            "No district's rules are here yet. Whoever looks after the bot can write them."
        )
        return Reply(Card(ctx.t("Rules of districts"), (Paragraph(said),)))
    return OpenForm(_form(ctx, ""))


def _form(ctx: Context, _row: str) -> Form:
    t, there = ctx.t, _there()
    chosen = licences.rules_of_districts(ctx.tx, ctx.network.id)
    rules = MultiChoiceInput(
        name="rules",
        label=t("Whose rules lie over the state's?"),
        options=tuple(
            Option(each.id, shortened(verbatim(each.name.said(t.locale)), limits.OPTION_LABEL))
            for each in there
        ),
        value=tuple(each.id for each in there if each.id in chosen),
    )
    intro = t(
        "They hold for everybody here who has a licence of that state, from now on. What was decided"
        " before stays as it was."
    )
    return Form("credit.rules", t("Rules of districts"), (rules,), t("Keep it"), intro=intro)


@routes.form("credit.rules", build=_form, needs=ADMINISTERS)
def chosen(ctx: Context, _row: str, values: Values) -> Answer:
    """Go by the rules that were chosen, at most one district's over each state's."""
    given = values["rules"]
    found = [each for each in _there() if isinstance(given, tuple) and each.id in given]
    if len({each.extends for each in found}) < len(found):
        return FieldErrors({"rules": msg("Choose at most one district for each state.")})
    t = ctx.t
    licences.go_by(ctx.tx, ctx.network.id, [each.id for each in found])
    names = ", ".join(each.name.said(t.locale) for each in found)
    audit.record(
        ctx.tx, ctx.network.id, ctx.person.id, "credit.rules", "", now=ctx.now, rules=names
    )
    shown = [verbatim(each.name.said(t.locale)) for each in found] or [
        t("those of the states alone")
    ]
    said = t("These rules hold here: {names}.", names=joined(shown, ", "))
    return Reply(Card(t("Rules of districts"), (Paragraph(said),)))
