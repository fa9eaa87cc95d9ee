"""Feeds on every platform: a curator pastes a link, sees what would come, and the room gets it once."""

from datetime import timedelta

import pytest

from plnbot.fetching import Fetched, Unreachable, Why
from plnbot.talk.words import msg
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Driver
from tests.scenarios.feeds import BLOG, FEED, Post, Web, at, page
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.slack import SlackDriver

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
POSTS = [
    Post("Circles with string", f"{BLOG}circles", at(20)),
    Post("Fractions on a number line", f"{BLOG}fractions", at(19)),
    Post("Counting in the yard", f"{BLOG}counting", at(18)),
    Post("An old one", f"{BLOG}old", at(1)),
]
WISH = {"title": "Number lines", "manner": "instant", "first": "new", "note": "Tried in class."}


@pytest.fixture
def web(driver: Driver) -> Web:
    """Return a web with a blog, which the bot reads."""
    assert isinstance(driver, LobbyDriver | SlackDriver | DiscordDriver)
    made = Web()
    made.let_in(driver.parts)
    made.put(BLOG, page(("All posts", FEED)))
    made.feed(FEED, "Number lines", *POSTS)
    return made


async def add(driver: Driver, link: str = BLOG, **wish: str) -> None:
    """Paste a link and add the feed that is found."""
    await driver.say("maya", f"/pln feed add {link}")
    await driver.press("maya", "Add this feed")
    await driver.submit("maya", **{**WISH, **wish})
    assert "Added." in await driver.alone("maya")


@pytest.mark.rows(90)
async def test_pasted_the_page_and_saw_three_posts_first(driver: Driver, web: Web) -> None:
    """Just as the room would see them; then only what is new comes, each once."""
    await driver.say("maya", f"/pln feed add {BLOG}")
    preview = await driver.alone("maya")
    assert "There are 4 posts in it" in preview
    for each in ("Circles with string", "Fractions on a number line", "Counting in the yard"):
        assert each in preview
    assert "An old one" not in preview
    await driver.press("maya", "Add this feed")
    await driver.submit("maya", **WISH)
    await driver.pass_time(HOUR)
    assert "Circles" not in await driver.see("priya")
    web.feed(FEED, "Number lines", Post("Zero is a number", f"{BLOG}zero", driver.now()), *POSTS)
    await driver.pass_time(DAY)
    seen = await driver.see("priya")
    assert seen.count("Zero is a number") == 1
    assert "Tried in class." in seen
    assert "Circles" not in seen


@pytest.mark.rows(104)
async def test_the_last_three_too(driver: Driver, web: Web) -> None:
    """Who asks for them gets three, the oldest first, and no more of 10,000."""
    many = [Post(f"Number {n} of many", f"{BLOG}{n}", at(1, 0, n % 60)) for n in range(40)]
    web.feed(FEED, "Number lines", *POSTS, *many)
    await add(driver, first="three")
    seen = await driver.see("priya")
    order = [seen.index(each.title) for each in reversed(POSTS[:3])]
    assert order == sorted(order)
    assert "of many" not in seen
    await driver.pass_time(3 * DAY)
    assert (await driver.see("priya")).count("Circles with string") == 1


@pytest.mark.rows(90)
async def test_a_link_that_leads_to_no_feed(driver: Driver, web: Web) -> None:
    """Each gets its sentence: no address, no feed, nobody there."""
    await driver.say("maya", "/pln feed add nothing here")
    assert "That is no web address" in await driver.alone("maya")
    web.put("https://plain.example", page())
    await driver.say("maya", "/pln feed add plain.example")
    assert "No feed was found on plain.example" in await driver.alone("maya")
    web.put(
        "https://away.example", Unreachable(Why.TIME, msg("Looking for feeds there took too long."))
    )
    await driver.say("maya", "/pln feed add away.example")
    assert "took too long" in await driver.alone("maya")
    await driver.say("priya", f"/pln feed add {BLOG}")
    assert "for curators" in await driver.alone("priya")


