"""How prompts are answered: what can be tapped, until when it is on time, what is asked later; pure."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TypeVar

from plnbot.prompts.model.kept import Kind, Prompt
from plnbot.walltime import instant, local

MORNING = time(8)
NUDGE_AFTER = timedelta(hours=3)
MINUTES = 5
"""How long answering a prompt is meant to take: nobody's act counts for longer."""
LISTENS = timedelta(days=7)
"""For how long what was said below a prompt is looked for after a gap."""
LOOK_BACK_DAYS = 140
SELDOM = timedelta(days=28)
"""How long a member is left in peace after one look back."""
TELLING = 40
"""How long an answer is at least, in characters, for there to be something to look back on."""
_USUAL = {
    Kind.SCALE: ("1", "2", "3", "4", "5"),
    Kind.EMOJI: ("😀", "🙂", "😐", "😕", "😫"),
}
_PASSES = {"pass", "i pass", "i'll pass", "pass on this", "paso", "yo paso", "paso de esta"}
Answered = TypeVar("Answered")


def choices(kind: Kind, prompt: Prompt, locale: str) -> tuple[str, ...]:
    """Return what can be tapped, in a language; a scale and faces where the prompt has none of its own."""
    if kind is Kind.OPEN:
        return ()
    return prompt.choices(locale) or _USUAL.get(kind, ())


def chosen(options: Sequence[str], choice: str) -> str:
    """Return what was tapped, by its number from 1 on; nothing where there is no such option any more."""
    fits = choice.isascii() and choice.isdigit() and 0 < int(choice) <= len(options)
    return options[int(choice) - 1] if fits else ""


def is_pass(words: str) -> bool:
    """Return whether somebody says no more than that they pass."""
    return words.strip(" \n.!…").casefold().replace("’", "'") in _PASSES


def closes_at(asked: datetime, zone: str) -> datetime:
    """Return the next morning by clocks in a zone: until then an answer is on time."""
    day = local(asked, zone).date() + timedelta(days=1)
    return instant(datetime.combine(day, MORNING), zone)


def newest_members_first(answers: Sequence[tuple[int, Answered]]) -> list[Answered]:
    """Return what members said, given with their numbers: who came last is read first."""
    return [said for _member, said in sorted(answers, key=lambda each: -each[0])]
