"""The library on every platform: found just in time, saved, done, used in class; digests; the catalogue."""

from datetime import UTC, datetime, timedelta

import pytest

from plnbot.fetching import Fetched
from plnbot.packs.feeds import feed_packs
from plnbot.testing import HeavyHere, StubFetcher
from tests.adapters.script.reading import rss
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Driver, Given
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.slack import SlackDriver

# What a database has to do with it is shown in tests/reading, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY = timedelta(days=1)
FRIDAY_AT_THREE = datetime(2026, 11, 27, 20, tzinfo=UTC)
"""In New York, where everybody here lives."""
BLOG, ITS_FEED = "https://sam.example/", "https://sam.example/feed.xml"


async def listed(driver: Driver, title: str, **values: Given) -> None:
    """Have Maya list something in the catalogue."""
    host = "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
    await driver.say("maya", f"/pln feed entry https://{host}.example.org/")
    given: dict[str, Given] = {"title": title, "what": "video", "audience": "teachers"}
    await driver.submit("maya", **{**given, **values})
    assert "It is in the catalogue" in await driver.alone("maya")


@pytest.mark.rows(99)
async def test_fractions_on_a_number_line_now(driver: Driver) -> None:
    """Three good ones, best first, and the one that was used in class before its twin."""
    await listed(driver, "Number line", note="Fractions are on it, from a half to a tenth.")
    await listed(driver, "Fractions on a number line, with string")
    await listed(driver, "Fractions on a number line, with chalk")
    await listed(driver, "A calm start")
    await driver.say("sam", "/pln find fractions chalk")
    await driver.press("sam", "More")
    await driver.press("sam", "Used it in class")
    assert "Used in class by 1 here" in await driver.alone("sam")
    await driver.say("priya", "/pln find fractions number line")
    found = await driver.alone("priya")
    places = [found.index(each) for each in ("with chalk", "with string", "from a half")]
    assert places == sorted(places)
    assert "used in class by 1" in found
    assert "A calm start" not in found
    await driver.say("priya", "/pln find hexagons")
    assert "Nothing here is about “hexagons” yet" in await driver.alone("priya")


@pytest.mark.rows(98)
async def test_read_one_sentence_logged(driver: Driver) -> None:
    """Saved, done with the minutes that its length proposes, asked once whether it came into class."""
    await driver.lets_write("sam")
    await listed(driver, "Exit tickets", minutes="12", note="Two questions, no more.")
    await driver.say("sam", "/pln find exit tickets")
    await driver.press("sam", "Save")
    await driver.say("sam", "/pln feed saved")
    assert "Exit tickets" in await driver.alone("sam")
    await driver.press("sam", "Done")
    await driver.submit("sam", sentence="I ask one question, not five.", **{"class": "3"})
    assert "It is among what you did" in await driver.alone("sam")
    await driver.say("sam", "/pln me did")
    assert "Exit tickets" in await driver.alone("sam")
    assert "12" in await driver.alone("sam")
    await driver.pass_time(2 * DAY)
    assert "Did you?" not in await driver.messages("sam")
    await driver.pass_time(2 * DAY)
    assert (await driver.messages("sam")).count("Did you?") == 1
    await driver.pass_time(30 * DAY)
    assert (await driver.messages("sam")).count("Did you?") == 1


