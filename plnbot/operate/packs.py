"""`plnbot packs check`: what is wrong in packs, all of it at once, before the bot has to say so."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from plnbot import capabilities
from plnbot.findings import Finding
from plnbot.packs import FOLDER, Pack, PackError, PackFolder, Problem
from plnbot.packs.feeds import FEED_PACKS
from plnbot.packs.policies import POLICIES, PolicyPacks
from plnbot.packs.reading import LARGEST, tables_in
from plnbot.packs.teaching import GRADES, LANGUAGES, SKILLS, SUBJECTS

AnyPack = Pack[Any] | PackFolder[Any, Any] | PolicyPacks
_SHARED: tuple[AnyPack, ...] = (SUBJECTS, GRADES, LANGUAGES, SKILLS, FEED_PACKS, POLICIES)


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
    """Check a file of any name: what its entries are called says which pack it is."""
    by_entry: Mapping[str, AnyPack] = {pack.entry: pack for pack in packs()}
    try:
        with path.open("rb") as file:
            entries = tables_in(file.read(LARGEST)) & by_entry.keys()
    except OSError as error:
        return PackError(str(path), [Problem(1, f"cannot be read: {error.strerror}")])
    if len(entries) == 1:
        return _read(by_entry[next(iter(entries))], path, str(path))
    kinds = _listed([f"[[{each}]]" for each in by_entry])
    said = f"I cannot tell which pack this is: its entries are to begin with one of {kinds}"
    return PackError(str(path), [Problem(1, said)])


def _read(pack: AnyPack, path: Path, shown: str) -> str | PackError:
    try:
        entries = pack.load(path)
    except PackError as error:
        return PackError(shown, error.problems)
    return f"{shown}: {len(entries)} × {pack.entry}, sound"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
