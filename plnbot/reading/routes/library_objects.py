"""What buttons of the library are about: things, entries of the catalogue, a time that somebody has."""

from plnbot.engine.objects import Object
from plnbot.engine.posts import NothingToDo
from plnbot.reading.model.things import Entry, Worth, thing_of
from plnbot.reading.store import catalogue, things
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass

MOST_MINUTES = 24 * 60
_GONE = msg("This is no longer here. What you saved and wrote stays: `/pln feed saved`.")


@dataclass(frozen=True, slots=True)
class TimeAtHand:
    """The minutes that somebody has."""

    minutes: int


def _thing(tx: Tx, row: str) -> Worth | None:
    named = thing_of(row)
    return things.of_any_network(tx, named) if named else None


def _time(_tx: Tx, row: str) -> TimeAtHand | None:
    minutes = row_number(row)
    return TimeAtHand(minutes) if 0 < minutes <= MOST_MINUTES else None


A_THING: Object[Worth] = Object(
    "thing to read",
    load=_thing,
    network=lambda worth: worth.network,
    scope=lambda worth: worth.thing.ref,
    gone=_GONE,
)
AN_ENTRY: Object[Entry] = Object(
    "catalogue entry",
    load=lambda tx, row: catalogue.get(tx, row_number(row)),
    network=lambda entry: entry.network,
    scope=lambda entry: f"entry:{entry.id}",
    gone=msg("This entry is no longer there."),
)
A_TIME: Object[TimeAtHand] = Object(
    "time at hand",
    load=_time,
    network=NothingToDo("a number of minutes is nobody's"),
    scope=lambda time: str(time.minutes),
    gone=msg("How many minutes do you have? Try `/pln feed minutes 8`."),
)
