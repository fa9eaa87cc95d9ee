"""Which prompts can be answered now, among all that is on offer."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from plnbot.engine.offers import OnOffer
from plnbot.prompts import store
from plnbot.prompts.actions.talk import KIND
from plnbot.prompts.store.shown import Shown
from plnbot.skills.model import Carrier
from plnbot.skills.store import carried_by
from plnbot.store.database import Tx
from plnbot.talk.words import msg

_MINUTES = 5
"""A prompt is answered in a few minutes."""


def on_offer(tx: Tx, network: int, _now: datetime) -> Sequence[OnOffer]:
    """Return what was asked and is not closed, once for each room it was asked in."""
    found = store.open_in(tx, network)
    skills = carried_by(tx, {carrier for each in found for carrier in each.occurrence.carriers})
    return [_offer(each, skills) for each in found]


def _offer(one: Shown, skills: Mapping[Carrier, tuple[str, ...]]) -> OnOffer:
    return OnOffer(
        "prompt",
        msg("prompt"),
        one.prompt.said("en"),
        f"prompt/{one.occurrence.id}",
        minutes=_MINUTES,
        skills=tuple(
            dict.fromkeys(s for each in one.occurrence.carriers for s in skills.get(each, ()))
        ),
        held_in=one.room.place,
        source=f"{KIND}:{one.occurrence.id}",
        titles=one.prompt.words,
    )
