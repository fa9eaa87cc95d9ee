"""The approver's queue, and what is decided there."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from plnbot.credit.actions import approvers, deciding
from plnbot.credit.actions.approvers import APPROVES
from plnbot.credit.actions.rules import treated
from plnbot.credit.cards import approver, licences, words
from plnbot.credit.cards.approver import Seen
from plnbot.credit.model.entries import Entry, Standing
from plnbot.credit.parts import APPROVING
from plnbot.credit.routes.evidence import file_blocks
from plnbot.credit.routes.forms import shared_words
from plnbot.credit.routes.objects import AN_ENTRY, revision_in
from plnbot.credit.routes.own import history_blocks, note_of
from plnbot.credit.store import delegations, ledger
from plnbot.credit.store.ledger import Queue, Stands
from plnbot.engine import audit
from plnbot.engine.at_home import Waiting
from plnbot.engine.roles import Role, needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.routes.handlers import SubmitHandlerOf
from plnbot.engine.searching import MEMBERS, whose
from plnbot.errors import Refused
from plnbot.talk.cards import Actions, Button, Card, PageButton, Paragraph
from plnbot.talk.forms import (
    Form,
    NumberInput,
    SearchInput,
    TextInput,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Page, PageBlock, Rows
from plnbot.talk.text import EMPTY, Text, verbatim
from plnbot.talk.words import Sentence, msg

routes = Routes()
ADMINISTERS = needs(Role.ADMINISTRATOR)
ON_A_CARD, ON_A_PAGE = 10, 50
LONGEST_NOTE = 1500
_LABELS: dict[str, Sentence] = {
    "reflection": msg("Reflection"),
    "said": msg("Said there"),
    "what": msg("About it"),
    "provider": msg("Held by"),
    "number": msg("Number of the provider"),
    "place": msg("Place"),
}


def queue_for(ctx: Context) -> Queue:
    """Return what waits for this approver, by how far their roles reach."""
    members = ctx.directory.within(ctx.network.id, ctx.reach(APPROVES))
    instead = delegations.stands_in_for(ctx.tx, ctx.person.id, ctx.now)
    return Queue(ctx.network.id, members, {ctx.person.id, *instead})


@routes.command(
    "credit queue",
    needs=APPROVES,
    part=APPROVING,
    about=msg("Decide about hours that wait for you"),
    example=msg("/pln credit queue"),
)
def queue(ctx: Context, _words: str) -> Answer:
    """Show what waits longest."""
    return Reply(queue_card(ctx))


def queue_card(ctx: Context) -> Card:
    """Return the queue as a card."""
    its = queue_for(ctx)
    first = [(each, ctx.called(each.entry.member)) for each in its.first(ctx.tx, ON_A_CARD)]
    away = next(iter(delegations.of_member(ctx.tx, ctx.person.id, ctx.now)), None)
    name = ctx.called(away.to) if away else ""
    return approver.queue(ctx.t, first, its.count(ctx.tx), away, name)


def seen(ctx: Context, stands: Stands) -> Seen:
    """Return an entry as this approver sees it: what was shared, and nothing else."""
    t = ctx.t
    shared = {
        t.say(_LABELS[name]).bare(): each for name, each in shared_words(stands.words).items()
    }
    owner = ctx.directory.by_id(ctx.tx, stands.entry.member)
    found = treated(ctx.tx, owner, stands.entry.id, ctx.now, as_if_approved=True) if owner else ()
    return Seen(
        stands,
        ctx.called(stands.entry.member),
        shared,
        [licences.treated(t, statement, decision) for statement, decision in found],
        barred=deciding.barred(ctx.tx, stands, ctx.person, ctx.now),
        administers=ctx.may(ADMINISTERS),
    )


@routes.press("credit.look", needs=APPROVES)
def look(ctx: Context, press: Press) -> Answer:
    """Show the entry that was chosen."""
    return Reply(entry_card(ctx, chosen(ctx, press.value or press.row)))


def chosen(ctx: Context, row: str) -> Stands:
    """Return an entry that somebody may decide about, by the row of a choice."""
    stands = AN_ENTRY.find(ctx, row)
    if not ctx.may(APPROVES, AN_ENTRY.scope(stands), AN_ENTRY.lies_in(ctx, stands)):
        raise Refused(AN_ENTRY.gone)
    return stands


def entry_card(ctx: Context, stands: Stands) -> Card:
    """Return an entry as a card for who decides."""
    note = note_of(ledger.history(ctx.tx, stands.entry.id))
    return approver.one(ctx.t, seen(ctx, stands), note=note)


@routes.press("credit.next", needs=APPROVES)
def next_one(ctx: Context, _press: Press) -> Answer:
    """Show the next of the queue, or that nothing waits any more."""
    for each in queue_for(ctx).first(ctx.tx, 1):
        return Reply(entry_card(ctx, each))
    return Reply(queue_card(ctx))


@routes.press("credit.approve", needs=APPROVES, of=AN_ENTRY)
def approve(ctx: Context, press: Press, stands: Stands) -> Answer:
    """Say yes to what was seen."""
    entry = deciding.approve(ctx.tx, stands, revision_in(press.row), ctx.now, by=ctx.person)
    if entry.standing in {Standing.WAITING, Standing.PLANNED}:
        return _decided(
            ctx, entry, ctx.t("Approved. One more approval is needed, by somebody else.")
        )
    return _decided(ctx, entry, ctx.t("Approved."))


def _decided(ctx: Context, entry: Entry, said: Text) -> Answer:
    stands = ledger.get(ctx.tx, entry.id)
    if stands is None:
        raise Refused(AN_ENTRY.gone)
    approvers.told_of_decision(ctx.tx, stands, ctx.directory, ctx.now)
    approvers.told_of_plan(ctx.tx, stands, ctx.directory, ctx.now)
    return Reply(approver.decided(ctx.t, seen(ctx, stands), said))


@routes.press("credit.adjust", needs=APPROVES, of=AN_ENTRY)
def adjust(ctx: Context, press: Press, stands: Stands) -> Answer:
    """Open the form for other minutes."""
    return OpenForm(_adjust_form(ctx, press.row, stands))


def _adjust_form(ctx: Context, row: str, stands: Stands) -> Form:
    t = ctx.t
    minutes = NumberInput(
        name="minutes",
        label=t("How many minutes count?"),
        required=True,
        least=1,
        most=1440,
        value=Decimal(stands.entry.claim.minutes),
    )
    return Form(
        "credit.adjust", t("Other minutes"), (minutes, _note(ctx, t("Why?"))), t("Approve so"), row
    )


def _note(ctx: Context, label: Text) -> TextInput:
    hint = ctx.t("They read this word for word.")
    return TextInput(
        name="note", label=label, hint=hint, long=True, most=LONGEST_NOTE, required=True
    )


@routes.form("credit.adjust", build=_adjust_form, needs=APPROVES, of=AN_ENTRY)
def adjusted(ctx: Context, row: str, values: Values, stands: Stands) -> Answer:
    """Approve so many minutes, and say why."""
    entry = deciding.approve(
        ctx.tx,
        stands,
        revision_in(row),
        ctx.now,
        by=ctx.person,
        minutes=int(Decimal(str(values["minutes"]))),
        note=str(values["note"]),
    )
    return _decided(ctx, entry, ctx.t("Approved with {n} minutes.", n=entry.claim.minutes))


def _asks_why(
    name: str, title: Sentence, label: Sentence
) -> Callable[[SubmitHandlerOf[Stands]], SubmitHandlerOf[Stands]]:
    """Let a button open a form with one note, which the decorated handler takes in."""

    def form(ctx: Context, row: str, _stands: Stands) -> Form:
        said = ctx.t.say(title)
        return Form(name, said, (_note(ctx, ctx.t.say(label)),), said, row)

    def register(handler: SubmitHandlerOf[Stands]) -> SubmitHandlerOf[Stands]:
        @routes.press(name, needs=APPROVES, of=AN_ENTRY)
        def _opened(ctx: Context, press: Press, stands: Stands) -> Answer:
            return OpenForm(form(ctx, press.row, stands))

        return routes.form(name, build=form, needs=APPROVES, of=AN_ENTRY)(handler)

    return register


@_asks_why("credit.return", msg("Return it"), msg("What is to be mended?"))
def given_back(ctx: Context, row: str, values: Values, stands: Stands) -> Answer:
    """Return an entry with a note."""
    note = str(values["note"])
    entry = deciding.send_back(ctx.tx, stands, revision_in(row), note, ctx.now, by=ctx.person)
    return _decided(ctx, entry, ctx.t("Returned with your note. It comes back as the same entry."))


@_asks_why("credit.deny", msg("Deny it"), msg("Why, and what would count instead?"))
def denied(ctx: Context, row: str, values: Values, stands: Stands) -> Answer:
    """Say no, with the reason."""
    note = str(values["note"])
    entry = deciding.deny(ctx.tx, stands, revision_in(row), note, ctx.now, by=ctx.person)
    return _decided(ctx, entry, ctx.t("Denied, with your reason."))


@_asks_why("credit.revoke", msg("Revoke it"), msg("Why does it count no more?"))
def revoked(ctx: Context, _row: str, values: Values, stands: Stands) -> Answer:
    """Let something approved count no more."""
    entry = deciding.revoke(ctx.tx, stands, str(values["note"]), ctx.now, by=ctx.person)
    return _decided(
        ctx, entry, ctx.t("Revoked: it counts no more. Transcripts say so from now on.")
    )


@routes.press("credit.reopen", needs=APPROVES, of=AN_ENTRY)
def reopened(ctx: Context, _press: Press, stands: Stands) -> Answer:
    """Take one's own decision back."""
    deciding.reopen(ctx.tx, stands, ctx.now, by=ctx.person)
    return Reply(entry_card(ctx, chosen(ctx, str(stands.entry.id))))


