"""Who is meant: people are told apart by account, and found without a list that ends at 25."""

import json
import re
from datetime import UTC, datetime

import pytest

from plnbot.first_start import LOBBY
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors, SearchInput
from plnbot.talk.interactions import Command, OpenForm, Press, Reply, Submit
from tests.scenarios.driver import Driver
from tests.scenarios.lobby import LobbyDriver


async def crowd(lobby: LobbyDriver, *names: str) -> list[int]:
    """Let people of these names be here, and return their numbers."""
    now = lobby.clock.now()

    def make(tx: Tx) -> list[int]:
        home = members.first_network(tx)
        assert home is not None
        return [
            members.new_member(
                tx, home, MemberRef("web", LOBBY, f"u{at}"), name, locale="en", now=now
            ).id
            for at, name in enumerate(names)
        ]

    return await lobby.store.run(make)


@pytest.mark.rows(140)
async def test_a_role_is_given_to_who_is_found_by_typing(driver: Driver) -> None:
    """The platform's own search, or a field, leads to the person; they have the role then."""
    await driver.say("sam", "/pln home")
    await driver.say("maya", "/pln network role")
    await driver.submit("maya", person="Sam Okafor", role="co_moderator")
    assert "Sam Okafor is co-moderator now" in await driver.alone("maya")


async def test_somebody_beyond_every_list(lobby: LobbyDriver) -> None:
    """Among three hundred people the one is found whose name is typed, accents or not."""
    *_others, last = await crowd(lobby, *(f"Teacher {at}" for at in range(300)), "Zoë Álvarez")
    given = {"person": "alvarez", "role": "co_moderator"}
    answer = await lobby.handled("maya", Submit("members.role", given))
    assert isinstance(answer, Reply)
    found = await lobby.parts.desk.search(
        MemberRef("web", LOBBY, "maya"), Place("web", LOBBY, ""), "members", "zoe al"
    )
    assert [each.value for each in found] == [f"row:{last}"]


async def test_two_of_one_name(lobby: LobbyDriver) -> None:
    """Typed, their name offers both, told apart; the one that is chosen is the one that is meant."""
    one, two = await crowd(lobby, "Sam Lee", "Sam Lee")
    answer = await lobby.handled(
        "maya", Submit("members.role", {"person": "Sam Lee", "role": "co_moderator"})
    )
    assert isinstance(answer, FieldErrors)
    labels = [each.label.bare() for each in answer.choices["person"]]
    assert len(set(labels)) == 2
    for number in (one, two):
        shown = await lobby.handled("maya", Press("members.role", value=str(number)))
        assert isinstance(shown, OpenForm)
        first = shown.form.inputs[0]
        assert isinstance(first, SearchInput)
        assert first.chosen is not None
        assert first.chosen.value == str(number)


@pytest.mark.parametrize("words", ["who Sam Lee", "role Sam Lee", "forget Sam Lee"])
async def test_a_command_on_two_of_one_name_offers_both(lobby: LobbyDriver, words: str) -> None:
    """A choice comes instead of a dead end; an account's own number means that account alone."""
    await crowd(lobby, "Sam Lee", "Sam Lee")
    answer = await lobby.handled("maya", Command(words))
    assert isinstance(answer, Reply)
    assert "Several people match" in answer.card.title.bare()
    one = await lobby.handled("maya", Command(words.replace("Sam Lee", "@u1")))
    assert not isinstance(one, Reply) or "Several" not in one.card.title.bare()


async def test_a_search_sees_its_own_network_alone(lobby: LobbyDriver) -> None:
    """Whoever is in another network is not found, by name nor by number."""

    def elsewhere(tx: Tx) -> int:
        now = lobby.clock.now()
        other = members.new_network(tx, "Elsewhere", "en", "UTC", now)
        ref = MemberRef("web", "other", "x")
        return members.new_member(tx, other, ref, "Hidden Person", locale="en", now=now).id

    number = await lobby.store.run(elsewhere)
    for person in ("Hidden Person", f"row:{number}", "account:x"):
        given = {"person": person, "role": "co_moderator"}
        answer = await lobby.handled("maya", Submit("members.role", given))
        assert isinstance(answer, FieldErrors), person
        assert not answer.choices


async def test_two_of_one_name_in_an_archive(lobby: LobbyDriver) -> None:
    """Page and files tell the two apart, and count both."""
    await crowd(lobby, "Sam Lee", "Sam Lee")
    await lobby.say("maya", "/pln chat new")
    await lobby.submit("maya", questions="Q1: Why?", starts="today 8 pm Eastern", plan="classic60")
    await lobby.press("maya", "Publish")
    await lobby.pass_time(datetime(2026, 11, 24, 1, 11, tzinfo=UTC))
    await lobby.say("u0", "A1 from the first")
    await lobby.say("u1", "A1 from the second")
    page = await lobby.page("maya", "chat/1")
    for shown in (page, *[await lobby.file("maya", f"chat.{each}/1") for each in ("md", "csv")]):
        assert "Sam Lee (2)" in re.sub(r"[\\*]", "", shown)
    told = json.loads(await lobby.file("maya", "chat.json/1"))
    assert told["people"] == ["Sam Lee", "Sam Lee (2)"]
    assert [each["author"] for each in told["questions"][0]["answers"]] == told["people"]