@pytest.mark.rows(91)
async def test_removed_brought_back_and_added_again(driver: Driver, web: Web) -> None:
    """Nothing of it comes twice, whatever is done with the feed."""
    await add(driver, first="three")
    await driver.press("maya", "Undo")
    assert "Nothing more of it is posted" in await driver.alone("maya")
    web.feed(FEED, "Number lines", Post("Meanwhile", f"{BLOG}while", driver.now()), *POSTS)
    await driver.pass_time(DAY)
    assert "Meanwhile" not in await driver.see("priya")
    await driver.press("maya", "Bring it back")
    await driver.pass_time(DAY)
    await driver.press("maya", "Remove")
    await add(driver, link=FEED, first="three")
    await driver.pass_time(DAY)
    seen = await driver.see("priya")
    assert seen.count("Circles with string") == 1
    assert "Meanwhile" not in seen


CHANNEL = "UCoxcjq-8xIDTYp3uz647V5A"
VIDEOS = f"https://www.youtube.com/feeds/videos.xml?playlist_id=UULF{CHANNEL[2:]}"
ALL = f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"


@pytest.mark.rows(103)
async def test_a_channel_a_profile_a_hashtag(driver: Driver, web: Web) -> None:
    """Each link leads to its feed; what has none is told by name."""
    handle = f'<html><body>"externalId":"{CHANNEL}"</body></html>'
    web.put("https://www.youtube.com/@maths", Fetched(200, {}, handle.encode()))
    web.feed(VIDEOS, "Maths videos", Post("A proof", "https://www.youtube.com/watch?v=abcdefghijk"))
    web.feed(ALL, "Maths", Post("A Short", "https://www.youtube.com/shorts/abcdefghijl"))
    await driver.say("maya", "/pln feed add https://www.youtube.com/@maths")
    said = await driver.alone("maya")
    assert "videos, no Shorts and nothing live" in said
    assert "A proof" in said
    await driver.press("maya", "Another feed that is there", choose="1")
    said = await driver.alone("maya")
    assert "everything" in said
    assert "Short · " in said or "· Short" in said
    web.feed(
        "https://mastodon.example/tags/edchat.rss", "#edchat", Post("Hi", "https://m.example/1")
    )
    await driver.say("maya", "/pln feed add https://mastodon.example/tags/edchat")
    assert "#edchat" in await driver.alone("maya")
    web.feed("https://mastodon.example/@priya.rss", "Priya", Post("Hello", "https://m.example/2"))
    await driver.say("maya", "/pln feed add @priya@mastodon.example")
    assert "Priya" in await driver.alone("maya")
    web.feed(
        "https://bsky.app/profile/priya.example/rss", "@priya", Post("", "https://b.example/3")
    )
    await driver.say("maya", "/pln feed add https://bsky.app/profile/priya.example")
    assert "@priya" in await driver.alone("maya")
    await driver.say("maya", "/pln feed add https://bsky.app/hashtag/edchat")
    assert "Bluesky has public feeds of profiles only" in await driver.alone("maya")


@pytest.mark.rows(90)
async def test_a_feed_is_described_otherwise(driver: Driver, web: Web) -> None:
    """Its name, why it is worth it and how this room gets it can be changed."""
    await add(driver)
    await driver.press("maya", "See the feed")
    await driver.press("maya", "Change")
    await driver.submit("maya", title="Lines", note="For number talks.", manner="shelf")
    assert "It is on the shelf" in await driver.alone("maya")
    web.feed(FEED, "Number lines", Post("Zero is a number", f"{BLOG}zero", driver.now()), *POSTS)
    await driver.pass_time(2 * DAY)
    assert "Zero is a number" not in await driver.see("priya")
    await driver.say("maya", "/pln feed list")
    assert "Lines" in await driver.alone("maya")
