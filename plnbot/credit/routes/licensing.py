"""A teacher's licences: told of, changed, taken out; where each stands, in one card and one page."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from plnbot.credit.actions import licensing
from plnbot.credit.actions.rules import Stated, in_force, policies, statements
from plnbot.credit.cards import licences as cards
from plnbot.credit.model.employment import Held, Stretch
from plnbot.credit.parts import CREDIT
from plnbot.credit.store import ledger, licences
from plnbot.credit.store.licences import HeldLicence, Holder
from plnbot.engine.objects import of_one_member
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import SearchRoute
from plnbot.errors import Refused
from plnbot.policies import Asks, asks_of
from plnbot.policy_words.names import named
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Card, Option, Paragraph
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    DateInput,
    FieldErrors,
    Form,
    NumberInput,
    Picked,
    SearchInput,
    TextInput,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Heading, Listing, Page, PageBlock
from plnbot.talk.plain import months
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg
from plnbot.walltime import local

routes = Routes()
RULES = "credit.policies"
_USUAL = "usual"
_GONE = msg("This licence is no longer there.")


A_LICENCE = of_one_member(
    "licence",
    load=lambda tx, row: licences.get(tx, row_number(row)),
    gone=_GONE,
)


def _options(ctx: Context, typed: str) -> list[Option]:
    sought = typed.casefold().split()
    named = ((each.id, each.name.said(ctx.t.locale)) for each in policies().values())
    return [
        Option(number, shortened(verbatim(name), limits.OPTION_LABEL))
        for number, name in sorted(named, key=lambda each: each[1])
        if all(word in f"{name} {number}".casefold() for word in sought)
    ]


def _option(ctx: Context, row: str) -> Option | None:
    return next((each for each in _options(ctx, "") if each.value == row), None)


routes.search(RULES, SearchRoute(_options, _option, ANYONE))


@routes.command(
    "credit licences",
    needs=ANYONE,
    part=CREDIT,
    about=msg("Tell of your licences, and see where each stands"),
    example=msg("/pln credit licences"),
)
def shown(ctx: Context, _words: str) -> Answer:
    """Show where each licence stands."""
    found = statement_cards(ctx)
    if not found:
        return Reply(cards.none_yet(ctx.t))
    return Reply(found[0], more=(*found[1:4], cards.another(ctx.t)))


def statement_cards(ctx: Context) -> list[Card]:
    """Return a card for each licence of the person."""
    return [
        cards.statement(ctx.t, each.licence, each.statement)
        for each in statements(ctx.tx, ctx.person, ctx.now)
    ]


@routes.press("credit.license", needs=ANYONE)
def license_asked(ctx: Context, _press: Press) -> Answer:
    """Open the form for a new one."""
    return OpenForm(_form(ctx, "", None))


@routes.press("credit.relicense", needs=ANYONE, of=A_LICENCE)
def changed(ctx: Context, _press: Press, told: HeldLicence) -> Answer:
    """Open the form with what stands."""
    return OpenForm(_form(ctx, str(told.id), told))


def _form(ctx: Context, row: str, told: HeldLicence | None) -> Form:
    t = ctx.t
    inputs = (
        SearchInput(
            name="policy",
            label=t("By the rules of which state or country?"),
            source=RULES,
            required=True,
            chosen=_option(ctx, told.policy) if told else None,
        ),
        DateInput(
            name="issued",
            label=t("Issued on which day?"),
            required=True,
            value=told.issued if told else None,
        ),
        DateInput(
            name="expires",
            label=t("Ends on which day?"),
            hint=t("May stay empty: then I go by the rules."),
            value=told.expires if told else None,
        ),
        TextInput(
            name="number",
            label=t("Number of the licence"),
            hint=t("May stay empty; it stands in your transcript."),
            most=40,
            value=told.number if told else "",
        ),
        TextInput(
            name="classes",
            label=t("Classes of it, with commas"),
            hint=t("Only where rules differ by class, such as principal"),
            most=100,
            value=", ".join(told.classes) if told else "",
        ),
    )
    return Form("credit.licence", t("A licence"), inputs, t("Keep it"), row)


@routes.form("credit.licence", build=_form, needs=ANYONE, of=A_LICENCE, without=ANYONE)
def kept(ctx: Context, _row: str, values: Values, before: HeldLicence | None) -> Answer:
    """Keep a licence and show where it stands."""
    picked, issued, expires = values["policy"], values["issued"], values["expires"]
    classes = [each.strip().casefold() for each in str(values["classes"] or "").split(",")]
    told = HeldLicence(
        before.id if before else 0,
        ctx.network.id,
        ctx.person.id,
        picked.row if isinstance(picked, Picked) else "",
        str(values["number"] or ""),
        issued if isinstance(issued, date) else local(ctx.now, ctx.person.zone).date(),
        expires if isinstance(expires, date) else None,
        tuple(each for each in classes if each),
        before.holder if before else Holder(),
    )
    if wrong := licensing.wrong_with(ctx.tx, told, ctx.person, ctx.now):
        return FieldErrors(wrong)
    return Reply(_stands(ctx, licensing.save(ctx.tx, told, ctx.now)))


@routes.press("credit.holder", needs=ANYONE, of=A_LICENCE)
def asked_of_holder(ctx: Context, _press: Press, told: HeldLicence) -> Answer:
    """Open the form with what the rules of a licence ask about who holds it."""
    return OpenForm(_holder_form(ctx, str(told.id), told))


def _asks(ctx: Context, told: HeldLicence) -> Asks:
    policy = in_force(ctx.tx, ctx.network.id).get(told.policy)
    if policy is None or not (found := asks_of(policy)):
        raise Refused(msg("The rules of this licence ask nothing else of you."))
    return found


def _holder_form(ctx: Context, row: str, told: HeldLicence) -> Form:
    t, asks, holder = ctx.t, _asks(ctx, told), told.holder
    inputs: list[AnyInput] = []
    if asks.birth_month:
        names = enumerate(months(t.locale), 1)
        options = tuple(Option(str(number), verbatim(name)) for number, name in names)
        label = t("In which month were you born?")
        value = str(holder.birth_month or "")
        inputs.append(ChoiceInput(name="month", label=label, options=options, value=value))
    if asks.employment:
        label = t("How are you employed?")
        value = holder.employment if holder.employment in asks.employment else ""
        inputs.append(
            ChoiceInput(name="employment", label=label, options=_ways(ctx, asks), value=value)
        )
    if asks.fte:
        part = None if holder.percent is None else Decimal(holder.percent)
        label = t("How many per cent of full time?")
        inputs.append(NumberInput(name="percent", label=label, least=0, most=100, value=part))
    for number, each in enumerate(asks.signed):
        label = shortened(verbatim(each.title.said(t.locale)), limits.INPUT_LABEL)
        signed = holder.signed.get(each.id)
        hint = t("The day on which it was signed; empty while it is not.")
        inputs.append(DateInput(name=f"signed{number}", label=label, hint=hint, value=signed))
    return Form("credit.holder", t("About you"), tuple(inputs), t("Keep it"), row)


@routes.form("credit.holder", build=_holder_form, needs=ANYONE, of=A_LICENCE)
def holder_told(ctx: Context, _row: str, values: Values, told: HeldLicence) -> Answer:
    """Keep what the rules ask about who holds a licence, and show where it stands by that."""
    days = {
        each.id: on
        for number, each in enumerate(_asks(ctx, told).signed)
        if isinstance(on := values[f"signed{number}"], date)
    }
    month, percent = str(values.get("month") or ""), values.get("percent")
    holder = Holder(
        int(month) if month else None,
        str(values.get("employment") or ""),
        _percent(percent),
        days,
        told.holder.stretches,
    )
    licensing.save(ctx.tx, replace(told, holder=holder), ctx.now)
    return Reply(_stands(ctx, told.id))


def _ways(ctx: Context, asks: Asks) -> tuple[Option, ...]:
    return tuple(Option(each, verbatim(named(ctx.t, each))) for each in asks.employment)


def _percent(given: object) -> int | None:
    return None if given is None else int(Decimal(str(given)))


@routes.press("credit.otherwise", needs=ANYONE, of=A_LICENCE)
def otherwise_asked(ctx: Context, _press: Press, told: HeldLicence) -> Answer:
    """Open the form for a time in which its holder was employed otherwise."""
    return OpenForm(_otherwise_form(ctx, str(told.id), told))


def _otherwise_form(ctx: Context, row: str, told: HeldLicence) -> Form:
    t, asks = ctx.t, _asks(ctx, told)
    if not (asks.employment or asks.fte):
        raise Refused(msg("The rules of this licence do not ask how you were employed."))
    inputs: list[AnyInput] = [
        DateInput(name="since", label=t("From which day?"), required=True),
        DateInput(
            name="until",
            label=t("To which day?"),
            hint=t("That day too; may stay empty: then it is so from then on."),
        ),
    ]
    if asks.employment:
        usual = Option(_USUAL, t("as otherwise: take back what I told of those days"))
        label = t("How were you employed then?")
        options = (*_ways(ctx, asks), usual)
        inputs.append(
            ChoiceInput(name="employment", label=label, options=options, value="", required=True)
        )
    if asks.fte:
        label = t("How many per cent of full time was it?")
        hint = t("0 for leave; empty where it was as otherwise.")
        inputs.append(NumberInput(name="percent", label=label, hint=hint, least=0, most=100))
    return Form("credit.otherwise", t("Otherwise for a time"), tuple(inputs), t("Keep it"), row)


@routes.form("credit.otherwise", build=_otherwise_form, needs=ANYONE, of=A_LICENCE)
def otherwise_told(ctx: Context, _row: str, values: Values, told: HeldLicence) -> Answer:
    """Keep how its holder was employed for a time, and show where the licence stands by that."""
    since, until, how = values["since"], values["until"], str(values.get("employment") or "")
    first = since if isinstance(since, date) else local(ctx.now, ctx.person.zone).date()
    held = Held() if how == _USUAL else Held(how, _percent(values.get("percent")))
    new = Stretch(first, until if isinstance(until, date) else None, held)
    if wrong := licensing.otherwise(ctx.tx, told, new, ctx.now):
        return FieldErrors(wrong)
    return Reply(_stands(ctx, told.id))


def _stands(ctx: Context, number: int) -> Card:
    found = next(
        each for each in statements(ctx.tx, ctx.person, ctx.now) if each.licence.id == number
    )
    return cards.statement(ctx.t, found.licence, found.statement)


@routes.press("credit.unlicensed", needs=ANYONE, of=A_LICENCE)
def taken_out(ctx: Context, _press: Press, told: HeldLicence) -> Answer:
    """Take a licence away."""
    licences.forget(ctx.tx, told)
    said = ctx.t("Taken out. Your hours and all decisions stay.")
    return Reply(Card(ctx.t("Your licences"), (Paragraph(said),)))


@routes.page("credit.licence", needs=ANYONE, of=A_LICENCE)
def licence_page(ctx: Context, _row: str, told: HeldLicence) -> Page:
    """Show every number of a licence with its rule and source, and what became of each entry."""
    found = next(
        each for each in statements(ctx.tx, ctx.person, ctx.now) if each.licence.id == told.id
    )
    blocks: list[PageBlock] = [cards.statement(ctx.t, told, found.statement)]
    if found.statement is not None:
        blocks += _details(ctx, found)
    name = found.statement.policy.name.said(ctx.t.locale) if found.statement else told.policy
    return Page(verbatim(name), tuple(blocks), live=f"member:{ctx.person.id}")


def _details(ctx: Context, found: Stated) -> list[PageBlock]:
    t, statement = ctx.t, found.statement
    if statement is None:
        return []
    blocks: list[PageBlock] = []
    if statement.keep_until is not None:
        day = statement.keep_until.isoformat()
        blocks.append(
            Paragraph(t("Keep what proves your hours until {day}, by these rules.", day=day))
        )
    if lines := cards.rule_lines(t, statement):
        blocks += [Heading(t("What is asked, and by which rule"), "rules"), Listing(tuple(lines))]
    titles = {str(each.entry.id): each.title for each in ledger.of_member(ctx.tx, ctx.person.id)}
    entries = [
        t(
            "{title} · {treated}",
            title=short_words(titles.get(each.entry, "–"), 80),
            treated=cards.treated(t, statement, each),
        )
        for each in statement.decisions
    ]
    if entries:
        blocks += [Heading(t("What became of each entry"), "entries"), Listing(tuple(entries))]
    sources = [
        t(
            "{title}, as of {day} ({confidence})",
            title=each.title,
            day=each.as_of,
            confidence=each.confidence,
        )
        for each in statement.policy.sources.values()
    ]
    if times := cards.times(t, found.licence):
        blocks += [Heading(t("How you were employed"), "employment"), Listing(tuple(times))]
    blocks += [Heading(t("Sources"), "sources"), Listing(tuple(sources))]
    return blocks
