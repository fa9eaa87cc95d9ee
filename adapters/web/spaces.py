"""Rooms of the lobby that have members: made for a few, and who may look into one."""

import hashlib
from collections.abc import Collection, Mapping

from adapters.web import entering
from adapters.web import store as rooms
from adapters.web.store import PLATFORM, Room
from plnbot.engine.ports.looking import Look
from plnbot.engine.ports.spaces import Alone, NotOpened, Opened, SeenBy, Together
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass

_BEHIND = 100
"""Rooms of a few stand behind those of everybody."""
NO_LOBBY = msg("There is no lobby here that they could meet in.")


@dataclass(frozen=True, slots=True)
class WebSpaces:
    """The lobby's `OpensSpaces`: a room is a row, so what was made once is there."""

    store: Store

    async def together(self, wanted: Together) -> Opened | NotOpened:
        """Make a room with these members."""
        return await self._made(wanted.workspace, wanted.key, wanted.title, wanted.accounts)

    async def alone(self, wanted: Alone) -> Opened | NotOpened:
        """Make a room with one member."""
        return await self._made(wanted.workspace, wanted.key, wanted.title, (wanted.who,))

    async def close(self, place: Place, accounts: tuple[MemberRef, ...]) -> bool:
        """Let a room be read by its members, and no longer written in."""
        del accounts
        await self.store.run(lambda tx: entering.end(tx, place.workspace, place.channel))
        return True

    async def let_out(self, place: Place, who: MemberRef) -> bool:
        """Let somebody be no member of a room any more; pages that are open there end."""
        await self.store.run(lambda tx: entering.let_out(tx, place.workspace, place.channel, who))
        return True

    async def _made(
        self, workspace: str, key: str, title: str, members: tuple[MemberRef, ...]
    ) -> Opened | NotOpened:
        if not workspace:
            return NotOpened(NO_LOBBY.source)
        slug = f"s-{hashlib.sha256(key.encode()).hexdigest()[:16]}"

        def make(tx: Tx) -> None:
            rooms.ensure_room(tx, workspace, Room(slug, title, "", closed=True), _BEHIND)
            entering.let_in(tx, workspace, slug, members)

        await self.store.run(make)
        return Opened(Place(PLATFORM, workspace, slug), SeenBy.OPERATOR)


def every_room(tx: Tx, workspace: str) -> Mapping[Place, str]:
    """Return the rooms that everybody sees and may still write in, each with its name."""
    return {
        Place(PLATFORM, workspace, each.slug): each.name
        for each in rooms.rooms(tx, workspace)
        if not each.ended
    }


def who_looks(
    tx: Tx, places: Collection[Place], accounts: Collection[MemberRef]
) -> Mapping[Place, Look]:
    """Return of each room whether it is everybody's, and whether one of these accounts is a member of it."""
    slugs = {(each.workspace, each.channel): each for each in places}
    found = dict.fromkeys(places, Look.OUTSIDE)
    found |= {slugs[each]: Look.INSIDE for each in entering.with_member(tx, slugs, accounts)}
    found |= {slugs[each]: Look.EVERYBODY for each in entering.everybodys(tx, slugs)}
    return found
