"""Members: the guided start, who sees what, roles, help and the audit log."""

from datetime import timedelta

import pytest

from plnbot.talk.interactions import Command, Press
from plnbot.talk.words import LOCALES, Translate
from tests.scenarios.driver import Driver
from tests.scenarios.lobby import LobbyDriver


async def told(driver: Driver) -> None:
    """Let Priya go through the guided start."""
    await driver.say("priya", "/pln me start")
    await driver.submit(
        "priya",
        subjects=["science", "biology"],
        grades=["7"],
        district="Columbus City",
        school="Oak Middle",
        years="7",
        zone="America/Los_Angeles",
        quiet="night",
        goals="Better lab talk\nLess marking",
    )


@pytest.mark.rows(1)
async def test_the_guided_start(driver: Driver) -> None:
    """One form tells it all; home and profile show it, with who sees each of it."""
    assert "Tell us what you teach" in await driver.page("priya", "home")
    await told(driver)
    home = await driver.page("priya", "home")
    assert "Better lab talk" in home
    assert "Science, Biology (everybody here)" in home
    assert "Oak Middle (only you)" in home
    assert "First step" not in home


@pytest.mark.rows(1)
async def test_mistakes_in_the_start_keep_what_was_typed(driver: Driver) -> None:
    """Every field that is not right is named at once, and nothing is saved."""
    await driver.say("priya", "/pln me start")
    await driver.submit("priya", subjects=[], years="many")
    errors = await driver.alone("priya")
    assert "Please choose at least one." in errors
    assert "Please give a number from 0 to 70." in errors
    assert "Tell us what you teach" in await driver.page("priya", "home")


async def test_a_fourth_goal_is_not_dropped_in_silence(driver: Driver) -> None:
    """Three goals fit; the marks of a pasted list are no part of them, a number that counts is."""
    given = {
        "subjects": ["math"],
        "years": "",
        "goals": "1. Talk\n- 3 calls home\n• Sleep\n4) Rest",
    }
    await driver.say("priya", "/pln me start")
    await driver.submit("priya", **given)
    assert "Three at most" in await driver.alone("priya")
    await driver.submit("priya", **{**given, "goals": "1. Talk\n- 3 calls home\n• Sleep"})
    home = " ".join((await driver.page("priya", "home")).split()).replace(" •", "•")
    unfed = "nothing fed it yet"
    assert f"• Talk: {unfed}• 3 calls home: {unfed}• Sleep: {unfed}" in home


@pytest.mark.rows(2)
async def test_the_school_stays_hidden_until_allowed(driver: Driver) -> None:
    """Others see only what is for everybody; a field shown is a field its owner opened."""
    await told(driver)
    await driver.say("luis", "/pln who priya")
    seen = await driver.alone("luis")
    assert "Science, Biology" in seen
    assert "Oak Middle" not in seen
    assert "Columbus" not in seen
    await driver.say("priya", "/pln me profile")
    await driver.press("priya", "Who sees what")
    fields = ("subjects", "grades", "district", "state", "years")
    await driver.submit("priya", school="network", **dict.fromkeys(fields, "me"))
    await driver.say("luis", "/pln who priya nair")
    seen = await driver.alone("luis")
    assert "Oak Middle" in seen
    assert "Science" not in seen


async def test_times_are_the_readers_own(driver: Driver) -> None:
    """The same start is 8 pm to one reader and 5 pm to another."""
    await told(driver)
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions="Q1: Why?", starts="today 8 pm", plan="classic60")
    await driver.press("maya", "Publish")
    assert "8:00 PM ET" in await driver.see("luis")
    assert "5:00 PM PT" in await driver.see("priya")


