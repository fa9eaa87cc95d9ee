"""The words that capabilities add to the command line, done beside the running bot."""

import argparse

from config.settings import Settings
from plnbot.command_words import Afterwards, CommandWord
from plnbot.operate.beside import beside, now_of
from plnbot.store.database import Tx


def done(settings: Settings, word: CommandWord, given: argparse.Namespace) -> int:
    """Do what a word says and print what came of it; return the exit status."""
    prepared = word.prepare(given)
    if not callable(prepared):
        print(*prepared, sep="\n")
        return 0
    afterwards: list[Afterwards] = []

    def unit(tx: Tx) -> list[str]:
        found = prepared(tx, now_of(tx))
        if not callable(found):
            return list(found)
        afterwards[:] = [found]  # a unit may be run again
        return []

    status = beside(settings, unit)
    for each in afterwards:
        print(*each(), sep="\n")
    return status
