"""The members' words of the command line: a network's districts, from a file."""

import argparse
from typing import TYPE_CHECKING

from plnbot.command_words import CommandWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plnbot.command_words import Unit


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    reading = actions.add_parser("import", help="from a CSV file: name, state, other names")
    reading.add_argument("file", help="its first line names the columns; | between other names")
    reading.add_argument(
        "--network", default="", help="which one, by name or workspace (the first)"
    )
    reading.add_argument("--check", action="store_true", help="only say what is wrong with it")


def _prepare(given: argparse.Namespace) -> "Unit | Sequence[str]":
    from plnbot.members.district_import import importing

    return importing(given.file, given.network, check=given.check)


WORDS = (CommandWord("districts", "bring a network's districts in", _arguments, _prepare),)
