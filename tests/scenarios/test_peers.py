"""Introductions on every platform: joined, tried out, committed, met; paused, left, repaired; quietly."""

from datetime import timedelta

import pytest

from plnbot.peers.packs import starters
from plnbot.testing import HeavyHere
from tests.scenarios.discord import USERS, DiscordDriver
from tests.scenarios.driver import Driver, Given
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.slack import SlackDriver

# What a database has to do with it is shown in tests/peers, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TOLD: dict[str, Given] = {
    "state": "Ohio",
    "years": "7",
    "zone": "Eastern (New York)",
    "quiet": "none",
    "goals": "",
}
HOMES = {"sam": "Athens", "priya": "Belpre", "luis": "Canton", "emma": "Dayton", "dwayne": "Elyria"}


async def teaches(driver: Driver, who: str, subject: str = "music", grade: str = "8") -> None:
    """Let somebody say what they teach, and where."""
    await driver.lets_write(who)
    await driver.say(who, "/pln start")
    await driver.submit(who, subjects=[subject], grades=[grade], district=HOMES[who], **TOLD)


async def opened(driver: Driver, **values: Given) -> None:
    """Have Maya open a programme in the room."""
    assert isinstance(driver, LobbyDriver | SlackDriver | DiscordDriver)
    driver.parts.runner.tools.heavy = HeavyHere()
    await driver.lets_write("maya")
    await driver.say("maya", "/pln peers new")
    given: dict[str, Given] = {"name": "Two counties", "when": "every 3 weeks on Monday 9 am"}
    await driver.submit("maya", **{**given, **values})
    assert "Programme: Two counties" in await driver.alone("maya")
    await driver.pass_time(timedelta(minutes=1))


async def joins(driver: Driver, *people: str) -> None:
    """Have people join by the card in the room."""
    for who in people:
        await driver.say(who, "/pln peers join")
        await driver.press(who, "I take part")
        said = await driver.alone(who)
        assert "You take part: Two counties" in said
        if "May an introduction name your subject?" in said:
            await driver.press(who, "Yes, name it")


async def committed(driver: Driver) -> str:
    """Have Maya try a round out and commit it; return what the dry run came to."""
    await driver.say("maya", "/pln peers programmes")
    await driver.press("maya", "Dry run")
    await driver.pass_time(timedelta(minutes=1))
    found = await driver.messages("maya")
    await driver.press("maya", "Commit")
    assert "is open" in await driver.alone("maya")
    await driver.pass_time(HOUR)
    return found


def named(driver: Driver, who: str) -> str:
    """Return what stands for somebody in a message: on Discord a mention, which it shows as their name."""
    return f"<@{USERS[who]}>" if isinstance(driver, DiscordDriver) else who.capitalize()


@pytest.mark.rows(70, 71, 75, 77)
async def test_another_band_teacher_two_counties_away(driver: Driver) -> None:
    """Joined with one press, seen in a dry run, introduced with why, a starter, who begins and times."""
    for who in ("sam", "priya"):
        await teaches(driver, who)
    await opened(driver)
    await driver.press("sam", "I take part")
    await driver.press("sam", "Yes, name it")
    await joins(driver, "priya")
    assert "Meet" not in await driver.messages("sam")
    dry = await committed(driver)
    assert "2 of 2 (100 %)" in dry
    assert "same subject and near grade: 1" in dry
    assert "repeats begin in round 2 from now" in dry
    for who, other in (("sam", "priya"), ("priya", "sam")):
        got = await driver.messages(who)
        assert "Meet" in got
        assert named(driver, other) in got
        assert "the same subject at nearly the same grade" in got
        assert "To begin with" in got
        assert "Suits you both" in got
        assert "Athens" not in got
        assert "Belpre" not in got
    assert "1 of 1 groups" in await driver.messages("maya")
    assert "BEGIN:VEVENT" in await driver.file("sam", "peers.ics/1-0")
    with pytest.raises(AssertionError, match="no button 'Commit'"):
        await driver.press("maya", "Commit")


