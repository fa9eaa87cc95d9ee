"""Approving several at once, and letting somebody decide in one's place."""

from datetime import date, datetime, time, timedelta

from plnbot.credit.actions import approvers, batching
from plnbot.credit.actions.approvers import APPROVES
from plnbot.credit.cards import approver, words
from plnbot.credit.routes.approving import chosen, queue_card, queue_for, seen
from plnbot.credit.routes.objects import A_BATCH, A_DELEGATION, AN_ENTRY, revision_in
from plnbot.credit.store import batches, ledger
from plnbot.credit.store.batches import Batch
from plnbot.credit.store.delegations import Delegation
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.errors import Refused
from plnbot.talk.cards import Card
from plnbot.talk.forms import DateInput, FieldErrors, Form, SearchInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import joined, verbatim
from plnbot.talk.words import Sentence, msg
from plnbot.walltime import instant, local

routes = Routes()


@routes.press("credit.batch", needs=APPROVES)
def batch(ctx: Context, _press: Press) -> Answer:
    """Draw a batch of what waits longest."""
    return Reply(batch_card(ctx, batching.draw(ctx.tx, ctx.person, queue_for(ctx), ctx.now)))


def batch_card(ctx: Context, found: Batch) -> Card:
    """Return a batch with what is still to be looked at."""
    stand = [each for number in found.entries if (each := ledger.get(ctx.tx, number)) is not None]
    lines = [
        joined((verbatim(ctx.called(each.entry.member)), words.line_of(ctx.t, each)), " · ")
        for each in stand[:30]
    ]
    to_look = batching.left(ctx.tx, found)
    left = [(each, ctx.called(each.entry.member)) for each in stand if each.entry.id in to_look]
    return approver.batch(ctx.t, found, lines, left)


@routes.press("credit.sample", needs=ANYONE, of=A_BATCH)
def sample(ctx: Context, press: Press, found: Batch) -> Answer:
    """Show one that was drawn."""
    stands = chosen(ctx, press.value)
    if stands.entry.id not in found.drawn:
        raise Refused(AN_ENTRY.gone)
    return Reply(approver.sampled(ctx.t, seen(ctx, stands), found.id))


@routes.press("credit.right", needs=ANYONE, of=A_BATCH)
def right(ctx: Context, press: Press, found: Batch) -> Answer:
    """Note that one that was drawn is right."""
    number = revision_in(press.row)
    if number in found.drawn:
        batches.looked_at(ctx.tx, found, number)
    return Reply(batch_card(ctx, batches.get(ctx.tx, found.id) or found))


@routes.press("credit.together", needs=ANYONE, of=A_BATCH)
def together(ctx: Context, _press: Press, found: Batch) -> Answer:
    """Approve a batch."""
    for number in found.entries:
        chosen(ctx, str(number))
    came = batching.approve_together(ctx.tx, found, ctx.now, by=ctx.person)
    for each in came.done:
        approvers.told_of_decision(ctx.tx, each, ctx.directory, ctx.now)
        approvers.told_of_plan(ctx.tx, each, ctx.directory, ctx.now)
    return Reply(approver.together(ctx.t, len(came.done), came.not_done))


@routes.press("credit.away", needs=APPROVES)
def away(ctx: Context, _press: Press) -> Answer:
    """Open the form that asks who decides meanwhile."""
    return OpenForm(_away_form(ctx, ""))


def _away_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    inputs = (
        SearchInput(
            name="member", label=t("Who decides meanwhile?"), source=MEMBERS, required=True
        ),
        DateInput(
            name="until",
            label=t("Until which day?"),
            hint=t("That day included"),
            required=True,
            value=local(ctx.now, ctx.person.zone).date() + timedelta(days=7),
        ),
    )
    intro = t("They may decide what you may, but nothing of yours and nothing of their own.")
    return Form("credit.away", t("I am away"), inputs, t("Let them decide"), intro=intro)


@routes.form("credit.away", build=_away_form, needs=APPROVES)
def gone(ctx: Context, _row: str, values: Values) -> Answer:
    """Let somebody decide in one's place."""
    day = values["until"]
    if not isinstance(day, date):
        return FieldErrors({"until": msg("Until which day?")})
    until = instant(datetime.combine(day + timedelta(days=1), time()), ctx.person.zone)
    to = whose(ctx, values["member"])
    try:
        approvers.delegate(ctx.tx, ctx.person, to, until, ctx.now, grants=ctx.grants)
    except Refused as refused:
        said = refused.message
        return FieldErrors({"member": said if isinstance(said, Sentence) else msg("No.")})
    return Reply(queue_card(ctx))


@routes.press("credit.back", needs=ANYONE, of=A_DELEGATION)
def came_back(ctx: Context, _press: Press, found: Delegation) -> Answer:
    """End it early."""
    approvers.back(ctx.tx, found, ctx.now)
    return Reply(queue_card(ctx))
