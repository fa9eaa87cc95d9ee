"""Answers: one for each source and what it is under."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Executable, and_, bindparam, case, func, not_, or_, select, true, update

from plnbot.gathering.model import OWN, Standing, own_source
from plnbot.gathering.store.anonymous import drop_unnamed
from plnbot.gathering.store.tables import answer, left_out
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

# Said again, an answer keeps its place among the others; its words are the new ones.
_PUT = on_both(
    answer,
    lambda new: new.on_conflict_do_update(
        index_elements=["source", "kind", "under_id"],
        set_={
            "words": new.excluded.words,
            "choice": new.excluded.choice,
            "edited_at": case(
                (
                    and_(
                        answer.c.words == new.excluded.words, answer.c.choice == new.excluded.choice
                    ),
                    answer.c.edited_at,
                ),
                else_=new.excluded.at,
            ),
        },
    ).returning(answer.c.id),
)
_KIND = answer.c.kind == bindparam("kind")
OF_WHOLE = (_KIND, answer.c.whole_id == bindparam("whole"))
TO_ONE = (_KIND, answer.c.under_id == bindparam("under"))
ANSWERS = (
    select(answer, left_out.c.member_id.is_not(None).label("left_out"))
    .select_from(
        answer.outerjoin(
            left_out,
            and_(
                left_out.c.kind == answer.c.kind,
                left_out.c.whole_id == answer.c.whole_id,
                left_out.c.member_id == answer.c.member_id,
            ),
        )
    )
    .order_by(answer.c.at, answer.c.id)
)
# What its author unsaid while it was hidden is a shell: nobody is shown it.
_SPEAKS = or_(answer.c.words != "", answer.c.choice != "")
_BY = answer.c.member_id == bindparam("member")
_FROM = answer.c.source == bindparam("source")
_BY_ID = ANSWERS.where(answer.c.id == bindparam("answer"))
_FROM_MESSAGE = ANSWERS.where(_FROM, _BY)
_FROM_ANY = ANSWERS.where(answer.c.source.in_(bindparam("sources", expanding=True)))
_ONES_OWN = ANSWERS.where(*OF_WHOLE, _FROM, _SPEAKS)
_TO_ONE_BY = ANSWERS.where(*TO_ONE, _BY)
_OF_WHOLE = ANSWERS.where(*OF_WHOLE, _SPEAKS)
_BY_MEMBER = (
    select(answer.c.member_id, func.count().label("many"))
    .where(*OF_WHOLE, _SPEAKS)
    .group_by(answer.c.member_id)
)
_SOURCES_IN = (
    select(answer.c.source)
    .where(
        answer.c.said_in == bindparam("said_in"),
        answer.c.at >= bindparam("since", type_=answer.c.at.type),
    )
    .distinct()
)
_EVERYTHING_BY = ANSWERS.where(_BY)
_SOME = select(answer.c.id).where(_BY, _KIND).limit(bindparam("most"))
_MANY_TO = select(func.count()).where(
    _KIND, answer.c.under_id.in_(bindparam("unders", expanding=True)), _SPEAKS
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one member said under something. `hidden_reason` is the moderator's.

    `kind`, `whole` and `under` say under what; `prepared` that it is its author's alone for now; `said_in`
    the place, or the thread, of its message, as `actions.said_in` names it.
    """

    id: int
    network: int
    kind: str
    whole: int
    under: int
    member: int
    author: str
    words: str
    choice: str
    at: datetime
    edited_at: datetime | None
    late: bool
    prepared: bool
    source: str
    hidden_by: int | None
    hidden_reason: str
    left_out: bool
    said_in: str | None = None

    @property
    def standing(self) -> Standing:
        """Itself, as decisions see it."""
        hidden = self.hidden_by is not None
        return Standing(self.id, self.under, self.source, self.words, self.choice, hidden)

    @property
    def by_form(self) -> bool:
        """Whether it was given by form or tap, so that what the room shows of it is ours."""
        return self.source.startswith(OWN)


def put(tx: Tx, **values: object) -> int:
    """Write an answer down, or its new words: one per source and what it is under; return its id.

    `values` are the columns of a new one but those that a moderator sets; `said_in` only of a message.
    """
    fixed = {"edited_at": None, "hidden_by": None, "hidden_reason": ""}
    made: int = tx.execute(_PUT[tx.dialect], {"said_in": None, **values, **fixed}).scalar_one()
    return made


def drop(tx: Tx, ids: Collection[int]) -> None:
    """Take answers away."""
    if ids:
        tx.execute(answer.delete().where(answer.c.id.in_(ids)))


def empty(tx: Tx, ids: Collection[int]) -> None:
    """Take away what answers say, and leave them hidden as they are."""
    if ids:
        tx.execute(update(answer).where(answer.c.id.in_(ids)).values(words="", choice=""))


def drop_under(tx: Tx, kind: str, unders: Collection[int]) -> None:
    """Take away all that was said under these, which are no longer there."""
    tx.execute(answer.delete().where(answer.c.kind == kind, answer.c.under_id.in_(unders)))
    drop_unnamed(tx, kind, unders)