@pytest.mark.rows(76, 82, 83)
async def test_met_in_one_press_and_kept_going(driver: Driver) -> None:
    """A day of silence, then one is asked to begin; met, minutes each for themselves; standing partners."""
    for who in ("sam", "priya"):
        await teaches(driver, who)
    await opened(driver)
    await joins(driver, "sam", "priya")
    await committed(driver)
    await driver.pass_time(2 * DAY)
    nudged = [who for who in ("sam", "priya") if "A word to" in await driver.messages(who)]
    assert len(nudged) == 1
    await driver.press("sam", "We met")
    await driver.press("sam", "Minutes", choose="45")
    assert "45 minutes" in await driver.alone("sam")
    await driver.say("sam", "/pln me did")
    assert "Two counties" in await driver.alone("sam")
    await driver.press("priya", "We met")
    await driver.press("priya", "Minutes", choose="30")
    await driver.press("priya", "Let us keep going")
    assert "nobody is told" in await driver.alone("priya")
    await driver.press("sam", "We met")
    await driver.press("sam", "Let us keep going")
    await driver.pass_time(HOUR)
    assert "Standing partners" in await driver.messages("priya")
    rows = (await driver.file("maya", "peers.csv/1")).splitlines()
    assert [each for each in rows if "subject_and_grade" in each and '"met"' in each] == rows[1:]
    await driver.pass_time(45 * DAY)
    assert (await driver.messages("priya")).count("You both wanted to keep going") == 2
    told = await driver.file("maya", "peers.csv/1")
    assert "keep" not in told
    assert "standing" not in told


@pytest.mark.rows(73, 81, 84)
async def test_a_trio_when_odd_and_the_late_joiner_within_a_day(driver: Driver) -> None:
    """Three make a trio; who leaves is gone from it; who joins in mid-round is introduced by tomorrow."""
    for who in ("sam", "priya", "luis", "emma"):
        await teaches(driver, who)
    await opened(driver)
    await joins(driver, "sam", "priya", "luis")
    assert "1, of these 1 of three" in await committed(driver)
    for who in ("sam", "priya", "luis"):
        assert (await driver.messages(who)).count("Who begins") == 1
    await driver.say("luis", "/pln peers leave")
    assert "You have left" in await driver.alone("luis")
    await driver.pass_time(HOUR)
    assert "You two go on" in await driver.messages("sam")
    await driver.say("priya", "/pln peers leave")
    await driver.pass_time(HOUR)
    assert "I look for somebody else now" in await driver.messages("sam")
    await driver.say("emma", "/pln peers join")
    await driver.press("emma", "I take part")
    assert "within a day" in await driver.alone("emma")
    await driver.pass_time(DAY)
    assert named(driver, "sam") in await driver.messages("emma")
    assert named(driver, "emma") in await driver.messages("sam")


@pytest.mark.rows(70, 84)
async def test_back_after_a_pause_by_itself(driver: Driver) -> None:
    """A pause until a day, a skipped round: nobody is introduced who asked for quiet, and it ends by itself."""
    await driver.say("sam", "/pln peers join")
    assert "An organiser opens one" in await driver.alone("sam")
    page = await driver.page("sam", "peers")
    assert "Introductions Introductions" not in page
    for who in ("sam", "priya", "luis"):
        await teaches(driver, who)
    await opened(driver)
    await joins(driver, "sam", "priya", "luis")
    await driver.say("sam", "/pln peers pause until the day after tomorrowish")
    assert "Which day is “the day after tomorrowish”?" in await driver.alone("sam")
    await driver.say("sam", "/pln peers pause until 2 December")
    assert "Then it goes on by itself" in await driver.alone("sam")
    dry = await committed(driver)
    assert "paused: 1" in dry
    assert "Meet" not in await driver.messages("sam")
    await driver.pass_time(timedelta(days=24))
    assert "Meet" in await driver.messages("sam")


@pytest.mark.rows(72, 87)
async def test_no_physics_left_it_said_why_it_was_chemistry(driver: Driver) -> None:
    """The step of the ladder and its reason stand on the card, and in the dry run."""
    await teaches(driver, "sam", "physics", "11")
    await teaches(driver, "priya", "chemistry", "11")
    await opened(driver)
    await joins(driver, "sam", "priya")
    dry = await committed(driver)
    assert "same field: 1" in dry
    assert "Physics: 1 teacher" in dry
    assert "nobody new is left in the subject" in dry
    assert "with one more from another district, in round 2" in dry
    assert "Nobody of your very subject was left this time" in await driver.messages("sam")


