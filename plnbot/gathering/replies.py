"""Replies to answers: which ones somebody's words reply to, and what is noted of it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from plnbot.engine import outbox
from plnbot.engine.ports import Person
from plnbot.engine.routes import Context
from plnbot.errors import Refused
from plnbot.gathering import store
from plnbot.gathering.actions import source_of
from plnbot.gathering.model import OWN, own_source
from plnbot.gathering.places import Declared
from plnbot.gathering.store import Answer
from plnbot.store.database import Tx
from plnbot.talk.interactions import Said
from plnbot.talk.words import msg


def meant(ctx: Context, declared: Iterable[Declared], said: Said) -> Sequence[Answer]:
    """Return the answers of somebody else that words reply to, where replies to them are noted."""
    above = said.reply_to or ctx.where.thread
    if not above:
        return ()
    noting = [each for each in declared if each.replied is not None]
    shown_by = {card for each in noting for card in each.shown_by}
    post = outbox.at_thread(ctx.tx, ctx.where.in_thread(above))
    if post is not None:
        shown = store.get(ctx.tx, int(post.args["answer"])) if post.card in shown_by else None
        found: Sequence[Answer] = () if shown is None else (shown,)
    else:
        found = store.from_messages(ctx.tx, [source_of(ctx.where, above)])
    kinds = {each.kind for each in noting}
    return [each for each in found if each.kind in kinds and each.member != ctx.person.id]


def heard(
    ctx: Context, declared: Iterable[Declared], source: str, to: Sequence[Answer], *, words: bool
) -> None:
    """Note that a message replies to these answers; without words it does no longer."""
    if not words:
        gone(ctx.tx, declared, [source], ctx.now)
        return
    if not to:
        return
    known, there = store.answered_from(ctx.tx, [source]), store.held(ctx.tx, [e.id for e in to])
    new = [each for each in to if each.id in there and each.id not in known]
    for each in new:
        store.note_reply(ctx.tx, each.id, ctx.person.id, source, ctx.now)
    _tell(ctx.tx, declared, new, ctx.now)


def gone(tx: Tx, declared: Iterable[Declared], sources: Collection[str], now: datetime) -> None:
    """Take away the replies that these messages were."""
    answers = store.answered_from(tx, sources)
    if answers:
        store.drop_replies(tx, sources)
        _tell(tx, declared, _those(tx, answers), now)


def forget(tx: Tx, declared: Iterable[Declared], member: int, now: datetime) -> None:
    """Take away every reply of a member."""
    mine = store.replies_by(tx, member)
    store.forget_replies(tx, member)
    # Their messages stand where they were written; read there again, after a gap, they say nothing.
    store.gone(tx, [each.source for each in mine if not each.source.startswith(OWN)], now)
    _tell(tx, declared, _those(tx, [each.answer for each in mine]), now)


def reply(tx: Tx, this: Answer, by: Person, words: str, now: datetime) -> None:
    """Note what a member has us post below an answer; nothing is a mere thank-you, once more replaces it.

    `Refused` where the answer is gone by now.
    """
    if not store.held(tx, [this.id]):
        raise Refused(msg("This answer is no longer there."))
    store.note_reply(tx, this.id, by.id, own_source(by.id), now, words=words)


def take_reply_back(tx: Tx, this: Answer, by: Person) -> None:
    """Undo `reply`."""
    store.take_reply_back(tx, this.id, own_source(by.id))


def _those(tx: Tx, ids: Collection[int]) -> list[Answer]:
    found = (store.get(tx, each) for each in dict.fromkeys(ids))
    return [each for each in found if each is not None]


def _tell(tx: Tx, declared: Iterable[Declared], these: Sequence[Answer], now: datetime) -> None:
    for one in declared:
        mine = [each for each in these if each.kind == one.kind]
        if mine and one.replied is not None:
            one.replied(tx, now, mine)
