"""The answers to a prompt as a file for spreadsheets."""

from collections.abc import Sequence

from plnbot import gathering
from plnbot.prompts import cards
from plnbot.prompts.actions import KIND
from plnbot.prompts.model import Occurrence
from plnbot.store.database import Tx
from plnbot.talk import spreadsheets

_HEAD = ("prompt", "asked_at", "answered_at", "author", "choice", "answer", "late")


def as_csv(tx: Tx, occurrence: Occurrence, question: str, options: Sequence[str]) -> bytes:
    """Return one row an answer that everybody may read; those without a name come last, mixed."""
    asked = occurrence.asked_at.isoformat(timespec="seconds") if occurrence.asked_at else ""
    said = gathering.of_whole(tx, KIND, occurrence.id)
    named = [
        (
            question,
            asked,
            each.at.isoformat(timespec="seconds"),
            each.author,
            cards.read_as(options, each.choice, ""),
            each.words,
            "yes" if each.late else "no",
        )
        for each in said
        if each.hidden_by is None and not each.left_out
    ]
    unnamed = [
        (question, asked, "", "", cards.read_as(options, each.choice, ""), each.words, "")
        for each in gathering.readable_unnamed(tx, KIND, occurrence.id)
    ]
    return spreadsheets.as_csv([_HEAD, *named, *unnamed])
