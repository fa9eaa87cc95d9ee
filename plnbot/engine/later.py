"""Answers that come later, told where somebody asked.

What a member asks for may take outside work: reading their file, or a page of the web. They are told so
at once, by a `Reply` that `awaits` a number; the adapter that showed it waits for what came of it and
shows that in its place. Unless it says within seconds that it did, what came is written to the member
directly, as a post like any other.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.engine import notices, outbox, uploads, work
from plnbot.engine.context import Context
from plnbot.engine.uploads import SentForm
from plnbot.store.database import Tx
from plnbot.talk.cards import Card
from plnbot.talk.interactions import Reply, Submit

ANSWER = "engine.form_answer"
PATIENCE = timedelta(seconds=5)
"""How long an answer waits for whoever shows it where it was asked for, before it is written directly."""
_ASKED = ""


def promise(context: Context) -> int:
    """Keep who waits for an answer, and where; return the number that a `Reply` awaits."""
    return uploads.take_in(context, Submit(_ASKED, {}))


def keep_promise(tx: Tx, number: int, cards: Sequence[Card], now: datetime) -> None:
    """Tell what came of it; who has been erased meanwhile is told nothing."""
    asked = uploads.sent(tx, number)
    if asked is not None and not asked.answer:
        tell(tx, asked, cards, now)


def tell(tx: Tx, form: SentForm, cards: Sequence[Card], now: datetime) -> None:
    """Let these cards be what came of a form."""
    uploads.answer_with(tx, form.id, cards)
    for at, key in enumerate(_keys(form.id, cards)):
        args: outbox.Args = {"form": form.id, "at": at}
        notices.answer(tx, form.network, form.who, ANSWER, args, key=key, now=now + PATIENCE)


def outcome_of(tx: Tx, form: SentForm) -> Reply | None:
    """Return what came of a form, while it is not being written to the member directly."""
    keys = _keys(form.id, form.answer)
    if not keys or len(work.waiting(tx, keys)) < len(keys):
        return None
    return Reply(form.answer[0], more=form.answer[1:])


def shown_there(tx: Tx, form: SentForm, now: datetime) -> None:
    """Take back that an answer is written directly."""
    for key in _keys(form.id, form.answer):
        work.cancel(tx, key, now)


def _keys(number: int, cards: Sequence[Card]) -> list[str]:
    return [f"form/{number}/{at}" for at in range(len(cards))]
