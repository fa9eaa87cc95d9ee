"""How a schedule draws from its bank on a day: in which season, by chance or in order, light in breaks."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.prompts import store
from plnbot.prompts.actions.school import calendar_of
from plnbot.prompts.model import Prompt, PromptSchedule
from plnbot.prompts.model.bank import RESTS, Draw
from plnbot.prompts.model.seasons import first_month, season_of
from plnbot.store.database import Tx
from plnbot.walltime import local


def bank_for(tx: Tx, asks: PromptSchedule) -> Sequence[Prompt]:
    """Return all that a schedule may draw from, fill-ins among it where its organiser said so."""
    return store.bank_of(tx, asks.network, asks.pack, fill_ins=asks.fill_ins)


def draw_for(
    tx: Tx, asks: PromptSchedule, bank: Sequence[Prompt], at: datetime, now: datetime
) -> Draw:
    """Return how a schedule draws for an instant."""
    day = local(at, asks.schedule.zone).date()
    season = season_of(day, first_month(asks.schedule.zone))
    seed = asks.id if asks.shuffled else 0
    return Draw(season, _is_light(tx, asks, bank, at, now), seed, at - RESTS)


def _is_light(
    tx: Tx, asks: PromptSchedule, bank: Sequence[Prompt], at: datetime, now: datetime
) -> bool:
    """Return whether fill-ins are asked then: in a break, or always where nothing else is drawn from."""
    from_pack = [each for each in bank if asks.pack and each.pack == asks.pack]
    if from_pack and all(each.breaks for each in from_pack):
        return True
    day = local(at, asks.schedule.zone).date()
    return asks.fill_ins and calendar_of(tx, asks, now).is_break(day)
