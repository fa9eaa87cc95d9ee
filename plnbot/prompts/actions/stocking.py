"""How a bank stands: told once when it runs low, and what fell flat is set aside."""

from datetime import datetime, timedelta

from plnbot.engine import audit, work
from plnbot.engine.ports import Directory
from plnbot.prompts import store
from plnbot.prompts.actions.curators import BANK, LOW, tell_curators
from plnbot.prompts.actions.replacing import replaced
from plnbot.prompts.actions.school import school_of
from plnbot.prompts.actions.suggesting import bank_topic, scope_of
from plnbot.prompts.actions.talk import answers_of
from plnbot.prompts.model import Occurrence, PromptSchedule, Status
from plnbot.prompts.model.bank import ANSWERED_WITHIN, Stock, fell_flat, stock, unasked
from plnbot.store.database import Tx

REVIEW = "prompts.review"
AHEAD_OF = timedelta(days=14)


def stock_of(tx: Tx, asks: PromptSchedule, now: datetime) -> tuple[Stock, int]:
    """Return how the bank of a schedule stands, and how many prompts in it were not asked yet."""
    left = unasked(store.bank_of(tx, asks.network, asks.pack))
    dates = asks.schedule.between(now, now + AHEAD_OF, school_of(tx, asks, now))
    return stock(left, len(dates)), left


def note_stock(tx: Tx, asks: PromptSchedule, now: datetime, directory: Directory) -> None:
    """Tell the curators when two weeks of prompts are left: once, until there are more again."""
    stands, left = stock_of(tx, asks, now)
    if stands is Stock.ENOUGH:
        store.note_enough(tx, asks.id)
    elif store.note_low(tx, asks.id, asks.network, now):
        tell_curators(
            tx,
            asks.network,
            BANK,
            LOW,
            {"schedule": asks.id, "left": left},
            key=f"prompt/low/{asks.id}/{now.timestamp()}",
            now=now,
            directory=directory,
        )


def review_key(occurrence: int) -> str:
    """Return the key of the work that looks whether an occurrence got its answers."""
    return f"prompt/{occurrence}/review"


def plan_review(tx: Tx, occurrence: Occurrence, now: datetime) -> None:
    """Plan to look whether what is asked now got its answers."""
    payload: work.Payload = {"occurrence": occurrence.id}
    key = review_key(occurrence.id)
    work.put(tx, REVIEW, key, now + ANSWERED_WITHIN, payload, network=occurrence.network)


def review(tx: Tx, number: int, now: datetime) -> None:
    """Set aside the prompt of an occurrence that hardly anybody answered."""
    occurrence = store.get_occurrence(tx, number)
    answers = answers_of(tx, number)
    prompt = (
        store.locked_prompt(tx, occurrence.prompt) if occurrence and occurrence.prompt else None
    )
    if prompt is None or not fell_flat(prompt, answers):
        return
    store.change_prompt(
        tx, prompt.id, status=Status.SET_ASIDE.value, decided_by=None, decided_at=now
    )
    replaced(tx, prompt.id, now)
    audit.record(
        tx, prompt.network, None, "prompt.fell_flat", scope_of(prompt), now=now, answers=answers
    )
    tx.announce(bank_topic(prompt.network))
