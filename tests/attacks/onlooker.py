"""Another client, in a process of its own: opens pages again and again until its input ends.

Then it prints how many pages it saw, the longest wait in seconds, and every status.
"""

import itertools
import json
import selectors
import socket
import sys
import time
from collections.abc import Sequence

PAUSE = 0.01
LONGEST = 60


def main(words: Sequence[str]) -> None:
    """Look at pages in turn: their port, a Cookie header or nothing, and their paths."""
    port, cookie, paths = int(words[0]), words[1], itertools.cycle(words[2:])
    waits: list[float] = []
    seen: dict[str, int] = {}
    ended = selectors.DefaultSelector()
    ended.register(sys.stdin, selectors.EVENT_READ)
    print("looking", flush=True)
    while True:
        began = time.perf_counter()
        status = looked(port, next(paths), cookie)
        waits.append(time.perf_counter() - began)
        seen[status] = seen.get(status, 0) + 1
        if ended.select(PAUSE):
            break
    print(json.dumps({"pages": len(waits), "longest": max(waits), "seen": seen}))


def looked(port: int, path: str, cookie: str) -> str:
    """Return the status of one page, or what went wrong."""
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{cookie}\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), LONGEST) as connection:
            connection.sendall(asked.encode())
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
    except OSError as error:
        return type(error).__name__
    return answer[9:12].decode()


if __name__ == "__main__":
    main(sys.argv[1:])
