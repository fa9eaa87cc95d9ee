"""Words of the command line that capabilities add: `plnbot districts import FILE`.

A capability that has some keeps them in its `command_words` module, in `WORDS`, and declares the same
in its `CAPABILITY`; a test compares the two. `--help` reads these modules alone, so they import what a
word needs only when it runs.
"""

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import plnbot

if TYPE_CHECKING:
    from datetime import datetime

    from plnbot.store.database import Tx

    Unit = Callable[[Tx, datetime], Sequence[str] | "Afterwards"]

Afterwards = Callable[[], Sequence[str]]
"""What takes long and needs the database no more: it returns the lines to print."""


class CommandWord(NamedTuple):
    """One word: what it is for, what may follow, and what it does.

    `prepare` gets what was given and returns the unit of work that does it beside the running bot, or,
    where there is nothing to write, at once the lines to print. A unit holds up the bot: what takes long
    it returns to be done afterwards. Both raise `PlnError` for what cannot be used, in words for the operator.
    """

    name: str
    about: str
    arguments: Callable[[argparse.ArgumentParser], None]
    prepare: "Callable[[argparse.Namespace], Unit | Sequence[str]]"


def of_capabilities() -> dict[str, CommandWord]:
    """Return every capability's words, by name."""
    found = [
        each
        for name in sorted(_folders_with_words())
        for each in import_module(f"plnbot.{name}.command_words").WORDS
    ]
    return {each.name: each for each in found}


def _folders_with_words() -> Iterator[str]:
    # Not by pathlib: importing it would be a tenth of what `--help` takes.
    for root in plnbot.__path__:
        with os.scandir(root) as found:
            folders = [each for each in found if each.is_dir()]
        for folder in folders:
            with os.scandir(folder.path) as found:
                if any(each.name == "command_words.py" for each in found):
                    yield folder.name
