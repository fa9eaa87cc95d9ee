"""A child process: does one piece of heavy work after another, each within its limits.

Its standard input is the line to its parent. It ends when that is closed: by itself between two
pieces of work, and by a thread that listens while one is done. It imports only what it is asked to do.
"""

import importlib
import math
import os
import queue
import resource
import signal
import socket
import threading

from plnbot.engine.children.frames import LENGTH, framed, length, unframed
from plnbot.engine.heavy import Plain

_NICER = 10
"""By how much it stands behind the bot itself where both want the processor."""


def main() -> None:
    """Work until the parent closes the line."""
    line = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.nice(_NICER)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # whoever stops the bot stops it through the line
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked: queue.SimpleQueue[dict[str, Plain]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(line, asked), daemon=True).start()
    while True:
        one = asked.get()
        line.sendall(framed(_answer(one, line)))


def _listen(line: socket.socket, asked: "queue.SimpleQueue[dict[str, Plain]]") -> None:
    while (head := _read(line, LENGTH.size)) and (body := _read(line, length(head))):
        asked.put(unframed(body))
    os._exit(0)  # whatever is being done, nobody waits for it any more


def _read(line: socket.socket, many: int) -> bytes:
    """Return so many bytes, or none where the line ended."""
    got = bytearray()
    while len(got) < many:
        try:
            piece = line.recv(many - len(got))
        except OSError:
            return b""
        if not piece:
            return b""
        got += piece
    return bytes(got)


def _answer(asked: dict[str, Plain], line: socket.socket) -> dict[str, Plain]:
    number = asked["number"]
    try:
        _limit(int(str(asked["memory"])), float(str(asked["processor"])))
        module, _, name = str(asked["function"]).partition(":")
        function = getattr(importlib.import_module(module), name)
        made = function(
            asked["given"], lambda told: line.sendall(framed({"number": number, "told": told}))
        )
        framed(made)  # what is not plain fails here
    except BaseException as error:  # noqa: BLE001 - it is told to who asked
        # Its kind only: the words may be a member's.
        return {"number": number, "failed": type(error).__name__}
    return {"number": number, "made": made}


def _limit(memory: int, processor: float) -> None:
    """Limit the work that begins; the system ends this process where it needs more time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime + processor)
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        _soft, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard < 0 else min(most, hard), hard))


if __name__ == "__main__":
    main()
