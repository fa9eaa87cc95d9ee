"""Which prompts can be answered now, among all that is on offer."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine.offers import OnOffer
from plnbot.prompts import store
from plnbot.prompts.actions.talk import KIND
from plnbot.prompts.store.shown import Shown
from plnbot.store.database import Tx
from plnbot.talk.words import msg

_MINUTES = 5
"""A prompt is answered in a few minutes."""


def on_offer(tx: Tx, network: int, _now: datetime) -> Sequence[OnOffer]:
    """Return what was asked and is not closed, once for each room it was asked in."""
    return [_offer(each) for each in store.open_in(tx, network)]


def _offer(one: Shown) -> OnOffer:
    return OnOffer(
        "prompt",
        msg("prompt"),
        one.prompt.said("en"),
        f"prompt/{one.occurrence.id}",
        minutes=_MINUTES,
        held_in=one.room.place,
        source=f"{KIND}:{one.occurrence.id}",
        titles=one.prompt.words,
    )
