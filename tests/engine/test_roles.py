"""Roles: what a grant allows, and who holds one."""

import asyncio
from collections.abc import Collection

import pytest

from plnbot.engine import roles
from plnbot.engine.roles import ANYONE, Grant, Needs, Role, needs
from plnbot.members.actions import tidy_name
from plnbot.store.database import Store
from plnbot.testing import FrozenClock

MODERATORS = needs(Role.MODERATOR)
EITHER = needs(Role.MODERATOR, Role.CURATOR)
OF_THE_CHAT = needs(Role.MODERATOR, Role.CO_MODERATOR, within="chat")

NOBODY: tuple[Grant, ...] = ()
ADMINISTRATOR = (Grant(Role.ADMINISTRATOR),)
MODERATOR = (Grant(Role.MODERATOR),)
OF_12 = (Grant(Role.MODERATOR, "chat:12"),)
NETWORK = 7


async def give(
    store: Store, clock: FrozenClock, person: int, given: Grant, network: int = NETWORK
) -> bool:
    """Give a role in a unit of work of its own."""
    now = clock.now()
    number = await store.run(lambda tx: roles.grant(tx, network, person, given, by=None, now=now))
    return number is not None


@pytest.mark.parametrize(
    ("needed", "grants", "row", "allowed"),
    [
        (ANYONE, NOBODY, "", True),
        (ANYONE, NOBODY, "12", True),
        (ANYONE, OF_12, "", True),
        (MODERATORS, NOBODY, "", False),
        (MODERATORS, MODERATOR, "", True),
        (MODERATORS, MODERATOR, "12", True),
        (MODERATORS, (Grant(Role.CURATOR),), "", False),
        (MODERATORS, ADMINISTRATOR, "", True),
        (MODERATORS, ADMINISTRATOR, "12", True),
        (MODERATORS, OF_12, "", False),
        (MODERATORS, OF_12, "12", False),
        (EITHER, MODERATOR, "", True),
        (EITHER, (Grant(Role.CURATOR),), "", True),
        (EITHER, (Grant(Role.APPROVER), Grant(Role.CURATOR)), "", True),
        (EITHER, (Grant(Role.APPROVER), Grant(Role.ORGANISER)), "", False),
        (OF_THE_CHAT, NOBODY, "12", False),
        (OF_THE_CHAT, MODERATOR, "12", True),
        (OF_THE_CHAT, OF_12, "12", True),
        (OF_THE_CHAT, OF_12, "13", False),
        (OF_THE_CHAT, OF_12, "1", False),
        (OF_THE_CHAT, OF_12, "", False),
        (OF_THE_CHAT, (Grant(Role.CO_MODERATOR, "chat:12"),), "12", True),
        (OF_THE_CHAT, (Grant(Role.MODERATOR, "plan:12"),), "12", False),
        (OF_THE_CHAT, (Grant(Role.CURATOR, "chat:12"),), "12", False),
        (OF_THE_CHAT, (Grant(Role.ADMINISTRATOR, "chat:12"),), "12", True),
        (OF_THE_CHAT, (Grant(Role.ADMINISTRATOR, "chat:12"),), "13", False),
        (OF_THE_CHAT, ADMINISTRATOR, "12", True),
        (OF_THE_CHAT, ADMINISTRATOR, "", True),
    ],
)
def test_what_a_grant_allows(
    needed: Needs, grants: Collection[Grant], row: str, *, allowed: bool
) -> None:
    """A role counts network-wide, or for the row it was given for; administrators always may."""
    assert needed.met_by(grants, row) is allowed


async def test_a_role_is_given_once(store: Store, clock: FrozenClock) -> None:
    """Giving it again changes nothing and says so; the same role in another scope is another."""
    wide, narrow = Grant(Role.MODERATOR), Grant(Role.MODERATOR, "chat:12")
    assert [await give(store, clock, 1, each) for each in (wide, narrow, wide)] == [
        True,
        True,
        False,
    ]
    assert await store.read(lambda tx: roles.grants_of(tx, 1, clock.now())) == {wide, narrow}
    assert await store.read(lambda tx: roles.grants_of(tx, 2, clock.now())) == set()


async def test_a_role_given_by_many_at_once_is_given_once(store: Store, clock: FrozenClock) -> None:
    """Of many who give somebody the same role at the same moment one does, and nobody fails."""
    given = Grant(Role.CURATOR)
    for person in range(5):
        at_once = [give(store, clock, person, given) for _ in range(16)]
        assert sorted(await asyncio.gather(*at_once)) == [False] * 15 + [True]


async def test_a_role_is_taken_in_its_scope_only(store: Store, clock: FrozenClock) -> None:
    """Taking a role leaves the others, and taking what nobody has says so."""
    wide, narrow = Grant(Role.MODERATOR), Grant(Role.MODERATOR, "chat:12")
    for given in (wide, narrow):
        await give(store, clock, 1, given)
    assert await store.run(lambda tx: roles.revoke(tx, 1, wide))
    assert not await store.run(lambda tx: roles.revoke(tx, 1, wide))
    assert not await store.run(lambda tx: roles.revoke(tx, 2, narrow))
    assert await store.read(lambda tx: roles.grants_of(tx, 1, clock.now())) == {narrow}


async def test_holders_stand_in_the_order_they_got_it(store: Store, clock: FrozenClock) -> None:
    """Each once, of one network and one scope, first come first."""
    await give(store, clock, 3, Grant(Role.MODERATOR))
    await give(store, clock, 1, Grant(Role.CURATOR))
    await give(store, clock, 2, Grant(Role.MODERATOR, "chat:12"))
    await give(store, clock, 3, Grant(Role.CURATOR))
    await give(store, clock, 2, Grant(Role.MODERATOR))
    await give(store, clock, 4, Grant(Role.MODERATOR), network=NETWORK + 1)

    async def holders(*held: Role, scope: str = "") -> tuple[int, ...]:
        return await store.read(lambda tx: roles.holders(tx, NETWORK, held, scope, now=clock.now()))

    assert await holders(Role.MODERATOR) == (3, 2)
    assert await holders(Role.MODERATOR, Role.CURATOR) == (3, 1, 2)
    assert await holders(Role.MODERATOR, scope="chat:12") == (2,)
    assert await holders(Role.APPROVER) == ()


async def test_titles_stand_highest_first(store: Store, clock: FrozenClock) -> None:
    """What somebody is called counts network-wide roles only, whatever order they came in."""
    for given in (
        Grant(Role.CURATOR),
        Grant(Role.APPROVER, "chat:12"),
        Grant(Role.ADMINISTRATOR),
        Grant(Role.MODERATOR),
    ):
        await give(store, clock, 1, given)
    titles = await store.read(lambda tx: roles.titles(tx, [1, 2], clock.now()))
    assert [each.source for each in titles[1]] == ["administrator", "moderator", "curator"]
    assert set(titles) == {1}


def test_every_role_but_member_has_a_name() -> None:
    """Whatever role a person can be given, there is a word for it."""
    assert set(roles.ROLE_NAMES) == set(Role) - {Role.MEMBER}


def test_nobody_is_called_nothing() -> None:
    """Somebody who is called by blanks alone, or by nothing, is called by their number."""
    for blank in ("", "\u3164", "\u2800\u200e", "\x00"):
        assert tidy_name(blank, "U1") == "U1"
    assert tidy_name(" Ana\n Ruiz ", "U1") == "Ana Ruiz"