def open_up(tx: Tx, kind: str, unders: Collection[int], *, said_only: bool = False) -> None:
    """Let everybody read what was prepared for these, or of it what was said aloud anyway."""
    aloud = not_(answer.c.source.startswith(OWN)) if said_only else true()
    tx.execute(
        update(answer)
        .where(answer.c.kind == kind, answer.c.under_id.in_(unders), answer.c.prepared, aloud)
        .values(prepared=False)
    )


def hide(tx: Tx, answer_id: int, by: int | None, reason: str) -> None:
    """Hide an answer everywhere, or show it again with `by` None."""
    tx.execute(
        update(answer)
        .where(answer.c.id == answer_id)
        .values(hidden_by=by, hidden_reason=reason if by else "")
    )


def rename(tx: Tx, member: int, name: str) -> None:
    """Let a member's answers bear their new name."""
    tx.execute(update(answer).where(answer.c.member_id == member).values(author=name))


def without_name(tx: Tx, ids: Collection[int], name: str) -> None:
    """Leave answers standing so that nothing of them leads to who gave them."""
    for each in ids:
        # The source leads to the message on the platform, and from there to its author.
        values = {"author": name, "source": f"former/{each}", "said_in": None}
        tx.execute(update(answer).where(answer.c.id == each).values(values))


def get(tx: Tx, answer_id: int, *, network: int | None = None) -> Answer | None:
    """Return an answer, of this network when one is given."""
    found = next(iter(found_by(tx, _BY_ID, answer=answer_id)), None)
    return found if found is None or network in (None, found.network) else None


def held(tx: Tx, ids: Collection[int]) -> frozenset[int]:
    """Return which of these answers are there, and keep those until this unit of work ends."""
    found = select(answer.c.id).where(answer.c.id.in_(ids)).order_by(answer.c.id)
    return frozenset(tx.execute(found.with_for_update(read=True, key_share=True)).scalars())


def from_message(tx: Tx, source: str, member: int) -> tuple[Answer, ...]:
    """Return what one message of one member answered."""
    return found_by(tx, _FROM_MESSAGE, source=source, member=member)


def from_messages(tx: Tx, sources: Collection[str]) -> tuple[Answer, ...]:
    """Return what these messages answered, whoever wrote them."""
    return found_by(tx, _FROM_ANY, sources=sources)


def sources_in(tx: Tx, said_in: str, since: datetime) -> tuple[str, ...]:
    """Return the sources of what messages of a place answered since then."""
    return tuple(tx.execute(_SOURCES_IN, {"said_in": said_in, "since": since}).scalars())


def ones_own(tx: Tx, kind: str, whole: int, member: int) -> Mapping[int, Answer]:
    """Return what a member gave to a whole by form or tap, by what it is under."""
    found = found_by(tx, _ONES_OWN, kind=kind, whole=whole, source=own_source(member))
    return {each.under: each for each in found}


def said_under(tx: Tx, kind: str, under: int, member: int) -> tuple[Answer, ...]:
    """Return all that a member said under something, in whatever way."""
    return found_by(tx, _TO_ONE_BY, kind=kind, under=under, member=member)


def of_whole(tx: Tx, kind: str, whole: int) -> tuple[Answer, ...]:
    """Return every answer to a whole, in the order they came."""
    return found_by(tx, _OF_WHOLE, kind=kind, whole=whole)


def everything_by(tx: Tx, member: int) -> tuple[Answer, ...]:
    """Return everything that a member ever said under anything."""
    return found_by(tx, _EVERYTHING_BY, member=member)


def answered_before(tx: Tx, kind: str, member: int, *, besides: Collection[int]) -> bool:
    """Return whether a member has answers of this kind besides these."""
    # One more than these: a list within the query costs more than what it spares.
    some = tx.execute(_SOME, {"member": member, "kind": kind, "most": len(besides) + 1})
    return not set(besides).issuperset(some.scalars())


def how_many(tx: Tx, kind: str, unders: Collection[int]) -> int:
    """Return how many answers there are under these, read by everybody or not."""
    many: int = tx.execute(_MANY_TO, {"kind": kind, "unders": unders}).scalar_one()
    return many


def many_by_member(tx: Tx, kind: str, whole: int) -> Mapping[int, int]:
    """Return how many answers to a whole are whose, hidden and left out ones too."""
    rows = tx.execute(_BY_MEMBER, {"kind": kind, "whole": whole})
    return {row.member_id: row.many for row in rows}


def found_by(tx: Tx, found: Executable, **where: object) -> tuple[Answer, ...]:
    """Return what a query made of `ANSWERS` finds."""
    return tuple(
        Answer(
            row.id,
            row.network_id,
            row.kind,
            row.whole_id,
            row.under_id,
            row.member_id,
            row.author,
            row.words,
            row.choice,
            row.at,
            row.edited_at,
            row.late,
            row.prepared,
            row.source,
            row.hidden_by,
            row.hidden_reason,
            bool(row.left_out),
            row.said_in,
        )
        for row in tx.execute(found, where)
    )
