"""Peers' words of the command line: how rounds stand, and one made again from what it was made from."""

import argparse
from typing import TYPE_CHECKING

from plnbot.command_words import CommandWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plnbot.command_words import Unit


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    rounds = actions.add_parser("rounds", help="how the latest rounds stand")
    rounds.add_argument("--most", type=int, default=20, metavar="N", help="so many of them (20)")
    replay = actions.add_parser("replay", help="make a round again, and say whether it is the same")
    replay.add_argument("round", type=int, help="its number in `./run peers rounds`")
    replay.add_argument("--pairs", action="store_true", help="say of each group why these")


def _prepare(given: argparse.Namespace) -> "Unit | Sequence[str]":
    from plnbot.peers import replaying

    if given.action == "rounds":
        return replaying.standing(given.most)
    return replaying.replaying(given.round, pairs=given.pairs)


WORDS = (CommandWord("peers", "see how rounds stand, and replay one", _arguments, _prepare),)
