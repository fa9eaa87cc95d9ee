"""Approving several at once, after some of them were looked at."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, time

from plnbot.credit.actions.deciding import approve, barred
from plnbot.credit.model.batches import MOST
from plnbot.credit.model.entries import IN_QUEUES
from plnbot.credit.store import batches, ledger
from plnbot.credit.store.batches import Batch
from plnbot.credit.store.ledger import New, Queue, Stands
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass
from plnbot.walltime import instant, local


@dataclass(frozen=True, slots=True)
class Approved:
    """What came of a batch: those approved, and why others were not."""

    done: Sequence[Stands]
    not_done: Sequence[tuple[str, Sentence]]


def draw(tx: Tx, person: Person, queue: Queue, now: datetime) -> Batch:
    """Make a batch of what waits longest and nothing bars this person from, and draw those to look at.

    Once a day, while anything of it waits: nobody draws until they like what was drawn.
    """
    ledger.lock(tx, person.network.id)
    today = datetime.combine(local(now, person.zone).date(), time())
    before = batches.open_since(tx, person.id, instant(today, person.zone))
    if before is not None and any(_waits(tx, number) for number in before.entries):
        return before
    found = [each for each in queue.first(tx, MOST) if barred(tx, each, person, now) is None]
    if not found:
        raise Refused(msg("Nothing waits that you could approve."))
    entries = {each.entry.id: each.entry.revision for each in found}
    # Nobody chooses it, and whoever knows the ledger can draw it again.
    seq = ledger.head_of(tx, person.network.id).seq
    drawn_by = f"{person.network.id}|{person.id}|{seq}|{now.isoformat()}"
    seed = hashlib.sha256(drawn_by.encode()).hexdigest()[:16]
    seed = f"{seq}-{seed}"
    return batches.add(tx, person.network.id, person.id, seed=seed, entries=entries, now=now)


def left(tx: Tx, found: Batch) -> Sequence[int]:
    """Return which of those drawn are still to be looked at; what waits no more was."""
    return [number for number in found.left if _waits(tx, number)]


def _waits(tx: Tx, number: int) -> bool:
    stands = ledger.get(tx, number)
    return stands is not None and stands.entry.standing in IN_QUEUES


def approve_together(tx: Tx, found: Batch, now: datetime, *, by: Person) -> Approved:
    """Approve all of a batch, once those that were drawn were looked at; what changed meanwhile stays."""
    if left(tx, found):
        raise Refused(msg("Look at those first that were drawn."))
    if found.done:
        raise Refused(msg("These are approved already."))
    done, not_done = [], []
    for number, revision in found.entries.items():
        stands = ledger.get(tx, number)
        if stands is None:
            continue
        try:
            approve(tx, stands, revision, now, by=by)
        except Refused as refused:
            said = refused.message
            not_done.append((stands.title, said if isinstance(said, Sentence) else msg("No.")))
            continue
        done.append(ledger.get(tx, number) or stands)
    batches.ended(tx, found, now)
    facts = {
        "seed": found.seed,
        "at": found.at.isoformat(),
        "head": found.head,
        "entries": sorted(found.entries),
        "drawn": list(found.drawn),
        "approved": sorted(each.entry.id for each in done),
    }
    ledger.append(tx, found.network, New("batch", 0, by.id, by.id, facts), now)
    return Approved(done, not_done)
