"""`plnbot workspaces`: which workspaces belong to which network, and one let into the first."""

from collections.abc import Iterator

from config.settings import Settings
from plnbot.errors import Refused
from plnbot.members import store
from plnbot.members.actions import joining
from plnbot.operate.beside import beside, now_of
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def list_workspaces(settings: Settings) -> int:
    """Print every workspace with its network; return the exit status."""
    return beside(settings, lambda tx: list(_table(tx)))


def admit(settings: Settings, row: str) -> int:
    """Let a workspace, such as `slack/T0123`, join the first network; return the exit status.

    The operator's word stands for both sides.
    """

    def let_in(tx: Tx) -> list[str]:
        first = store.first_network(tx)
        if first is None:
            raise Refused(msg("There is no network yet. Start the bot once."))
        name = joining.let_in(tx, row, now_of(tx))
        return [f"{name} ({row}) belongs to {first.name} now."]

    return beside(settings, let_in)


def _table(tx: Tx) -> Iterator[str]:
    first = store.first_network(tx)
    found = store.every_workspace(tx)
    wide = max((len(row) for row, _network in found), default=0)
    for row, network in found:
        own = "the first network" if first and network.id == first.id else "a network of its own"
        yield f"{row:{wide}}  {network.name} ({own})"
