"""Who listens to what, how many they are, and what is known since the last change of it."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from adapters.web import store as rooms
from adapters.web.together import Together
from plnbot.engine.ports.people import reader_topic
from plnbot.refs import MemberRef
from plnbot.talk.pages import Missing, Page
from plnbot.talk.words import Sentence, msg

MOST_STREAMS = 50
"""Browsers and tabs that may follow for one member; more is nobody reading."""
STRANGER = 0
"""Whoever follows a public page: all of them together are counted as one, who has half of what fits."""
_READER = reader_topic(0).rstrip("0")
_AT_A_TIME = 8
"""How many streams are told something at once, so that a page waits for so many, not for all."""

_MANY_OF_YOURS = msg(
    "You have very many pages open here, so this one does not follow by itself. Close some, then"
    " reload it."
)
_MANY_IN_ALL = msg(
    "Very many pages are open at the moment, so this one does not follow by itself. It tries again;"
    " reload it to see what is new."
)


class Full(Exception):  # noqa: N818 - it is no error, but an answer
    """No stream more fits in: for this member, or for anybody."""

    def __init__(self, status: HTTPStatus, why: Sentence) -> None:
        super().__init__(why.source)
        self.status = status
        self.why = why


class Hub:
    """Who listens to which topics. A listener holds one flag, so a slow one costs nothing.

    `most` streams fit in; each takes its `turn` to read and to render.
    """

    def __init__(self, most: int) -> None:
        self.turn = asyncio.Semaphore(_AT_A_TIME)
        self._most = most
        self._listeners: dict[asyncio.Event, frozenset[str]] = {}
        self._ended: set[asyncio.Event] = set()
        self._otherwise: set[asyncio.Event] = set()
        self._reading: Counter[int] = Counter()
        self._known: dict[str, dict[Any, Any]] = {}
        self.pages: Together[MemberRef, Page | Missing] = Together()
        self.closed = False

    @contextlib.contextmanager
    def stream_of(self, person: int) -> Iterator[None]:
        """Count one more stream of a member within the block; raises `Full` at too many."""
        if person != STRANGER and self._reading[person] >= MOST_STREAMS:
            raise Full(HTTPStatus.TOO_MANY_REQUESTS, _MANY_OF_YOURS)
        strangers_are_full = person == STRANGER and self._reading[person] >= self._most // 2
        if strangers_are_full or self._reading.total() >= self._most:
            raise Full(HTTPStatus.SERVICE_UNAVAILABLE, _MANY_IN_ALL)
        self._reading[person] += 1
        try:
            yield
        finally:
            self._reading[person] -= 1
            if not self._reading[person]:
                del self._reading[person]

    def tell(self, topic: str) -> None:
        """Wake who listens to this topic; must be called on the loop."""
        self._known.pop(topic, None)
        for flag, topics in self._listeners.items():
            if topic in topics:
                if topic.startswith(rooms.SESSION):
                    self._ended.add(flag)
                elif topic.startswith(_READER):
                    self._otherwise.add(flag)
                flag.set()

    def since_change(self, topic: str, what: str) -> dict[Any, Any]:
        """Return what of a kind was found since the topic last changed, to look up and to add to.

        Who began to look before a change adds to what nobody looks up any more.
        """
        if not topic:  # nobody says when it changes
            return {}
        found: dict[Any, Any] = self._known.setdefault(topic, {}).setdefault(what, {})
        return found

    def listen(self, topics: frozenset[str]) -> asyncio.Event:
        """Return a flag that is set when one of the topics changes."""
        flag = asyncio.Event()
        self._listeners[flag] = topics
        return flag

    def leave(self, flag: asyncio.Event) -> None:
        """Listen no longer; what only this one listened to is known no longer."""
        left = self._listeners.pop(flag, frozenset())
        self._ended.discard(flag)
        self._otherwise.discard(flag)
        for topic in left & self._known.keys():
            if not any(topic in topics for topics in self._listeners.values()):
                del self._known[topic]

    def has_ended(self, flag: asyncio.Event) -> bool:
        """Return whether the session of who listens has ended."""
        return flag in self._ended

    def reads_otherwise(self, flag: asyncio.Event) -> bool:
        """Return whether who listens reads another language or clock than when they began."""
        return flag in self._otherwise

    def close(self) -> None:
        """End every stream."""
        self.closed = True
        for flag in self._listeners:
            flag.set()
