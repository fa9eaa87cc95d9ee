"""What the web side stands on: the core's desk, its own tables, the clock, and how it is set up."""

from dataclasses import dataclass

from plnbot.engine.ports import Clock, Desk
from plnbot.store.database import Store


@dataclass(frozen=True, slots=True)
class WebOptions:
    """How the web side stands: who may open it, and under which address.

    `arrivals` says how many may come in from one network address within a minute.
    """

    secret: bytes
    lobby: bool = True
    public_url: str = ""
    network: str = "plnbot"
    workspace: str = "lobby"
    rate: float = 1.0
    arrivals: int = 300


@dataclass(frozen=True, slots=True)
class Site:
    """What every handler works with."""

    desk: Desk
    store: Store
    clock: Clock
    options: WebOptions