@pytest.mark.rows(93)
async def test_friday_at_three_each_with_a_why(driver: Driver) -> None:
    """By subject, goal and past choices; what is for others stays out; "less like this" and "why this?"."""
    await driver.lets_write("sam")
    await driver.say("sam", "/pln me profile")
    await driver.press("sam", "Change")
    await driver.submit("sam", subjects=["math"], grades=["4"], goals="Make feedback quick")
    await listed(driver, "Fractions to fold", subjects=["math"], provider="Paper Maths")
    await listed(driver, "Feedback that is quick", provider="Tickets")
    await listed(driver, "The cell", subjects=["biology"], provider="Bio")
    await driver.say("sam", "/pln feed mine")
    await driver.press("sam", "Set it up")
    await driver.submit("sam", days=["fri"], at="15:00", most="5")
    assert "It comes by itself from now on" in await driver.alone("sam")
    assert "3:30" in await driver.alone("sam")  # school is over then, and with it the quiet hours
    await driver.pass_time(FRIDAY_AT_THREE + timedelta(minutes=29))
    assert "Worth your time" not in await driver.messages("sam")
    await driver.pass_time(timedelta(minutes=2))
    got = await driver.messages("sam")
    assert "For you: you teach Mathematics" in got
    assert "it is about your goal “Make feedback quick”" in got
    assert "The cell" not in got
    await driver.say("sam", "/pln find fold")
    await driver.press("sam", "More")
    await driver.press("sam", "Why this?")
    assert "you teach Mathematics" in await driver.alone("sam")
    await driver.press("sam", "Less like this")
    assert "brings less of Paper Maths" in await driver.alone("sam")
    await driver.pass_time(7 * DAY)
    assert (await driver.messages("sam")).count("Fractions to fold") == 1


@pytest.mark.rows(107)
async def test_i_have_eight_minutes(driver: Driver) -> None:
    """Three things that fit; what is longer, or of unknown length, is none of them."""
    for title, minutes in (
        ("Five", "5"),
        ("Six", "6"),
        ("Eight", "8"),
        ("Nine", "9"),
        ("Open", ""),
    ):
        await listed(driver, f"{title} steps", minutes=minutes)
    await driver.say("sam", "/pln feed minutes 8")
    picked = await driver.alone("sam")
    assert all(f"{each} steps" in picked for each in ("Five", "Six", "Eight"))
    assert "Nine steps" not in picked
    assert "Open steps" not in picked
    await driver.say("sam", "/pln feed minutes soon")
    assert "How many minutes do you have?" in await driver.alone("sam")


@pytest.mark.rows(108)
async def test_the_link_died_my_sentence_stayed(driver: Driver) -> None:
    """Reported to who curates, taken out; title, note and sentence stay with who saved it."""
    await driver.lets_write("maya")
    await listed(driver, "Old but good", note="Worth every minute.", minutes="10")
    await driver.say("sam", "/pln find old good")
    await driver.press("sam", "Done")
    await driver.submit("sam", sentence="Less talk, more time.", **{"class": "not"})
    await driver.say("sam", "/pln find old good")
    await driver.press("sam", "More")
    await driver.press("sam", "The link is dead")
    assert "Those who curate hear of it" in await driver.alone("sam")
    await driver.pass_time(DAY)
    assert "1 link" in await driver.messages("maya") or "Old but good" in await driver.messages(
        "maya"
    )
    await driver.page("maya", "home")
    await driver.press_on_page("maya", "home", "Look at them")
    assert "Old but good" in await driver.alone("maya")
    await driver.press("maya", "Take it out")
    await driver.say("priya", "/pln find old good")
    assert "Nothing here is about" in await driver.alone("priya")
    shelf = await driver.page("sam", "reading.shelf")
    assert all(
        each in shelf for each in ("Old but good", "Worth every minute.", "Less talk, more time.")
    )


