"""Nobody unheard: who came and has said nothing, and which answers got no reply, newcomers first."""

from collections.abc import Sequence
from datetime import datetime

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions.moderators import moderators_of
from plnbot.chats.store import KIND, Came, Chat, guests
from plnbot.gathering import Answer
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer that got no reply; `new` says that its author is in their first chat."""

    answer: Answer
    new: bool


@dataclass(frozen=True, slots=True)
class Unheard:
    """Who is there and silent, and the answers without a reply; of each the most urgent first.

    `heard` says that anybody said anything.
    """

    quiet: Sequence[Came]
    waiting: Sequence[Waiting]
    heard: bool

    @property
    def any(self) -> bool:
        """Whether anybody is unheard."""
        return bool(self.quiet or self.waiting)


def unheard(tx: Tx, chat: Chat, now: datetime) -> Unheard:
    """Return who is unheard in a chat, besides those who lead it and its guests.

    Newcomers come first, then those of whom no answer got a reply.
    """
    leading = {*moderators_of(tx, chat, now), *guests.of_chat(tx, chat.id)}
    came = {each.member: each for each in store.came(tx, chat.id) if each.member not in leading}
    said = {
        *gathering.many_by_member(tx, KIND, chat.id),
        *gathering.who_replied(tx, KIND, chat.id),
    }
    quiet = [each for each in came.values() if each.member not in said]
    heard = gathering.replied_to(tx, KIND, chat.id)
    waiting = [
        Waiting(each, each.member in came and came[each.member].new)
        for each in gathering.without_reply(tx, KIND, chat.id)
        if each.member not in leading
    ]
    return Unheard(
        sorted(quiet, key=lambda each: not each.new),
        sorted(waiting, key=lambda each: (not each.new, each.answer.member in heard)),
        bool(said),
    )
