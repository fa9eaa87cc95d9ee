"""What members do with their own ideas: suggest, change, take back, and say whose they are."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine import outbox
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.likeness import nearest, plain
from plnbot.prompts import store
from plnbot.prompts.actions.curators import SUGGESTED, SUGGESTIONS, tell_curators
from plnbot.prompts.actions.keys import post_key
from plnbot.prompts.actions.replacing import replaced
from plnbot.prompts.model import Prompt, Status
from plnbot.prompts.model.suggesting import KEPT, MOST_WAITING, Rewording, may_take_back
from plnbot.prompts.model.wording import LONGEST
from plnbot.prompts.store import NewPrompt
from plnbot.store.database import Tx
from plnbot.talk.text import clean, one_line
from plnbot.talk.words import msg
from plnbot.values import dataclass

GONE = msg("This prompt is no longer there.")


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion as it is kept; `again` where its author had made it already."""

    prompt: Prompt
    again: bool = False


def suggest(
    tx: Tx, words: str, now: datetime, directory: Directory, *, by: Person, named: bool = True
) -> Suggested:
    """Keep an idea for a prompt, and let curators know. The same one from the same member is one."""
    said = worded(words)
    own = store.suggested_by(tx, by.id)
    waiting = [each for each in own if each.status is Status.SUGGESTED]
    for each in waiting:
        if plain(said) in {plain(one) for one in each.words.values()}:
            return Suggested(each, again=True)
    if len(waiting) >= MOST_WAITING:
        raise Refused(
            msg("{n} ideas of yours wait already. A curator looks at them first.", n=len(waiting))
        )
    new = NewPrompt({by.locale: said}, status=Status.SUGGESTED, author=by.id, named=named)
    number = store.add_prompt(tx, by.network.id, new, now)
    prompt = store.the_prompt(tx, number or 0)
    tell_curators(
        tx,
        prompt.network,
        SUGGESTIONS,
        SUGGESTED,
        {"prompt": prompt.id},
        key=f"prompt/suggested/{prompt.id}",
        now=now,
        directory=directory,
    )
    tx.announce(bank_topic(prompt.network))
    return Suggested(prompt)


def change_own(
    tx: Tx, prompt: Prompt, words: str, now: datetime, *, by: Person, named: bool
) -> Prompt:
    """Put one's own idea in other words while it waits; whose it is can be said at any time."""
    said = worded(words)
    prompt = store.locked_prompt(tx, prompt.id) or prompt
    changed: dict[str, object] = {"named": named}
    if said not in prompt.words.values():
        if prompt.status is not Status.SUGGESTED:
            raise Refused(msg("A curator has decided about it, so its words stand as they are."))
        changed["words"] = {by.locale: said}
        store.drop_proposed(tx, prompt.id)
    store.change_prompt(tx, prompt.id, **changed)
    show_anew(tx, prompt.id, now)
    tx.announce(bank_topic(prompt.network))
    return store.the_prompt(tx, prompt.id)


def take_back_idea(tx: Tx, prompt: Prompt, now: datetime) -> None:
    """Take one's own idea back, which leaves nothing of it; one that was asked stays."""
    found = store.locked_prompt(tx, prompt.id)
    if found is None:
        raise Refused(GONE)
    if not may_take_back(found):
        raise Refused(
            msg("It was asked already, so it stays. You can still have your name taken off it.")
        )
    take_out(tx, [found], now)
    tx.announce(bank_topic(found.network))


def take_out(tx: Tx, these: Sequence[Prompt], now: datetime) -> None:
    """Take prompts that were not asked out of the bank; others take their places where they were planned."""
    for each in these:
        store.change_prompt(tx, each.id, status=Status.DECLINED.value)
    for each in these:
        replaced(tx, each.id, now)
        store.drop_prompt(tx, each.id)


def agree(tx: Tx, rewording: Rewording, now: datetime) -> Prompt:
    """Take the words that a curator proposed for one's own idea: with them it is accepted."""
    store.change_prompt(
        tx,
        rewording.prompt,
        words=dict(rewording.words),
        status=Status.ACCEPTED.value,
        uses=0,
        decided_by=rewording.by,
        decided_at=now,
    )
    store.drop_proposed(tx, rewording.prompt)
    prompt = store.the_prompt(tx, rewording.prompt)
    tx.announce(bank_topic(prompt.network))
    return prompt


def keep_own_words(tx: Tx, rewording: Rewording) -> Prompt:
    """Keep one's own words: the idea is back with the curators, who see that."""
    store.end_proposed(tx, rewording.prompt, KEPT)
    prompt = store.the_prompt(tx, rewording.prompt)
    tx.announce(bank_topic(prompt.network))
    return prompt


def show_anew(tx: Tx, prompt: int, now: datetime) -> None:
    """Have the cards by which a prompt was asked say anew whose idea it is."""
    for each in store.asked_of(tx, prompt):
        for room in store.asked_in(tx, each.id):
            outbox.refresh(tx, post_key(each.id, room), now)


def author_left_or_back(tx: Tx, person: Person, now: datetime) -> None:
    """Have a member's name stand below their ideas only while they are here."""
    for each in store.suggested_by(tx, person.id):
        show_anew(tx, each.id, now)
    tx.announce(bank_topic(person.network.id))


def author_name(tx: Tx, directory: Directory, prompt: Prompt) -> str:
    """Return whose idea a prompt is; nothing where they did not want that, or are no longer here."""
    author = directory.by_id(tx, prompt.author) if prompt.author and prompt.named else None
    here = author is not None and directory.known(tx, author.ref) is not None
    return author.name if author is not None and here else ""


def worded(words: str) -> str:
    """Return what somebody wrote as the words of one prompt; raises `Refused`."""
    said = one_line(clean(words)).strip()
    if not said:
        raise Refused(msg("Write the question that you would like to be asked."))
    if len(said) > LONGEST:
        raise Refused(
            msg(
                "This is {length} characters long; a prompt has {most} at most.",
                length=len(said),
                most=LONGEST,
            )
        )
    return said


def near_to(words: str, bank: Sequence[Prompt], but: Prompt | None = None) -> Prompt | None:
    """Return the prompt of a bank that is nearest to these words, None where none is near."""
    others = {each.id: each for each in bank if but is None or each.id != but.id}
    said = ((each.id, one) for each in others.values() for one in each.words.values())
    found = nearest(words, said)
    return None if found is None else others[found]


def scope_of(prompt: Prompt) -> str:
    """Return what the audit log calls a prompt."""
    return f"prompt:{prompt.id}"


def bank_topic(network: int) -> str:
    """Return what changes of a network's bank are announced as."""
    return f"prompts:{network}"
