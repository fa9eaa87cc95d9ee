"""What curators do with the bank: approve, decline, word otherwise, set aside, and undo."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from plnbot.engine import audit, notices, work
from plnbot.engine.notices import tell_now
from plnbot.engine.ports import Directory, Person
from plnbot.errors import PlnError
from plnbot.prompts import store
from plnbot.prompts.actions.curators import DECIDED, DECISIONS
from plnbot.prompts.actions.replacing import replaced
from plnbot.prompts.actions.suggesting import bank_topic, scope_of
from plnbot.prompts.model import OPEN_STATUSES, Prompt, Status
from plnbot.prompts.model.suggesting import (
    ANSWER_WITHIN,
    LAPSED,
    Decision,
    Rewording,
    asks_author,
    decide,
)
from plnbot.store.database import Tx

LAPSE = "prompts.lapse"
_MOST_REASON = 400


class DecidedError(PlnError):
    """What is to be decided stands elsewhere by now; `prompt` says where, and who put it there."""

    def __init__(self, prompt: Prompt) -> None:
        super().__init__(f"prompt {prompt.id} is {prompt.status}")
        self.prompt = prompt


def settle(
    tx: Tx,
    number: int,
    decision: Decision,
    now: datetime,
    directory: Directory,
    *,
    by: Person,
    reason: str = "",
) -> Prompt:
    """Decide about a prompt, and let its author know; raises `DecidedError` where another was first."""
    found, becomes = _decidable(tx, number, decision)
    store.change_prompt(
        tx,
        number,
        status=becomes.value,
        reason=reason[:_MOST_REASON],
        decided_by=by.id,
        decided_at=now,
        **_anew(found, becomes),
    )
    store.drop_proposed(tx, number)
    if becomes not in OPEN_STATUSES:
        replaced(tx, number, now)
    audit.record(
        tx, found.network, by.id, f"prompt.{decision}", scope_of(found), now=now, reason=reason
    )
    tx.announce(bank_topic(found.network))
    notices.take_back(tx, f"prompt/decided/{number}/", now)
    if decision in (Decision.APPROVE, Decision.DECLINE):
        _tell_author(tx, found, decision, now, directory, by=by)
    return store.the_prompt(tx, number)


def settle_all(
    tx: Tx,
    numbers: Sequence[int],
    decision: Decision,
    now: datetime,
    directory: Directory,
    *,
    by: Person,
    reason: str = "",
) -> tuple[Sequence[Prompt], Sequence[Prompt]]:
    """Decide about several; return those that are decided now, and those that were already."""
    done, late = [], []
    for each in numbers:
        try:
            done.append(settle(tx, each, decision, now, directory, by=by, reason=reason))
        except DecidedError as error:
            late.append(error.prompt)
    return done, late


def reword(
    tx: Tx,
    number: int,
    words: Mapping[str, str],
    now: datetime,
    directory: Directory,
    *,
    by: Person,
) -> Rewording | Prompt:
    """Put a prompt in other words: at once, or when the member whose idea it is agrees.

    Raises `DecidedError` where another curator was first.
    """
    found, becomes = _decidable(tx, number, Decision.REWORD)
    author = directory.by_id(tx, found.author) if found.author is not None else None
    if author is None or author.id == by.id or not asks_author(found):
        store.change_prompt(
            tx,
            number,
            words=dict(words),
            status=(becomes if found.status is not Status.SUGGESTED else Status.ACCEPTED).value,
            decided_by=by.id,
            decided_at=now,
            **_anew(found, becomes),
        )
        store.drop_proposed(tx, number)
        audit.record(tx, found.network, by.id, "prompt.reworded", scope_of(found), now=now)
        tx.announce(bank_topic(found.network))
        return store.the_prompt(tx, number)
    proposed = Rewording(number, found.network, words, by.id, now, now + ANSWER_WITHIN)
    store.propose(tx, proposed)
    payload: work.Payload = {"prompt": number}
    work.put(
        tx, LAPSE, f"prompt/lapse/{number}", proposed.lapses_at, payload, network=found.network
    )
    audit.record(tx, found.network, by.id, "prompt.rewording", scope_of(found), now=now)
    tx.announce(bank_topic(found.network))
    notices.take_back(tx, f"prompt/decided/{number}/", now)
    _tell_author(tx, found, Decision.REWORD, now, directory, by=by)
    return proposed


def lapse(tx: Tx, number: int, now: datetime) -> None:
    """Note that an author did not answer in time: their idea is back with the curators."""
    proposed = store.proposed(tx, number)
    if proposed is not None and not proposed.outcome and proposed.lapses_at <= now:
        store.end_proposed(tx, number, LAPSED)
        tx.announce(bank_topic(proposed.network))


def _decidable(tx: Tx, number: int, decision: Decision) -> tuple[Prompt, Status]:
    found = store.locked_prompt(tx, number)
    if found is None:
        raise LookupError(f"there is no prompt {number}")
    becomes = decide(found, decision)
    if becomes is None:
        raise DecidedError(found)
    return found, becomes


def _anew(found: Prompt, becomes: Status) -> Mapping[str, object]:
    """Return what lets a prompt that was set aside be asked as one that was not asked yet."""
    again = found.status is Status.SET_ASIDE and becomes is Status.ACCEPTED
    return {"uses": 0} if again else {}


def _tell_author(
    tx: Tx, prompt: Prompt, decision: Decision, now: datetime, directory: Directory, *, by: Person
) -> None:
    author = directory.by_id(tx, prompt.author) if prompt.author is not None else None
    if author is None or author.id == by.id:
        return
    tell_now(
        tx,
        DECISIONS,
        author,
        DECIDED,
        {"prompt": prompt.id, "what": decision.value, "by": by.id},
        key=f"prompt/decided/{prompt.id}/{now.timestamp()}",
        now=now,
    )
