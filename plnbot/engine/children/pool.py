"""The pool of child processes: started when needed, killed when unsound, replaced at the next need."""

import asyncio
import contextlib
import itertools
import os
import signal
import socket
import subprocess
import sys
from dataclasses import field
from datetime import timedelta
from pathlib import Path
from typing import Self

import plnbot
from plnbot.engine.children.frames import LENGTH, UnreadableError, framed, length, unframed
from plnbot.engine.heavy import HeavyError, Limits, Plain, Told
from plnbot.values import dataclass

IDLE = timedelta(minutes=1)
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "TZ")
_LONG = 64 * 1024
"""What takes the loop too long to write or read as JSON; a thread does it."""
_ROOT = Path(plnbot.__file__).parent.parent
TOO_LONG = "it took too long"
TOO_MUCH_MEMORY = "it needed more memory than it may"
TOO_MUCH_TIME = "it needed more processor time than it may"
UNREADABLE = "what it said cannot be read"


class Pool:
    """At most `most` children; one that rests for `idle` is let go."""

    def __init__(self, most: int, idle: timedelta = IDLE) -> None:
        self._room = asyncio.Semaphore(most)
        self._idle_seconds = idle.total_seconds()
        self._resting: list[Child] = []
        self._working: set[Child] = set()
        self._numbers = itertools.count(1)

    async def run(self, function: str, given: Plain, limits: Limits, told: Told | None) -> Plain:
        """Return what a function makes of plain values in a child; raises `HeavyError`."""
        number = next(self._numbers)
        asked = await asyncio.to_thread(
            framed,
            {
                "number": number,
                "function": function,
                "given": given,
                "memory": limits.memory,
                "processor": limits.processor.total_seconds(),
            },
        )
        async with self._room:
            child = self._rested() or await Child.started()
            self._working.add(child)
            try:
                async with asyncio.timeout(limits.longest.total_seconds()):
                    said = await child.do(asked, number, told)
            except TimeoutError as error:
                raise HeavyError(TOO_LONG) from error
            finally:
                self._working.discard(child)
                if child.sound:
                    self._rest(child)
                else:
                    child.kill()
        return _made(said)

    async def close(self) -> None:
        """End every child, also one that works."""
        children = [*self._resting, *self._working]
        self._resting.clear()
        for each in children:
            each.kill()
        await asyncio.gather(*(each.gone() for each in children))

    def _rested(self) -> "Child | None":
        while self._resting:
            child = self._resting.pop()
            if child.alive:
                return child
            child.kill()
        return None

    def _rest(self, child: "Child") -> None:
        self._resting.append(child)
        loop, turn = asyncio.get_running_loop(), child.turns

        def let_go() -> None:
            if child in self._resting and child.turns == turn:
                self._resting.remove(child)
                child.kill()

        loop.call_later(self._idle_seconds, let_go)


@dataclass(eq=False, slots=True)
class Child:
    """One child process. It is `sound` while it waits for work, and not while it does any."""

    process: "subprocess.Popen[bytes]"
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    sound: bool = True
    turns: int = 0
    _gone: "asyncio.Future[int] | None" = field(default=None)

    @classmethod
    async def started(cls) -> Self:
        """Start one; a thread waits until the system has."""
        ours, theirs = socket.socketpair()
        spawning = asyncio.ensure_future(asyncio.to_thread(_spawn, theirs))
        try:
            await asyncio.wait([spawning])
        finally:
            # Who stops waiting meanwhile leaves a process behind that finds its line closed.
            spawning.add_done_callback(lambda _done: theirs.close())
            if not spawning.done():
                ours.close()
                spawning.add_done_callback(_reap)
        try:
            return cls(spawning.result(), *await asyncio.open_connection(sock=ours))
        except BaseException:
            ours.close()
            raise

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    async def do(self, asked: bytes, number: int, told: Told | None) -> dict[str, Plain]:
        """Return how it ended; what it tells meanwhile is handed on."""
        self.sound = False
        self.turns += 1
        try:
            self.writer.write(asked)
            await self.writer.drain()
            while "told" in (said := await self._said()):
                if told is not None and said.get("number") == number:
                    told(said["told"])
        except (OSError, EOFError) as error:
            raise HeavyError(await self._why()) from error
        except UnreadableError as error:
            raise HeavyError(UNREADABLE) from error
        if said.get("number") != number or not said.keys() & {"made", "failed"}:
            raise HeavyError(UNREADABLE)
        self.sound = said.get("failed") != MemoryError.__name__
        return said

    async def _said(self) -> dict[str, Plain]:
        many = length(await self.reader.readexactly(LENGTH.size))
        written = await self.reader.readexactly(many)
        return await asyncio.to_thread(unframed, written) if many > _LONG else unframed(written)

    async def _why(self) -> str:
        """Return how a child died that closed its line."""
        code = await self.gone()
        if code == -signal.SIGXCPU:
            return TOO_MUCH_TIME
        return f"it was ended by {signal.Signals(-code).name}" if code < 0 else "it ended itself"

    def kill(self) -> None:
        """End it and all that it started, at once."""
        self.writer.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self._reaped()

    async def gone(self) -> int:
        """Return its exit status when it has ended."""
        return await asyncio.shield(self._reaped())

    def _reaped(self) -> "asyncio.Future[int]":
        if self._gone is None:
            self._gone = asyncio.get_running_loop().run_in_executor(None, self.process.wait)
        return self._gone


def _reap(spawned: "asyncio.Future[subprocess.Popen[bytes]]") -> None:
    if not spawned.cancelled() and spawned.exception() is None:
        spawned.get_loop().run_in_executor(None, spawned.result().wait)


def _spawn(line: socket.socket) -> "subprocess.Popen[bytes]":
    # Nothing of our environment: it holds the tokens of platforms.
    environment = {"PYTHONPATH": str(_ROOT), "PYTHONSAFEPATH": "1", "LC_ALL": "C.UTF-8"}
    environment |= {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "plnbot.engine.children.child"],
        stdin=line.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )


def _made(said: dict[str, Plain]) -> Plain:
    failed = said.get("failed")
    if failed is None:
        return said["made"]
    if failed == MemoryError.__name__:
        raise HeavyError(TOO_MUCH_MEMORY)
    raise HeavyError(f"it failed with {failed}")
