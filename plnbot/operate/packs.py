"""`plnbot packs check`: what is wrong in packs, all of it at once, before the bot has to say so."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from plnbot import capabilities
from plnbot.findings import Finding
from plnbot.packs import FOLDER, Pack, PackError, PackFolder, Problem
from plnbot.packs.feeds import FEED_PACKS
from plnbot.packs.folders import has_head
from plnbot.packs.frameworks import FRAMEWORKS, SKILLS
from plnbot.packs.policies import POLICIES, PolicyPacks
from plnbot.packs.reading import LARGEST, tables_in
from plnbot.packs.teaching import GRADES, LANGUAGES, SUBJECTS

AnyPack = Pack[Any] | PackFolder[Any, Any] | PolicyPacks
_SHARED: tuple[AnyPack, ...] = (
    SUBJECTS,
    GRADES,
    LANGUAGES,
    SKILLS,
    FRAMEWORKS,
    FEED_PACKS,
    POLICIES,
)


def packs() -> tuple[AnyPack, ...]:
    """Return every pack that some part of plnbot reads."""
    return (*_SHARED, *(pack for each in capabilities.every() for pack in each.packs))


def check(files: Sequence[str]) -> int:
    """Say of these files, or of all that are in use, whether they are sound; return 1 if one is not."""
    ill = 0
    for each in checked(files):
        if isinstance(each, PackError):
            ill += 1
            print(each, file=sys.stderr)
        else:
            print(each)
    return 1 if ill else 0


def checked(files: Sequence[str] = (), folder: Path = FOLDER) -> Iterator[str | PackError]:
    """Yield for each pack a line that says how much is in it, or what is wrong with it."""
    if files:
        for each in files:
            yield _looked_at(Path(each).expanduser())
        return
    known = {name: pack for pack in packs() for name in pack.files(folder)}
    for name, pack in known.items():
        yield _read(pack, folder / name, name)
    for pack in packs():
        yield from pack.between(folder)
    for path in sorted([*folder.glob("*.toml"), *folder.glob("*/*.toml")]):
        name = path.relative_to(folder).as_posix()
        if name not in known:
            said = f"nothing reads this file; packs are {_listed(sorted(each.where for each in packs()))}"
            yield PackError(name, [Problem(1, said)])


def found(folder: Path = FOLDER) -> Iterator[Finding]:
    """Yield what the doctor says about the packs in use."""
    ill = [each for each in checked(folder=folder) if isinstance(each, PackError)]
    if not ill:
        yield Finding("the packs in config/packs are sound")
    for each in ill:
        first, *more = str(each).splitlines()
        others = f" (and {len(more)} more)" if more else ""
        yield Finding(f"{first}{others}", "./run packs check says all of it, line by line.")


def _looked_at(path: Path) -> str | PackError:
    """Check a file of any name: what its entries are called, and whether it has a head, says which it is."""
    by_entry: dict[str, list[AnyPack]] = {}
    for pack in packs():
        by_entry.setdefault(pack.entry, []).append(pack)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST)
    except OSError as error:
        return PackError(str(path), [Problem(1, f"cannot be read: {error.strerror}")])
    entries = tables_in(content) & by_entry.keys()
    if len(entries) == 1:
        kinds = by_entry[next(iter(entries))]
        alike = [each for each in kinds if isinstance(each, PackFolder) is has_head(content)]
        return _read((alike or kinds)[0], path, str(path))
    known = _listed([f"[[{each}]]" for each in by_entry])
    said = f"I cannot tell which pack this is: its entries are to begin with one of {known}"
    return PackError(str(path), [Problem(1, said)])


def _read(pack: AnyPack, path: Path, shown: str) -> str | PackError:
    try:
        entries = pack.load(path)
    except PackError as error:
        return PackError(shown, error.problems)
    return f"{shown}: {len(entries)} × {pack.entry}, sound"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
