"""Roles that are held in a place and end: given, told, listed, ended, and what cannot be."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import pytest

from plnbot.engine import audit, roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import DISTRICT, NETWORK, SCHOOL, Grant, Role, RoleUse, needs
from plnbot.engine.routes import Context
from plnbot.errors import Refused
from plnbot.members import store as members
from plnbot.members.actions import districts, give_role
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.routes.found import A_MEMBER
from plnbot.members.store import organisations
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Paragraph
from plnbot.talk.forms import FieldErrors, SearchInput
from plnbot.talk.interactions import Answer, Command, OpenForm, Press, Reply, Submit
from plnbot.talk.text import verbatim
from plnbot.talk.words import Translate, msg
from tests.scenarios.driver import Driver, InTime
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.test_picking import crowd

MENTORS = RoleUse(Role.MENTOR, (NETWORK, DISTRICT), msg("Meet who is new: test words."))
ASSESSORS = RoleUse(Role.ASSESSOR, (SCHOOL,), msg("Look at what they made: test words."))


async def uses(driver: Driver) -> None:
    """Let a capability use two roles, and two places be on the list."""
    assert isinstance(driver, InTime)
    driver.parts.desk.routes.roles.extend((MENTORS, ASSESSORS))

    def settle(tx: Tx) -> None:
        home = members.first_network(tx)
        assert home is not None
        columbus = Organisation(
            0, home.id, OrganisationKind.DISTRICT, "Columbus City", "Ohio", settled=True
        )
        made = organisations.add(tx, columbus, driver.now())
        assert made is not None
        oak = Organisation(
            0, home.id, OrganisationKind.SCHOOL, "Oak Middle", "", made.id, settled=True
        )
        organisations.add(tx, oak, driver.now())

    await driver.store.run(settle)


def in_days(driver: Driver, days: int) -> str:
    """Return a day as a form takes it."""
    return f"{driver.now() + timedelta(days=days):%Y-%m-%d}"


@pytest.mark.rows(140)
async def test_a_role_for_a_district_until_a_day(driver: Driver) -> None:
    """They are told what they can do, the list and the log say where and until when; then it ends."""
    await uses(driver)
    await driver.say("sam", "/pln home")
    await driver.lets_write("sam")
    await driver.say("maya", "/pln network role")
    until = in_days(driver, 9)
    await driver.submit(
        "maya", person="Sam Okafor", role="mentor", where="Columbus City", until=until
    )
    assert "Sam Okafor is mentor in Columbus City until" in await driver.alone("maya")
    await driver.pass_time(timedelta(days=1))
    told = await driver.messages("sam")
    assert "mentor in Columbus City until" in told
    assert "Meet who is new: test words." in told
    listed = await driver.page("maya", "roles")
    assert "mentor in Columbus City (Ohio) until" in listed
    assert "gave Sam Okafor the role mentor in Columbus City until" in await driver.page(
        "maya", "audit"
    )
    await driver.pass_time(timedelta(days=10))
    assert "Your time as mentor in Columbus City is over" in await driver.messages("sam")
    assert "mentor in Columbus City" not in await driver.page("maya", "roles")
    assert "its time was over" in await driver.page("maya", "audit")


@pytest.mark.rows(140)
async def test_a_role_is_ended_by_hand(lobby: LobbyDriver) -> None:
    """From the list; whoever had it is told."""
    await uses(lobby)
    await given(lobby, role="mentor")
    row = await lobby.store.read(lambda tx: roles.held_in(tx, 1, lobby.now())[-1].id)
    answer = await lobby.handled("maya", Press("members.end_role", str(row)))
    assert "Sam Okafor is mentor no longer" in said(answer)
    again = await lobby.handled("maya", Press("members.end_role", str(row)))
    assert "ended already" in said(again)
    await lobby.pass_time(timedelta(days=1))
    assert "You are mentor no longer" in await lobby.messages("sam")


def said(answer: Answer) -> str:
    """Return the paragraphs of a card that answers."""
    assert isinstance(answer, Reply)
    return " ".join(each.text.bare() for each in answer.card.blocks if isinstance(each, Paragraph))


async def given(lobby: LobbyDriver, **values: str) -> Answer:
    """Let Maya give Sam a role."""
    return await lobby.handled("maya", Submit("members.role", {"person": "Sam Okafor", **values}))


@pytest.mark.parametrize(
    ("values", "name", "sentence"),
    [
        ({"role": "mentor", "until": "2020-01-01"}, "until", "That day is over"),
        ({"role": "mentor", "until": "2999-01-01"}, "until", "within ten years"),
        ({"role": "mentor", "until": "9999-12-31"}, "until", "within ten years"),
        ({"role": "mentor", "until": "soon"}, "until", "write the day as"),
        ({"role": "moderator", "where": "Columbus City"}, "where", "for the whole network"),
        ({"role": "assessor"}, "where", "for a district or a school"),
        ({"role": "assessor", "where": "Columbus City"}, "where", "for a school, not"),
        ({"role": "mentor", "where": "Oak Middle"}, "where", "for a district, not"),
        ({"role": "mentor", "where": "row:district:99"}, "where", "not to be found"),
        ({"role": "mentor", "where": "row:school:1"}, "where", "not to be found"),
        ({"role": "mentor", "where": "Nowhere"}, "where", "Nothing of that name"),
        ({"role": "evaluator"}, "role", "choose one from the list"),
        ({"role": "member"}, "role", "choose one from the list"),
    ],
)
async def test_what_does_not_go_together_is_said(
    lobby: LobbyDriver, values: dict[str, str], name: str, sentence: str
) -> None:
    """Each mistake at its field, in a sentence; nobody is given anything."""
    await uses(lobby)
    answer = await given(lobby, **values)
    assert isinstance(answer, FieldErrors)
    assert set(answer.errors) == {name}
    assert sentence in Translate("en").say(answer.errors[name]).bare()


async def test_a_school_of_another_network(lobby: LobbyDriver) -> None:
    """It is not found, by its name nor by its number, and no action takes it either."""
    await uses(lobby)

    def elsewhere(tx: Tx) -> Organisation:
        other = members.new_network(tx, "Elsewhere", "en", "UTC", lobby.now())
        theirs = Organisation(0, other.id, OrganisationKind.SCHOOL, "Elm High", settled=True)
        made = organisations.add(tx, theirs, lobby.now())
        assert made is not None
        return made

    school = await lobby.store.run(elsewhere)
    for where in ("Elm High", f"row:school:{school.id}"):
        answer = await given(lobby, role="assessor", where=where)
        assert isinstance(answer, FieldErrors)

    def give(tx: Tx) -> None:
        sam, maya = (members.called_like(tx, 1, each, 1)[0] for each in ("Sam", "Maya"))
        give_role(tx, sam, Grant(Role.ASSESSOR, f"school:{school.id}"), lobby.now(), by=maya)

    with pytest.raises(Refused, match="no such district"):
        await lobby.store.run(give)


async def test_the_form_asks_what_somebody_uses(lobby: LobbyDriver) -> None:
    """For whom a role is to be, and where; roles are those in use."""
    answer = await lobby.handled("maya", Command("network role"))
    assert isinstance(answer, OpenForm)
    assert [each.name for each in answer.form.inputs] == ["person", "role", "where", "until"]
    await uses(lobby)
    answer = await lobby.handled("maya", Command("network role"))
    assert isinstance(answer, OpenForm)
    assert isinstance(answer.form.inputs[2], SearchInput)


async def test_what_is_switched_off_offers_no_role(lobby: LobbyDriver) -> None:
    """A role of some parts alone cannot be given in a network that has none of them."""
    used_by = {use.capability for use in lobby.parts.desk.routes.roles if use.role is Role.CURATOR}
    for each in sorted(used_by):
        await lobby.handled("maya", Press("members.switch_off", each))
    answer = await given(lobby, role="curator")
    assert isinstance(answer, FieldErrors)
    assert isinstance(await given(lobby, role="administrator"), Reply)


async def test_a_button_obeys_whose_district_it_is_in(lobby: LobbyDriver) -> None:
    """Who has a role for a district may act on what lies there, and on nothing else; nor once it ended."""
    await uses(lobby)
    routes = lobby.parts.desk.routes

    def lies_in(_ctx: Context, member: Person) -> Collection[str]:
        return {f"district:{1 if member.name == 'Priya Nair' else 2}"}

    theirs = replace(A_MEMBER, lies_in=lies_in)

    @routes.press("test.greet", needs=needs(Role.MENTOR, local=True), of=theirs)
    def greet(_ctx: Context, _press: Press, _member: Person) -> Answer:
        return Reply(Card(verbatim("Greeted"), (Paragraph(verbatim("Greeted")),)))

    await given(lobby, role="mentor", where="Columbus City", until=in_days(lobby, 3))
    (priya,), (luis,) = await lobby.store.read(
        lambda tx: [
            [each.id for each in members.called_like(tx, 1, name, 1)] for name in ("Priya", "Luis")
        ]
    )
    assert "Greeted" in said(await lobby.handled("sam", Press("test.greet", str(priya))))
    assert "another role" in said(await lobby.handled("sam", Press("test.greet", str(luis))))
    lobby.be_away(lobby.now() + timedelta(days=5))
    assert "another role" in said(await lobby.handled("sam", Press("test.greet", str(priya))))


async def test_two_of_one_name_are_told_apart(lobby: LobbyDriver) -> None:
    """The list of roles has the account of each."""
    await uses(lobby)
    for number in await crowd(lobby, "Sam Lee", "Sam Lee"):
        given_to = {"person": f"row:{number}", "role": "mentor"}
        await lobby.handled("maya", Submit("members.role", given_to))
    listed = await lobby.page("maya", "roles")
    assert listed.count("Sam Lee") == 2
    assert "web u0" in listed
    assert "web u1" in listed


async def test_a_network_keeps_an_administrator(lobby: LobbyDriver) -> None:
    """The only one whose role does not end is given no end; once another stays, they may be."""
    only = {"person": "Maya Torres", "role": "administrator", "until": in_days(lobby, 3)}
    answer = await lobby.handled("maya", Submit("members.role", only))
    assert "needs an administrator" in said(answer)
    await given(lobby, role="administrator", until=in_days(lobby, 2))
    answer = await lobby.handled("maya", Submit("members.role", only))
    assert "needs an administrator" in said(answer)
    await given(lobby, role="administrator")
    answer = await lobby.handled("maya", Submit("members.role", only))
    assert "administrator until" in said(answer)


async def test_a_role_given_again_lasts_as_it_was_said_last(lobby: LobbyDriver) -> None:
    """A first end passes unnoticed when the role was prolonged since."""
    await uses(lobby)
    await given(lobby, role="mentor", until=in_days(lobby, 2))
    await given(lobby, role="mentor", until=in_days(lobby, 9))
    await lobby.pass_time(timedelta(days=4))
    home = await lobby.store.read(members.first_network)
    assert home is not None
    lines = await lobby.store.read(lambda tx: audit.entries(tx, home.id))
    assert [each.action for each in lines] == ["role.given", "role.given"]
    await lobby.pass_time(timedelta(days=8))
    lines = await lobby.store.read(lambda tx: audit.entries(tx, home.id))
    assert lines[0].action == "role.ended"


async def test_a_role_moves_with_its_district(lobby: LobbyDriver) -> None:
    """What the preview says moves, and who is told of the end hears of the district it is in."""
    await uses(lobby)
    await given(lobby, role="mentor", where="Columbus City", until=in_days(lobby, 5))

    def merge(tx: Tx) -> None:
        maya = members.called_like(tx, 1, "Maya", 1)[0]
        new = Organisation(0, 1, OrganisationKind.DISTRICT, "Franklin County", "Ohio")
        stays = districts.added(tx, new, lobby.now(), by=maya)
        assert districts.merge(tx, 1, stays.id, lobby.now(), by=maya).roles == 1

    await lobby.store.run(merge)
    assert "mentor in Franklin County" in await lobby.page("maya", "roles")
    await lobby.pass_time(timedelta(days=8))
    assert "mentor in Franklin County is over" in await lobby.messages("sam")
