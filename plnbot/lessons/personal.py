"""What lessons keep of a member: those they share, those they took, what they reported."""

from sqlalchemy import delete, select, update

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.lessons.store import lessons, uses
from plnbot.lessons.store.tables import author, report, use, version
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _shared(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "title": each.told.title,
            "about": each.told.about,
            "link": each.told.link,
            "licence": each.told.terms or each.told.licence.value,
            "remix_of": each.source_title,
            "at": each.at.isoformat(),
            "taken_down": each.why,
            "versions": [
                {"number": one.number, "at": one.at.isoformat(), "why": one.why}
                for one in lessons.versions_of(tx, each.id)
                if one.by == whose.id
            ],
        }
        for each in lessons.of_author(tx, whose.id)
    ]


def _forget_shared(tx: Tx, erasure: Erasure) -> None:
    """Take what is theirs alone; what others designed with them stays, without their name."""
    mine = erasure.whose.id
    for each in lessons.of_author(tx, mine):
        if list(lessons.authors_of(tx, [each.id])[each.id]) == [mine]:
            lessons.remove(tx, each.id)
    tx.execute(delete(author).where(author.c.member_id == mine))
    tx.execute(update(version).where(version.c.member_id == mine).values(member_id=None))


def _taken(tx: Tx, whose: Whose) -> Exported:
    found = uses.of_member(tx, whose.id)
    titles = {each.id: each.told.title for each in lessons.among(tx, [one.lesson for one in found])}
    return [
        {
            "lesson": titles.get(each.lesson, ""),
            "taken_at": each.taken.isoformat(),
            "used_at": each.used.isoformat() if each.used else None,
            "went": each.went.value if each.went else "",
            "sentence": each.sentence,
        }
        for each in found
    ]


def _forget_taken(tx: Tx, erasure: Erasure) -> None:
    mine = erasure.whose.id
    taken = [each.lesson for each in uses.of_member(tx, mine)]
    tx.execute(delete(use).where(use.c.member_id == mine))
    for each in lessons.among(tx, taken):
        lessons.index(tx, each)


def _reported(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(report).where(report.c.member_id == whose.id))
    return [{"lesson": row.lesson_id, "at": row.at.isoformat(), "words": row.words} for row in rows]


def _forget_reported(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(report).where(report.c.member_id == erasure.whose.id))


PERSONAL = Personal(
    (
        Holding(
            "lessons",
            ("lesson", "lesson_author", "lesson_version"),
            msg("Lessons that you share, with their versions"),
            msg("as long as the network exists"),
            _shared,
            _forget_shared,
            msg(
                "What others designed with you stays theirs, without your name; remixes keep its title."
            ),
        ),
        Holding(
            "lessons_taken",
            ("lesson_use",),
            msg("Lessons that you took or used, and how it went"),
            msg("while you are a member"),
            _taken,
            _forget_taken,
        ),
        Holding(
            "lessons_reported",
            ("lesson_report",),
            msg("What you reported of lessons"),
            msg("until somebody has looked at it"),
            _reported,
            _forget_reported,
        ),
    )
)
