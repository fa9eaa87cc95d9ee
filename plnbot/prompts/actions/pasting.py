"""Prompts of one's own, many at a time: each line that was pasted is one."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine import audit
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.likeness import plain
from plnbot.prompts import store
from plnbot.prompts.actions.suggesting import bank_topic, near_to, take_out, worded
from plnbot.prompts.model import Prompt, Status
from plnbot.prompts.model.wording import Found, flaws, seems_invitation
from plnbot.prompts.store import NewPrompt
from plnbot.store.database import Tx
from plnbot.talk.lists import lines_of
from plnbot.talk.words import msg
from plnbot.values import dataclass

MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was pasted and kept: the prompt, what to see to, and what it is near."""

    prompt: Prompt
    flaws: Sequence[Found]
    near: Prompt | None


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of what was pasted: what was kept, and the lines that were there already."""

    lines: Sequence[Line]
    known: Sequence[str]


def paste(tx: Tx, text: str, now: datetime, *, by: Person) -> Pasted:
    """Put each line into the bank as a prompt; what is worded badly is kept, and said.

    Raises `Refused` where there is no line, where there are too many, or where one is too long.
    """
    said = [worded(line) for line in lines_of(text)]
    if not said:
        raise Refused(msg("Paste prompts, each on a line of its own."))
    if len(said) > MOST_LINES:
        raise Refused(msg("There are {n} lines; {most} fit at once.", n=len(said), most=MOST_LINES))
    bank = list(store.whole_bank(tx, by.network.id))
    there = {plain(one) for each in bank for one in each.words.values()}
    lines, known = [], []
    for each in said:
        if plain(each) in there:
            known.append(each)
            continue
        there.add(plain(each))
        near = near_to(each, bank)
        number = store.add_prompt(tx, by.network.id, NewPrompt({by.locale: each}, by=by.id), now)
        prompt = store.the_prompt(tx, number or 0)
        bank.append(prompt)
        lines.append(Line(prompt, remarks(prompt), near))
    audit.record(
        tx, by.network.id, by.id, "prompt.pasted", f"network:{by.network.id}", now=now, n=len(lines)
    )
    tx.announce(bank_topic(by.network.id))
    return Pasted(lines, known)


def undo_paste(tx: Tx, first: Prompt, now: datetime, *, by: Person) -> int:
    """Take out again what came into the bank with this prompt and was not asked; return how many."""
    out = [
        each
        for each in store.put_in_together(tx, first)
        if not each.uses and each.status is Status.ACCEPTED
    ]
    take_out(tx, out, now)
    audit.record(
        tx,
        first.network,
        by.id,
        "prompt.paste_undone",
        f"network:{first.network}",
        now=now,
        n=len(out),
    )
    tx.announce(bank_topic(first.network))
    return len(out)


def remarks(prompt: Prompt) -> Sequence[Found]:
    """Return what there is to see to in the words of a prompt, in each of its languages."""
    return [
        each
        for language, said in prompt.words.items()
        for each in flaws(said, language, invites=seems_invitation(said))
    ]
