"""What is kept of members about micro-credentials."""

import base64
import json

from sqlalchemy import delete, select, update

from plnbot.badges.store import applications, awards, brought, definitions
from plnbot.badges.store.tables import application, assigned, award, review, shown, version
from plnbot.badges.store.tables import brought as brought_table
from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _applications(tx: Tx, whose: Whose) -> Exported:
    found = []
    for each in applications.of_member(tx, whose.id):
        terms = definitions.at_version(tx, each.badge, each.version).terms
        names = {one.id: one.name for one in terms.criteria}
        found.append(
            {
                "for": terms.name,
                "standing": each.standing.value,
                "at": each.at.isoformat(),
                "words": {names.get(one, one): said for one, said in each.answers.items()},
                "reflection": each.reflection,
                "files": _files(tx, each.id),
                "missing": {names.get(one, one): notes for one, notes in each.missing.items()},
            }
        )
    return found


def _forget_applications(tx: Tx, erasure: Erasure) -> None:
    """Take words, files and notes on them; that there was one, and how it ended, stays under a number."""
    tx.execute(delete(shown).where(shown.c.member_id == erasure.whose.id))
    theirs = application.c.member_id == erasure.whose.id
    emptied = {"answers": {}, "reflection": "", "missing": {}}
    tx.execute(update(application).where(theirs).values(emptied))
    open_ = application.c.standing.in_(["draft", "waiting", "returned"])
    noted = review.c.application_id.in_(select(application.c.id).where(theirs))
    tx.execute(update(review).where(noted).values(notes={}))
    tx.execute(update(application).where(theirs, open_).values(standing="withdrawn", hears_at=None))


def _files(tx: Tx, number: int) -> list[dict[str, str]]:
    return [
        {
            "name": each.name,
            "content_base64": base64.b64encode(applications.content_of(tx, each.id)).decode(),
        }
        for each in applications.files(tx, number)
    ]


def _awards(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "what": definitions.at_version(tx, each.badge, each.version).terms.name,
            "at": each.at.isoformat(),
            "until": each.until.isoformat() if each.until else None,
            "withdrawn": each.withdrawn_at.isoformat() if each.withdrawn_at else None,
            "key_withdrawn": each.key_withdrawn_at.isoformat() if each.key_withdrawn_at else None,
            "why": each.why,
            "name_on_its_page": each.name,
            "badge": json.loads(each.credential) if each.credential else None,
        }
        for each in awards.of_member(tx, whose.id)
    ]


def _forget_awards(tx: Tx, erasure: Erasure) -> None:
    """Take everything that leads to somebody; the file that they have stays good."""
    emptied = {"identity": "", "salt": "", "shows": [], "name": "", "why": "", "credential": ""}
    theirs = award.c.member_id == erasure.whose.id
    tx.execute(update(award).where(theirs).values(**emptied, asked=0, signed=0))


def _brought(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "what": each.called,
            "from": each.said["issuer"],
            "brought": each.at.isoformat(),
            "verified": each.verified_at.isoformat() if each.verified_at else None,
            "standing": each.standing.value,
            "shown_to_others": each.shared_at.isoformat() if each.shared_at else None,
            "name_on_its_page": each.name,
            "file_base64": base64.b64encode(brought.content_of(tx, each.id)).decode(),
        }
        for each in brought.of_member(tx, whose.id)
    ]


def _forget_brought(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(brought_table).where(brought_table.c.member_id == erasure.whose.id))


def _assessed(tx: Tx, whose: Whose) -> Exported:
    given = tx.execute(select(assigned).where(assigned.c.member_id == whose.id))
    done = tx.execute(select(review).where(review.c.member_id == whose.id))
    return [
        *({"application": row.application_id, "given_to_you": row.at.isoformat()} for row in given),
        *(
            {
                "application": row.application_id,
                "at": row.at.isoformat(),
                "notes": list(row.notes.values()),
            }
            for row in done
        ),
    ]


def _forget_notes(tx: Tx, erasure: Erasure) -> None:
    """Take their notes; what they found stays under a number, for awards stand on it."""
    tx.execute(update(review).where(review.c.member_id == erasure.whose.id).values(notes={}))


def _worked(tx: Tx, whose: Whose) -> Exported:
    withdrawn = tx.execute(select(award).where(award.c.withdrawn_by == whose.id))
    defined = tx.execute(select(version).where(version.c.author_id == whose.id))
    return [
        *(
            {"defined": row.terms["name"], "version": row.number, "at": row.at.isoformat()}
            for row in defined
        ),
        *_assessed(tx, whose),
        *({"withdrew": row.id, "at": row.withdrawn_at.isoformat()} for row in withdrawn),
    ]


PERSONAL = Personal(
    (
        Holding(
            "badge_applications",
            ("badge_application", "badge_evidence"),
            msg("Your applications for micro-credentials: words, files, and what came of them"),
            msg("while you are a member"),
            _applications,
            _forget_applications,
            msg(
                "That you applied, and how it ended, stays under a number; words and files are gone."
            ),
        ),
        Holding(
            "badge_awards",
            ("badge_award",),
            msg("Your micro-credentials, with their files and a hash of the address they are for"),
            msg("while you are a member"),
            _awards,
            _forget_awards,
            msg("That you have one stays under a number, so that your own file still verifies."),
        ),
        Holding(
            "badge_brought",
            ("badge_brought",),
            msg("Badges that you brought from elsewhere, as the files they were"),
            msg("until you take them out, at most while you are a member"),
            _brought,
            _forget_brought,
        ),
        Holding(
            "badge_work",
            ("badge_assigned", "badge_review", "badge_version", "badge_award"),
            msg("Micro-credentials that you defined, assessed or withdrew, and your notes"),
            msg("as long as the network exists"),
            _worked,
            _forget_notes,
            msg("What you decided stays under a number: awards stand on it. Your notes are gone."),
        ),
    ),
    {
        "badge": "which micro-credentials a network has",
        "badge_key": "keys that sign them, sealed",
        "badge_list": "which were withdrawn, by places in which nobody sees whose is whose",
    },
)
