"""Who moderates a chat: asked, handed over to, told, and given back."""

from datetime import datetime

from plnbot.chats.actions.attending import steered
from plnbot.chats.actions.found import chat_again
from plnbot.chats.actions.moderators import MODERATING, moderators_of
from plnbot.chats.actions.notices import (
    ASKED_TO_MODERATE,
    LEADING,
    NOT_HEARD,
    PANEL,
    UNHEARD,
    UNPLANNED,
    panel_args,
)
from plnbot.chats.actions.posts import changed, panel_key
from plnbot.chats.store import Chat
from plnbot.engine import audit, notices, outbox, roles, work
from plnbot.engine.ports import Directory, Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import msg

TELL = "chats.tell"


def hand_over(tx: Tx, chat: Chat, to: Person, now: datetime, *, by: Person, leaving: bool) -> None:
    """Make `to` a moderator of this chat; with `leaving`, `by` is one no longer."""
    if chat.live:
        steered(tx, chat, by, now)
    given = Grant(Role.MODERATOR if leaving else Role.CO_MODERATOR, chat.scope)
    roles.grant(tx, chat.network, to.id, given, by=by.id, now=now)
    if leaving:
        _stand_down(tx, chat, by, now)
    if chat.live:
        show_panel(tx, chat, to, now)
    action = "chat.handed_over" if leaving else "chat.co_moderator_added"
    audit.record(tx, chat.network, by.id, action, chat.scope, now=now, to=to.id)
    notices.tell_now(
        tx,
        ASKED_TO_MODERATE,
        to,
        "chats.your_turn",
        {"chat": chat.id, "by": by.id, "alone": int(leaving)},
        key=f"chat/{chat.id}/handover/{to.id}/{now.timestamp()}",
        now=now,
    )
    changed(tx, chat, now)


def decline(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> None:
    """Give the moderation of a chat back; the last moderator cannot."""
    if len(moderators_of(tx, chat, now)) <= 1:
        raise Refused(msg("You are the only moderator. Hand the chat over first."))
    _stand_down(tx, chat, by, now)
    audit.record(tx, chat.network, by.id, "chat.declined", chat.scope, now=now)
    changed(tx, chat, now)


def show_panel(tx: Tx, chat: Chat, to: Person, now: datetime) -> None:
    """Let a moderator have the panel of a live chat at hand: beside the room, or directly.

    It is kept as things are, and says so when it is no longer theirs.
    """
    args, key = panel_args(chat.id, to.id), panel_key(chat.id, to.id)
    planned = to.id == chat.created_by  # who published it was told that the panel comes
    notices.tell_now(tx, LEADING, to, PANEL, args, key=key, now=now, asked=planned)
    outbox.refresh(tx, key, now)


def tell(tx: Tx, payload: work.Payload, now: datetime, directory: Directory) -> None:
    """Write to a chat's moderators, each directly."""
    chat = chat_again(tx, int(str(payload["chat"])))
    card = str(payload["card"])
    args: outbox.Args = {"chat": chat.id, "why": str(payload.get("why", ""))}
    times = {name: int(str(payload[name])) for name in ("since", "until") if name in payload}
    moderators = directory.by_ids(tx, moderators_of(tx, chat, now), chat.place.platform)
    for person_id, person in moderators.items():
        if card == PANEL:
            show_panel(tx, chat, person, now)
            continue
        key = f"chat/{chat.id}/{card}/{payload['once']}/{person_id}"
        planned = person.id == chat.created_by
        kind = next(
            (each for each in (UNPLANNED, NOT_HEARD, UNHEARD) if each.name == card), LEADING
        )
        notices.tell_now(tx, kind, person, card, {**args, **times}, key=key, now=now, asked=planned)


def tell_moderators(tx: Tx, chat: Chat, card: str, at: datetime) -> None:
    """Have this card written to each of a chat's moderators at an instant."""
    once = at.timestamp()
    told: work.Payload = {"chat": chat.id, "card": card, "once": once}
    work.add(tx, TELL, f"chat/{chat.id}/{card}/{once}", at, told, network=chat.network)


def _stand_down(tx: Tx, chat: Chat, who: Person, now: datetime) -> None:
    for role in MODERATING:
        roles.revoke(tx, who.id, Grant(role, chat.scope))
    outbox.refresh(tx, panel_key(chat.id, who.id), now)
