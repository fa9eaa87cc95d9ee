"""Defining a micro-credential in words and fields: what was typed, read as what it asks."""

import uuid
from collections.abc import Sequence

from plnbot.badges.model import MOST_ALIGNMENTS, MOST_CRITERIA, Criterion
from plnbot.openbadges.canonical import is_control
from plnbot.talk.lists import lines_of
from plnbot.talk.text import is_web_address
from plnbot.talk.words import Sentence, msg

LONGEST_NAME, LONGEST_WORDS = 60, 300
UNREADABLE = msg("There is a character in it that cannot be shown or signed (�). Type it anew.")


def readable(words: str) -> bool:
    """Return whether every character of some words came through: they are going to be signed."""
    return "\ufffd" not in words and not any(map(is_control, words))


def read_criteria(typed: str, before: Sequence[Criterion] = ()) -> Sequence[Criterion] | Sentence:
    """Return the criteria of a text, one a line, or what is wrong with it.

    A line is `Name: what is looked for | what evidence is wanted`. One that is called as before is the
    same criterion.
    """
    known = {each.name.casefold(): each.id for each in before}
    found: list[Criterion] = []
    for line in lines_of(typed):
        said, _, wants = line.partition("|")
        name, colon, words = (each.strip() for each in said.partition(":"))
        if not colon or not name or not words:
            return msg(
                "This line needs a name, a colon and what is looked for: {line}", line=line[:80]
            )
        if len(name) > LONGEST_NAME or len(words) > LONGEST_WORDS or len(wants) > LONGEST_WORDS:
            return msg(
                "This line is too long: {line}. A name may have {short} characters, the rest {long}.",
                line=line[:40],
                short=LONGEST_NAME,
                long=LONGEST_WORDS,
            )
        number = known.get(name.casefold()) or str(uuid.uuid4())
        found.append(Criterion(number, name, words, wants.strip()))
    names = [each.name.casefold() for each in found]
    if len(set(names)) < len(names):
        return msg("Two criteria have the same name. Give each its own.")
    if len(found) > MOST_CRITERIA:
        return msg("{n} criteria are the most. Put some of them together.", n=MOST_CRITERIA)
    return tuple(found)


def criteria_as_typed(criteria: Sequence[Criterion]) -> str:
    """Return criteria as they are typed."""
    return "\n".join(
        f"{each.name}: {each.words}" + (f" | {each.wants}" if each.wants else "")
        for each in criteria
    )


def read_alignments(typed: str) -> Sequence[tuple[str, str]] | Sentence:
    """Return what it goes with in other frameworks: a line each, a name and at its end an address."""
    found: list[tuple[str, str]] = []
    for line in lines_of(typed):
        name, _, address = line.rpartition(" ")
        if not name.strip() or not is_web_address(address):
            return msg("This line needs a name and behind it an address: {line}", line=line[:80])
        found.append((name.strip(), address))
    if len(found) > MOST_ALIGNMENTS:
        return msg("{n} of these are the most. Leave out some of them.", n=MOST_ALIGNMENTS)
    return tuple(found)
