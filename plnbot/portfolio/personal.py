"""What the portfolio keeps of a member: all of it is theirs; of what they asked others, their words."""

from sqlalchemy import delete, select, update

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.portfolio.store import exemplars, shares
from plnbot.portfolio.store.seen import Seen, seen
from plnbot.portfolio.store.tables import question, share
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _exemplars(tx: Tx, whose: Whose) -> Exported:
    return [_exemplar(each) for each in seen(tx, exemplars.of_member(tx, whose.id))]


def _exemplar(one: Seen) -> dict[str, object]:
    told = one.it.told
    return {
        "title": told.title,
        "goal": one.goal,
        "indicator": told.own or (told.indicator.value if told.indicator else ""),
        "reflection": told.reflection,
        "versions": [
            {"number": each.number, "at": each.at.isoformat(), "what": each.what, "why": each.why}
            for each in one.versions
        ],
        "evidence": [
            {
                "version": each.version,
                "is": each.show.value,
                "title": each.title,
                "link": each.link,
                "activity": each.source,
            }
            for each in one.evidence
        ],
        "questions": [
            {
                "at": each.at.isoformat(),
                "asked": each.words,
                "answer": each.answer,
                "answered_at": each.answered.isoformat() if each.answered else None,
            }
            for each in one.questions
        ],
    }


def _forget_exemplars(tx: Tx, erasure: Erasure) -> None:
    """Take all of it; what was asked on it goes too."""
    mine = erasure.whose.id
    exemplars.remove(tx, [each.id for each in exemplars.of_member(tx, mine)])
    theirs = select(share.c.id).where(share.c.member_id == mine)
    tx.execute(delete(question).where(question.c.share_id.in_(theirs)))
    tx.execute(delete(share).where(share.c.member_id == mine))


def _shares(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "exemplars": list(each.exemplars),
            "at": each.at.isoformat(),
            "until": each.until.isoformat(),
            "withdrawn_at": each.withdrawn.isoformat() if each.withdrawn else None,
            "by_link": each.code,
            "with_member": each.to,
        }
        for each in shares.of_member(tx, whose.id)
    ]


def _asked(tx: Tx, whose: Whose) -> Exported:
    """Return what they asked, with the answers that they were shown."""
    rows = tx.execute(
        select(question, share.c.until, share.c.withdrawn_at)
        .join(share, share.c.id == question.c.share_id)
        .where(question.c.asker_id == whose.id)
        .order_by(question.c.id)
    )
    return [
        {
            "at": row.at.isoformat(),
            "asked": row.words,
            "answer": row.answer
            if row.answered_at and row.answered_at < min(row.until, row.withdrawn_at or row.until)
            else "",
        }
        for row in rows
    ]


def _forget_asked(tx: Tx, erasure: Erasure) -> None:
    """Take their words, and end what was shared with them."""
    mine = erasure.whose.id
    tx.execute(update(question).where(question.c.asker_id == mine).values(words=""))
    open_ = share.c.to_id == mine, share.c.withdrawn_at.is_(None)
    tx.execute(update(share).where(*open_).values(withdrawn_at=erasure.now))


PERSONAL = Personal(
    (
        Holding(
            "portfolio",
            ("portfolio_exemplar", "portfolio_version", "portfolio_evidence"),
            msg("Your exemplars: versions, reflections, evidence, and what was asked about them"),
            msg("until you remove them"),
            _exemplars,
            _forget_exemplars,
        ),
        Holding(
            "portfolio_shares",
            ("portfolio_share",),
            msg("To whom you showed some of your portfolio, and until when"),
            msg("while you are a member"),
            _shares,
            _forget_exemplars,
        ),
        Holding(
            "portfolio_questions",
            ("portfolio_question",),
            msg("What you asked about portfolios that were shared with you"),
            msg("until its teacher removes what you asked about"),
            _asked,
            _forget_asked,
            msg("That something was asked stays beside its answer, without your words."),
        ),
    )
)
