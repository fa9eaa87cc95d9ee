"""A schedule is made: its rooms, its bank, and what it asks first."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine import audit
from plnbot.engine.ports import Person
from plnbot.packs import offered
from plnbot.prompts import store
from plnbot.prompts.actions.ahead import plan_ahead
from plnbot.prompts.model import Act, PromptSchedule
from plnbot.prompts.model.kept import PROMPT
from plnbot.prompts.packs import prompt_packs
from plnbot.prompts.store import NewPrompt, NewRoom, Wish
from plnbot.skills.model import Carrier
from plnbot.skills.store import carry
from plnbot.store.database import Tx


def make(
    tx: Tx, wish: Wish, rooms: Sequence[NewRoom], now: datetime, *, by: Person
) -> PromptSchedule:
    """Have a network asked in these rooms; it runs from now on."""
    number = store.new_schedule(tx, by.network.id, wish, by=by.id, now=now)
    made = again(tx, number)
    for each in rooms:
        store.add_room(tx, made, each, now)
    plan_ahead(tx, made, now)
    audit.record(tx, by.network.id, by.id, Act.MADE, made.scope, now=now)
    return made


def stock_up(tx: Tx, by: Person, pack: str, own: Sequence[str], now: datetime) -> None:
    """Put what somebody chose and wrote into their network's bank, each once."""
    fill_bank(tx, by.network.id, pack, own, now)


def fill_bank(tx: Tx, network: int, pack: str, own: Sequence[str], now: datetime) -> None:
    """Put a pack's prompts, and those of one's own, into a network's bank, each once."""
    if pack in prompt_packs():
        head = prompt_packs()[pack].head
        for each in offered(prompt_packs()[pack].entries):
            words = each.words.by_language
            new = NewPrompt(
                words,
                each.kind,
                each.options,
                pack,
                each.id,
                season=each.season,
                breaks=head.breaks,
            )
            made = store.add_prompt(tx, network, new, now)
            if made is not None:
                carry(tx, network, Carrier(PROMPT, made), (*head.skills, *each.skills))
    known = {words for each in store.bank_of(tx, network) for words in each.words.values()}
    for said in dict.fromkeys(own):
        if said not in known:
            store.add_prompt(tx, network, NewPrompt({"en": said}), now)


def fill_breaks(tx: Tx, network: int, now: datetime) -> None:
    """Put every pack for weeks without school into a network's bank."""
    for name, pack in prompt_packs().items():
        if pack.head.breaks:
            fill_bank(tx, network, name, (), now)


def again(tx: Tx, number: int) -> PromptSchedule:
    """Return a schedule as it stands now, which has to be there."""
    found = store.get_schedule(tx, number)
    if found is None:
        raise LookupError(f"there is no prompt schedule {number}")
    return found
