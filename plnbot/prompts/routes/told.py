"""What curators and authors are told: an idea that waits, what became of one, a bank that runs out."""

from collections.abc import Mapping
from dataclasses import replace

from plnbot.engine.routes import Routes, Showing
from plnbot.prompts import actions, cards, store
from plnbot.prompts.cards import BankEntry
from plnbot.prompts.model import Prompt, Status
from plnbot.prompts.model.suggesting import Decision
from plnbot.talk.cards import Card
from plnbot.talk.text import EMPTY

routes = Routes()
Args = Mapping[str, str | int]


@routes.card(actions.SUGGESTED)
def suggested(to: Showing, args: Args) -> Card | None:
    """Show an idea to a curator while it waits."""
    prompt = store.get_prompt(to.tx, int(args["prompt"]))
    # A label would stand for the whole card in the day's message.
    return replace(cards.entry(to.t, _entry(to, prompt)), label=EMPTY) if prompt else None


@routes.card(actions.DECIDED)
def decided(to: Showing, args: Args) -> Card | None:
    """Tell an author what became of their idea."""
    prompt = store.get_prompt(to.tx, int(args["prompt"]))
    by = to.directory.by_id(to.tx, int(args["by"]))
    if prompt is None:
        return None
    name = by.name if by else to.t.words("A curator")
    return cards.decided(to.t, _entry(to, prompt), Decision(str(args["what"])), name)


@routes.card(actions.LOW)
def low(to: Showing, args: Args) -> Card | None:
    """Tell a curator that a bank runs out."""
    asks = store.get_schedule(to.tx, int(args["schedule"]))
    return cards.low(to.t, asks, int(args["left"])) if asks is not None else None


def _entry(to: Showing, prompt: Prompt) -> BankEntry:
    waits = prompt.status is Status.SUGGESTED
    bank = store.whole_bank(to.tx, prompt.network) if waits else ()
    decider = to.directory.by_id(to.tx, prompt.decided_by) if prompt.decided_by else None
    return BankEntry(
        prompt,
        actions.author_name(to.tx, to.directory, prompt),
        actions.remarks(prompt) if waits else (),
        actions.near_to(next(iter(prompt.words.values())), bank, prompt),
        store.proposed(to.tx, prompt.id),
        decider.name if decider else "",
    )
