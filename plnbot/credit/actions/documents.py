"""Issuing documents, and looking whether what they say still stands."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from plnbot.activities.store import Activity
from plnbot.credit.model.chain import canonical
from plnbot.credit.model.standing import COUNTS, Standing
from plnbot.credit.store import documents, ledger, licences
from plnbot.credit.store.documents import Checked, Document, Line, Since
from plnbot.credit.store.ledger import New, Stands
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.walltime import local

_LONGEST = 2_000


def issue(
    tx: Tx,
    person: Person,
    directory: Directory,
    now: datetime,
    *,
    what: str,
    shows_name: bool,
    entries: Sequence[int] = (),
) -> Document:
    """Issue a transcript, or a portfolio of chosen entries: what counts, as it stands now."""
    stand = [each for each in ledger.of_member(tx, person.id) if each.entry.standing in COUNTS]
    if entries:
        stand = [each for each in stand if each.entry.id in entries]
    if not stand:
        raise Refused(msg("Nothing counts yet, so there is nothing to stand in it."))
    lines = lines_of(tx, person, directory, stand[:_LONGEST])
    return _issued(tx, person, what, lines, now, shows_name=shows_name)


def certify(tx: Tx, person: Person, activity: Activity, now: datetime) -> Document:
    """Issue a certificate that somebody took part in something, straight after it."""
    done = activity.done
    if activity.rehearsal or done.minutes is None:
        raise Refused(msg("No clock ran there, so there is no certificate of it."))
    line = {
        "title": done.title,
        "started": local(done.started, person.zone).isoformat(timespec="minutes"),
        "minutes": done.minutes,
        "activity": activity.id,
        "kind": done.kind,
    }
    return _issued(tx, person, documents.CERTIFICATE, [line], now, shows_name=False)


def _issued(
    tx: Tx, person: Person, what: str, lines: Sequence[Line], now: datetime, *, shows_name: bool
) -> Document:
    code = secrets.token_hex(10)
    digest = digest_of(code, person.name, lines)
    new = Document(
        0, person.network.id, person.id, code, what, person.name, shows_name, lines, digest, now
    )
    number = documents.add(tx, new)
    facts = {"digest": digest, "document": number, "what": what}
    ledger.append(tx, person.network.id, New("issue", 0, person.id, person.id, facts), now)
    return documents.get(tx, number) or new


def digest_of(code: str, name: str, lines: Sequence[Line]) -> str:
    """Return what the ledger holds of a document: nobody who lacks its code finds out what it says."""
    said = canonical({"code": code, "name": name, "rows": [dict(each) for each in lines]})
    return hashlib.sha256(said.encode()).hexdigest()


def lines_of(
    tx: Tx, person: Person, directory: Directory, stand: Sequence[Stands]
) -> Sequence[Line]:
    """Return entries as lines of documents and files, oldest first."""
    held = licences.of_member(tx, person.id)
    number = next((each.number for each in held if each.number), "")
    names: dict[int, str] = {}
    ordered = sorted(stand, key=lambda each: (each.entry.claim.started, each.entry.id))
    return [
        _line(each, person, number, _name(tx, directory, each.entry.decided_by, names))
        for each in ordered
    ]


def _name(tx: Tx, directory: Directory, member: int, names: dict[int, str]) -> str:
    if member and member not in names:
        found = directory.by_id(tx, member)
        names[member] = found.name if found else ""
    return names.get(member, "")


def _line(stands: Stands, person: Person, number: str, approver: str) -> Line:
    it, claim, words = stands.entry, stands.entry.claim, stands.words
    decided = local(it.decided_at, person.zone).date().isoformat() if it.decided_at else ""
    hours = (Decimal(claim.minutes) / 60).quantize(Decimal("0.01"))
    return {
        "entry": it.id,
        "seq": it.seq,
        "teacher": person.name,
        "teacher_id": person.id,
        "licence_number": number,
        "title": stands.title,
        "kind": claim.kind,
        "role": claim.role,
        "provider": str(words.get("provider", "")),
        "provider_number": str(words.get("number", "")),
        "place": str(words.get("place", "")),
        "started": local(claim.started, person.zone).date().isoformat(),
        "ended": local(claim.ended, person.zone).date().isoformat(),
        "minutes": claim.minutes,
        "hours": f"{hours:f}",
        "in_person": "yes" if claim.in_person else "no",
        "topics": " ".join(claim.topics),
        "standing": it.standing.value,
        "approver": approver,
        "decided": decided,
        "policies": " ".join(it.policies),
        "source": claim.source,
        "evidence": len(words.get("files", ())),
    }


def checked(tx: Tx, document: Document) -> Checked:
    """Look whether a document is as it was issued, and what became of its lines since."""
    same = digest_of(document.code, document.name, document.rows) == document.digest
    genuine = same and ledger.issued(tx, document.network, document.id) == document.digest
    changes = []
    for line in document.rows:
        if "entry" not in line:
            continue
        stands = ledger.get(tx, int(line["entry"]))
        if stands is None:
            changes.append((Since.GONE, document.at))
        elif stands.entry.seq != line["seq"]:
            changes.append((_since(stands), stands.since))
    return Checked(document, genuine, changes)


def _since(stands: Stands) -> Since:
    if stands.entry.standing in COUNTS:
        return Since.CORRECTED
    return Since.REVOKED if stands.entry.standing is Standing.REVOKED else Since.GONE
