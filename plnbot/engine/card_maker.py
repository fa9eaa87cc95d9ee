"""Makes what is sent: the card of a post as things are now, in its readers' language."""

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from functools import partial

from plnbot.engine import outbox, refusals
from plnbot.engine.outside import AnyCardOutside, CardOutside
from plnbot.engine.ports import Directory, Network, Outgoing
from plnbot.engine.routes import Routes, Showing
from plnbot.engine.work import Item, Urgency
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.cards import Card
from plnbot.talk.happenings import Announced
from plnbot.talk.pages import Attached
from plnbot.talk.words import Translate
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class OutgoingLater:
    """What is to be sent, once its card is made outside the transaction."""

    card: AnyCardOutside
    _outgoing: Callable[[Card | Attached | Announced], Outgoing]

    def made(self, given: object) -> Outgoing:
        """Return what to send, made of what `card.read` read; for a thread."""
        return self._outgoing(self.card.make(given))


@dataclass(frozen=True, slots=True)
class CardMaker:
    """Makes cards out of due posts and edits, within one transaction, which changes no network."""

    routes: Routes
    directory: Directory
    address: Callable[[str], str]
    _networks: dict[tuple[str, str], Network | None] = field(default_factory=dict)

    def outgoing(
        self, tx: Tx, item: Item, now: datetime
    ) -> tuple[Outgoing | OutgoingLater, outbox.Post] | None:
        """Return what to send and the post it is; None where there is nothing to show any more."""
        standing = outbox.planned(tx, item)
        showing = self._showing(tx, standing, now) if standing else None
        if standing is None or showing is None:
            return None
        shown = self.routes.cards[standing.card](showing, standing.args)
        if shown is None:
            return None
        made = partial(
            _outgoing, item, standing, showing, self._zone(tx, standing, showing.network)
        )
        if isinstance(shown, CardOutside):
            return OutgoingLater(shown, made), standing
        return made(shown), standing

    def _showing(self, tx: Tx, standing: outbox.Post, now: datetime) -> Showing | None:
        network = self._network(tx, standing)
        if network is None:
            return None
        locale = network.locale
        if isinstance(standing.to, MemberRef):
            reader = self.directory.known(tx, standing.to)
            locale = reader.locale if reader else locale
        address = self.address(standing.to.platform)
        t = Translate(locale)
        return Showing(
            tx,
            now,
            network,
            t,
            standing.to,
            self.directory,
            self.routes,
            address,
            stands=bool(standing.ref),
        )

    def _network(self, tx: Tx, standing: outbox.Post) -> Network | None:
        where = (standing.to.platform, standing.to.workspace)
        if where not in self._networks:
            self._networks[where] = self.directory.network_of(tx, Place(*where, ""))
        network = self._networks[where]
        # A workspace that moved to another network gets nothing of its old one.
        return network if network and network.id == standing.network else None

    def _zone(self, tx: Tx, standing: outbox.Post, network: Network) -> str:
        if isinstance(standing.to, MemberRef):
            reader = self.directory.known(tx, standing.to)
            if reader:
                return reader.zone
        return network.zone


def _outgoing(
    item: Item,
    standing: outbox.Post,
    showing: Showing,
    zone: str,
    shown: Card | Attached | Announced,
) -> Outgoing:
    file = shown.file if isinstance(shown, Attached) else None
    return Outgoing(
        item.key,
        standing.to,
        shown if isinstance(shown, Card) else shown.card,
        showing.t.locale,
        zone,
        standing.ref,
        None if standing.ref else file,
        bool(standing.args.get(outbox.BESIDE)),
        str(standing.args.get(outbox.THREAD, "")),
        shown.happening if isinstance(shown, Announced) else None,
        bool(item.payload.get(refusals.AGAIN)),
        item.urgency is Urgency.TIMED,
    )
