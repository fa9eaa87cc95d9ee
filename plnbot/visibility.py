"""Who may see what a member told of themselves: pure, for models, ports and capabilities alike."""

from enum import StrEnum


class Seen(StrEnum):
    """Who sees something, and for whom it is asked for.

    As a purpose, `ME` is the member themselves, `MATCHING` introduces members to each other without
    showing anything, and `NETWORK` shows it to others.
    """

    ME = "me"
    MATCHING = "matching"
    NETWORK = "network"

    def serves(self, purpose: "Seen") -> bool:
        """Return whether what this member lets so many see may be used for a purpose."""
        order = (Seen.ME, Seen.MATCHING, Seen.NETWORK)
        return order.index(self) >= order.index(purpose)
