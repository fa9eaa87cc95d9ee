"""What makes places for a few people, by platform: said by adapters, used by work outside."""

from collections.abc import MutableMapping

from plnbot.engine.ports.spaces import OpensSpaces
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class SpacesOpened:
    """The engine's `Spaces`; what it is told goes into `openers`, which the runner reads."""

    openers: MutableMapping[str, OpensSpaces]

    def opened_by(self, platform: str, opens: OpensSpaces) -> None:
        """Let this make the places of a platform."""
        self.openers[platform] = opens
