"""Packs: lists in `config/packs` that an operator may change without touching code.

**What one is.** A TOML file of entries of one kind, each under its own `[[subject]]`, `[[plan]]` …
Each entry has an `id`, and words that people see as a title in each language: `{ en = "…", es = "…" }`.
English must be there, and stands in where a language is not.

**Ids are for good.** What members told and what was planned is kept by id, so an id always means what
it meant: titles may be put in better words, an entry may be added, and one that is no longer wanted
gets `retired = true`: it is not offered any more, and keeps its name wherever it was chosen.

**Checked at the edge.** A file is read when it is first needed, never at the start. It is refused when
it is too large, and every mistake in it is found at once, with its line, in words for whoever wrote it:
`./run packs check` says them before the bot has to. A mistake in one pack is that pack's alone.

A capability declares a `Pack`: the file, the name of its entries, and a function that reads one from
an `Entry`. The entry notes what is wrong and gives something harmless instead, so the function needs no
tests of its own and reads on to the next mistake. Where there are several packs of one kind, it declares
a `PackFolder`: each file there is a pack, and begins with a `[pack]` that says what it is called.
"""

from plnbot.packs.entries import Entry, Problem, Titles
from plnbot.packs.folders import PackFile, PackFolder
from plnbot.packs.reading import FOLDER, Named, Pack, PackError, choices, offered

__all__ = [
    "FOLDER",
    "Entry",
    "Named",
    "Pack",
    "PackError",
    "PackFile",
    "PackFolder",
    "Problem",
    "Titles",
    "choices",
    "offered",
]
