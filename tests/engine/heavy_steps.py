"""Steps for child processes: one that does what it is asked, and those that go wrong in their ways."""

import os
import signal
import socket
import subprocess
import sys
import time

from plnbot.engine.heavy import Plain, Told


def doubles(given: Plain, tell: Told) -> Plain:
    """Return twice the given words, and tell how many there are."""
    words = str(given)
    tell(len(words))
    return words + words


def who_am_i(_given: Plain, _tell: Told) -> Plain:
    """Return the process, and what of the bot's settings it can see."""
    return [os.getpid(), sorted(name for name in os.environ if "TOKEN" in name)]


def eats(_given: Plain, _tell: Told) -> Plain:
    """Take memory until there is none."""
    eaten = []
    while True:
        eaten.append(bytearray(16 * 1024 * 1024))


def spins(_given: Plain, _tell: Told) -> Plain:
    """Use the processor for ever."""
    while True:
        pass


def hangs(_given: Plain, _tell: Told) -> Plain:
    """Wait for nothing."""
    time.sleep(3600)
    return None


def hangs_deaf(_given: Plain, _tell: Told) -> Plain:
    """Wait for nothing, with a child of its own, and let no polite word end it."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"]) as deaf:
        deaf.wait()
    return None


def dies(given: Plain, _tell: Told) -> Plain:
    """End itself by a signal."""
    os.kill(os.getpid(), signal.Signals(int(str(given))))
    time.sleep(60)
    return None


def leaves(_given: Plain, _tell: Told) -> Plain:
    """End without a word."""
    os._exit(3)


def raises(_given: Plain, _tell: Told) -> Plain:
    """Fail with words that must not come out."""
    raise ValueError("what a member wrote")


def chatters(_given: Plain, _tell: Told) -> Plain:
    """Print on standard output and error, which say nothing to anybody."""
    sys.stdout.write("garbage" * 1000)
    sys.stderr.write("garbage" * 1000)
    sys.stdout.flush()
    return "and yet it worked"


def unplain(_given: Plain, _tell: Told) -> Plain:
    """Return what JSON cannot say."""
    return object()  # type: ignore[return-value]


def garbles(given: Plain, _tell: Told) -> Plain:
    """Write into the line to the parent, whatever it is."""
    for number in range(3, 16):
        try:
            line = socket.socket(fileno=os.dup(number))
            line.sendall(str(given).encode("latin-1"))
        except OSError:
            continue
        return None
    raise AssertionError("there is no line")