@pytest.mark.rows(100)
async def test_my_post_reached_the_network_and_my_log(driver: Driver) -> None:
    """Offered, agreed to and taken; a new post is found by others, and counts as sharing, once."""
    assert isinstance(driver, LobbyDriver | SlackDriver | DiscordDriver)
    await driver.lets_write("sam")
    tools = driver.parts.runner.tools
    page = f'<html><head><link rel="alternate" type="application/rss+xml" href="{ITS_FEED}"></head>'
    web = StubFetcher(
        {
            BLOG: Fetched(200, {"content-type": "text/html"}, page.encode()),
            ITS_FEED: Fetched(200, {}, rss("Before", called="Sam's class")),
        }
    )
    tools.heavy, tools.fetcher = HeavyHere(), web
    await driver.say("sam", f"/pln feed blog {BLOG}")
    await driver.pass_time(timedelta(seconds=10))
    told = await driver.see("sam") + await driver.messages("sam")
    assert "If you agree, whoever curates hears of it" in told
    await driver.press("sam", "I agree: offer it")
    await driver.lets_write("maya")
    await driver.pass_time(DAY)
    await driver.say("maya", "/pln feed blogs")
    assert "offers their own blog" in await driver.alone("maya")
    await driver.press("maya", "Take it")
    await driver.pass_time(DAY)
    assert "The network reads “Sam's class” from now on" in await driver.messages("sam")
    dated = f"{driver.now():%a, %d %b %Y %H:%M:%S GMT}"
    fresh = rss("Grading without grades", "Before", called="Sam's class")
    web.pages[ITS_FEED] = Fetched(
        200, {}, fresh.replace(b"Mon, 02 Nov 2026 10:00:00 GMT", dated.encode())
    )
    await driver.pass_time(3 * DAY)
    await driver.say("priya", "/pln find grading without grades")
    assert "Grading without grades" in await driver.alone("priya")
    await driver.say("sam", "/pln me did")
    did = await driver.alone("sam")
    assert did.count("Grading without grades") == 1
    assert "Before" not in did


@pytest.mark.rows(99)
async def test_a_pack_is_asked_before_it_is_taken(driver: Driver) -> None:
    """Of three feeds two answer: they are taken with what the pack says, the third is kept and told."""
    assert isinstance(driver, LobbyDriver | SlackDriver | DiscordDriver)
    await driver.lets_write("maya")
    tools = driver.parts.runner.tools
    answering = [each.address for each in feed_packs()["wellbeing"].entries.values()][:2]
    tools.heavy = HeavyHere()
    tools.fetcher = StubFetcher(
        {each: Fetched(200, {}, rss(f"Calm {n}", called=each)) for n, each in enumerate(answering)}
    )
    await driver.say("maya", "/pln feed packs")
    assert "Climate and wellbeing" in await driver.alone("maya")
    await driver.press("maya", "Take a pack", choose="wellbeing")
    await driver.submit("maya", manner="shelf")
    await driver.pass_time(timedelta(minutes=5))
    told = await driver.messages("maya")
    assert "2 taken over" in told
    assert "1 kept for another try" in told
    await driver.say("sam", "/pln find calm")
    assert "Calm 0" in await driver.alone("sam")


@pytest.mark.rows(106)
async def test_paywall_said_first_and_captions_and_for_whom(driver: Driver) -> None:
    """On the room's card and in what is found: before the tap, not after it."""
    assert isinstance(driver, LobbyDriver | SlackDriver | DiscordDriver)
    item = (
        "<item><title>Plate tectonics</title><link>https://paid.example/plates</link><guid>p</guid>"
        "<dcterms:accessRights>subscription</dcterms:accessRights>"
        '<podcast:transcript url="https://paid.example/plates.vtt" type="text/vtt"/></item>'
    )
    spaces = 'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:podcast="https://podcastindex.org/namespace/1.0"'
    feed = f'<rss version="2.0" {spaces}><channel><title>Paid</title>{item}</channel></rss>'
    tools = driver.parts.runner.tools
    tools.heavy = HeavyHere()
    tools.fetcher = StubFetcher({"https://paid.example/feed": Fetched(200, {}, feed.encode())})
    await driver.say("maya", "/pln feed add https://paid.example/feed")
    await driver.press("maya", "Add this feed")
    await driver.submit("maya", title="Paid", manner="instant", first="three", audience="pupils")
    await driver.pass_time(timedelta(minutes=5))
    seen = await driver.see("sam")
    await driver.say("sam", "/pln find tectonics")
    for words in (seen, await driver.alone("sam")):
        assert "Plate tectonics" in words
        assert "needs a subscription" in words
        assert "has captions" in words
        assert "for pupils" in words
