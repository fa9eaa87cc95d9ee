"""Where the lobby is opened: the address with its key, told at the start and whenever it is asked for.

While the bot runs, a file in its data folder holds the address at which it listens, without the key:
the port may be any free one, or have been named at the start alone.
"""

import contextlib
import os
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

from config.settings import Settings, lobby_key
from plnbot.errors import PlnError

FILE = "lobby_address"
_ANSWERS_WITHIN = 2.0


class NoLobbyError(PlnError):
    """There is no lobby to open now; the words say why and what to do."""


def opened_by(address: str, key: str, path: str = "/") -> str:
    """Return the address that opens a page; `key` is the lobby's, empty where there is none."""
    return f"{address}{path}?key={key}" if key else f"{address}{path}"


def to_show(address: str) -> str:
    """Return the address that opens the lobby as the start shows it: not to a log, others read that."""
    if _is_the_journal():
        return (
            f"{urlsplit(address)._replace(query='').geturl()} (./run lobby prints it with its key)"
        )
    return address


def note(folder: Path, address: str) -> None:
    """Keep in mind where the lobby is, as long as the bot runs."""
    draft = folder / f".{FILE}.{os.getpid()}"
    with contextlib.suppress(OSError):  # without it, the printed line still leads in
        draft.write_text(address, encoding="utf-8")
        draft.replace(folder / FILE)


def forget(folder: Path) -> None:
    """Keep it in mind no longer."""
    with contextlib.suppress(OSError):
        (folder / FILE).unlink(missing_ok=True)


def tell(settings: Settings) -> int:
    """Print the address that opens the lobby, alone on its line. Raises `NoLobbyError`."""
    if not settings.lobby_is_on:
        raise NoLobbyError("The lobby is off (PLNBOT_LOBBY), so no address opens it.")
    address = _running_at(settings.data_dir)
    if not address:
        raise NoLobbyError(
            f"No plnbot runs on the folder {settings.data_dir}. ./run starts it and prints the"
            " address; its key stays the same."
        )
    print(opened_by(address, lobby_key(settings)))
    return 0


def listens(settings: Settings) -> bool:
    """Return whether it is the bot on this very data folder that listens at the port of the settings."""
    return urlsplit(_running_at(settings.data_dir)).port == settings.port


def _running_at(folder: Path) -> str:
    """Return the address at which the bot on a data folder answers; empty where none runs."""
    try:
        address = (folder / FILE).read_text(encoding="utf-8")
    except OSError:
        return ""
    return address if _answers(address) else ""


def _is_the_journal() -> bool:
    """Return whether systemd keeps what is printed here; it says which file that is."""
    try:
        there = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{there.st_dev}:{there.st_ino}"


def _answers(address: str) -> bool:
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname, parts.port), _ANSWERS_WITHIN).close()
    except (OSError, ValueError):
        return False
    return True
