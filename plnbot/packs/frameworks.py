"""Frameworks of skills: those of the bot, and what a network's own file adds, some under others.

`skills.toml` is everybody's. Each file in `config/packs/skills` adds a framework, for all networks or for
those that it names. An id means one skill, whichever file it stands in. Whatever touched a skill touched
what that stands within.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from plnbot.packs.entries import Entry, Problem, Titles
from plnbot.packs.folders import PackFile, PackFolder
from plnbot.packs.reading import Named, Pack, named, offered
from plnbot.talk import limits
from plnbot.values import dataclass

_LONGEST_ID, _LONGEST_NETWORK, _FILE = 40, 120, "skills.toml"


@dataclass(frozen=True, slots=True)
class FrameworkHead:
    """What a framework is called and is for; `networks` are those it is for, by name, empty for all."""

    name: Titles
    about: Titles
    networks: tuple[str, ...]


Framework = PackFile[FrameworkHead, Named]


def _head(entry: Entry) -> FrameworkHead:
    return FrameworkHead(
        entry.titles("name"),
        entry.titles("about", most=400, required=False),
        entry.texts("networks", most=_LONGEST_NETWORK),
    )


def _skill(entry: Entry) -> Named:
    within = entry.text("within", most=_LONGEST_ID) if entry.has("within") else ""
    one = named(entry)
    return Named(one.id, one.title, one.about, one.retired, within)


def _in_order(entries: Sequence[Entry], found: Mapping[str, Named]) -> None:
    _stand(entries, found, {})


def _beside_the_bots(entries: Sequence[Entry], found: Mapping[str, Named]) -> None:
    there = _bots()
    for each in entries:
        if each.values.get("id") in there:
            each.wrong("id", f"is one of {_FILE}: choose another")
    _stand(entries, found, there)


def _stand(
    entries: Sequence[Entry], found: Mapping[str, Named], besides: Mapping[str, Named]
) -> None:
    """Note what stands within what is not there, and each circle once, with the skills in it."""
    known, looked_at = {**besides, **found}, set[str]()
    for entry in entries:
        one = found.get(str(entry.values.get("id")))
        if one is None or not one.within or one.id in looked_at:
            continue
        looked_at.add(one.id)
        if one.within not in known:
            near = difflib.get_close_matches(one.within, known, 1)
            meant = f"; {near[0]} is meant?" if near else ""
            entry.wrong("within", f"names a skill that is not there: {one.within}{meant}")
        elif circle := _circle(one.id, known):
            looked_at.update(circle)
            shown = ", ".join([*circle, circle[0]])
            entry.wrong("within", f"leads round in a circle, and no skill stands on top: {shown}")


def _circle(skill: str, known: Mapping[str, Named]) -> Sequence[str]:
    """Return the skills through which one comes back to this one, from it upwards; none where it does not."""
    way = [skill]
    while (above := known[way[-1]].within) in known and above not in way:
        way.append(above)
    return way if above == skill else ()


def _between(frameworks: Mapping[str, Framework]) -> Iterator[tuple[str, Problem]]:
    """Yield each skill that an earlier file has, and files with more skills than can be offered."""
    there: dict[str, str] = {}
    for name, framework in frameworks.items():
        for each in framework.entries:
            if each in there:
                said = f"skill {each}: stands in {there[each]}.toml already"
                yield name, Problem(framework.lines[each], said)
            there.setdefault(each, name)
        for network in framework.head.networks or ("",):
            every = [one for one in frameworks.values() if _is_for(one, network)]
            many = len(offered({**_bots(), **_of(every)}))
            if many > limits.OPTIONS:
                said = f"{many} are offered with those of other files, and people can choose from"
                yield name, Problem(1, f"{said} {limits.OPTIONS} at most: retire some")
                break


def _is_for(framework: Framework, network: str) -> bool:
    return not framework.head.networks or network in framework.head.networks


def _of(frameworks: Iterable[Framework]) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for framework in frameworks:
        found |= {name: one for name, one in framework.entries.items() if name not in found}
    return found


SKILLS = Pack(_FILE, "skill", _skill, limits.OPTIONS, _in_order)
FRAMEWORKS = PackFolder("skills", "skill", _head, _skill, _between, _beside_the_bots)


@cache
def _bots() -> Mapping[str, Named]:
    return SKILLS.load()


@cache
def _frameworks() -> Sequence[Framework]:
    return tuple(FRAMEWORKS.sound().values())


@cache
def skills() -> Mapping[str, Named]:
    """Return every skill that some network has, by id; raises `PackError`."""
    return {**_of(_frameworks()), **_bots()}


def skills_in(network: str) -> Mapping[str, Named]:
    """Return the skills of a network of this name, by id, those of the bot first; raises `PackError`."""
    own = _of(each for each in _frameworks() if _is_for(each, network))
    return {**_bots(), **own}


def known_skills(entry: Entry) -> tuple[str, ...]:
    """Read the skills that an entry of another pack names under `skills`; none where it names none."""
    named = entry.texts("skills", most=_LONGEST_ID)
    if strange := sorted(set(named) - skills().keys()):
        entry.wrong("skills", f"names what no pack knows: {', '.join(strange)}")
    return named


def with_those_above(touched: Iterable[str]) -> tuple[str, ...]:
    """Return the skills among these that are known, and all that they stand within, each once."""
    known, found = skills(), dict[str, None]()
    for each in touched:
        at = each
        while at in known and at not in found:
            found[at] = None
            at = known[at].within
    return tuple(found)
