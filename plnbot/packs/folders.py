"""A folder of packs of one kind: an operator adds one by putting a file there."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from plnbot.packs.entries import Entry, Problem
from plnbot.packs.reading import (
    FOLDER,
    MOST_PROBLEMS,
    Identified,
    PackError,
    Whole,
    bytes_of,
    entries_in,
    read_all,
)
from plnbot.values import dataclass

log = logging.getLogger(__name__)
HEAD = "pack"
MOST_FILES = 100

Head = TypeVar("Head")
Read = TypeVar("Read", bound=Identified)


def has_head(content: bytes) -> bool:
    """Return whether a file begins as those of folders do, whatever else is wrong with it."""
    lines = content.decode("utf-8-sig", errors="replace").splitlines()
    return any(line.replace(" ", "").startswith(f"[{HEAD}]") for line in lines)


@dataclass(frozen=True, slots=True)
class PackFile(Generic[Head, Read]):
    """One pack of a folder: what its head says, its entries by id, and the line of each."""

    head: Head
    entries: Mapping[str, Read]
    lines: Mapping[str, int]

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self.entries)


@dataclass(frozen=True, slots=True)
class PackFolder(Generic[Head, Read]):
    """A kind of pack of which there are several, each a file in one folder, called by its name.

    Each file begins with a table `[pack]` that `head` reads, and has entries as a `Pack` has. `compare`
    yields what is wrong between files: the name of one, and the problem in it; `whole` is as a `Pack`'s.
    """

    folder: str
    entry: str
    head: Callable[[Entry], Head]
    read: Callable[[Entry], Read]
    compare: Callable[[Mapping[str, PackFile[Head, Read]]], Iterator[tuple[str, Problem]]]
    whole: Whole[Read] | None = None

    @property
    def where(self) -> str:
        """Where they stand in `config/packs`."""
        return f"{self.folder}/*.toml"

    def files(self, folder: Path = FOLDER) -> Sequence[str]:
        """Return the files there are, by their place in `config/packs`."""
        there = sorted((folder / self.folder).glob("*.toml"))[:MOST_FILES]
        return [f"{self.folder}/{each.name}" for each in there]

    def load(self, path: Path) -> PackFile[Head, Read]:
        """Return what stands in one file; raises `PackError`."""
        return self.parsed(bytes_of(path), path.name)

    def parsed(self, content: bytes, name: str) -> PackFile[Head, Read]:
        """Return what stands in the bytes of a file of this name; raises `PackError`."""
        first, *others = entries_in(content, self.entry, name, HEAD)
        head = self.head(first)
        first.done()
        entries, problems = read_all(others, self.read, self.whole)
        problems = first.problems + problems
        if problems:
            raise PackError(name, problems[:MOST_PROBLEMS])
        lines = {str(each.values["id"]): each.line for each in others}
        return PackFile(head, entries, lines)

    def sound(self, folder: Path = FOLDER) -> Mapping[str, PackFile[Head, Read]]:
        """Return every pack that can be used, by its name: a mistake in one is that one's alone."""
        found = {}
        for each in self.files(folder):
            try:
                found[Path(each).stem] = self.load(folder / each)
            except PackError:
                log.warning("%s cannot be used: ./run packs check says why", each)
        return found

    def between(self, folder: Path = FOLDER) -> Iterator[PackError]:
        """Yield for each file what is wrong between it and the others."""
        ill: dict[str, list[Problem]] = {}
        for name, problem in self.compare(self.sound(folder)):
            ill.setdefault(name, []).append(problem)
        for name, problems in ill.items():
            yield PackError(f"{self.folder}/{name}.toml", problems[:MOST_PROBLEMS])
