"""What holds for all feeds, stories that turn out to be one, moves that only a feed itself announces."""

import re
from datetime import timedelta

import pytest

from plnbot.engine.ports import Rejected
from plnbot.errors import Refused
from plnbot.fetching import Fetched
from plnbot.talk.words import msg
from plnbot.testing import RecordingSender
from tests.scenarios.driver import Driver
from tests.scenarios.feeds import BLOG, FEED, Post, Web, page, rss
from tests.scenarios.lobby import ROOM, LobbyDriver
from tests.scenarios.test_feeds import POSTS, add, web
from tests.scenarios.test_feeds_looked_after import said_to

__all__ = ["web"]
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HOUR, DAY = timedelta(hours=1), timedelta(hours=26)
OTHER, NEW = "https://other.example/feed", "https://elsewhere.example/feed.xml"
TITLE = "Fractions on a number line, a lesson for grade four"


@pytest.mark.rows(96)
async def test_every_post_waits_where_the_network_wants_that(driver: Driver, web: Web) -> None:
    """Each feed does as the network wants it, from the next post on, unless it says otherwise."""
    await add(driver)
    web.feed(OTHER, "Other people")
    await add(driver, OTHER, title="Other people", approval="no")
    await driver.say("maya", "/pln feed rules")
    assert "Posts go out without a curator’s look" in await driver.alone("maya")
    await driver.press("maya", "Change")
    await driver.submit("maya", approval="yes")
    said = await driver.alone("maya")
    assert "Every post waits for a curator" in said
    assert "1 feed says itself whether its posts wait" in said
    web.feed(FEED, "Number lines", Post("Zero is a number", f"{BLOG}zero", driver.now()), *POSTS)
    web.feed(OTHER, "Other people", Post("Seats", "https://other.example/seats", driver.now()))
    await driver.pass_time(DAY)
    seen = await driver.see("priya")
    assert seen.count("Seats") == 1
    assert "Zero is a number" not in seen
    await driver.say("maya", "/pln feed waiting")
    await driver.press("maya", "Approve, with a note")
    await driver.submit("maya", note="Ten minutes.")
    await driver.pass_time(HOUR)
    assert (await driver.see("priya")).count("Zero is a number") == 1


@pytest.mark.rows(102)
async def test_two_that_turn_out_to_be_one(driver: Driver, web: Web) -> None:
    """Both stand already: the later names the earlier, the earlier names both feeds; one is found."""
    web.feed(OTHER, "Other people")
    await add(driver, OTHER, title="Other people")
    await add(driver)
    web.feed(FEED, "Number lines", Post(TITLE, f"{BLOG}four", driver.now()), *POSTS)
    await driver.pass_time(DAY)
    link = "https://other.example/draft"
    draft = Post("Draft: to be named soon", link, driver.now())
    web.feed(OTHER, "Other people", draft)
    await driver.pass_time(DAY)
    assert "came before" not in await driver.see("priya")
    web.feed(OTHER, "Other people", Post(f"{TITLE}!", link, draft.at))
    await driver.pass_time(DAY)
    seen = await driver.see("priya")
    assert seen.count(f"The same came before from Number lines: “{TITLE}”") == 1
    assert re.search(r"Number lines, Other people", seen), "the earlier names both"
    await driver.say("priya", "/pln find fractions grade four")
    assert (await driver.alone("priya")).count("a lesson for grade four") == 1


