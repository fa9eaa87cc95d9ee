"""What both sides are told: decisions, what waits, drafts, and whether a plan took place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from plnbot.credit.actions import approvers, daily, drafting, keeping
from plnbot.credit.actions.approvers import DECIDED, DRAFTS, HAPPENED, KEPT, LONG, WAITS
from plnbot.credit.actions.daily import DAILY
from plnbot.credit.actions.keeping import LET_GO
from plnbot.credit.cards import own, told
from plnbot.credit.cards.own import WaitsWith
from plnbot.credit.model.drafts import of_a_week
from plnbot.credit.model.entries import IN_QUEUES, Standing
from plnbot.credit.store import delegations, evidence, ledger
from plnbot.credit.store.ledger import Queue
from plnbot.engine import roles
from plnbot.engine.roles import reach
from plnbot.engine.routes import Due, Routes, Showing
from plnbot.talk.cards import Card
from plnbot.talk.text import EMPTY

routes = Routes()
Args = Mapping[str, str | int]


@routes.card(DECIDED)
def decided(to: Showing, args: Args) -> Card | None:
    """Tell a member what became of an entry."""
    stands = ledger.get(to.tx, int(args["entry"]))
    if stands is None:
        return None
    history = ledger.history(to.tx, stands.entry.id)
    event = next((each for each in history if each.seq == int(args["seq"])), None)
    if event is None:
        return None
    actor = to.directory.by_id(to.tx, event.actor)
    who = actor.name if actor else to.t.words("An approver")
    waits = WaitsWith(approvers.with_whom(to.tx, stands, to.directory, to.now))
    lead = own.happened(to.t, replace(event, words={}), who)
    note = str(event.words.get("note", ""))
    return replace(own.entry(to.t, stands, waits, note, lead), label=EMPTY)


@routes.card(WAITS)
def waits(to: Showing, args: Args) -> Card | None:
    """Tell an approver how much waits for them."""
    person = to.directory.by_id(to.tx, int(args["person"]))
    if person is None:
        return None
    grants = roles.grants_of(to.tx, person.id, to.now)
    members = to.directory.within(person.network.id, reach(grants, approvers.APPROVES))
    instead = delegations.stands_in_for(to.tx, person.id, to.now)
    queue = Queue(person.network.id, members, {person.id, *instead})
    many, first = queue.count(to.tx), queue.first(to.tx, 1)
    return told.waits(to.t, many, first[0].since) if first else None


@routes.card(LONG)
def long(to: Showing, args: Args) -> Card | None:
    """Tell a member that an entry of theirs waits long, and with whom."""
    stands = ledger.get(to.tx, int(args["entry"]))
    if stands is None or stands.entry.standing not in IN_QUEUES:
        return None
    return told.long(to.t, stands, approvers.with_whom(to.tx, stands, to.directory, to.now))


@routes.card(HAPPENED)
def happened(to: Showing, args: Args) -> Card | None:
    """Ask a member whether what they planned took place."""
    stands = ledger.get(to.tx, int(args["entry"]))
    if stands is None or stands.entry.standing is not Standing.AGREED:
        return None
    return told.happened(to.t, stands)


@routes.card(DRAFTS)
def drafts(to: Showing, args: Args) -> Card | None:
    """Tell a member of the drafts that wait."""
    found = drafting.waiting(to.tx, int(args["person"]), to.now)
    week = of_a_week([draft for _number, draft in found], to.now)
    return own.drafts(to.t, found, len(week)) if found else None


@routes.card(KEPT)
def kept(to: Showing, args: Args) -> Card | None:
    """Tell a member that the files of an entry go."""
    entry = int(args["entry"])
    stands = ledger.get(to.tx, entry)
    if stands is None or not evidence.of_entry(to.tx, entry):
        return None
    return told.kept(to.t, stands, datetime.fromisoformat(str(args["goes"])))


@routes.when_due(LET_GO)
def let_go(due: Due) -> None:
    """Take files away that no rule asks to keep."""
    keeping.let_go(due.tx, due.directory, int(str(due.payload["entry"])), due.now)


@routes.when_due(DAILY)
def once_a_day(due: Due) -> None:
    """Do what is done once a day."""
    daily.look(due.tx, due.directory, due.now)
