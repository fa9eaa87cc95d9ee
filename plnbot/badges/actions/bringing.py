"""Bringing a badge from elsewhere: what its file says against it is said at once, the rest is looked at.

Whether it is a badge, in a way that we read, for whom it is, and whether its time has ended stands in the
file. Whether it was changed, whose key signed it and whether it was withdrawn is `looking`. The address
that somebody states is compared, and never kept.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from plnbot.badges.actions import looking
from plnbot.badges.model import Looked
from plnbot.badges.refusals import LACKS, WHYS
from plnbot.badges.store import brought
from plnbot.badges.store.brought import Brought
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.openbadges import foreign
from plnbot.openbadges.foreign import Whose
from plnbot.openbadges.picture import NoPictureError
from plnbot.openbadges.verdict import read
from plnbot.store.database import Tx
from plnbot.talk.text import Style, When, clean
from plnbot.talk.words import Sentence, msg

LARGEST_FILE, MOST, MOST_OF_A_MEMBER = 4_000_000, 60, 50_000_000
_NO_NAME = "Open Badge"
Wrong = Mapping[str, Sentence]
"""What is wrong, by the input of the form that it is about."""


def bring(
    tx: Tx, person: Person, network: int, content: bytes, *, stated: str, now: datetime
) -> Brought | Wrong:
    """Keep a badge and have it looked at, or return what its file or the stated address says against it."""
    try:
        document = read(content)
    except NoPictureError as error:
        return {"file": LACKS[error.lack]}
    said = foreign.said_by(document)
    if flaw := foreign.unread(document):
        return {"file": WHYS[flaw]}
    whose = foreign.whose(document, stated)
    if whose is Whose.ANOTHERS:
        return {
            "stated": msg(
                "This badge is for somebody else than “{name}”. State the address that it was issued to.",
                name=clean(stated),
            )
        }
    if said.until is not None and said.until <= now:
        return {"file": msg("This badge ended on {day}.", day=When(said.until, Style.DATE))}
    brought.drop_refused(tx, person.id)
    digest = hashlib.sha256(content).hexdigest()
    if brought.by_digest(tx, person.id, digest) is not None:
        return {"file": msg("You have this badge here already.")}
    many, size = brought.used(tx, person.id)
    if many >= MOST or size + len(content) > MOST_OF_A_MEMBER:
        return {"file": msg("You have too many badges from elsewhere here. Take some out first.")}
    it = brought.add(
        tx,
        network,
        person.id,
        content,
        digest,
        said=_cleaned(said),
        until=said.until,
        whose=whose,
        now=now,
    )
    looking.plan(tx, it, now)
    return it


def look_again(tx: Tx, it: Brought, now: datetime) -> Brought:
    """Have one looked at anew."""
    if it.standing is Looked.WAITS or not it.taken_in:
        return it
    again = brought.change(tx, it, standing=Looked.WAITS.value, asked=it.asked + 1)
    looking.plan(tx, again, now)
    return again


def share(tx: Tx, it: Brought, name: str, address: str, now: datetime) -> Brought:
    """Show one to whoever has its address below ours, with its owner's name where they choose so."""
    if it.verified_at is None or not it.holds:
        raise Refused(msg("It can be shown to others once it was looked at and is good."))
    return brought.change(tx, it, shared_at=now, name=name, address=address.rstrip("/"))


def unshare(tx: Tx, it: Brought) -> Brought:
    """Show one to nobody else any more."""
    return brought.change(tx, it, shared_at=None, name="")


def _cleaned(said: foreign.Said) -> Mapping[str, Any]:
    """Return what a badge says, as it can be shown: whoever made it may have meant us harm."""
    is_web = said.issuer_id.startswith("did:web:")
    host = unquote(said.issuer_id.removeprefix("did:web:").partition(":")[0]) if is_web else ""
    return {
        "name": _one_line(said.name)[:80] or _NO_NAME,
        "about": clean(said.about),
        "criteria": clean(said.criteria),
        "issuer": _one_line(said.issuer)[:120],
        "host": _one_line(host),
        "awarded": said.awarded.isoformat() if said.awarded else "",
    }


def _one_line(words: str) -> str:
    return " ".join(clean(words).split())
