"""Once a day: note where the chains end, remind both sides of what waits long, tell of drafts and of files that go."""

import logging
from datetime import datetime, timedelta

from plnbot.credit.actions import approvers, drafting, keeping
from plnbot.credit.actions.approvers import (
    DECISIONS,
    DRAFTS,
    LONG,
    LONG_AFTER,
    QUEUES,
    WAITING_DRAFTS,
    WAITS,
)
from plnbot.credit.store import ledger
from plnbot.engine import notices, work
from plnbot.engine.ports import Directory
from plnbot.store.database import Tx

log = logging.getLogger(__name__)
DAILY = "credit.daily"


def plan(tx: Tx, now: datetime) -> None:
    """Plan the day's look, once a day; called every hour."""
    work.add(tx, DAILY, f"credit/daily/{now:%Y-%m-%d}", now, {})


def look(tx: Tx, directory: Directory, now: datetime) -> None:
    """Do what is done once a day."""
    for network, head in ledger.note_heads(tx, f"{now:%Y-%m-%d}").items():
        log.info("ledger of network %d: %d events, the last one %s", network, head.seq, head.hash)
    _remind(tx, directory, now)
    _tell_of_drafts(tx, directory, now)
    keeping.look(tx, directory, now)


def _remind(tx: Tx, directory: Directory, now: datetime) -> None:
    for stands in ledger.waiting_longer(tx, now - LONG_AFTER):
        it, week = stands.entry, f"{now:%G-%V}"
        owner = directory.by_id(tx, it.member)
        if owner is not None and "credit" in owner.network.off:
            continue
        if owner is not None:
            key = f"credit/long/{it.id}/{it.seq}/{week}"
            notices.tell_now(tx, DECISIONS, owner, LONG, {"entry": it.id}, key=key, now=now)
        queue = approvers.queue_of(tx, it, directory, now)
        for each, person in directory.by_ids(tx, queue).items():
            key = f"credit/queue/{each}/{week}/long"
            notices.tell_now(tx, QUEUES, person, WAITS, {"person": each}, key=key, now=now)


def _tell_of_drafts(tx: Tx, directory: Directory, now: datetime) -> None:
    """Tell who has drafts, once a week, with what lapses."""
    for member in drafting.with_something_new(tx, now - timedelta(days=7)):
        person = directory.by_id(tx, member)
        if person is None or "credit" in person.network.off:
            continue
        if drafting.waiting(tx, member, now):
            key = f"credit/drafts/{member}/{now:%G-%V}"
            notices.tell_now(
                tx, WAITING_DRAFTS, person, DRAFTS, {"person": member}, key=key, now=now
            )
