"""The pages of chats: what is sought in them, and what a member finds of their own."""

import json
from datetime import timedelta

import pytest

from plnbot.talk.interactions import Press, Submit
from tests.scenarios.lobby import LobbyDriver, words_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TO_THE_FIRST_QUESTION = timedelta(hours=8, minutes=20)


@pytest.fixture
async def chat(lobby: LobbyDriver) -> LobbyDriver:
    """Return a lobby with a chat that has two answers to its first question."""
    draft = {"questions": "Warm-up: Who?\nQ1: Why?\nQ2: How?", "starts": "today 8 pm"}
    await lobby.handled(
        "maya", Submit("chat.new", {**draft, "plan": "classic60", "title": "Small"})
    )
    await lobby.handled("maya", Press("chat.publish", "1"))
    await lobby.pass_time(TO_THE_FIRST_QUESTION)
    await lobby.say("priya", "A1 The seating plan, 100 % of it")
    await lobby.say("luis", "A1 Exit tickets")
    return lobby


async def test_answers_are_found_by_their_words(chat: LobbyDriver) -> None:
    """By words and by who said them, in one chat and over all; what means something to a database does not."""
    one, all_ = "/as/emma/page/chat/1?sought=", "/as/emma/page/chats?sought="
    for sought, found in (("SEATING", 1), ("herrera", 1), ("%25", 1), ("_", 0), ("nothing", 0)):
        words = words_of(await chat.markup(one + sought))
        assert f"{found} answer" in words, sought
        assert ("Exit tickets" in words) == (sought == "herrera")
    assert "Q2 How?" not in words_of(await chat.markup(one + "seating"))
    for sought, found in (("seating", 1), ("%25", 1), ("small", 1), ("_", 0), ("nothing", 0)):
        words = words_of(await chat.markup(all_ + sought))
        assert f"{found} chat" in words, sought
    shown = await chat.markup("/as/emma/page/chat/1?sought=%3Cscript%3E")
    assert "<script>" not in shown.partition("<body")[2].replace("<script src", "")


async def test_what_is_hidden_or_left_out_is_not_found(chat: LobbyDriver) -> None:
    """Nobody finds by searching what is not shown."""
    await chat.pass_time(timedelta(hours=1))
    await chat.handled("priya", Press("chat.leave_out", "1"))
    assert "0 chats" in words_of(await chat.markup("/as/emma/page/chats?sought=seating"))
    assert "0 answers" in words_of(await chat.markup("/as/emma/page/chat/1?sought=seating"))
    own = words_of(await chat.markup("/as/priya/page/my_answers/1"))
    assert "The seating plan" in own
    assert "left out" in own
    assert "seating" not in words_of(await chat.markup("/as/luis/page/my_answers"))
    assert "Exit tickets" in words_of(await chat.markup("/as/luis/page/my_answers"))


async def test_files_say_times_as_the_page_does(chat: LobbyDriver) -> None:
    """By the chat's own clock, with how far it is from UTC; who led it and the warm-up stand there too."""
    await chat.pass_time(timedelta(hours=1))
    page = words_of(await chat.markup("/as/priya/page/chat/1"))
    for said in ("November 23, 2026", "8:00 PM ET", "led by Maya Torres"):
        assert said in page, said
    told = json.loads(await chat.markup("/as/priya/file/chat.json/1"))
    assert told["starts_at"] == "2026-11-23T20:00:00-05:00"
    assert (told["led_by"], told["warm_up"]) == (["Maya Torres"], "Who?")
    text = await chat.markup("/as/priya/file/chat.md/1")
    for said in ("November 23, 2026, 8:00 PM ET", "led by Maya Torres", "Warm-up: Who?", "PM ET"):
        assert said in text, said
    assert "T20:" in await chat.markup("/as/priya/file/chat.csv/1")


async def test_what_is_kept_is_shown_itself(chat: LobbyDriver) -> None:
    """Each kind leads to its entries, which are the reader's alone."""
    page = await chat.markup("/as/priya/page/data")
    assert "/as/priya/page/data/profile" in page
    assert "Priya Nair" in words_of(await chat.markup("/as/priya/page/data/profile"))
    assert (await chat.client.get("/as/priya/page/data/none")).status == 404
