"""Defining micro-credentials: in words and fields, shown at once as a teacher reads it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from plnbot.badges.actions import assessing, assigning, defining
from plnbot.badges.actions.assigning import BADGE
from plnbot.badges.cards import defined
from plnbot.badges.model import DAYS, MOST_DAYS, MOST_MONTHS, MOST_PARTS, Terms
from plnbot.badges.parts import BADGES
from plnbot.badges.routes.objects import A_BADGE, CURATES
from plnbot.badges.routes.reading import as_read
from plnbot.badges.store import applications, definitions
from plnbot.badges.store.definitions import Badge
from plnbot.engine import audit, roles
from plnbot.engine.audit import Entry
from plnbot.engine.roles import Grant, Role, scoped
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Option
from plnbot.talk.fallback import shortened
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    NumberInput,
    SearchInput,
    TextInput,
    chosen,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import verbatim
from plnbot.talk.words import Sentence, Value, msg

routes = Routes()
_SECOND = ("0", "10", "25", "100")


routes.scope(BADGE, definitions.names)


@routes.command(
    "badges define",
    needs=CURATES,
    part=BADGES,
    about=msg("Define a micro-credential: criteria, evidence, assessors"),
    example=msg("/pln badges define"),
)
def define(ctx: Context, words: str) -> Answer:
    """Open the form of a new one."""
    return OpenForm(_form(ctx, "", None, words))


@routes.press("badges.define", needs=CURATES)
def define_pressed(ctx: Context, _press: Press) -> Answer:
    """Open the form of a new one."""
    return OpenForm(_form(ctx, "", None))


def _form(ctx: Context, row: str, before: Badge | None, name: str = "") -> Form:
    t, terms = ctx.t, before.terms if before else None
    inputs = (*_words(ctx, terms, name), *_how(ctx, terms), *_made_of(ctx, before))
    title = t("Change") if before else t("Micro-credential")
    name_of_form = "badges.change" if before else "badges.define"
    return Form(name_of_form, title, inputs, t("Keep it"), row, keeps=before is None)


def _words(ctx: Context, terms: Terms | None, name: str) -> Sequence[AnyInput]:
    t = ctx.t
    return (
        TextInput(
            name="name",
            label=t("What is it called?"),
            most=80,
            required=True,
            value=terms.name if terms else name[:80],
        ),
        TextInput(
            name="about",
            label=t("What does somebody show who has it?"),
            long=True,
            most=600,
            required=True,
            value=terms.about if terms else "",
        ),
        TextInput(
            name="criteria",
            label=t("Criteria, one a line"),
            hint=t("Waits: gives ten seconds after a question | a recording or notes"),
            long=True,
            most=limits.INPUT_LENGTH,
            value=defining.criteria_as_typed(terms.criteria) if terms else "",
        ),
        TextInput(
            name="alignments",
            label=t("What does it go with elsewhere?"),
            hint=t("One a line: a standard's name, then its address"),
            long=True,
            most=1500,
            value="\n".join(f"{each} {url}" for each, url in terms.alignments) if terms else "",
        ),
    )


def _how(ctx: Context, terms: Terms | None) -> Sequence[AnyInput]:
    t = ctx.t
    return (
        NumberInput(
            name="days",
            label=t("Within how many days do they hear?"),
            least=1,
            most=MOST_DAYS,
            value=Decimal(terms.days if terms else DAYS),
            required=True,
        ),
        NumberInput(
            name="months",
            label=t("How many months does it last?"),
            hint=t("0 is for good"),
            most=MOST_MONTHS,
            value=Decimal(terms.months if terms else 0),
        ),
        ChoiceInput(
            name="blind",
            label=t("How is it assessed?"),
            options=(
                Option("no", t("With the teacher's name")),
                Option("yes", t("Without it, also in files")),
            ),
            value="yes" if terms and terms.blind else "no",
        ),
        ChoiceInput(
            name="second",
            label=t("How often does a second assessor look?"),
            options=tuple(
                Option(each, t("{n} times in 100, by lot", n=int(each))) for each in _SECOND
            ),
            value=str(terms.second) if terms and str(terms.second) in _SECOND else "0",
        ),
    )


def _made_of(ctx: Context, before: Badge | None) -> list[AnyInput]:
    t, has = ctx.t, set(before.terms.parts if before else ())
    # What it is made of comes first, also what takes no applications any more: it stays chosen.
    others = sorted(
        (
            each
            for each in definitions.of_network(ctx.tx, ctx.network.id, closed=True)
            if each.id in has or not (each.closed or each.terms.parts)
        ),
        key=lambda each: each.id not in has,
    )
    if not others or (before is not None and not before.terms.parts):
        return []
    parts = MultiChoiceInput(
        name="parts",
        label=t("Is it made of others?"),
        hint=t("Then nobody applies for it: whoever has so many of these has it"),
        options=tuple(
            Option(str(each.id), shortened(verbatim(each.terms.name), limits.OPTION_LABEL))
            for each in others[: min(limits.OPTIONS, MOST_PARTS)]
        ),
        value=tuple(map(str, before.terms.parts)) if before else (),
    )
    needed = NumberInput(
        name="needed",
        label=t("How many of them make this one?"),
        most=MOST_PARTS,
        value=Decimal(before.terms.needed) if before else None,
    )
    return [parts, needed]


def _read(values: Values, before: Badge | None, parts: tuple[int, ...]) -> Terms | FieldErrors:
    criteria = defining.read_criteria(
        str(values["criteria"] or ""), before.terms.criteria if before else ()
    )
    alignments = defining.read_alignments(str(values["alignments"] or ""))
    wrong = {
        name: defining.UNREADABLE
        for name in ("name", "about", "criteria", "alignments")
        if not defining.readable(str(values[name] or ""))
    }
    if isinstance(criteria, Sentence):
        wrong["criteria"] = criteria
    elif not criteria and not parts:
        wrong["criteria"] = msg("Name one criterion at least: what has to be shown?")
    elif criteria and parts:
        wrong["criteria"] = msg("One that is made of others has no criteria of its own.")
    if isinstance(alignments, Sentence):
        wrong["alignments"] = alignments
    needed = int(Decimal(str(values.get("needed") or 0))) or len(parts)
    if needed > len(parts):
        wrong["needed"] = msg("You chose {n}. How many of these make it?", n=len(parts))
    if isinstance(criteria, Sentence) or isinstance(alignments, Sentence) or wrong:
        return FieldErrors(wrong)
    return Terms(
        name=str(values["name"]),
        about=str(values["about"]),
        criteria=criteria,
        alignments=alignments,
        months=int(Decimal(str(values["months"] or 0))),
        days=int(Decimal(str(values["days"]))),
        blind=values["blind"] == "yes",
        second=int(str(values["second"] or 0)),
        parts=parts,
        needed=needed,
    )


def _parts(ctx: Context, values: Values) -> tuple[int, ...]:
    """Return the parts that were chosen, those of this network alone."""
    there = {each.id for each in definitions.of_network(ctx.tx, ctx.network.id, closed=True)}
    given = map(row_number, chosen(values.get("parts")))
    return tuple(each for each in given if each in there)


@routes.form("badges.define", build=lambda ctx, row: _form(ctx, row, None), needs=CURATES)
def was_defined(ctx: Context, _row: str, values: Values) -> Answer:
    """Keep a new one, and show it as a teacher reads it."""
    terms = _read(values, None, _parts(ctx, values))
    if isinstance(terms, FieldErrors):
        return terms
    made = definitions.add(ctx.tx, ctx.network.id, ctx.person.id, terms, ctx.now)
    _note(ctx, made, "badges.defined")
    return _shown(ctx, made)


@routes.press("badges.change", needs=CURATES, of=A_BADGE)
def change(ctx: Context, _press: Press, it: Badge) -> Answer:
    """Open the form of one that is there."""
    return OpenForm(_changing(ctx, str(it.id), it))


def _changing(ctx: Context, row: str, it: Badge) -> Form:
    return _form(ctx, row, it)


@routes.form("badges.change", build=_changing, needs=CURATES, of=A_BADGE)
def was_changed(ctx: Context, _row: str, values: Values, it: Badge) -> Answer:
    """Say one otherwise: who applied goes on by what they read."""
    terms = _read(values, it, _parts(ctx, values))
    if isinstance(terms, FieldErrors):
        return terms
    changed = definitions.change(ctx.tx, it, ctx.person.id, terms, ctx.now)
    _note(ctx, changed, "badges.changed")
    return _shown(ctx, changed)


@routes.press("badges.close", needs=CURATES, of=A_BADGE)
def close(ctx: Context, _press: Press, it: Badge) -> Answer:
    """Take no applications any more, or again."""
    definitions.close(ctx.tx, it, None if it.closed else ctx.now)
    _note(ctx, it, "badges.opened" if it.closed else "badges.closed")
    return _shown(ctx, definitions.found(ctx.tx, it.id))


@routes.press("badges.assessor", needs=CURATES, of=A_BADGE)
def assessor(ctx: Context, _press: Press, it: Badge) -> Answer:
    """Ask who assesses it."""
    return OpenForm(_assessor_form(ctx, str(it.id), it))


def _assessor_form(ctx: Context, row: str, _it: Badge) -> Form:
    who = SearchInput(name="member", label=ctx.t("Who assesses it?"), source=MEMBERS, required=True)
    return Form("badges.assessor", ctx.t("Assessor"), (who,), ctx.t("Add"), row)


@routes.form("badges.assessor", build=_assessor_form, needs=CURATES, of=A_BADGE)
def has_assessor(ctx: Context, _row: str, values: Values, it: Badge) -> Answer:
    """Let somebody assess it."""
    who = whose(ctx, values["member"])
    its = Grant(Role.ASSESSOR, scoped(BADGE, it.id))
    roles.grant(ctx.tx, ctx.network.id, who.id, its, by=ctx.person.id, now=ctx.now)
    _note(ctx, it, "badges.assessor", whom=who.id)
    _look_again(ctx, it)
    return _shown(ctx, it)


@routes.press("badges.unassign", needs=CURATES, of=A_BADGE)
def has_no_assessor(ctx: Context, press: Press, it: Badge) -> Answer:
    """Let somebody assess it no more; what is with them goes to another."""
    number = row_number(press.value)
    if number in assigning.assessors_for(ctx.tx, it, ctx.now):
        roles.revoke(ctx.tx, number, Grant(Role.ASSESSOR, scoped(BADGE, it.id)))
        _note(ctx, it, "badges.unassigned", whom=number)
        _look_again(ctx, it)
    return _shown(ctx, it)


def _look_again(ctx: Context, it: Badge) -> None:
    """Have those look at what waits who may by now."""
    for each in applications.waiting(ctx.tx, it.id):
        assessing.look_again(ctx.tx, each, ctx.directory, ctx.now)


def _note(ctx: Context, it: Badge, action: str, **detail: int) -> None:
    subject = f"badge:{it.id}"
    audit.record(
        ctx.tx,
        ctx.network.id,
        ctx.person.id,
        action,
        subject,
        now=ctx.now,
        name=it.terms.name,
        **detail,
    )


def _shown(ctx: Context, it: Badge) -> Answer:
    return Reply(defined.one(ctx.t, as_read(ctx, it)))


@routes.audit(
    {
        "badges.defined": msg("{who} defined the micro-credential {name}"),
        "badges.changed": msg("{who} changed the micro-credential {name}"),
        "badges.closed": msg("{who} closed the micro-credential {name}"),
        "badges.opened": msg("{who} opened the micro-credential {name} again"),
        "badges.withdrawn": msg("{who} withdrew an award of {name}"),
    }
)
def told_of_one(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the micro-credential."""
    number = audit.number_of(entry)
    return {
        "name": str(entry.detail.get("name", ""))
        or definitions.names(ctx.tx, [number]).get(number, "")
    }


@routes.audit(
    {
        "badges.assessor": msg("{who} let {whom} assess the micro-credential {name}"),
        "badges.unassigned": msg("{who} lets {whom} assess the micro-credential {name} no more"),
    }
)
def told_of_assessor(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name both."""
    return {"name": str(entry.detail["name"]), "whom": ctx.called(int(str(entry.detail["whom"])))}


@routes.audit(
    {"badges.key_withdrawn": msg("{who} withdrew the key {key} … that signed micro-credentials")}
)
def told_of_lost_key(_ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Say how its fingerprint begins."""
    return {"key": str(entry.detail["fingerprint"])}


@routes.audit({"badges.key": msg("{who} replaced the key that signs micro-credentials")})
def told_of_key(_ctx: Context, _entry: Entry) -> Mapping[str, Value]:
    """Tell nothing besides."""
    return {}
