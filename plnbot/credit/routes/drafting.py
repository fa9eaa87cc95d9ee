"""Drafts and the short form: how a member sends something in."""

from decimal import Decimal

from plnbot.activities.store import Activity
from plnbot.credit.actions import approvers, drafting, sending
from plnbot.credit.actions.rules import rules_of, treated
from plnbot.credit.cards import licences as licence_cards
from plnbot.credit.cards import own
from plnbot.credit.cards.own import WaitsWith
from plnbot.credit.model.drafts import of_a_week
from plnbot.credit.model.entries import Entry
from plnbot.credit.parts import CREDIT
from plnbot.credit.protocols import protocols
from plnbot.credit.routes.forms import LONGEST, log_form, read_log
from plnbot.credit.routes.objects import A_DRAFT
from plnbot.credit.store import drafts, ledger
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.packs import offered
from plnbot.talk import limits
from plnbot.talk.cards import Card, Option
from plnbot.talk.fallback import shortened
from plnbot.talk.forms import (
    AnyInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    NumberInput,
    TextInput,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import EMPTY, clean, verbatim
from plnbot.talk.words import msg

routes = Routes()
_GONE = msg("This draft is no longer there: it was sent in, or its time is over.")


@routes.command(
    "credit drafts",
    needs=ANYONE,
    part=CREDIT,
    about=msg("See the drafts of your hours, and confirm them"),
    example=msg("/pln credit drafts"),
)
def drafts_shown(ctx: Context, _words: str) -> Answer:
    """List what waits."""
    found = drafting.waiting(ctx.tx, ctx.person.id, ctx.now)
    week = of_a_week([draft for _number, draft in found], ctx.now)
    return Reply(own.drafts(ctx.t, found, len(week)))


@routes.command(
    "credit log",
    needs=ANYONE,
    part=CREDIT,
    about=msg("Log what you did elsewhere"),
    example=msg("/pln credit log Fractions workshop"),
    argument=Argument("title", msg("What it was; the form asks for the rest")),
)
def log(ctx: Context, words: str) -> Answer:
    """Open the short form."""
    return OpenForm(log_form(ctx, "credit.log", None, title=clean(words)))


@routes.command(
    "credit plan",
    needs=ANYONE,
    part=CREDIT,
    about=msg("Send in what is still to come, to have it approved before"),
    example=msg("/pln credit plan Summer institute"),
    argument=Argument("title", msg("What it will be; the form asks for the rest")),
)
def plan(ctx: Context, words: str) -> Answer:
    """Open the short form for something to come."""
    return OpenForm(_plan_form(ctx, "", title=clean(words)))


@routes.press("credit.log", needs=ANYONE)
def log_pressed(ctx: Context, _press: Press) -> Answer:
    """Open the short form."""
    return OpenForm(log_form(ctx, "credit.log", None))


def _log_form(ctx: Context, _row: str) -> Form:
    return log_form(ctx, "credit.log", None)


def _plan_form(ctx: Context, _row: str, title: str = "") -> Form:
    return log_form(ctx, "credit.plan", None, title=title)


@routes.form("credit.log", build=_log_form, needs=ANYONE)
def logged(ctx: Context, _row: str, values: Values) -> Answer:
    """Send in what was written."""
    return _sent_in(ctx, values, planned=False)


@routes.form("credit.plan", build=_plan_form, needs=ANYONE)
def planned(ctx: Context, _row: str, values: Values) -> Answer:
    """Send in what is to come."""
    return _sent_in(ctx, values, planned=True)


def _sent_in(ctx: Context, values: Values, *, planned: bool) -> Answer:
    wish = read_log(ctx, values, None, planned=planned)
    if planned and wish.claim.ended <= ctx.now:
        return FieldErrors({"day": msg("That day is over. Log it as something that you did.")})
    if wrong := sending.wrong_with(ctx.tx, ctx.person, wish, ctx.now):
        return FieldErrors(wrong)
    rules = rules_of(ctx.tx, ctx.person, wish.claim, ctx.now)
    return Reply(sent_card(ctx, sending.send(ctx.tx, ctx.person, wish, rules, ctx.now)))


def sent_card(ctx: Context, entry: Entry) -> Card:
    """Tell those whose queue it is in, and return what its member sees."""
    stands = ledger.get(ctx.tx, entry.id)
    if stands is None:
        raise Refused(_GONE)
    approvers.told_of_new(ctx.tx, stands, ctx.directory, ctx.now)
    approvers.told_of_plan(ctx.tx, stands, ctx.directory, ctx.now)
    waits = approvers.with_whom(ctx.tx, stands, ctx.directory, ctx.now)
    lines = [
        licence_cards.treated(ctx.t, statement, decision)
        for statement, decision in treated(
            ctx.tx, ctx.person, entry.id, ctx.now, as_if_approved=True
        )
    ]
    return own.sent(ctx.t, stands, WaitsWith(waits), lines)


@routes.press("credit.draft", needs=ANYONE)
def one_draft(ctx: Context, press: Press) -> Answer:
    """Show the draft that was chosen."""
    return Reply(draft_card(ctx, A_DRAFT.find(ctx, press.value or press.row)))


def draft_card(ctx: Context, activity: Activity) -> Card:
    """Return a draft's card; `Refused` where it waits no more."""
    draft = drafting.draft_of(activity, ctx.now)
    if draft is None or activity.done.source in drafts.states(ctx.tx, ctx.person.id):
        raise Refused(_GONE)
    ways = tuple(
        Option(each.id, shortened(verbatim(each.title.said(ctx.t.locale)), limits.OPTION_LABEL))
        for each in offered(protocols())
    )
    return own.draft(ctx.t, activity.id, draft, drafting.said_there(ctx.tx, activity), ways)


@routes.press("credit.confirm", needs=ANYONE, of=A_DRAFT)
def confirm(ctx: Context, _press: Press, activity: Activity) -> Answer:
    """Open the form with one sentence to write."""
    draft_card(ctx, activity)
    return OpenForm(_confirm_form(ctx, str(activity.id), activity))


@routes.press("credit.reflect", needs=ANYONE, of=A_DRAFT)
def reflect(ctx: Context, press: Press, activity: Activity) -> Answer:
    """Open the form with the questions of a protocol."""
    draft_card(ctx, activity)
    if press.value not in protocols():
        raise Refused(_GONE)
    return OpenForm(_confirm_form(ctx, f"{activity.id}.{press.value}", activity))


def _confirm_form(ctx: Context, row: str, activity: Activity) -> Form:
    t, draft = ctx.t, drafting.draft_of(activity, ctx.now)
    minutes = draft.claim.minutes if draft else None
    inputs: list[AnyInput] = [
        NumberInput(
            name="minutes",
            label=t("How many minutes?"),
            required=True,
            least=0,
            most=100_000,
            value=Decimal(minutes) if minutes else None,
        )
    ]
    protocol = protocols().get(row.partition(".")[2])
    asks = [each.said(t.locale) for each in protocol.asks] if protocol else []
    inputs += [
        TextInput(name=f"ask{number}", label=verbatim(each), long=True, most=LONGEST)
        for number, each in enumerate(asks, 1)
    ]
    if not asks:
        label = t("In a sentence: what do you take along?")
        inputs.append(TextInput(name="ask1", label=label, long=True, most=LONGEST, required=True))
    intro = t("Your approver does not see what you write here, unless you share it: by “Evidence”.")
    if len(inputs) < limits.FORM_FIELDS_IN_STEP:
        intro = EMPTY
        inputs.append(
            MultiChoiceInput(
                name="shares",
                label=t("What your approver sees of it"),
                hint=t("Title, day and minutes always; the rest is yours to share."),
                options=(
                    Option("reflection", t("What I write here")),
                    Option("said", t("What I said there")),
                ),
                value=("reflection",),
            )
        )
    return Form("credit.confirm", t("Confirm"), tuple(inputs), t("Send in"), row, intro, keeps=True)


@routes.form("credit.confirm", build=_confirm_form, needs=ANYONE, of=A_DRAFT)
def confirmed(ctx: Context, row: str, values: Values, activity: Activity) -> Answer:
    """Send the draft in."""
    draft_card(ctx, activity)
    protocol = protocols().get(row.partition(".")[2])
    asks = [each.said(ctx.t.locale) for each in protocol.asks] if protocol else [""]
    given = [(ask, str(values.get(f"ask{n}") or "")) for n, ask in enumerate(asks, 1)]
    written = [f"{ask} {words}".strip() for ask, words in given if words]
    if not written:
        return FieldErrors({"ask1": msg("One sentence: what do you take along?")})
    shares = values.get("shares")  # a form that had no room to ask shares nothing
    said = {
        "reflection": "\n".join(written),
        "protocol": protocol.id if protocol else "",
        "shares": list(shares) if isinstance(shares, tuple) else [],
    }
    minutes = int(Decimal(str(values["minutes"])))
    wish = drafting.wish_of(ctx.tx, activity, minutes, said, ctx.now)
    if wrong := sending.wrong_with(ctx.tx, ctx.person, wish, ctx.now):
        return FieldErrors({"minutes": next(iter(wrong.values()))})
    rules = rules_of(ctx.tx, ctx.person, wish.claim, ctx.now)
    return Reply(sent_card(ctx, sending.send(ctx.tx, ctx.person, wish, rules, ctx.now)))


@routes.press("credit.aside", needs=ANYONE, of=A_DRAFT)
def set_aside(ctx: Context, _press: Press, activity: Activity) -> Answer:
    """Let a draft count nothing."""
    if drafts.states(ctx.tx, ctx.person.id).get(activity.done.source) != drafts.SENT:
        drafts.mark(ctx.tx, ctx.person, activity.done.source, drafts.ASIDE, ctx.now)
    return Reply(own.aside(ctx.t, activity.done.title, activity.id))


@routes.press("credit.unaside", needs=ANYONE, of=A_DRAFT)
def brought_back(ctx: Context, _press: Press, activity: Activity) -> Answer:
    """Let a draft wait again."""
    if drafts.states(ctx.tx, ctx.person.id).get(activity.done.source) == drafts.ASIDE:
        drafts.unmark(ctx.tx, ctx.person.id, activity.done.source)
    return Reply(draft_card(ctx, activity))


@routes.press("credit.week", needs=ANYONE)
def week(ctx: Context, _press: Press) -> Answer:
    """Send in all drafts of a week as they were proposed."""
    sent, not_sent = drafting.confirm_week(ctx.tx, ctx.person, ctx.now)
    stand = [stands for each in sent if (stands := ledger.get(ctx.tx, each.id)) is not None]
    for each in stand:
        approvers.told_of_new(ctx.tx, each, ctx.directory, ctx.now)
    return Reply(own.several_sent(ctx.t, stand, not_sent))
