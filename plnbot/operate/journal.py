"""The journal of erasures: a file beside the database, so that no older copy brings anybody back.

It holds numbers and times, one JSON object a line, and no name. Whatever it knows and the database
does not is done again at every start, however the older copy came to be there.
"""

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from plnbot.engine.routes import Routes
from plnbot.errors import PlnError
from plnbot.members.actions.erasing import ERASURES, Erased, again, erasures, kept_in
from plnbot.store.database import Store
from plnbot.values import dataclass

log = logging.getLogger(__name__)


class JournalError(PlnError):
    """The journal cannot be read."""


@dataclass(frozen=True, slots=True)
class Journal:
    """The file `erasures.jsonl` of a data folder."""

    path: Path

    def read(self) -> tuple[Erased, ...]:
        """Return what it knows; a last line that a power cut left unfinished does not count."""
        if not self.path.exists():
            return ()
        return tuple(self._lines(self.path.read_text(encoding="utf-8")))

    def add(self, new: Iterable[Erased]) -> None:
        """Write erasures down, durably."""
        lines = "".join(f"{json.dumps(_packed(each))}\n" for each in new)
        if not lines:
            return
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "rb+") as file:
            # What a power cut left unfinished is overwritten: the database still knows it.
            file.seek(file.read().rfind(b"\n") + 1)
            file.truncate()
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())

    def _lines(self, text: str) -> Iterator[Erased]:
        whole, _, _unfinished = text.rpartition("\n")
        for number, line in enumerate(whole.splitlines(), start=1):
            try:
                yield _unpacked(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise JournalError(
                    f"Line {number} of {self.path} cannot be read. It says who was erased, so mend"
                    " it or take it from a backup rather than deleting the file."
                ) from error


def journal_of(data_dir: Path) -> Journal:
    """Return the journal of a data folder."""
    return Journal(data_dir / "erasures.jsonl")


@contextlib.asynccontextmanager
async def journalled(journal: Journal, store: Store, catalogue: Routes) -> AsyncIterator[None]:
    """Do again what the database forgot; then, until the block ends, write down what it learns."""
    known = await asyncio.to_thread(journal.read)
    await store.run(lambda tx: again(tx, catalogue, known))
    await _follow_up(journal, store)
    changed, ending = asyncio.Event(), asyncio.Event()
    leave = store.follow(lambda topic: changed.set() if topic == ERASURES else None)
    writing = asyncio.create_task(_keep(journal, store, changed, ending), name="erasures")
    try:
        yield
    finally:
        leave()
        ending.set()
        changed.set()
        await writing


async def _keep(
    journal: Journal, store: Store, changed: asyncio.Event, ending: asyncio.Event
) -> None:
    """Follow up after each change, and once at the end; never two at a time."""
    last = False
    while not last:
        await changed.wait()
        changed.clear()
        last = ending.is_set()  # asked before: what is erased while this writes is written too
        try:
            await _follow_up(journal, store)
        except (PlnError, SQLAlchemyError, OSError) as error:
            # The database still knows; the next change, or the next start, comes back to it.
            log.warning("the journal of erasures is behind: %s", error)


async def _follow_up(journal: Journal, store: Store) -> None:
    known = set(await asyncio.to_thread(journal.read))
    there = await store.read(erasures)
    await asyncio.to_thread(journal.add, [each for each in there if each not in known])


def _packed(erased: Erased) -> dict[str, object]:
    packed = asdict(erased)
    return {**packed, "since": erased.since.isoformat(), "at": erased.at.isoformat()}


def _unpacked(packed: dict[str, object]) -> Erased:
    return Erased(
        int(str(packed["member"])),
        datetime.fromisoformat(str(packed["since"])),
        int(str(packed["network"])),
        datetime.fromisoformat(str(packed["at"])),
        kept_in(packed),
    )
