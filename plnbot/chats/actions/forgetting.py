"""Drafts that were thrown away: kept for a while, so that it can be undone, then deleted."""

import itertools
from datetime import datetime, timedelta

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions.found import chat_again
from plnbot.chats.actions.moderators import MODERATING, moderators_of
from plnbot.chats.model import ChatState
from plnbot.chats.store import KIND, Chat
from plnbot.engine import audit, outbox, roles, work
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import msg

FORGET = "chats.forget"
KEPT = timedelta(days=30)
"""How long a draft that was thrown away can be had back."""


def forget_later(tx: Tx, network: int, now: datetime) -> None:
    """Plan that what was thrown away in a network is deleted in its time."""
    times = [max(since + KEPT, free) for _, since, free in _leaving(tx, network)]
    if times:
        at = max(min(times), now)
        told = {"network": network}
        work.put(tx, FORGET, f"chats/forget/{network}", at, told, network=network)


def forget(tx: Tx, network: int, now: datetime) -> None:
    """Delete what was thrown away long enough ago, and plan the rest."""
    for number, since, free in _leaving(tx, network):
        if max(since + KEPT, free) <= now:
            _delete(tx, number, now)
    forget_later(tx, network, now)


def _leaving(tx: Tx, network: int) -> list[tuple[int, datetime, datetime]]:
    """Return which drafts were thrown away, since when, and from when on nothing needs them.

    A date of repeating chats would be made anew. What was announced once stays: its room leads to it.
    """
    found = []
    for number, since in store.thrown_away(tx, network):
        chat = store.get_chat(tx, number)
        if chat is not None and not _is_announced(tx, number):
            free = chat.starts_at if store.series_of(tx, number) else since
            found.append((number, since, free))
    return found


def delete_now(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> None:
    """Delete a draft that was thrown away. Raises `Refused` for anything else."""
    chat = store.locked_chat(tx, chat.id) or chat
    if chat.run.state is not ChatState.THROWN_AWAY:
        raise Refused(msg("Only a draft that was thrown away can be deleted."))
    if _is_announced(tx, chat.id):
        raise Refused(msg("This chat was announced once, and its room may still lead to it."))
    if store.series_of(tx, chat.id) and chat.starts_at > now:
        raise Refused(
            msg("It is a date of chats that repeat. It can go once that date has passed.")
        )
    audit.record(tx, chat.network, by.id, "chat.deleted", chat.scope, now=now, title=chat.title)
    _delete(tx, chat.id, now)


def _is_announced(tx: Tx, number: int) -> bool:
    return bool(outbox.standing_under(tx, f"chat/{number}/"))


def _delete(tx: Tx, number: int, now: datetime) -> None:
    chat = chat_again(tx, number)
    for person, role in itertools.product(moderators_of(tx, chat, now), MODERATING):
        roles.revoke(tx, person, Grant(role, chat.scope))
    asked = (*store.questions_of(tx, number), *store.taken_out(tx, number))
    gathering.drop_under(tx, KIND, [each.id for each in asked])
    store.delete_chat(tx, number)
