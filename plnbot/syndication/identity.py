"""Which of a feed's items is which, however its publisher names them.

Each post once, ever: so an item must be known again. A guid is made for that, and publishers reuse
them, change them with every build of their site, or give one to all; addresses change their host, or
carry a token that is another one each time; dates are written anew each day. So no single mark is
believed alone. Of two marks that could be one item's, these rules decide, the first that speaks:

    1  the same guid                  it is the same, unless address, title and date all contradict
    2  the same address               it is the same, if title or date agree; or cannot say, and no guid does
    3  the same path on another host  it is the same, if title and date agree, or the date to the second
    4  the same title and instant     it is the same; the same day is too little, if any other mark differs

A mark that several items of the feed have at once says nothing, whichever it is: it is not unique over
the feed. All of it is pure; who keeps items keeps their `Marks`, and for longer than the items.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from enum import StrEnum
from urllib.parse import urlsplit

from plnbot.addresses import canonical
from plnbot.syndication import Item
from plnbot.values import dataclass

_WORDS = re.compile(r"[\W_]+")
_LONGEST = 500


class By(StrEnum):
    """By which rule an item was known again."""

    GUID = "guid"
    LINK = "link"
    MOVED = "moved"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Marks:
    """By what an item is known again; an empty one is a mark that it does not have."""

    guid: str = ""
    link: str = ""
    title: str = ""
    published: datetime | None = None

    @property
    def path(self) -> str:
        """Where it stands on its host, whichever that is."""
        parts = urlsplit(self.link)
        return f"{parts.path}?{parts.query}" if parts.path.strip("/") else ""


def marks_of(item: Item) -> Marks:
    """Return the marks of an item."""
    guid = canonical(item.guid) if item.guid.startswith(("http://", "https://")) else item.guid
    link = canonical(item.link) if item.link else ""
    return Marks(_short(guid), _short(link), _short(spoken(item.title)), item.published)


def spoken(title: str) -> str:
    """Return a title as it is compared: words alone, in small letters, without accents."""
    if title.isascii():
        return _WORDS.sub(" ", title.casefold()).strip()
    bare = unicodedata.normalize("NFKD", title.casefold())
    return _WORDS.sub(
        " ", "".join(each for each in bare if not unicodedata.combining(each))
    ).strip()


def _short(mark: str) -> str:
    """Return a mark that is no longer than one may be kept."""
    if len(mark) <= _LONGEST:
        return mark
    return f"sha256:{hashlib.sha256(mark.encode('utf-8', 'surrogatepass')).hexdigest()}"


def same(one: Marks, other: Marks, *, shared: frozenset[str] = frozenset()) -> By | None:
    """Return by which rule two marks are one item's, or None. `shared` marks say nothing."""
    guids = _agree(one.guid, other.guid, shared)
    links = _agree(one.link, other.link, shared)
    titles = _agree(one.title, other.title, frozenset())
    dates = one.published == other.published if one.published and other.published else None
    if guids and not (links is False and titles is False and dates is not True):
        return By.GUID
    if links and (titles or dates or (guids is None and None in (titles, dates))):
        return By.LINK
    paths = bool(one.path) and one.path == other.path
    if paths and dates and (titles or _to_the_second(one.published)):
        return By.MOVED
    if titles and dates and (_to_the_second(one.published) or (guids is None and links is None)):
        return By.TITLE
    return None


def _agree(one: str, other: str, shared: frozenset[str]) -> bool | None:
    """Tell whether two marks agree; None where one of them says nothing."""
    if not one or not other or one in shared or other in shared:
        return None
    return one == other


def _to_the_second(instant: datetime | None) -> bool:
    """Tell whether a date is an instant, and not only a day."""
    return instant is not None and instant.astimezone(UTC).time() != time()


@dataclass(frozen=True, slots=True)
class KnownBy:
    """What an item turned out to be: the marks it is known by, and by which rule."""

    marks: Marks
    by: By


class Ledger:
    """The marks that are kept of a feed, ready to be asked."""

    def __init__(self, kept: Iterable[Marks]) -> None:
        self._kept = list(kept)
        self._index: Mapping[str, list[Marks]] = _indexed(self._kept)

    def sort_out(self, items: Sequence[Item]) -> list[tuple[Item, KnownBy | None]]:
        """Return each item of one reading with what it is known by; None is a new one.

        What stands twice in this reading is new once, and known the second time.
        """
        found = [(item, marks_of(item)) for item in items]
        shared = self._shared([marks for _, marks in found])
        index = defaultdict(list, {key: list(held) for key, held in self._index.items()})
        sorted_out: list[tuple[Item, KnownBy | None]] = []
        for item, marks in found:
            known = _find(index, marks, shared)
            sorted_out.append((item, known))
            if known is None:
                for key in _keys(marks):
                    index[key].append(marks)
        return sorted_out

    def _shared(self, new: Sequence[Marks]) -> frozenset[str]:
        """Return guids and addresses that several items have at once, here or among those kept."""
        holders: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for group in (self._kept, new):
            at_once: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
            for each in group:
                if each.guid:
                    at_once[each.guid].add((each.link, each.title))
                if each.link:
                    at_once[each.link].add((each.guid or each.title, each.title))
            for mark, held in at_once.items():
                if len({first for first, _ in held}) > 1 and len({last for _, last in held}) > 1:
                    holders[mark] |= held
        return frozenset(holders)


def _keys(marks: Marks) -> list[str]:
    """Return under what marks are looked for: two that could be one item's share one of these."""
    date = marks.published.isoformat() if marks.published else ""
    keys = {
        "g": marks.guid,
        "l": marks.link,
        "t": marks.title and date and f"{date} {marks.title}",
        "p": marks.path and date and f"{date} {marks.path}",
    }
    return [f"{kind}{said}" for kind, said in keys.items() if said]


def _indexed(kept: Iterable[Marks]) -> Mapping[str, list[Marks]]:
    index: defaultdict[str, list[Marks]] = defaultdict(list)
    for each in kept:
        for key in _keys(each):
            index[key].append(each)
    return index


def _find(
    index: Mapping[str, Sequence[Marks]], marks: Marks, shared: frozenset[str]
) -> KnownBy | None:
    for key in _keys(marks):
        for other in index.get(key, ()):
            if (by := same(marks, other, shared=shared)) is not None:
                return KnownBy(other, by)
    return None
