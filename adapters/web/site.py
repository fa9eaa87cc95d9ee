"""What the web side stands on: the core's desk, its own tables, the clock, and how it is set up."""

from plnbot.engine.ports import Clock, Desk
from plnbot.store.database import Store
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class WebOptions:
    """How the web side stands: who may open it, and under which address.

    `lobby_key` opens the lobby; where it is empty, there is none. `arrivals` says how many may come
    in from one network address within a minute.
    """

    secret: bytes
    lobby_key: str = ""
    public_url: str = ""
    network: str = "plnbot"
    workspace: str = "lobby"
    rate: float = 1.0
    arrivals: int = 300

    @property
    def secure(self) -> bool:
        """Whether browsers reach us by TLS alone."""
        return self.public_url.lower().startswith("https:")

    @property
    def origin(self) -> str:
        """Where phones reach the pages, without a closing slash; empty where nobody has said so."""
        return self.public_url.rstrip("/")

    @property
    def cookie(self) -> str:
        """The name of a session's cookie: where it can be, one that no other site can set."""
        return "__Host-plnbot" if self.secure else "plnbot"

    @property
    def lobby(self) -> bool:
        """Whether there is a lobby, where anybody may be anybody: never without its key."""
        return bool(self.lobby_key)


@dataclass(frozen=True, slots=True)
class Site:
    """What every handler works with."""

    desk: Desk
    store: Store
    clock: Clock
    options: WebOptions
