"""The catalogue: what is no feed is listed by its link, changed, taken out, put back."""

from datetime import datetime, time, timedelta

from plnbot.addresses import key
from plnbot.engine import audit
from plnbot.engine.ports import Person
from plnbot.reading.actions.indexing import index
from plnbot.reading.model.things import About, Entry, EntryDeed, Thing, ThingKind, over_at
from plnbot.reading.store import catalogue as store
from plnbot.reading.store.catalogue import Listing
from plnbot.store.database import Tx
from plnbot.walltime import instant


def add(tx: Tx, link: str, about: About, now: datetime, *, by: Person) -> Entry:
    """List something; a link that is listed already is said otherwise from now on."""
    listing = _listing(link, about, by.network.zone)
    before = store.of_key(tx, by.network.id, listing.key, now)
    if before is not None:
        return change(tx, before, link, about, now, by=by)
    number = store.add(tx, by.network.id, listing, now, by=by.id)
    return _settled(tx, number, EntryDeed.ADDED, now, by)


def change(tx: Tx, entry: Entry, link: str, about: About, now: datetime, *, by: Person) -> Entry:
    """Say otherwise what an entry is, and where; reports of its old link are settled."""
    store.change(tx, entry.id, _listing(link, about, by.network.zone))
    if link != entry.link:
        store.settle_reports(tx, Thing(ThingKind.ENTRY, entry.id))
    return _settled(tx, entry.id, EntryDeed.CHANGED, now, by)


def remove(tx: Tx, entry: Entry, now: datetime, *, by: Person, back: bool = False) -> Entry:
    """Take an entry out, or put it back."""
    store.take_out(tx, entry.id, None if back else now)
    return _settled(tx, entry.id, EntryDeed.BACK if back else EntryDeed.REMOVED, now, by)


def _settled(tx: Tx, number: int, deed: EntryDeed, now: datetime, by: Person) -> Entry:
    """Return an entry as it is by now, found as such, with a line in the log."""
    found = store.get(tx, number)
    if found is None:
        raise LookupError(number)
    index(tx, found.network, Thing(ThingKind.ENTRY, number), now)
    audit.record(
        tx, found.network, by.id, deed.value, f"entry:{number}", now=now, title=found.about.title
    )
    return found


def _listing(link: str, about: About, zone: str) -> Listing:
    return Listing(link, key(link)[:600], about, _ends(about, zone))


def _ends(about: About, zone: str) -> datetime | None:
    if about.until is None:
        return over_at(about, None)
    after = datetime.combine(about.until + timedelta(days=1), time())
    return over_at(about, instant(after, zone))
