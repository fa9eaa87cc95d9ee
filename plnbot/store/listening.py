"""Tells other processes on the same PostgreSQL database what changed, and hears it from them."""

import json
import queue
import secrets
import threading
import time
from collections.abc import Callable, Sequence

import psycopg
from sqlalchemy.exc import DBAPIError

CHANNEL = "plnbot"
_AT_ONCE = 50
_PAUSE_SECONDS = 1.0


class Listening:
    """Passes announcements on through LISTEN and NOTIFY, several at once.

    They go out after their commit and may be lost with a connection: all they do is make others look
    sooner than they would by themselves.
    """

    def __init__(
        self, connect: Callable[[], psycopg.Connection], tell: Callable[[Sequence[str]], None]
    ) -> None:
        self._connect, self._tell = connect, tell
        self._from = secrets.token_hex(4)
        self._queue: queue.SimpleQueue[Sequence[str] | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._threads = [
            threading.Thread(target=self._kept_up, args=(each,), daemon=True)
            for each in (self._speak, self._listen)
        ]
        for thread in self._threads:
            thread.start()

    def pass_on(self, topics: Sequence[str]) -> None:
        """Tell the other processes; returns at once."""
        if topics:
            self._queue.put(topics)

    def close(self) -> None:
        """Say what waits to be said, and let go."""
        self._closed.set()
        self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _kept_up(self, use: Callable[[psycopg.Connection], None]) -> None:
        while not self._closed.is_set():
            try:
                with self._connect() as connection:
                    connection.autocommit = True
                    use(connection)
            except (psycopg.Error, DBAPIError):
                time.sleep(_PAUSE_SECONDS)

    def _speak(self, connection: psycopg.Connection) -> None:
        while (topics := self._queue.get()) is not None:
            said = dict.fromkeys(topics)
            while len(said) < _AT_ONCE and not self._queue.empty():
                more = self._queue.get()
                if more is None:
                    self._queue.put(None)
                    break
                said.update(dict.fromkeys(more))
            words = json.dumps([self._from, *said])
            connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, words))

    def _listen(self, connection: psycopg.Connection) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        while not self._closed.is_set():
            for notice in connection.notifies(timeout=_PAUSE_SECONDS / 4):
                sender, *topics = json.loads(notice.payload)
                if sender != self._from:
                    self._tell(topics)
