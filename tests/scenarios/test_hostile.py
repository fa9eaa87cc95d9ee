"""The naughty strings, through every command, form and answer: no error, no loss, nothing executed."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from plnbot.talk.interactions import (
    Answer,
    Command,
    OpenForm,
    Press,
    Reply,
    Said,
    Submit,
    What,
)
from plnbot.talk.plain import card_as_text
from plnbot.talk.text import clean
from tests.scenarios.lobby import LobbyDriver

OUR_FAULT = "Something went wrong on our side"
HELD = "That was quick"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def naughty(corpora: Path) -> list[str]:
    """Return the big list of naughty strings, without those that are nothing."""
    every = json.loads((corpora / "blns.json").read_text(encoding="utf-8"))
    return [each for each in every if clean(each)]


class EveryField(dict[str, str]):
    """What a client sends that fills every field of a form, whatever it is called, alike."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def get(self, _name: str, _otherwise: object = None) -> str:
        """Return the words."""
        return self.words


async def harmless(lobby: LobbyDriver, who: str, what: What, words: str) -> Answer:
    """Let the core take it in, a second after the last, and check that it does and knows how."""
    lobby.clock.advance(timedelta(seconds=1))
    answer = await lobby.handled(who, what)
    shown = card_as_text(answer.card) if isinstance(answer, Reply) else str(answer)
    assert OUR_FAULT not in shown, words
    assert HELD not in shown, words
    return answer


@on_sqlite
async def test_as_commands(lobby: LobbyDriver, naughty: list[str]) -> None:
    """Behind every command there is, and as one of their own, they do no harm."""
    commands = ("", *(f"{name} " for name in lobby.parts.desk.routes.commands))
    for number, words in enumerate(naughty):
        for turn in range(3):
            command = Command(f"{commands[(number + turn * 7) % len(commands)]}{words}")
            await harmless(lobby, "maya", command, words)


async def test_as_answers(lobby: LobbyDriver, naughty: list[str]) -> None:
    """As answers every one of them reaches the archive as it was written, and only as words."""
    await lobby.say("maya", "/pln chat new")
    await lobby.submit("maya", questions="Q1: Why?", starts="today 8 pm", plan="classic60")
    await lobby.press("maya", "Publish")
    await lobby.pass_time(timedelta(hours=8, minutes=11))
    for number, words in enumerate(naughty):
        said = Said(f"A1 x{words}", str(1_000_000 + number))
        await harmless(lobby, "priya", said, words)
    told = json.loads(await lobby.file("priya", "chat.json/1"))
    stood = [each["text"] for each in told["questions"][0]["answers"]]
    assert stood == [clean(f"x{words}") for words in naughty]
    assert await lobby.file("priya", "chat.md/1")
    assert await lobby.file("priya", "chat.csv/1")
    shown = await lobby.markup("/as/luis/page/chat/1")
    for markup in ("<img", "<iframe", "<marquee", "<svg/", "<b>", 'href="javascript', "<plaintext"):
        assert markup not in shown
    assert shown.count("<script") == shown.count('<script src="/static/')


@on_sqlite
@pytest.mark.parametrize("part", range(2))  # so that several cores share it
async def test_in_forms(lobby: LobbyDriver, naughty: list[str], part: int) -> None:
    """In every field of a form they are kept as written, or named as what cannot be; each form gets some."""
    forms = sorted(lobby.parts.desk.routes.forms)
    for number, words in enumerate(naughty[part::2]):
        row = ("", "1", words)[number % 3]
        for name in forms[number % 7 :: 7]:
            submit = Submit(name, EveryField(words), row)
            await harmless(lobby, "maya", submit, words)
        good = {"questions": f"Q1: {words}", "starts": "today 8 pm", "plan": "classic60"}
        new = Submit("chat.new", {**good, "title": words})
        answer = await harmless(lobby, "maya", new, words)
        assert not isinstance(answer, OpenForm)


@on_sqlite
async def test_on_buttons(lobby: LobbyDriver, naughty: list[str]) -> None:
    """A button that no card of ours has is refused in words, whatever it carries."""
    presses = list(lobby.parts.desk.routes.presses)
    for number, words in enumerate(naughty):
        for turn in range(3):
            action = presses[(number + turn * 5) % len(presses)]
            press = Press(action, words, words)
            await harmless(lobby, "maya", press, words)
        await harmless(lobby, "maya", Press(words, "1"), words)


async def test_what_was_said_stands_as_words(lobby: LobbyDriver, naughty: list[str]) -> None:
    """In the room they are words: no element and no attribute comes from them."""
    for words in naughty[::9]:
        await lobby.say("priya", f"x{words}")
    shown = await lobby.markup("/as/luis/room/chat-night")
    for markup in ("<img", "<iframe", "<marquee", 'href="javascript', "<plaintext", 'onerror="'):
        assert markup not in shown
    assert shown.count("<script") == shown.count('<script src="/static/')