@routes.press("credit.ring", needs=ADMINISTERS, of=AN_ENTRY)
def ring(ctx: Context, _press: Press, stands: Stands) -> Answer:
    """Open the form that asks who may decide though they were decided for."""
    return OpenForm(_ring_form(ctx, str(stands.entry.id), stands))


def _ring_form(ctx: Context, row: str, _stands: Stands) -> Form:
    t = ctx.t
    who = SearchInput(
        name="member",
        label=t("Who may decide about this member?"),
        hint=t("Though this member decided about their hours in this cycle"),
        source=MEMBERS,
        required=True,
    )
    intro = t("It is written into the ledger and shown with every such decision.")
    return Form("credit.ring", t("Allow it"), (who,), t("Allow it"), row, intro)


@routes.form("credit.ring", build=_ring_form, needs=ADMINISTERS, of=AN_ENTRY)
def ring_allowed(ctx: Context, _row: str, values: Values, stands: Stands) -> Answer:
    """Allow that two decide for each other, for this cycle."""
    person = whose(ctx, values["member"]).id
    deciding.allow_ring(ctx.tx, stands.entry.member, person, ctx.now, by=ctx.person)
    audit.record(
        ctx.tx,
        ctx.network.id,
        ctx.person.id,
        "credit.ring",
        f"member:{stands.entry.member}",
        now=ctx.now,
        decider=person,
    )
    said = ctx.t(
        "Allowed for this cycle: {who} may decide about {whom}.",
        who=ctx.called(person),
        whom=ctx.called(stands.entry.member),
    )
    return Reply(Card(ctx.t("Allow it"), (Paragraph(said),)))


