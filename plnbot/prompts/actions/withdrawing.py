"""What was handed to its rooms ahead of its instant is taken back while it stands nowhere yet."""

from datetime import datetime

from plnbot.engine import outbox, work
from plnbot.errors import Refused
from plnbot.prompts import store
from plnbot.prompts.actions.after import close_key, nudge_key
from plnbot.prompts.actions.keys import post_key
from plnbot.prompts.actions.stocking import review_key
from plnbot.prompts.model import Occurrence, State
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def withdraw_from(tx: Tx, date: Occurrence, room: int) -> bool:
    """Take an occurrence back from one room; return False where that has it, or gets it just now."""
    if not outbox.withdraw(tx, post_key(date.id, room)):
        return False
    work.forget(tx, nudge_key(date.id, room))
    return True


def withdraw(tx: Tx, date: Occurrence, now: datetime) -> None:
    """Take an occurrence back from all of its rooms, as if it had only been planned.

    Raises `Refused` where one of them has it, or gets it at this very moment.
    """
    rooms = [room for room, state in store.asked_in(tx, date.id).items() if state is State.POSTED]
    for room in rooms:
        if date.at <= now or not withdraw_from(tx, date, room):
            raise Refused(msg("That date has been asked or skipped meanwhile."))
    work.forget(tx, close_key(date.id))
    work.forget(tx, review_key(date.id))
    if date.prompt is not None:
        store.count_use(tx, date.prompt, None, more=-1)
    store.forget_asked(tx, date.id)
    store.forget_closing(tx, date.id)
    store.change_occurrence(tx, date.id, state=State.PLANNED.value, asked_at=None)
