"""Posts cards into the lobby's rooms. The key is unique in our own table: once means once."""

from datetime import timedelta

from adapters.web import entering
from adapters.web import store as rooms
from adapters.web.store import DIRECT, Room
from plnbot.engine.ports import Clock, Delivery, Outgoing, Rejected, Sent
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.codec import pack
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class WebSender:
    """The lobby's `Sender`."""

    store: Store
    clock: Clock
    platform: str = "web"
    finds: bool = True
    settles: timedelta = timedelta()

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Write the card into its room."""
        return await self.store.run(lambda tx: self._write(tx, outgoing))

    async def find(self, outgoing: Outgoing) -> Sent | None:
        """Return where a card with this key stands."""
        there = await self.store.read(lambda tx: rooms.found(tx, rooms.posted(outgoing.key)))
        return None if there is None else Sent(str(there))

    def _write(self, tx: Tx, outgoing: Outgoing) -> Delivery:
        workspace = outgoing.to.workspace
        if outgoing.beside:
            return Sent("")  # the room's page shows it, always as things are now
        if outgoing.edits:
            rooms.change(tx, workspace, int(outgoing.edits), card=pack(outgoing.card))
            return Sent(outgoing.edits)
        match outgoing.to:
            case MemberRef(user=user):
                slug, thread = DIRECT + user, None
                rooms.ensure_room(tx, workspace, Room(slug, "", ""))
            case Place(channel=channel, thread=in_thread):
                slug, thread = channel, int(in_thread) if in_thread else None
                if not entering.is_there(tx, workspace, slug):
                    return Rejected(f"there is no room {slug}")
        now = self.clock.now()
        made = rooms.say(
            tx,
            workspace,
            slug,
            key=rooms.posted(outgoing.key),
            now=now,
            card=outgoing.card,
            thread=thread,
        )
        return Sent(str(made))
