"""What other rooms ask of school calendars: is there school, who has none, is it silent."""

from collections.abc import Sequence
from datetime import date

from plnbot.calendars.school import store
from plnbot.calendars.school.model import Layer, Part, Reach, SchoolYear, Whose
from plnbot.store.database import Tx

_Pair = tuple[int | None, int | None]


def school_days(
    tx: Tx,
    network_id: int,
    district_id: int | None,
    first: date,
    last: date,
    *,
    school_id: int | None = None,
) -> SchoolYear:
    """Return when there is school between two days, both with them, as calendars have it now.

    With neither a district nor a school it is that of the whole network, which is in school while any
    of its districts is. It is a value: it needs no transaction any more.
    """
    network = _Network(tx, network_id, first, last)
    if district_id is None and school_id is None:
        return network.whole()
    return SchoolYear((network.part((district_id, school_id)),))


def out_of_school(tx: Tx, network_id: int, day: date) -> frozenset[int]:
    """Return the members whose school, district or network is in a break, closed or for teachers alone.

    They are neither asked on this day nor counted. Of a weekend by itself nobody is out.
    """
    network = _Network(tx, network_id, day, day)
    if not network.says_anything:
        return frozenset()
    out = [each for each in store.places_of(tx, network_id) if network.part(each).is_out(day)]
    return store.members_in(tx, network_id, out)


def is_silent(tx: Tx, network_id: int, day: date) -> bool:
    """Return whether a post for the whole network is to be left out on this day.

    So it is where calendars say of every district with members that there is no school; a district
    without a calendar is in school. Who told of no district does not keep a network awake.
    """
    return school_days(tx, network_id, None, day, day).is_out(day)


def part_of(tx: Tx, whose: Whose, first: date, last: date) -> Part:
    """Return what counts for somebody between two days: for those of a school, a district, or all."""
    district = whose.number if whose.reach is Reach.DISTRICT else whose.district
    school = whose.number if whose.reach is Reach.SCHOOL else None
    return _Network(tx, whose.network, first, last).part((district, school))


class _Network:
    """A network's calendars over some days, and what counts for whom."""

    def __init__(self, tx: Tx, network: int, first: date, last: date) -> None:
        self._tx, self._network = tx, network
        calendars = store.calendars_of(tx, network)
        entries = store.entries_of(tx, [each.id for each in calendars], first, last)
        self._layers: dict[int | None, Layer] = {}
        for whose in dict.fromkeys(each.organisation for each in calendars):
            mine = (entries[each.id] for each in calendars if each.organisation == whose)
            self._layers[whose] = Layer([one for found in mine for one in found])

    @property
    def says_anything(self) -> bool:
        """Whether there is a calendar at all."""
        return bool(self._layers)

    def part(self, place: _Pair) -> Part:
        """Return what counts for the members of a district and a school."""
        district, school = place
        near = [self._layers[each] for each in (school, district) if each in self._layers and each]
        everybody = self._layers.get(None)
        return Part((*near, *((everybody,) if everybody else ())))

    def whole(self) -> SchoolYear:
        """Return the whole network, each part once."""
        if not self.says_anything:
            return SchoolYear()
        if set(self._layers) == {None}:
            return SchoolYear((self.part((None, None)),))
        places = [pair for pair in store.places_of(self._tx, self._network) if any(pair)]
        return SchoolYear(self._parts(places) or (self.part((None, None)),))

    def _parts(self, places: Sequence[_Pair]) -> Sequence[Part]:
        """Return one part for all places that have the same calendars."""
        own = dict.fromkeys(
            tuple(each if each in self._layers else None for each in pair) for pair in places
        )
        return tuple(self.part((district, school)) for district, school in own)