@routes.page("credit.queue", needs=APPROVES, of=AN_ENTRY, without=APPROVES)
def queue_page(ctx: Context, _row: str, after: Stands | None) -> Page:
    """Show all that waits, longest first, or what has waited less long than one."""
    t, its = ctx.t, queue_for(ctx)
    found = its.first(ctx.tx, ON_A_PAGE + 1, after)
    rows = [
        words.row_of(t, each, "credit.look", verbatim(ctx.called(each.entry.member)))
        for each in found[:ON_A_PAGE]
    ]
    blocks: list[PageBlock] = [
        Rows(tuple(rows)) if rows else Paragraph(t("Nothing waits for you."), quiet=True)
    ]
    if len(found) > ON_A_PAGE:
        last = str(found[ON_A_PAGE - 1].entry.id)
        blocks.append(Actions((PageButton(t("Later"), "credit.queue", last),)))
    many = its.count(ctx.tx)
    actions = (Button(t("Approve several"), "credit.batch"),) if many > 1 else ()
    about = t.n("{n} entry waits for you.", "{n} entries wait for you.", many)
    return Page(
        t("Hours to decide"),
        tuple(blocks),
        live=f"credit:{ctx.network.id}",
        head=Head(about if many else EMPTY, actions=actions),
    )


@routes.page("credit.look", needs=APPROVES, of=AN_ENTRY)
def look_page(ctx: Context, _row: str, stands: Stands) -> Page:
    """Show an entry to who decides, with its history."""
    files = file_blocks(ctx, stands.entry.id)
    blocks: Sequence[PageBlock] = [entry_card(ctx, stands), *files, *history_blocks(ctx, stands)]
    title = words.title_of(ctx.t, stands)
    return Page(title, tuple(blocks), live=f"credit:{ctx.network.id}")


def queue_waits(ctx: Context) -> Waiting | None:
    """Say on an approver's home that something waits for them."""
    if not ctx.may_somewhere(APPROVES):
        return None
    its = queue_for(ctx)
    first = its.first(ctx.tx, 1)
    if not first:
        return None
    line = words.line_of(ctx.t, first[0])
    leads = PageButton(ctx.t("Decide"), "credit.queue")
    return Waiting(ctx.t("Hours to decide"), its.count(ctx.tx), line, leads)
