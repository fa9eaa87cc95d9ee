"""Files in: what members send with a form, from any platform, in one shape and never half.

**One shape.** A form asks for a file by a `FileInput`; its submit handler finds an `UploadedFile` among
the values, whichever way it came, and runs once, in one unit of work.

**Two ways.** A browser sends the bytes with the form: the handler runs as for any other form. Slack and
Discord tell only where a file lies: the form is then taken in as a row of `sent_form`, with outside work
that fetches the bytes, looks through them and runs the handler, all of that written in the unit which
ends the work. A crash before that leaves the row and its work, which begins anew. What came of it is shown
by the adapter that waits for it where the form was sent; unless that says within seconds that it was, it is
written to the member directly, as a post like any other.

**What is kept.** The row holds what was typed, never bytes, and goes within a day. A handler that needs
a file in outside work of its own keeps it (`keep`), reads it there (`kept`) and forgets it in its `end`;
what somebody forgets to forget goes within a day too. No byte of a file reaches a log or a work row.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from plnbot.engine.context import Context
from plnbot.engine.objects import Object
from plnbot.engine.store import sent_form, upload
from plnbot.refs import MemberRef, Place, row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Card
from plnbot.talk.codec import pack, unpack_card
from plnbot.talk.forms import Files, Raw
from plnbot.talk.interactions import Submit
from plnbot.talk.uploads import AwaitedFile, UploadedFile, received
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

KEEP = timedelta(days=1)
AGAIN = "form.again"
"""What a form is called that is opened again, from wherever: its row is the number of the first one.

It counts as sent from where that was opened.
"""
_GONE = msg("This form is from too long ago. Please open it again.")


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form that was sent, while its files are awaited; and what came of it afterwards."""

    id: int
    network: int
    who: MemberRef
    where: Place
    form: str
    row: str
    given: Raw
    files: Mapping[str, Sequence[AwaitedFile]]
    answer: tuple[Card, ...] = ()

    def submit(self, files: Files) -> Submit:
        """Return it as what was done, with its files."""
        return Submit(self.form, self.given, self.row, files)


def _closed(context: Context, form: SentForm) -> Sentence | None:
    return None if form.who == context.person.ref else _GONE


A_SENT_FORM = Object(
    name="sent form",
    load=lambda tx, row: sent(tx, row_number(row)),
    network=lambda form: form.network,
    scope=lambda form: f"form:{form.id}",
    gone=_GONE,
    closed=_closed,
)


def take_in(context: Context, submit: Submit) -> int:
    """Keep a form whose files are awaited; return its number."""
    where = context.where
    values = {
        "network_id": context.network.id,
        **_account(context.person.ref),
        "channel": where.channel,
        "thread": where.thread,
        "form": submit.form,
        "row": submit.row,
        "given": {name: _plain(value) for name, value in submit.values.items()},
        "files": {
            name: [{"name": f.name, "size": f.size, "ref": f.ref} for f in awaited(some)]
            for name, some in submit.files.items()
        },
        "at": context.now,
    }
    made = context.tx.execute(insert(sent_form).values(values).returning(sent_form.c.id))
    return int(made.scalar_one())


def awaited(files: Sequence[object]) -> list[AwaitedFile]:
    """Return those that still lie with their platform."""
    return [each for each in files if isinstance(each, AwaitedFile)]


def sent(tx: Tx, number: int) -> SentForm | None:
    """Return a form that was taken in; None where it is long ago or its member was erased."""
    row = tx.execute(select(sent_form).where(sent_form.c.id == number)).one_or_none()
    if row is None:
        return None
    return SentForm(
        row.id,
        row.network_id,
        MemberRef(row.platform, row.workspace, row.user),
        Place(row.platform, row.workspace, row.channel, row.thread),
        row.form,
        row.row,
        row.given,
        {name: tuple(AwaitedFile(**each) for each in some) for name, some in row.files.items()},
        tuple(unpack_card(each) for each in row.answer or ()),
    )


def answer_with(tx: Tx, number: int, cards: Sequence[Card]) -> None:
    """Keep what came of a form, to be told; where its files lie is of no use any more."""
    its = update(sent_form).where(sent_form.c.id == number)
    tx.execute(its.values(answer=[pack(each) for each in cards], files={}))


def keep(context: Context, file: UploadedFile) -> int:
    """Keep a file of the person for a day at most, for outside work; return its number."""
    values = {
        "network_id": context.network.id,
        **_account(context.person.ref),
        "name": file.name,
        "content": file.content,
        "at": context.now,
    }
    made = context.tx.execute(insert(upload).values(values).returning(upload.c.id))
    return int(made.scalar_one())


def kept(tx: Tx, number: int) -> UploadedFile | None:
    """Return a file that was kept, or None where it is gone."""
    row = tx.execute(select(upload).where(upload.c.id == number)).one_or_none()
    return None if row is None else received(row.name, row.content)


def forget(tx: Tx, number: int) -> None:
    """Take away a file that was kept; harmless where it is gone."""
    tx.execute(delete(upload).where(upload.c.id == number))


def expire(tx: Tx, now: datetime) -> None:
    """Take away what has had its time."""
    for table in (sent_form, upload):
        tx.execute(delete(table).where(table.c.at < now - KEEP))


def _account(who: MemberRef) -> dict[str, str]:
    return {"platform": who.platform, "workspace": who.workspace, "user": who.user}


def _plain(value: str | Sequence[str]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)
