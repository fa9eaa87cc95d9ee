"""What handlers are given: the transaction, the instant, the person, the words, and nothing that sends."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from plnbot.engine.looking import Looks
from plnbot.engine.ports import Destination, Directory, Network, Person, Seems, SignIns
from plnbot.engine.ports.people import SEEMS_NOTHING
from plnbot.engine.roles import Grant, Needs, Reach, reach
from plnbot.errors import Refused
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.words import Translate, msg
from plnbot.values import dataclass

if TYPE_CHECKING:
    from plnbot.engine.routes import CommandRoute, Routes


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a handler may use: one transaction, one instant, one person, one place.

    `whole` asks a page for everything: it is handed over as a file, from which nothing leads on.
    `seems` is what platform or browser say of the person at this moment; `sought` is what they look
    for on a page that can be searched.
    """

    tx: Tx
    now: datetime
    person: Person
    grants: frozenset[Grant]
    where: Place
    t: Translate
    directory: Directory
    catalogue: "Routes"
    sign_ins: SignIns
    looks: Looks
    whole: bool = False
    seems: Seems = SEEMS_NOTHING
    sought: str = ""

    @property
    def address(self) -> str:
        """Where members here reach the pages, empty where they cannot."""
        return self.sign_ins.address(self.where.platform)

    def link(self, path: str) -> str:
        """Return an address that signs the person in once and opens `path`; `Refused` without."""
        return self.sign_ins.link(self.tx, self.person.ref, path, self.now)

    @property
    def network(self) -> Network:
        """The network this happens in."""
        return self.person.network

    def member(self, number: int) -> Person:
        """Return a member of this network; raises `Refused` where there is none of this number."""
        found = self.directory.by_id(self.tx, number, self.person.ref.platform)
        if found is None or found.network.id != self.network.id:
            raise Refused(msg("That person is no longer here."))
        return found

    def called(self, person: int) -> str:
        """Return the name of a member of this network; somebody erased has a number only."""
        found = self.directory.by_id(self.tx, person)
        return found.name if found else self.t.words("Former member {number}", number=person)

    def sees(self, place: Place) -> bool:
        """Return whether the person may look into a room: they are there, or it is open to them."""
        return not self.unseen([place])

    def unseen(self, places: Iterable[Place]) -> frozenset[Place]:
        """Return those of these rooms into which the person may not look, as it is known."""
        here = self.where.channel_itself()
        rooms = {each.channel_itself() for each in places} - ({here} if here.channel else set())
        if not rooms:
            return frozenset()
        # Most have one account, and rooms are of its workspace.
        own, of_others = self.person.ref, {(each.platform, each.workspace) for each in rooms}
        alone = of_others == {(own.platform, own.workspace)}
        if alone:
            unseen = self.looks.unseen(self.tx, rooms, [own])
            if not unseen or not self.looks.reads(own.platform):
                return unseen
        accounts = self.directory.accounts(self.tx, self.person.id)
        return self.looks.unseen(self.tx, rooms, accounts)

    def rooms(self) -> Mapping[Place, str]:
        """Return the rooms that the person may name from a page; none where only their platform knows them."""
        own = self.person.ref
        return self.looks.rooms(self.tx, own.platform, own.workspace)

    def closed(self, place: Place) -> bool:
        """Return whether not everybody may look into a room."""
        return bool(self.looks.closed(self.tx, [place]))

    def may(self, required: Needs, row: str = "", lies_in: Collection[str] = ()) -> bool:
        """Return whether the person may do what asks for `required` to `row`, which lies in these."""
        return required.met_by(self.grants, row, lies_in)

    def reach(self, required: Needs) -> Reach:
        """Return how far the person's roles reach for what asks for `required`: whose queue is theirs."""
        return reach(self.grants, required)

    def offered(self, command: "CommandRoute") -> bool:
        """Return whether the person may type a command, and their network has it switched on."""
        return command.capability not in self.network.off and self.may_somewhere(command.needs)

    def may_somewhere(self, required: Needs) -> bool:
        """Return whether the person may do this in the network, or in one thing of it."""
        return bool(self.reach(required))


@dataclass(frozen=True, slots=True)
class Showing:
    """What a card's builder may use when the card is sent: the readers' language, the present.

    `address` is where these readers reach the pages, empty where they cannot. `stands` says that the
    card was sent before, and is shown anew.
    """

    tx: Tx
    now: datetime
    network: Network
    t: Translate
    to: Destination
    directory: Directory
    catalogue: "Routes"
    address: str = ""
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Anybody:
    """What a file's builder may use for whoever knows its address: nothing says who they are."""

    tx: Tx
    now: datetime
    catalogue: "Routes"
    looks: Looks
    t: Translate = Translate()


@dataclass(frozen=True, slots=True)
class Due:
    """What a work handler may use."""

    tx: Tx
    now: datetime
    due_at: datetime
    payload: Mapping[str, object]
    directory: Directory
    catalogue: "Routes"
