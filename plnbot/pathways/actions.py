"""What is done with pathways: lay, lay anew, close; take one, choose, say that a step is done, leave."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from plnbot.activities.store import activities_of
from plnbot.addresses import key
from plnbot.engine import audit
from plnbot.engine.offers import OnOffer
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.pathways import store
from plnbot.pathways.model import (
    AskedError,
    Menu,
    Plan,
    Standing,
    Step,
    Way,
    asks_for,
    cycle_of,
    standing,
)
from plnbot.pathways.store import Pathway, Said, Walk
from plnbot.store.database import Tx
from plnbot.talk.words import msg

MOST_LAID = 100
_LATELY = 1000


def lay(tx: Tx, by: Person, plan: Plan, offers: Sequence[OnOffer], now: datetime) -> Pathway:
    """Lay a pathway; raises `Refused` where there are enough, `AskedError` for what it cannot ask for."""
    network = by.network.id
    if len(store.of_network(tx, network)) >= MOST_LAID:
        raise Refused(msg("There are 100 pathways, and that is the most. Lay an old one anew."))
    _asks_in_order(tx, network, 0, plan)
    made = store.lay(tx, network, replace(plan, menu=_with_sources(plan.menu, offers)), now)
    audit.record(
        tx, network, by.id, "pathway.laid", f"pathway:{made.id}", now=now, title=made.title
    )
    return made


def lay_anew(
    tx: Tx, by: Person, one: Pathway, plan: Plan, offers: Sequence[OnOffer], *, now: datetime
) -> None:
    """Lay a pathway otherwise; raises `AskedError` for what it cannot ask for, as itself."""
    _asks_in_order(tx, one.network, one.id, plan)
    store.lay_anew(tx, one, replace(plan, menu=_with_sources(plan.menu, offers, one.menu)))
    audit.record(
        tx, one.network, by.id, "pathway.changed", f"pathway:{one.id}", now=now, title=plan.title
    )


def close(tx: Tx, by: Person, one: Pathway, now: datetime) -> None:
    """Offer a pathway no more, or again."""
    store.close(tx, one, None if one.closed else now)
    audit.record(
        tx,
        one.network,
        by.id,
        "pathway.opened" if one.closed else "pathway.closed",
        f"pathway:{one.id}",
        now=now,
        title=one.title,
    )


def _asks_in_order(tx: Tx, network: int, number: int, plan: Plan) -> None:
    """Raise `AskedError` for a pathway that is not there, or that, however far behind, asks for itself."""
    asked = asks_for(plan.menu)
    laid = {each.id: each for each in store.of_network(tx, network)}
    if lost := sorted(asked - laid.keys()):
        raise AskedError(lost[0])
    asks = {each.id: asks_for(each.menu) for each in laid.values()} | {number: asked}
    if way := cycle_of(number, asks):
        names = {each.id: each.title for each in laid.values()} | {number: plan.title}
        raise AskedError(way=[names[each] for each in way])


def _with_sources(menu: Menu, offers: Sequence[OnOffer], before: Menu = ()) -> Menu:
    """Return a menu whose ways know by what activities they are done, as far as that is on offer now."""
    by_page = {each.page: each.source for each in offers if each.source}
    by_link = {key(each.link): each.source for each in offers if each.source and each.link}
    known = {
        (way.page or way.link): way.source
        for part in before
        for step in part.steps
        for way in step.ways
        if way.source
    }

    def with_source(way: Way) -> Way:
        found = by_page.get(way.page, "") if way.page else ""
        if way.link:
            found = by_link.get(key(way.link), "")
        return replace(way, source=found or known.get(way.page or way.link, ""))

    return tuple(
        replace(
            part,
            steps=tuple(
                replace(step, ways=tuple(map(with_source, step.ways))) for step in part.steps
            ),
        )
        for part in menu
    )


def standings(tx: Tx, member: int, numbers: Sequence[int]) -> Mapping[int, Standing]:
    """Return how far somebody is on these pathways; one that another asks for counts once it is complete."""
    sources = {each.done.source for each in activities_of(tx, member, _LATELY)}
    said = store.said_of(tx, member)
    found: dict[int, Standing] = {}

    def of(number: int, above: frozenset[int]) -> Standing | None:
        one = store.get(tx, number)
        if number not in found and one is not None:
            # What two curators laid at one moment might ask for itself: above itself it is not done.
            asked = asks_for(one.menu) - above
            within = {each: of(each, above | {number}) for each in sorted(asked)}
            complete = {each for each, its in within.items() if its is not None and its.complete}
            found[number] = standing(one.menu, said.get(number, {}).keys(), sources, complete)
        return found.get(number)

    return {each: its for each in numbers if (its := of(each, frozenset())) is not None}


def take(tx: Tx, person: Person, one: Pathway, now: datetime) -> None:
    """Take a pathway, or come back to it; one that is closed takes back those alone who walked it."""
    if one.closed and one.id not in store.walks_of(tx, person.id):
        raise Refused(msg("This pathway is offered no more."))
    store.begin(tx, one.id, person.id, now)


def leave(tx: Tx, walk: Walk, now: datetime) -> None:
    """Leave a pathway; what was done stays."""
    store.leave(tx, walk, now)


def choose(tx: Tx, walk: Walk, step: Step) -> bool:
    """Choose a step, last of those that were chosen, or let go of it; return whether it is chosen now."""
    walk = store.locked(tx, walk)
    there = step.id in walk.chosen
    kept = [each for each in walk.chosen if each != step.id]
    store.choose(tx, walk, kept if there else [*kept, step.id])
    return not there


def say_done(tx: Tx, walk: Walk, step: Step, said: Said) -> None:
    """Keep that a step is done, in which way, and in what activity where there is one."""
    store.say_done(tx, walk.pathway, walk.member, step.id, said)


def say_undone(tx: Tx, walk: Walk, step: Step) -> None:
    """Forget that somebody said a step is done."""
    store.say_undone(tx, walk.pathway, walk.member, step.id)
