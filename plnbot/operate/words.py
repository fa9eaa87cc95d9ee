"""The words that capabilities add to the command line, done beside the running bot."""

import argparse

from config.settings import Settings
from plnbot.command_words import CommandWord
from plnbot.operate.beside import beside, now_of


def done(settings: Settings, word: CommandWord, given: argparse.Namespace) -> int:
    """Do what a word says and print what came of it; return the exit status."""
    prepared = word.prepare(given)
    if not callable(prepared):
        print(*prepared, sep="\n")
        return 0
    return beside(settings, lambda tx: list(prepared(tx, now_of(tx))))
