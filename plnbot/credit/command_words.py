"""Credit's words of the command line: whether the ledger is whole."""

import argparse
from typing import TYPE_CHECKING

from plnbot.command_words import CommandWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plnbot.command_words import Unit


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="action", metavar="WHAT", required=True)
    ledger = what.add_parser("ledger", help="find what was changed, taken out, put in or moved")
    ledger.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="NETWORK:EVENT:HASH",
        help="what a log or a backup says of an event; repeatable",
    )


def _prepare(given: argparse.Namespace) -> "Unit | Sequence[str]":
    from plnbot.credit.verify import verifying

    return verifying(given.head)


WORDS = (CommandWord("verify", "look whether the ledger of credit is whole", _arguments, _prepare),)
