"""The capabilities: which there are, and what all of them together answer to.

A new capability is one name here; its folder has a `capability` module with its declaration in
`CAPABILITY`. Whatever must know of every capability reads it from here. It stands above them, and
below the application and what operators use; adapters and the capabilities themselves know none.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any, TypeVar

from adapters.discord import personal as discord_personal
from adapters.slack import personal as slack_personal
from adapters.web import personal as web_personal
from plnbot.activities.routes import routes as activity_routes
from plnbot.calendars.routes import routes as calendar_routes
from plnbot.engine import holdings
from plnbot.engine.capability import Capability
from plnbot.engine.notices import personal as notices_personal
from plnbot.engine.notices import settling as notices
from plnbot.engine.offers import OnOfferFinder
from plnbot.engine.posts import NothingToDo
from plnbot.engine.routes import CardBuilder, Context, Happenings, Routes
from plnbot.gathering import Gathers
from plnbot.gathering.routes import gathering_routes
from plnbot.goals.routes import routes as goal_routes
from plnbot.kept_files.routes import routes as file_routes
from plnbot.members.store import networks
from plnbot.skills.routes import routes as skill_routes
from plnbot.spaces import Tenant
from plnbot.spaces.routes import space_routes

Shown = TypeVar("Shown")
NAMES = (
    "chats",
    "prompts",
    "edcamps",
    "reading",
    "peers",
    "pulse",
    "pathways",
    "growth",
    "portfolio",
    "lessons",
    "credit",
    "badges",
    "insight",
    "members",
)
"""In the order in which help shows them: what people come for first, the house itself last."""
_SHARED = (activity_routes, calendar_routes, goal_routes, skill_routes, file_routes)


def every() -> tuple[Capability, ...]:
    """Return every capability; importing one is what makes it known."""
    return tuple(_declared(name) for name in NAMES)


def _declared(name: str) -> Capability:
    declared = import_module(f"plnbot.{name}.capability").CAPABILITY
    if not isinstance(declared, Capability) or declared.name != name:
        raise TypeError(f"plnbot.{name}.capability.CAPABILITY is no capability called {name}")
    return declared


def _gathering(capabilities: Sequence[Capability]) -> list[Gathers[Any]]:
    declared = [each for capability in capabilities for each in capability.gathers]
    found = [each for each in declared if isinstance(each, Gathers)]
    if len(found) < len(declared) or len({each.kind for each in found}) < len(found):
        raise TypeError("what capabilities gather must be Gathers, each of a kind of its own")
    return found


def _meeting(capabilities: Sequence[Capability]) -> list[Tenant]:
    declared = [each for capability in capabilities for each in capability.spaces]
    found = [each for each in declared if isinstance(each, Tenant)]
    if len(found) < len(declared) or len({each.name for each in found}) < len(found):
        raise TypeError("what capabilities do with spaces must be Tenants, each of its own name")
    return found


def catalogue(capabilities: Sequence[Capability]) -> Routes:
    """Return what these capabilities answer to and post, and what all parts keep of people."""
    routes = Routes()
    for each in capabilities:
        routes.include(_switchable(each) if each.optional else each.routes)
        routes.parts.extend(each.parts)
        routes.hints.update({each.name: each.hint} if each.hint else {})
        routes.menu.extend(each.menu)
        if not isinstance(each.happenings, NothingToDo):
            routes.happenings.append(_happening(each, each.happenings))
        if not isinstance(each.on_offer, NothingToDo):
            routes.on_offer.append(_offering(each, each.on_offer))
        if not isinstance(each.takes_over, NothingToDo):
            routes.takes_over[each.name] = each.takes_over
        routes.waits.extend(_at_home(each, each.waits))
        routes.figures.extend(_at_home(each, each.figures))
        routes.words.update({word.source: word for word in each.words})
        routes.posts.update({post.card: post for post in each.posts})
        routes.people.append(each.people)
        whose = each.name if each.optional else ""
        routes.roles.extend(replace(use, capability=whose) for use in each.roles)
        routes.notices.update({kind.name: kind for kind in each.notices})
    # In this order members read it: what they told and did, then what the machinery needs.
    routes.personal.extend(each.personal for each in reversed(capabilities))
    gathered = gathering_routes(_gathering(capabilities), routes.gathered)
    spaces = space_routes(_meeting(capabilities))
    for room in (*_SHARED, notices.routes, gathered, spaces):
        routes.include(room)
    # Also of platforms that are not set up now: what they once wrote down is still there.
    routes.personal.extend(
        each.PERSONAL
        for each in (holdings, notices_personal, web_personal, slack_personal, discord_personal)
    )
    # Discord takes off bots that open many direct messages.
    routes.asks_first.add(discord_personal.PLATFORM)
    _shown(routes)
    return routes


def _switchable(capability: Capability) -> Routes:
    """Return its routes so that a network can switch them off: nothing answers, shows or posts."""
    name, its = capability.name, capability.routes
    return replace(
        its,
        optional={name: capability.title},
        gathered={each.kind: name for each in _gathering([capability])},
        commands={key: replace(each, capability=name) for key, each in its.commands.items()},
        presses={key: replace(each, capability=name) for key, each in its.presses.items()},
        forms={key: replace(each, capability=name) for key, each in its.forms.items()},
        pages={key: replace(each, capability=name) for key, each in its.pages.items()},
        files={key: replace(each, capability=name) for key, each in its.files.items()},
        cards={key: _card(name, each) for key, each in its.cards.items()},
        joined=[_while_on(name, each) for each in its.joined],
        besides=[_while_on(name, each) for each in its.besides],
        aboves=[_while_on(name, each) for each in its.aboves],
        home=[_while_on(name, each) for each in its.home],
    )


def _at_home(
    capability: Capability, makers: Sequence[Callable[[Context], Shown | None]] | NothingToDo
) -> Sequence[Callable[[Context], Shown | None]]:
    """Return what says something on homes, while the network has the capability switched on."""
    if isinstance(makers, NothingToDo):
        return ()
    return [_while_on(capability.name, each) for each in makers]


def _while_on(
    name: str, make: Callable[[Context], Shown | None]
) -> Callable[[Context], Shown | None]:
    return lambda context: None if name in context.network.off else make(context)


def _card(name: str, make: CardBuilder) -> CardBuilder:
    return lambda showing, args: None if name in showing.network.off else make(showing, args)


def _happening(capability: Capability, find: Happenings) -> Happenings:
    name = capability.name
    return lambda tx, network: () if name in networks.off_in(tx, network) else find(tx, network)


def _offering(capability: Capability, find: OnOfferFinder) -> OnOfferFinder:
    """Return what finds nothing where a network has the capability switched off."""
    name = capability.name
    return lambda tx, network, now: (
        () if name in networks.off_in(tx, network) else find(tx, network, now)
    )


def _shown(routes: Routes) -> None:
    """Find commands that help would not show."""
    if lost := sorted(
        each.name for each in routes.commands.values() if each.part not in routes.parts
    ):
        raise ValueError(f"commands in a part of the help that no capability declares: {lost}")
