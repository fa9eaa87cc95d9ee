"""The web outside, as the settings say: `feeds` and what it needs are loaded at the first fetch."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from config.settings import Settings
from plnbot.engine.heavy import HeavyWork
from plnbot.fetching import Fetched, Fetcher
from plnbot.syndication import Feeds

if TYPE_CHECKING:
    from feeds.fetch import GuardedFetcher


class Outward:
    """`Fetcher` for the real web, made when it is first used."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._made: GuardedFetcher | None = None

    async def fetch(
        self, address: str, headers: Mapping[str, str] | None = None, *, first: int | None = None
    ) -> Fetched:
        """Return what `address` answers; the contract is the port's."""
        if self._made is None:
            from feeds.fetch import GuardedFetcher

            agent = introduced(self._settings)
            self._made = GuardedFetcher(agent, self._settings.reads_inside)
        return await self._made.fetch(address, headers, first=first)

    async def close(self) -> None:
        """Let go of every connection."""
        if self._made is not None:
            made, self._made = self._made, None
            await made.close()


def reading_feeds(fetcher: Fetcher, heavy: HeavyWork) -> Feeds:
    """Return what reads feeds with these two."""
    from feeds.finder import Feeds as TheFeeds

    return TheFeeds(fetcher, heavy)


def introduced(settings: Settings) -> str:
    """Return how the bot calls itself to those whose pages it reads, and where they can complain."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        name = f"plnbot/{version('plnbot')}"
    except PackageNotFoundError:  # it runs from a folder, installed by nobody
        name = "plnbot"
    contact = settings.contact or settings.public_url
    return f"{name} (+{contact})" if contact else name