@pytest.mark.rows(74)
async def test_nobody_will_ever_know(driver: Driver) -> None:
    """Set aside by one of two: neither is introduced, each is told why as anybody would be, and no more."""
    for who in ("sam", "priya"):
        await teaches(driver, who)
    await opened(driver)
    await joins(driver, "sam", "priya")
    await driver.say("sam", "/pln peers avoid Priya Nair")
    await driver.submit("sam", whom="Priya Nair")
    assert "Nobody is told" in await driver.alone("sam")
    dry = await committed(driver)
    assert "0 of 2 (0 %)" in dry
    got = await driver.messages("priya")
    assert "set aside" not in (dry + got + await driver.messages("sam")).lower()
    assert "Nobody this time" in got
    assert "Sam" not in got
    assert "Set aside" in await driver.page("priya", "peers")
    assert "Sam" not in await driver.page("priya", "peers")
    assert "Priya" in await driver.page("sam", "peers")


@pytest.mark.rows(86)
async def test_i_reported_quietly_and_a_person_answered(driver: Driver) -> None:
    """It reaches who looks after programmes, not whom it is about; their answer comes back."""
    await teaches(driver, "priya")
    await opened(driver)
    await driver.say("priya", "/pln peers report")
    await driver.submit("priya", words="He kept writing at night.", whom="Sam Okafor")
    assert "A person reads it" in await driver.alone("priya")
    await driver.pass_time(6 * HOUR)  # Maya is in class
    assert "He kept writing at night." in await driver.messages("maya")
    assert "at night" not in await driver.messages("sam")
    await driver.press("maya", "Answer")
    await driver.submit("maya", words="I spoke with him. Call me.")
    await driver.pass_time(HOUR)
    got = await driver.messages("priya")
    assert "Maya Torres answers your report" in got
    assert "I spoke with him" in got


@pytest.mark.rows(88)
async def test_the_only_latin_teacher_is_asked(driver: Driver) -> None:
    """Until they say so, an introduction names the field alone; afterwards the subject."""
    for who in ("sam", "priya"):
        await teaches(driver, who)
    await opened(driver)
    for who in ("sam", "priya"):
        await driver.press(who, "I take part")
        assert "may guess your district" in await driver.alone(who)
    await driver.press("sam", "No, my field alone")
    await committed(driver)
    got = await driver.messages("priya")
    assert "the arts" in got
    assert "Music" not in got
    assert "You teach in the same field" in got
    own = [each.words.said("en") for each in starters().values() if each.subjects]
    assert not [each for each in own if each in got]
    await driver.say("sam", "/pln peers")
    await driver.press("sam", "What matters to me")
    await driver.submit("sam", subject="science")
    assert "Few here teach Science" in await driver.alone("sam")


@pytest.mark.rows(89)
async def test_i_introduced_them_and_both_said_yes_first(driver: Driver) -> None:
    """Each is asked alone; with both answers they are introduced, and it says whose idea it was."""
    for who in ("sam", "priya"):
        await teaches(driver, who)
    await opened(driver)
    await driver.say("luis", "/pln peers introduce")
    await driver.submit("luis", one="Sam Okafor", other="Priya Nair", note="Both love jazz.")
    await driver.pass_time(HOUR)
    assert "Both love jazz." in await driver.messages("sam")
    await driver.press("sam", "Yes, please")
    await driver.pass_time(HOUR)
    assert "Meet" not in await driver.messages("priya")
    await driver.press("priya", "Yes, please")
    await driver.pass_time(HOUR)
    for who in ("sam", "priya"):
        assert "idea" in await driver.messages(who)


@pytest.mark.rows(78, 85)
async def test_mentors_have_room_and_an_end_and_silence_is_mended(driver: Driver) -> None:
    """One mentor with room for two; ten days of silence re-match; at the end thanks stay with the mentor."""
    for who in ("sam", "priya", "luis", "emma"):
        await teaches(driver, who)
    await opened(driver, aim="mentoring", weeks="12")
    for who, label in (("sam", "I would mentor others"), ("priya", "I would like a mentor")):
        await driver.say(who, "/pln peers join")
        await driver.press(who, label)
    await driver.press_on_page("sam", "peers", "What matters to me")
    await driver.submit("sam", likes="any", capacity="3")
    assert "with room for 3" in await driver.page("sam", "peers")
    await committed(driver)
    assert named(driver, "sam") in await driver.messages("priya")
    await driver.say("luis", "/pln peers join")
    await driver.press("luis", "I would mentor others")
    await driver.pass_time(11 * DAY)
    got = await driver.messages("priya")
    assert "You did nothing wrong" in got
    assert named(driver, "luis") in got
    await driver.press("luis", "What we agreed on")
    await driver.submit("luis", goals="One visit a month.")
    await driver.press("luis", "We met")
    await driver.press("luis", "Minutes", choose="60")
    assert "One visit a month." in await driver.messages("priya")
    for _month in range(3):
        await driver.pass_time(28 * DAY)
        if "how is it going?" in await driver.messages("luis"):
            await driver.press("luis", "We have a date")
    await driver.pass_time(10 * DAY)
    assert "the end" in await driver.messages("priya")
    await driver.press("priya", "Look back")
    await driver.submit("priya", words="I plan less now.", thanks="You listened.")
    await driver.pass_time(HOUR)
    assert "You listened." in await driver.messages("luis")
    assert "You listened." in await driver.page("luis", "peers")
    assert "I plan less now." not in await driver.page("luis", "peers")


