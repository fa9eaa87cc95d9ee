"""What is asked of platforms: a place for several, an end for one, and that a place be closed."""

from plnbot.engine import outbox
from plnbot.engine.context import Due
from plnbot.engine.notices import wishes_of
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports.spaces import Alone, NotOpened, Opened, Together
from plnbot.engine.routes import Routes
from plnbot.refs import MemberRef, Place
from plnbot.spaces import actions, store
from plnbot.spaces.declared import Tenants, Turn
from plnbot.spaces.model import LOBBY, Kind, Space, State, Way
from plnbot.talk.words import msg
from plnbot.values import dataclass

NOT_THERE = msg("That platform is not connected.")
_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Closing:
    """A place that is to be closed."""

    place: Place
    accounts: tuple[MemberRef, ...]


async def _together(given: tuple[str, Together], outside: Outside) -> Opened | NotOpened:
    platform, wanted = given
    opens = outside.openers.get(platform)
    return await opens.together(wanted) if opens else NotOpened(NOT_THERE.source)


async def _alone(given: tuple[str, Alone], outside: Outside) -> Opened | NotOpened:
    platform, wanted = given
    opens = outside.openers.get(platform)
    return await opens.alone(wanted) if opens else NotOpened(NOT_THERE.source)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who is to be out of a place."""

    place: Place
    who: MemberRef


async def _let_out(given: Leaving, outside: Outside) -> bool:
    opens = outside.openers.get(given.place.platform)
    return opens is not None and await opens.let_out(given.place, given.who)


async def _close(given: Closing, outside: Outside) -> bool:
    opens = outside.openers.get(given.place.platform)
    return opens is not None and await opens.close(given.place, given.accounts)


def outside_routes(tenants: Tenants) -> Routes:
    """Return the work that asks platforms for places, for these tenants."""
    routes = Routes()

    def _turn(due: Due) -> Turn:
        return Turn(due.tx, tenants, due.now)

    def ended(due: Due, found: Opened | NotOpened) -> None:
        space = _space(due)
        if space is not None and _still_wanted(space, _way(due)):
            prefer = Kind(str(due.payload["prefer"]))
            actions.opened(_turn(due), space, _way(due), found, prefer)

    def end_made(due: Due, found: Opened | NotOpened) -> None:
        space, member = _space(due), _number(due, "member")
        there = space.member(member) if space else None
        if space is None or there is None or space.state is not State.OPENING:
            return
        lobby = actions.lobby_of(due.tx, due.directory, space.network)
        by = str(due.payload["platform"])
        actions.end_made(_turn(due), space, there, found, lobby=lobby, by=by)

    routes.outside(
        OutsideWork(
            kind=actions.OPEN,
            begin=_begin_together,
            do=_together,
            end=ended,
            given_up=lambda due, reason: ended(due, NotOpened(reason)),
            lane=actions.OPEN,
            at_once=_AT_ONCE,
        )
    )
    routes.outside(
        OutsideWork(
            kind=actions.END,
            begin=_begin_alone,
            do=_alone,
            end=end_made,
            given_up=lambda due, reason: end_made(due, NotOpened(reason)),
            lane=actions.END,
            at_once=_AT_ONCE,
        )
    )
    routes.outside(_CLOSES)
    routes.outside(_LETS_OUT)
    return routes


def _begin_together(due: Due) -> tuple[str, Together] | None:
    space, way = _space(due), _way(due)
    if space is None or not _still_wanted(space, way):
        return None
    key = f"space/{space.network}/{space.id}"
    accounts = actions.accounts_of(space)
    room = space.room if space.room and space.room.platform == way.platform else None
    return way.platform, Together(key, way.workspace, accounts, space.title, room)


def _begin_alone(due: Due) -> tuple[str, Alone] | None:
    space, platform = _space(due), str(due.payload["platform"])
    member = space.member(_number(due, "member")) if space else None
    if space is None or member is None or space.state is not State.OPENING:
        return None
    person = due.directory.by_id(due.tx, member.id, member.who.platform)
    if person is None:
        return None
    directly = wishes_of(due.tx, due.directory, person, due.catalogue.asks_first).direct
    room = space.room if space.room and space.room.platform == platform else None
    key, who = f"space/{space.network}/{space.id}/{member.id}", member.who
    workspace = who.workspace
    if platform == LOBBY and who.platform != LOBBY:
        workspace = actions.lobby_of(due.tx, due.directory, space.network)
    return platform, Alone(key, workspace, who, space.title, directly, room)


def _begin_closing(due: Due) -> Closing | None:
    space, place = _space(due), outbox.unpacked(due.payload["place"])
    if space is None or not isinstance(place, Place):
        return None
    return Closing(place, actions.accounts_of(space))


def _begin_leaving(due: Due) -> Leaving | None:
    """Return who is out; whoever was erased is out of every room already."""
    space, number = _space(due), _number(due, "member")
    members = space.members if space else ()
    left = next((each for each in members if each.id == number and not each.inside), None)
    if space is None or space.place is None or left is None:
        return None
    return Leaving(space.place, left.who)


def _still_wanted(space: Space, way: Way) -> bool:
    """Return whether a space still wants a place: new, or a relay whose people want a room."""
    if space.state is State.OPENING:
        return space.place is None
    return space.state is State.OPEN and space.kind is Kind.RELAY and way.kind is Kind.ROOM


def _space(due: Due) -> Space | None:
    return store.get(due.tx, _number(due, "space"))


def _number(due: Due, name: str) -> int:
    return int(str(due.payload[name]))


def _way(due: Due) -> Way:
    given = due.payload
    return Way(Kind(str(given["kind"])), str(given["platform"]), str(given["workspace"]))


_CLOSES = OutsideWork(
    kind=actions.CLOSE,
    begin=_begin_closing,
    do=_close,
    end=lambda _due, _closed: None,
    given_up=lambda _due, _reason: None,  # its last card says that it has ended
    lane=actions.CLOSE,
)
_LETS_OUT = OutsideWork(
    kind=actions.LET_OUT,
    begin=_begin_leaving,
    do=_let_out,
    end=lambda _due, _out: None,
    given_up=lambda _due, _reason: None,  # nothing more is said to them there anyway
    lane=actions.LET_OUT,
)
