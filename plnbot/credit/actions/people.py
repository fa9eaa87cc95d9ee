"""What becomes of credit when members turn out to be one, or are erased."""

from datetime import datetime

from sqlalchemy import delete, select, update

from plnbot.credit.model.entries import Entry, Forget, decide
from plnbot.credit.store import ledger
from plnbot.credit.store.ledger import New
from plnbot.credit.store.tables import words
from plnbot.engine.personal import Whose
from plnbot.store.database import Tx


def erased(tx: Tx, whose: Whose, now: datetime) -> None:
    """Take back what nobody decided, and write down that words and salts are gone from here on.

    Run again, it finds nothing left to do.
    """
    ledger.lock(tx, whose.network)
    for stands in ledger.of_member(tx, whose.id):
        after = decide(stands.entry, Forget(), now)
        if isinstance(after, Entry):
            ledger.write(tx, "forget", after, 0, now)
    left = select(words.c.seq).where(words.c.member_id == whose.id).limit(1)
    if tx.execute(left).one_or_none() is not None:
        tx.execute(delete(words).where(words.c.member_id == whose.id))
        ledger.append(tx, whose.network, New("erase", 0, whose.id, 0, {}), now)
    tx.execute(update(words).where(words.c.author_id == whose.id).values(author_id=0))
