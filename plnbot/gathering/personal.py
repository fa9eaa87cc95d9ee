"""What gathering keeps of a member: what they said under what was asked, and where they keep out."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import delete, select, update

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.engine.store import audit
from plnbot.gathering import replies, store
from plnbot.gathering.places import Declared, of_answers
from plnbot.gathering.store import Answer
from plnbot.gathering.store.tables import left_out
from plnbot.store.database import Tx
from plnbot.talk.words import msg

_NAME = "answers"


def personal(declared: Sequence[Declared]) -> Personal:
    """Return what is kept of members, for all who gather."""
    return Personal(
        (
            Holding(
                _NAME,
                ("answer", "heard_message"),
                msg("Your answers to what was asked here, in archives too, with your name"),
                msg("until you take them back"),
                _exported(declared),
                lambda tx, erasure: _erase(tx, erasure, declared),
                nameless=msg("Your answers that others can read"),
                expire=store.forget,
            ),
            Holding(
                "left_out",
                ("answer_left_out",),
                msg("Which archives you keep your answers out of"),
                msg("while you are a member"),
                _left_out,
                _erase_left_out,
            ),
            Holding(
                "replies_to_answers",
                ("answer_reply",),
                msg("To which answers you replied, and when; your words only where I posted them"),
                msg("as long as the answer is kept"),
                _replies(declared),
                lambda tx, erasure: replies.forget(tx, declared, erasure.whose.id, erasure.now),
            ),
            Holding(
                "answered_without_a_name",
                ("anonymous_giver", "anonymous_answer"),
                msg("That you answered something without your name, apart from what you said"),
                msg("as long as what was asked is kept"),
                _without_a_name,
                lambda tx, erasure: store.forget_giver(tx, erasure.whose.id),
                msg("What you said without your name stays: nobody can tell which it is."),
            ),
        )
    )


def _exported(declared: Sequence[Declared]) -> Callable[[Tx, Whose], Exported]:
    def export(tx: Tx, whose: Whose) -> Exported:
        mine = store.everything_by(tx, whose.id)
        about = _about(tx, declared, mine)
        return [{**about.get(each.id, {}), **_told(each)} for each in mine]

    return export


def _replies(declared: Sequence[Declared]) -> Callable[[Tx, Whose], Exported]:
    def export(tx: Tx, whose: Whose) -> Exported:
        mine = store.replies_by(tx, whose.id)
        to = [one for each in mine if (one := store.get(tx, each.answer)) is not None]
        about = _about(tx, declared, to)
        return [
            {
                **about.get(each.answer, {}),
                "replied_at": each.at.isoformat(),
                "words": each.words or None,
            }
            for each in mine
        ]

    return export


def _about(
    tx: Tx, declared: Sequence[Declared], these: Sequence[Answer]
) -> dict[int, Mapping[str, object]]:
    return {
        number: told
        for each in declared
        for number, told in each.about(tx, [a for a in these if a.kind == each.kind]).items()
    }


def _told(each: Answer) -> dict[str, object]:
    return {
        "answer": each.words,
        **({"choice": each.choice} if each.choice else {}),
        "at": each.at.isoformat(),
        "edited_at": each.edited_at.isoformat() if each.edited_at else None,
        "late": each.late,
        "hidden_because": each.hidden_reason or None,
    }


def _erase(tx: Tx, erasure: Erasure, declared: Sequence[Declared]) -> None:
    """Take answers away; or, where they wish so, only the name from those that everybody reads."""
    mine = store.everything_by(tx, erasure.whose.id)
    kept = [each for each in mine if _NAME in erasure.kept and _is_read(each)]
    # The messages stand where they were written. Read there again, after a gap, they say nothing.
    store.gone(tx, [each.source for each in mine if not each.by_form], erasure.now)
    store.without_name(tx, [each.id for each in kept], erasure.whose.afterwards)
    store.drop(tx, [each.id for each in mine if each not in kept])
    # Why an answer was hidden may say whose it was.
    subjects = [f"answer:{each.id}" for each in mine]
    tx.execute(update(audit).where(audit.c.subject.in_(subjects)).values(detail={}))
    for of in dict.fromkeys((each.kind, each.whole) for each in mine):
        these = [each for each in mine if (each.kind, each.whole) == of]
        found = of_answers(tx, erasure.now, declared, these)
        if found is not None:
            unders = {each.under for each in these}
            found[1].changed(unders, [each.id for each in these])


def _is_read(each: Answer) -> bool:
    return not (each.left_out or each.hidden_by or each.prepared)


def _left_out(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(left_out).where(left_out.c.member_id == whose.id))
    return [{"of": row.kind, "number": row.whole_id} for row in rows]


def _without_a_name(tx: Tx, whose: Whose) -> Exported:
    return [{"of": kind, "number": under} for kind, under in store.given_by(tx, whose.id)]


def _erase_left_out(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(left_out).where(left_out.c.member_id == erasure.whose.id))
