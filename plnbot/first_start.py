"""The first start: one network, and a lobby with somebody in it to be."""

from datetime import datetime

from adapters.web import store as rooms
from adapters.web.store import Room
from plnbot.engine import roles
from plnbot.engine.ports import Network, Person
from plnbot.engine.roles import Grant, Role
from plnbot.members import actions as members
from plnbot.members import store as people
from plnbot.refs import MemberRef
from plnbot.store.alone import one_after_another
from plnbot.store.database import Tx
from plnbot.talk.words import Translate
from plnbot.values import dataclass

PLATFORM = "web"
LOBBY = "lobby"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the lobby: the handle in the address, the name, and their roles."""

    handle: str
    name: str
    roles: tuple[Role, ...] = ()

    @property
    def ref(self) -> MemberRef:
        """The account in the lobby."""
        return MemberRef(PLATFORM, LOBBY, self.handle)


COACH = Somebody("maya", "Maya Torres", (Role.ADMINISTRATOR, Role.MODERATOR))
CO_MODERATOR = Somebody("sam", "Sam Okafor", (Role.CO_MODERATOR,))
TEACHERS = (
    Somebody("priya", "Priya Nair"),
    Somebody("luis", "Luis Herrera"),
    Somebody("emma", "Emma Lindqvist"),
    Somebody("dwayne", "Dwayne Carter"),
)


@dataclass(frozen=True, slots=True)
class Beginnings:
    """How the first network is to be called, and what it speaks by."""

    name: str
    locale: str
    zone: str


def first_network(tx: Tx, wanted: Beginnings, now: datetime) -> Network:
    """Return the first network, made when there is none; one call makes all of it, however many begin."""
    one_after_another(tx)
    there = people.first_network(tx)
    if there is not None:
        return there
    made = members.make_network(tx, wanted.name, wanted.locale, wanted.zone, now)
    members.attach_workspace(tx, made, PLATFORM, LOBBY)
    t = Translate(wanted.locale)
    rooms.ensure_room(
        tx, LOBBY, Room("chat-night", t.words("chat-night"), t.words("Our Q1/A1 chats")), 0
    )
    rooms.ensure_room(
        tx, LOBBY, Room("lounge", t.words("lounge"), t.words("Anything else, any time")), 1
    )
    for each in (COACH, CO_MODERATOR, *TEACHERS):
        let_in(tx, made, each, now)
    return made


def let_in(tx: Tx, network: Network, each: Somebody, now: datetime) -> Person:
    """Return somebody of the lobby, made known when new."""
    known = people.by_ref(tx, each.ref)
    if known is not None:
        return known
    made = people.new_member(tx, network, each.ref, each.name, locale=network.locale, now=now)
    for role in each.roles:
        roles.grant(tx, network.id, made.id, Grant(role), by=None, now=now)
    return made
