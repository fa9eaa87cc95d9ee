"""A network's districts from a file, all of them or none."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from plnbot.engine.ports import Network
from plnbot.errors import PlnError, Refused
from plnbot.members import store
from plnbot.members.actions import districts
from plnbot.members.model import district_files
from plnbot.store.database import Tx
from plnbot.talk.words import msg

if TYPE_CHECKING:
    from plnbot.command_words import Unit

_MOST_BYTES = 5_000_000
_MOST_SHOWN = 20


class DistrictsError(PlnError):
    """The file cannot be used; the words say why, line by line."""


def importing(file: str, network: str = "", *, check: bool = False) -> "Unit | Sequence[str]":
    """Return what adds the districts of a file to a network, the first unless named.

    What is there already gets the names that are new; nothing is taken away. With `check` nothing is
    to be written, and it returns what to say. Raises `DistrictsError` where any line is wrong.
    """
    good = _read(Path(file))
    if check:
        return [f"{len(good)} districts, nothing wrong. Nothing was written."]

    def add(tx: Tx, now: datetime) -> Sequence[str]:
        home = _network(tx, network)
        new, more = districts.imported(tx, home.id, good, now)
        return [
            f"{len(good)} districts read for {home.name}: {new} new, {more} known by more names now."
        ]

    return add


def _network(tx: Tx, named: str) -> Network:
    """Return the network of a name, or of a workspace such as `slack/T0123`; the first for no name.

    Whoever connects a workspace chooses what it is called, so a name alone may mean several.
    """
    if not named:
        found = {each.id: each for each in (store.first_network(tx),) if each is not None}
    else:
        every = store.every_workspace(tx)
        found = {each.id: each for row, each in every if row == named}
        found = found or {each.id: each for _row, each in every if each.name == named}
    if not found:
        raise Refused(msg("There is no such network. `./run workspaces` lists them."))
    if len(found) > 1:
        raise Refused(
            msg(
                "{n} networks are called so. Name one by a workspace of it, such as `slack/T0123`:"
                " `./run workspaces` lists them.",
                n=len(found),
            )
        )
    return next(iter(found.values()))


def _read(path: Path) -> tuple[district_files.District, ...]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DistrictsError(f"{path} is larger than {_MOST_BYTES // 1_000_000} MB.")
        good, bad = district_files.read(path.read_text("utf-8"))
    except OSError as error:
        raise DistrictsError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise DistrictsError(
            f"{path} is not written in UTF-8. In a spreadsheet, save it as “CSV UTF-8”."
        ) from error
    except district_files.UnreadableError as error:
        raise DistrictsError(f"{path} cannot be used: {error}.") from error
    if bad:
        lines = [f"{path}: {each}" for each in bad[:_MOST_SHOWN]]
        if len(bad) > _MOST_SHOWN:
            lines.append(f"… and {len(bad) - _MOST_SHOWN:,} more lines like these.")
        lines.append(
            f"{len(bad):,} of {len(bad) + len(good):,} lines are wrong; nothing was written."
        )
        raise DistrictsError("\n".join(lines))
    return tuple(good)