@pytest.mark.rows(104)
@pytest.mark.parametrize(
    "said",
    [
        f'<x:new-feed-url xmlns:x="http://www.itunes.com/dtds/podcast-1.0.dtd">{NEW}</x:new-feed-url>',
        f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="{NEW}"/>',
    ],
    ids=["new-feed-url", "self"],
)
async def test_a_move_that_only_the_feed_itself_tells(lobby: LobbyDriver, said: str) -> None:
    """It is followed after days, once what stands there is the same; nothing comes twice."""
    web = Web()
    web.let_in(lobby.parts)
    web.put(BLOG, page(("All posts", FEED)))
    web.feed(FEED, "Number lines", *POSTS)
    await lobby.lets_write("maya")
    await add(lobby, first="three")
    web.put(FEED, Fetched(200, {}, rss("Number lines", POSTS, extra=said)))
    web.feed(NEW, "Another blog", Post("Something else", "https://elsewhere.example/1"))
    await lobby.pass_time(6 * DAY)
    assert "has moved" not in await said_to(lobby, "maya"), "something else stands there"
    web.feed(NEW, "Number lines", *POSTS)
    await lobby.pass_time(6 * DAY)
    assert (await said_to(lobby, "maya")).count("Number lines has moved") == 1
    before = web.asked(FEED)
    web.feed(NEW, "Number lines", Post("Zero is a number", f"{BLOG}zero", lobby.now()), *POSTS)
    await lobby.pass_time(2 * DAY)
    assert web.asked(FEED) == before
    seen = await lobby.see("priya")
    assert seen.count("Zero is a number") == 1
    assert seen.count("Circles with string") == 1


async def test_two_addresses_that_name_each_other(lobby: LobbyDriver) -> None:
    """A feed whose new place names the old one stays where it is."""
    web = Web()
    web.let_in(lobby.parts)
    for here, there in ((FEED, NEW), (NEW, FEED)):
        named = f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="{there}"/>'
        web.put(here, Fetched(200, {}, rss("Number lines", POSTS, extra=named)))
    await lobby.lets_write("maya")
    await add(lobby, FEED)
    await lobby.pass_time(12 * DAY)
    assert "has moved" not in await said_to(lobby, "maya")


@pytest.mark.rows(95)
async def test_a_limit_of_length_says_what_it_cannot_stop(driver: Driver, web: Web) -> None:
    """YouTube's feeds tell no length: that stands in the filter's answer, and on the card."""
    videos = "https://www.youtube.com/feeds/videos.xml?playlist_id=UULFoxcjq8xIDTYp3uz647V5"
    clip = Post("A proof", "https://www.youtube.com/watch?v=abcdefghijk", driver.now())
    video = rss("Maths", [clip]).replace(b"</item>", b"<media:player url='x'/></item>")
    web.put(videos, Fetched(200, {}, video))
    await add(driver, videos, title="Maths", first="three")
    assert "length unknown" in await driver.see("priya")
    await driver.press("maya", "See the feed")
    await driver.press("maya", "Filter")
    await driver.submit("maya", least="5", most="20")
    assert "YouTube’s feeds do not say how long a video is" in await driver.alone("maya")


@pytest.mark.rows(90)
async def test_what_is_too_much_or_behind_a_sign_in(driver: Driver, web: Web) -> None:
    """A body of two gigabytes, and a page for members only, each get their sentence."""
    web.put(
        "https://big.example", Refused(msg("{host} sends more than 20 MB.", host="big.example"))
    )
    await driver.say("maya", "/pln feed add https://big.example")
    assert "big.example sends more than 20 MB." in await driver.alone("maya")
    login = "<html><body><form><input type='password' name='p'></form></body></html>"
    web.put("https://login.example", Fetched(200, {"content-type": "text/html"}, login.encode()))
    await driver.say("maya", "/pln feed add https://login.example")
    assert "login.example shows this page only to those who sign in" in await driver.alone("maya")


@pytest.mark.rows(94)
async def test_a_room_that_takes_no_posts(lobby: LobbyDriver) -> None:
    """Whoever curates is told once, and again only where something stood there meanwhile."""
    web = Web()
    web.let_in(lobby.parts)
    web.feed(FEED, "Number lines", *POSTS)
    await lobby.lets_write("maya")
    await add(lobby, FEED)
    rejected = Rejected("I was taken out of this room.")
    sender = RecordingSender("web")
    sender.answer = lambda out: rejected if getattr(out.to, "channel", "") == ROOM else None
    lobby.parts.runner.senders["web"] = sender
    for n in range(3):
        post = Post(f"Zero, part {n}", f"{BLOG}zero{n}", lobby.now())
        web.feed(FEED, "Number lines", post, *POSTS)
        await lobby.pass_time(DAY)
    told = [each for each in sender.sent if "takes no posts" in each.card.title.bare()]
    assert len(told) == 1
    assert "I was taken out of this room." in str(told[0].card)
