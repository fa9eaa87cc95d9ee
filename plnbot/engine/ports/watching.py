"""The port of watching: how the bot is, for whoever looks after it."""

from collections.abc import Mapping
from typing import Protocol


class Watch(Protocol):
    """How the bot is, for whoever watches over it. Nothing in it names a member or a network."""

    async def ready(self) -> Mapping[str, str]:
        """Return how each part is, by its name: `ok`, or in a few fixed words what is wrong with it.

        Raises nothing: a part that cannot be asked is one that is not well.
        """
        ...

    async def unheard(self) -> Mapping[str, str]:
        """Return what was said and could not be heard yet, by platform, in a few fixed words.

        Raises nothing; what it tells is for somebody to mend, and no reason to take the bot off the net.
        """
        ...

    async def metrics(self) -> bytes:
        """Return what was counted, in Prometheus' text form; raises only `PlnError`."""
        ...
