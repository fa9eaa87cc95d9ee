"""What can be looked through by typing: people, districts, zones; each by a name that forms use."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from plnbot.engine.ports import Person
from plnbot.engine.roles import Needs
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Option
from plnbot.talk.forms import Answered, Picked
from plnbot.values import dataclass

if TYPE_CHECKING:
    from plnbot.engine.routes import Context

MEMBERS, DISTRICTS, ZONES = "members", "districts", "zones"
"""The network's members and districts, and the world's zones, for every capability's forms."""

Finder = Callable[["Context", str], Sequence[Option]]
Getter = Callable[["Context", str], Option | None]


def whose(ctx: "Context", picked: Answered) -> Person:
    """Return the member of this network that was picked; raises `Refused` where they have gone."""
    return ctx.member(row_number(picked.row if isinstance(picked, Picked) else ""))


@dataclass(frozen=True, slots=True)
class SearchRoute:
    """Something that can be looked through, and who may.

    `find` returns what fits some words, best first, each with a label that no other has; `get` what
    a row is, None where there is no such row for this person; `account` who of the person's
    workspace has a platform's number. All of them see the person's own network alone.
    """

    find: Finder
    get: Getter
    needs: Needs
    account: Getter = lambda _ctx, _user: None


@dataclass(frozen=True, slots=True)
class Searches:
    """The `Finds` of one person: what they may not look through is empty to them."""

    ctx: "Context"
    routes: Mapping[str, SearchRoute]

    def find(self, source: str, typed: str) -> Sequence[Option]:
        """Return what fits some words, best first; no more than a list can show."""
        route = self._route(source)
        return () if route is None else tuple(route.find(self.ctx, typed))[: limits.OPTIONS]

    def get(self, source: str, row: str) -> Option | None:
        """Return what a row is, or None where there is no such row for this person."""
        route = self._route(source)
        return None if route is None else route.get(self.ctx, row)

    def account(self, source: str, user: str) -> Option | None:
        """Return who of this workspace has a platform's number, or None."""
        route = self._route(source)
        return None if route is None else route.account(self.ctx, user)

    def _route(self, source: str) -> SearchRoute | None:
        route = self.routes.get(source)
        return route if route is not None and self.ctx.may_somewhere(route.needs) else None
