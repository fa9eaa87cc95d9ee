"""Packs of feeds: each a file in `config/packs/feeds`, with blogs and channels for one purpose.

A feed is there because a public list had it, and says which and when: nothing more is promised of it.
`./run feeds check` asks each whether it answers, and one that never did is not subscribed to.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

from plnbot.addresses import canonical
from plnbot.packs.entries import Entry, Problem, Titles
from plnbot.packs.folders import PackFile, PackFolder
from plnbot.packs.frameworks import known_skills
from plnbot.packs.teaching import grades, subjects
from plnbot.values import dataclass

_KINDS = ("blog", "news", "video", "podcast")
_AUDIENCES = ("teachers", "pupils", "both")
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_LONGEST_ADDRESS = 500
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class FeedPackHead:
    """What a pack is called, and is for."""

    name: Titles
    about: Titles


@dataclass(frozen=True, slots=True)
class PackFeed:
    """A feed of a pack. `subjects` and `grades` are empty where it is for all, `skills` where it carries none.

    `lists` are the public lists that it was found in, `found` the month in which they were read.
    """

    id: str
    name: Titles
    address: str
    kind: str
    subjects: tuple[str, ...]
    grades: tuple[str, ...]
    skills: tuple[str, ...]
    audience: str
    paywall: bool
    lists: tuple[str, ...]
    found: str
    retired: bool


FeedPack = PackFile[FeedPackHead, PackFeed]


def _head(entry: Entry) -> FeedPackHead:
    return FeedPackHead(entry.titles("name"), entry.titles("about", most=400))


def _feed(entry: Entry) -> PackFeed:
    address = entry.text("address", most=_LONGEST_ADDRESS)
    where = urlsplit(address)
    if where.scheme not in {"http", "https"} or not where.hostname or where.username:
        entry.wrong("address", "must be an address of the web, such as https://blog.example/feed")
    lists = entry.texts("lists", most=_LONGEST_WORD)
    if not lists:
        entry.wrong("lists", "names no list that has it: write where you found it")
    found = entry.text("found", most=len("2026-11"))
    if not _MONTH.fullmatch(found):
        entry.wrong("found", "must be the month in which it was found, such as 2026-11")
    return PackFeed(
        entry.id(),
        entry.titles("name"),
        address,
        entry.one_of("kind", _KINDS),
        _known(entry, "subjects", subjects()),
        _known(entry, "grades", grades()),
        known_skills(entry),
        entry.one_of("audience", _AUDIENCES),
        entry.flag("paywall"),
        lists,
        found,
        entry.flag("retired"),
    )


def _known(entry: Entry, key: str, pack: Mapping[str, object]) -> tuple[str, ...]:
    said = entry.texts(key, most=_LONGEST_WORD)
    if strange := sorted(set(said) - pack.keys()):
        entry.wrong(key, f"names what no pack knows: {', '.join(strange)}")
    return said


def _between(packs: Mapping[str, FeedPack]) -> Iterator[tuple[str, Problem]]:
    """Yield each feed whose address or id an earlier one has."""
    there: dict[str, str] = {}
    for name, pack in packs.items():
        for each in pack.entries.values():
            for what in (each.id, canonical(each.address)):
                if what in there:
                    said = f"feed {each.id}: stands in {there[what]} already"
                    yield name, Problem(pack.lines[each.id], said)
                    break
                there[what] = name


FEED_PACKS = PackFolder("feeds", "feed", _head, _feed, _between)


@cache
def feed_packs() -> Mapping[str, FeedPack]:
    """Return every pack of feeds that is sound, by its name; where one is not, the log says so."""
    return FEED_PACKS.sound()