@pytest.mark.rows(85)
async def test_only_a_mentors_own_sign_counts(driver: Driver) -> None:
    """The mentee did something, the mentor was silent: they are parted, and not introduced to each other again."""
    for who in ("sam", "priya"):
        await teaches(driver, who)
    await opened(driver, aim="mentoring", weeks="12")
    for who, label in (("sam", "I would mentor others"), ("priya", "I would like a mentor")):
        await driver.say(who, "/pln peers join")
        await driver.press(who, label)
    await committed(driver)
    await driver.press("priya", "What we agreed on")
    await driver.submit("priya", goals="One visit a month.")
    await driver.pass_time(12 * DAY)
    got = await driver.messages("priya")
    assert "You did nothing wrong" in got
    assert got.count("Who begins") == 1


@pytest.mark.rows(76)
async def test_three_silences_pause_kindly(driver: Driver) -> None:
    """Three introductions without a word from anybody: both pause, are told kindly, and go on with one press."""
    for who in ("sam", "priya"):
        await teaches(driver, who)
    await opened(driver, when="every Monday 9 am", gap="0")
    await joins(driver, "sam", "priya")
    await driver.pass_time(timedelta(days=31))
    got = await driver.messages("sam")
    assert "nothing is held against you" in got
    assert got.count("Who begins") == 3
    await driver.press("sam", "Go on now")
    assert "You take part again" in await driver.alone("sam")


async def test_bad_input_has_its_sentence(driver: Driver) -> None:
    """A schedule that is none, a bell schedule that is none, a programme with one member."""
    await teaches(driver, "sam")
    await opened(driver)
    await joins(driver, "sam")
    await driver.say("maya", "/pln peers programmes")
    await driver.press("maya", "Dry run")
    assert "a round needs two" in await driver.alone("maya")
    await driver.say("sam", "/pln peers")
    await driver.press("sam", "What matters to me")
    await driver.submit("sam", free="whenever the bell rings", likes="any")
    assert "is no time of a week" in await driver.alone("sam")
    await driver.submit("sam", free="period 3: 10:05-10:55\nMonday period 3", likes="any")
    assert "The next introduction keeps to it" in await driver.alone("sam")
    await driver.say("maya", "/pln peers new")
    await driver.submit("maya", name="Soon", when="soonish")
    assert "Programme: Soon" not in await driver.alone("maya")
    await driver.say("priya", "/pln peers pause until Friday")
    assert "You take part in no programme" in await driver.alone("priya")
    await driver.say("priya", "/pln peers new")
    assert "another role" in await driver.alone("priya")


async def test_the_home_says_whom_one_meets(lobby: LobbyDriver) -> None:
    """Until one has said how it goes; the introduction leads into the room that it speaks of."""
    for who in ("sam", "priya"):
        await teaches(lobby, who)
    await opened(lobby)
    await joins(lobby, "sam", "priya")
    assert "Somebody to meet" not in await lobby.page("priya", "home")
    await committed(lobby)
    home = await lobby.page("priya", "home")
    assert "Somebody to meet" in home
    assert "Sam Okafor" in home
    await lobby.press_on_page("priya", "peers", "Open the room")
    assert lobby.led["priya"].startswith("/as/priya/room/s-"), "no link that signs in again"
    assert "among yourselves" in await lobby.markup(lobby.led["priya"])
    assert "You said" not in await lobby.page("priya", "peers")
    await lobby.press_on_page("priya", "peers", "We met")
    assert "You said: We met" in await lobby.page("priya", "peers")
    assert "Somebody to meet" not in await lobby.page("priya", "home")
    assert "Somebody to meet" in await lobby.page("sam", "home")
