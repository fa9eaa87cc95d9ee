"""A prompt that may not be asked any more makes room for another where it was planned."""

from datetime import datetime

from plnbot.prompts import store
from plnbot.prompts.actions.ahead import give_prompts
from plnbot.store.database import Tx


def replaced(tx: Tx, prompt: int, now: datetime) -> None:
    """Take a prompt out of all that is planned, and plan others there."""
    for number in store.take_from_plans(tx, prompt):
        asks = store.get_schedule(tx, number)
        if asks is not None and asks.ended_at is None:
            give_prompts(tx, asks, now)
