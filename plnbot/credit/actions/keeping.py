"""Files go when the rules no longer ask to keep them: their member is told first, and has time to take them along."""

from datetime import date, datetime, timedelta

from plnbot.credit.actions.approvers import DECISIONS, KEPT
from plnbot.credit.actions.rules import files_until
from plnbot.credit.store import evidence, ledger
from plnbot.credit.store.ledger import Stands
from plnbot.engine import notices, work
from plnbot.engine.ports import Directory, Person
from plnbot.store.database import Tx
from plnbot.walltime import local

LET_GO = "credit.let_go"
NOTICE = timedelta(days=30)
_YOUNGEST = timedelta(days=180)
"""No rules let go of anything earlier."""


def look(tx: Tx, directory: Directory, now: datetime) -> None:
    """Tell members whose files no rule asks to keep any more, and plan that they go."""
    for entry in evidence.entries_before(tx, now - _YOUNGEST):
        owner, until = _over(tx, directory, entry, now)
        if owner is None:
            continue
        goes, which = now + NOTICE, f"{entry}/{until}"
        if work.add(tx, LET_GO, f"credit/let_go/{which}", goes, {"entry": entry}):
            args: notices.Args = {"entry": entry, "goes": goes.isoformat()}
            key = f"credit/kept/{which}"
            notices.tell_now(tx, DECISIONS, owner, KEPT, args, key=key, now=now)


def let_go(tx: Tx, directory: Directory, entry: int, now: datetime) -> None:
    """Take the files of an entry away, where the rules still do not ask to keep them."""
    owner, _until = _over(tx, directory, entry, now)
    if owner is not None:
        evidence.remove(tx, evidence.of_entry(tx, entry))


def goes_on(tx: Tx, owner: Person, stands: Stands, now: datetime) -> date | None:
    """Return on which day an entry's files go at the earliest, as things are; None where no rule lets go of them."""
    until = files_until(tx, owner, stands.entry)
    latest = max((each.at for each in evidence.of_entry(tx, stands.entry.id)), default=None)
    if until is None or latest is None:
        return None
    key = f"credit/let_go/{stands.entry.id}/{until}"
    planned = work.waiting(tx, [key]).get(key)
    if planned is not None:
        return local(planned, owner.zone).date()
    told = max(local(each, owner.zone).date() for each in (now, latest + _YOUNGEST))
    return max(told, until + timedelta(days=1)) + NOTICE


def _over(
    tx: Tx, directory: Directory, entry: int, now: datetime
) -> tuple[Person | None, date | None]:
    """Return whose files they are and until when they had to be kept; nobody's where that is not over."""
    stands = ledger.get(tx, entry)
    owner = directory.by_id(tx, stands.entry.member) if stands else None
    if stands is None or owner is None or "credit" in owner.network.off:
        return None, None
    until = files_until(tx, owner, stands.entry)
    return (owner, until) if until and until < local(now, owner.zone).date() else (None, None)