@pytest.mark.rows(4)
async def test_help_shows_what_one_may_do(driver: Driver) -> None:
    """A teacher's help begins with the chat and holds nothing of moderators; their page neither."""
    await driver.say("priya", "/pln help")
    shown, page = await driver.alone("priya"), await driver.page("priya", "help")
    for teacher in (shown, page):
        parts = ["Take part in a chat", "Your home and profile", "Meet other teachers", "Your data"]
        assert [teacher.index(each) for each in parts] == sorted(map(teacher.index, parts))
        assert teacher.index("A2") < teacher.index("/pln where") < teacher.index("/pln home")
        assert "/pln chat hold" not in teacher
        assert "/pln network role" not in teacher
        assert "Run a chat" not in teacher
    assert "Look after the network" in await driver.page("maya", "help")


@pytest.mark.rows(4)
async def test_help_on_a_word_tells_of_one_command(driver: Driver) -> None:
    """A word leads to its command with an example: by name, by a word of it, or by what it is for."""
    for word, told in (
        ("where", "Find out where the chat is and what you missed"),
        ("missed", "Find out where the chat is and what you missed"),
        ("who", "/pln who Priya"),
        ("/pln me forget", "Have everything about you erased"),
    ):
        await driver.say("priya", f"/pln help {word}")
        assert told in (shown := await driver.alone("priya")), word
        assert "Example" in shown
        assert "Your data" not in shown or word == "/pln me forget"
    await driver.say("maya", "/pln help bonus")
    assert "What will you try tomorrow?" in await driver.alone("maya")
    await driver.say("maya", "/pln help chat")
    assert "/pln chat list" in await driver.alone("maya")
    assert "/pln network audit" not in await driver.alone("maya")


async def test_help_on_what_is_no_command(driver: Driver) -> None:
    """A slip of the pen is guessed, and another role's command is said to be one."""
    await driver.say("priya", "/pln hepl")
    assert "Did you mean /pln help" in await driver.alone("priya")
    await driver.say("priya", "/pln help chat hold")
    assert "/pln chat hold is for somebody else: moderator" in await driver.alone("priya")
    assert "/pln where" in await driver.alone("priya")


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_command_is_in_the_help(lobby: LobbyDriver, locale: str) -> None:
    """Whoever may do everything finds every command on the cards and on the page, and each alone."""
    commands = lobby.parts.desk.routes.commands
    t = Translate(locale)
    await lobby.handled("maya", Press("members.speak", value=locale))
    await lobby.say("maya", "/pln help")
    shown, page = await lobby.alone("maya"), await lobby.page("maya", "help")
    for each in commands.values():
        example, about = t.say(each.example).bare(), t.say(each.about).bare()
        assert f"{example} {about}" in shown
        assert f"{about} {example}" in page
        await lobby.pass_time(timedelta(seconds=2))  # nobody asks faster, and who does has to wait
        await lobby.say("maya", f"/pln help {each.name}")
        assert example in await lobby.alone("maya")
        assert about in await lobby.alone("maya")


@pytest.mark.rows(140)
async def test_roles_are_given_and_logged(lobby: LobbyDriver) -> None:
    """An administrator gives a role and takes it away; the log says who did, and one stays."""
    await lobby.say("priya", "/pln network role")
    assert "another role" in await lobby.alone("priya")
    await lobby.say("maya", "/pln network role")
    await lobby.submit("maya", person="Priya", role="moderator")
    await lobby.say("priya", "/pln chat new")
    assert "Plan a chat" in await lobby.alone("priya")
    assert "Maya Torres gave Priya Nair the role moderator" in await lobby.page("maya", "audit")
    roles = await lobby.page("maya", "roles")
    assert "Priya Nair" in roles
    await lobby.press_on_page("maya", "roles", "End it")
    assert "needs an administrator" in await lobby.alone("maya")


async def test_a_role_for_somebody_whom_no_list_holds(lobby: LobbyDriver) -> None:
    """Where many are here, a name behind the command leads to anybody."""
    for number in range(30):
        await lobby.handled(f"teacher-{number:02}", Command("help"))
    await lobby.say("maya", "/pln network role teacher-29")
    await lobby.submit("maya", role="moderator")
    assert "teacher-29 is moderator now" in await lobby.alone("maya")
    await lobby.say("maya", "/pln network role nobody of this name")
    assert "Nobody of that name is here" in await lobby.alone("maya")
