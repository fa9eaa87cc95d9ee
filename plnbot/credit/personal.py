"""What credit keeps of a member."""

import base64
import json
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from plnbot.credit.actions import daily
from plnbot.credit.actions.people import erased
from plnbot.credit.store import documents, evidence, ledger, licences
from plnbot.credit.store.tables import batch, delegation, draft, event
from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _hours(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "entry": each.entry.id,
            "standing": each.entry.standing.value,
            "kind": each.entry.claim.kind,
            "started": each.entry.claim.started.isoformat(),
            "ended": each.entry.claim.ended.isoformat(),
            "minutes": each.entry.claim.minutes,
            "policies": list(each.entry.policies),
            "words": dict(each.words),
            "history": [
                {
                    "at": event.at.isoformat(),
                    "what": event.kind,
                    "note": str(event.words.get("note", "")),
                    "by_you": event.actor == whose.id,
                }
                for event in ledger.history(tx, each.entry.id)
            ],
        }
        for each in ledger.of_member(tx, whose.id)
    ]


def _forget_hours(tx: Tx, erasure: Erasure) -> None:
    """Take the words and their salts; the events stay, under a number."""
    erased(tx, erasure.whose, erasure.now)


def _decided(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(event)
        .where(event.c.actor_id == whose.id, event.c.member_id != whose.id)
        .order_by(event.c.seq)
    )
    return [
        {
            "at": row.at.isoformat(),
            "what": row.kind,
            "minutes": json.loads(row.facts).get("minutes"),
        }
        for row in rows
    ]


def _keep(_tx: Tx, _erasure: Erasure) -> None:
    """Leave what was decided under a number: others' credit stands on it."""


def _drafts(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(draft).where(draft.c.member_id == whose.id).order_by(draft.c.id))
    return [{"of": row.source_ref, "became": row.state, "at": row.at.isoformat()} for row in rows]


def _forget_drafts(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(draft).where(draft.c.member_id == erasure.whose.id))


def _licences(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "rules": each.policy,
            "number": each.number,
            "issued": each.issued.isoformat(),
            "ends": each.expires.isoformat() if each.expires else None,
            "classes": list(each.classes),
            "birth_month": each.holder.birth_month,
            "employment": each.holder.employment,
            "percent_of_full_time": each.holder.percent,
            "signed": {name: on.isoformat() for name, on in each.holder.signed.items()},
            "employed_otherwise": [
                {
                    "from": it.since.isoformat(),
                    "to": it.until.isoformat() if it.until else None,
                    "employment": it.held.employment,
                    "percent_of_full_time": it.held.percent,
                }
                for it in each.holder.stretches
            ],
        }
        for each in licences.of_member(tx, whose.id)
    ]


def _forget_licences(tx: Tx, erasure: Erasure) -> None:
    for each in licences.of_member(tx, erasure.whose.id):
        licences.forget(tx, each)


def _documents(tx: Tx, whose: Whose) -> Exported:
    return [
        {"what": each.what, "code": each.code, "at": each.at.isoformat(), "rows": list(each.rows)}
        for each in documents.of_member(tx, whose.id)
    ]


def _forget_documents(tx: Tx, erasure: Erasure) -> None:
    documents.forget(tx, erasure.whose.id)


def _files(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "name": each.name,
            "entry": each.entry,
            "at": each.at.isoformat(),
            "content_base64": base64.b64encode(evidence.content_of(tx, each)).decode(),
        }
        for each in evidence.of_member(tx, whose.id)
    ]


def _forget_files(tx: Tx, erasure: Erasure) -> None:
    evidence.remove(tx, evidence.of_member(tx, erasure.whose.id))


def _stood_in(tx: Tx, whose: Whose) -> Exported:
    theirs = or_(delegation.c.member_id == whose.id, delegation.c.to_id == whose.id)
    rows = tx.execute(select(delegation).where(theirs).order_by(delegation.c.id))
    return [
        {"in_your_place": row.member_id == whose.id, "until": row.ends.isoformat()} for row in rows
    ]


def _end_standing_in(tx: Tx, erasure: Erasure) -> None:
    theirs = or_(delegation.c.member_id == erasure.whose.id, delegation.c.to_id == erasure.whose.id)
    tx.execute(
        update(delegation)
        .where(theirs, delegation.c.ended_at.is_(None))
        .values(ended_at=erasure.now)
    )


def _batches(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(batch).where(batch.c.member_id == whose.id).order_by(batch.c.id))
    return [
        {"at": row.at.isoformat(), "entries": len(row.entries), "seed": row.seed} for row in rows
    ]


def _plan_the_day(tx: Tx, now: datetime) -> None:
    """Let the day's look happen, on the clock by which others let go of what is over."""
    daily.plan(tx, now)


PERSONAL = Personal(
    (
        Holding(
            "hours",
            ("credit_entry", "credit_event", "credit_words"),
            msg(
                "Your hours: what you sent in, with your words, and all that was decided about them"
            ),
            msg("while you are a member"),
            _hours,
            _forget_hours,
            msg(
                "Days, kinds, minutes and decisions stay under a number, as records of credit have to be"
                " kept; titles, reflections and notes are gone for good."
            ),
            expire=_plan_the_day,
        ),
        Holding(
            "hours_decided",
            ("credit_event",),
            msg("What you decided about the hours of others"),
            msg("as long as the network exists"),
            _decided,
            _keep,
            msg("What you decided stays under a number: others' credit stands on it."),
        ),
        Holding(
            "hours_drafts",
            ("credit_draft",),
            msg("Which drafts of your hours you sent in or set aside"),
            msg("while you are a member"),
            _drafts,
            _forget_drafts,
        ),
        Holding(
            "licences",
            ("credit_licence",),
            msg("Your licences: their numbers, rules and days, and what those rules ask about you"),
            msg("until you take them out"),
            _licences,
            _forget_licences,
        ),
        Holding(
            "hours_documents",
            ("credit_document",),
            msg("Transcripts, certificates and portfolios that you made, with their codes"),
            msg("while you are a member"),
            _documents,
            _forget_documents,
        ),
        Holding(
            "hours_evidence",
            ("credit_evidence", "credit_file"),
            msg("Files that you sent along with your hours"),
            msg(
                "until you take the entry back, or the rules of your licences no longer ask for them"
            ),
            _files,
            _forget_files,
        ),
        Holding(
            "hours_standing_in",
            ("credit_delegation",),
            msg("Who decided about hours in your place, or you in theirs, and until when"),
            msg("as long as the network exists"),
            _stood_in,
            _end_standing_in,
            msg("Who stood in for whom stays under a number: decisions stand on it."),
        ),
        Holding(
            "hours_batches",
            ("credit_batch",),
            msg("Which hours you approved several at once, and how those to look at were drawn"),
            msg("as long as the network exists"),
            _batches,
            _keep,
            msg("Which hours were approved together stays under a number, to be checked."),
        ),
    ),
    {
        "credit_chain": "where each network's chain of events ends",
        "credit_district_rules": "which districts' rules a network goes by",
        "credit_head": "where it ended on each day",
        "credit_policy": "what policies said when they were cited first",
    },
)
