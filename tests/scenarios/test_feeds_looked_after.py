"""Looking after feeds: one story on one card, failing feeds, filters, approval, digests, lists."""

from datetime import datetime, timedelta

import pytest

from plnbot.fetching import Fetched, Unreachable, Why
from plnbot.syndication import Outline
from plnbot.syndication.lists import written
from plnbot.talk.words import msg
from tests.scenarios.driver import Document, Driver
from tests.scenarios.feeds import BLOG, FEED, Post, Web, page
from tests.scenarios.test_feeds import POSTS, add, web

__all__ = ["web"]
HOUR, DAY = timedelta(hours=1), timedelta(hours=26)
OTHER, THIRD = "https://other.example/feed", "https://third.example/rss"
NEW = "https://blog.example/new-feed.xml"
TITLE = "Fractions on a number line, a lesson for grade four"
DOWN = Unreachable(Why.TROUBLE, msg("Nothing can be read from the web here."), status=503)


async def said_to(driver: Driver, who: str) -> str:
    """Return what somebody was told alone, there or directly."""
    return f"{await driver.alone(who)} {await driver.messages(who)}"


@pytest.mark.rows(102)
async def test_three_sites_carried_it_and_one_card_named_all_three(
    driver: Driver, web: Web
) -> None:
    """The same page with other counters, and nearly the same title elsewhere, add their name."""
    for address, name in ((OTHER, "Other people"), (THIRD, "Third site")):
        web.feed(address, name)
        await add(driver, address, title=name)
    await add(driver)
    now = driver.now()
    link = f"{BLOG}fractions-four"
    web.feed(FEED, "Number lines", Post(TITLE, link, now), *POSTS)
    await driver.pass_time(DAY)
    assert (await driver.see("priya")).count(TITLE) == 1
    web.feed(OTHER, "Other people", Post("As seen there", f"{link}?utm_source=other", driver.now()))
    copy = Post(f"{TITLE}!", "https://third.example/copy", driver.now())
    web.feed(THIRD, "Third site", copy)
    await driver.pass_time(2 * DAY)
    seen = await driver.see("priya")
    assert seen.count(TITLE) == 1
    assert "As seen there" not in seen
    assert all(each in seen for each in ("Number lines", "Other people", "Third site"))


@pytest.mark.rows(94)
async def test_404_since_monday_fix_here(driver: Driver, web: Web) -> None:
    """A failing feed tells its curator once, after a day, with the address that its site names."""
    await driver.lets_write("maya")
    await add(driver)
    web.put(FEED, Fetched(404, {}, b""))
    web.put(BLOG, page(("All posts", NEW)))
    web.feed(NEW, "Number lines", Post("Zero is a number", f"{BLOG}zero", driver.now()), *POSTS)
    await driver.pass_time(20 * HOUR)
    assert "does not answer" not in await said_to(driver, "maya")
    await driver.pass_time(4 * DAY)
    told = await said_to(driver, "maya")
    assert told.count("Number lines does not answer") == 1
    assert "nothing stands there any more, status 404" in told
    assert NEW in told
    await driver.press("maya", "Use the new address")
    await driver.pass_time(HOUR)
    seen = await driver.see("priya")
    assert seen.count("Zero is a number") == 1
    assert "Circles" not in seen


@pytest.mark.rows(94)
async def test_a_feed_that_fails_is_back_by_itself(driver: Driver, web: Web) -> None:
    """Nothing is lost, and what was told says so."""
    await driver.lets_write("maya")
    await add(driver)
    web.put(FEED, DOWN)
    await driver.pass_time(3 * DAY)
    assert "trouble of its own" in await said_to(driver, "maya")
    web.feed(FEED, "Number lines", Post("Zero is a number", f"{BLOG}zero", driver.now()), *POSTS)
    await driver.pass_time(2 * DAY)
    assert "Number lines is back" in await said_to(driver, "maya")
    assert (await driver.see("priya")).count("Zero is a number") == 1


@pytest.mark.rows(104)
async def test_it_moved_and_fell_silent_and_nothing_came_twice(driver: Driver, web: Web) -> None:
    """A move is followed after days, and names what turned up again; silence is told once."""
    await driver.lets_write("maya")
    await add(driver, first="three")
    moved = [Post(e.title, e.link.replace("blog.", "new."), e.at) for e in POSTS]
    web.feed(NEW, "Number lines", *moved)
    there = web.fetcher.pages[NEW]
    assert isinstance(there, Fetched)
    web.put(FEED, Fetched(200, {}, there.body, NEW, NEW))
    await driver.pass_time(2 * DAY)
    assert "has moved" not in await said_to(driver, "maya")
    await driver.pass_time(4 * DAY)
    told = await said_to(driver, "maya")
    assert told.count("Number lines has moved") == 1
    assert "4 posts turned up again" in told
    assert "Circles with string" in told
    web.put(FEED, Fetched(404, {}, b""))
    await driver.pass_time(70 * DAY)
    assert (await said_to(driver, "maya")).count("has fallen silent") == 1
    assert (await driver.see("priya")).count("Circles with string") == 1


@pytest.mark.rows(92)
async def test_it_showed_what_would_have_passed(driver: Driver, web: Web) -> None:
    """The filter is shown back with a test on what is known, and then holds."""
    await add(driver)
    await driver.press("maya", "See the feed")
    await driver.press("maya", "Filter")
    wrong = {"include": "/(circle/", "exclude": "", "least": "", "most": ""}
    await driver.submit("maya", **wrong, language="any")
    assert "“/(circle/” cannot be read" in await driver.alone("maya")
    mine = {**wrong, "include": "circle*\nfractions", "exclude": "giveaway"}
    await driver.submit("maya", **mine, language="any")
    said = await driver.alone("maya")
    assert "It must have one of: “circle*”, “fractions”" in said
    assert "Of the last 4 posts, 4 would have passed" in said
    assert "It stops nothing" in said
    await driver.press("maya", "Change the filter")
    await driver.submit("maya", include="/\\bcircles\\b/", exclude="", language="any")
    said = await driver.alone("maya")
    assert "Of the last 4 posts, 1 would have passed" in said
    assert "none of the words it must have" in said
    about = "Nothing but words. " * 20
    new = (
        Post("More circles", f"{BLOG}more", driver.now(), text=about),
        Post("More squares", f"{BLOG}squares", driver.now(), text=about),
    )
    web.feed(FEED, "Number lines", *new, *POSTS)
    await driver.pass_time(DAY)
    seen = await driver.see("priya")
    assert "More circles" in seen
    assert "More squares" not in seen


@pytest.mark.rows(101)
async def test_the_gates_of_each_post(driver: Driver, web: Web) -> None:
    """For each, those it passed and the one that stopped it, with the reason."""
    await add(driver)
    await driver.press("maya", "See the feed")
    await driver.press("maya", "Filter")
    await driver.submit("maya", exclude="giveaway", language="any")
    old = driver.now() - timedelta(days=30)
    new = (
        Post("A giveaway", f"{BLOG}gift", driver.now()),
        Post("From long ago", f"{BLOG}long-ago", old),
        Post("Zero is a number", f"{BLOG}zero", driver.now()),
    )
    web.feed(FEED, "Number lines", *new, *POSTS)
    await driver.pass_time(DAY)
    gates = await driver.page("maya", "reading.gates/1")
    assert "✗ stopped : it has “giveaway”" in gates
    assert "✗ stopped : it is older than two weeks, so no news" in gates
    assert "✗ stopped : it was there before the feed was added" in gates
    assert "✓ filter · ✓ news · ✓ new to us · ✓ not too many · ✓ has a room · ✓ posted" in gates


@pytest.mark.rows(96)
async def test_two_lines_on_why_it_is_worth_it(driver: Driver, web: Web) -> None:
    """What waits is approved with a note, several at once, and undone."""
    await add(driver, approval="yes", note="")
    new = [Post(f"Zero, part {n}", f"{BLOG}zero{n}", driver.now()) for n in range(3)]
    web.feed(FEED, "Number lines", *new, *POSTS)
    await driver.pass_time(DAY)
    assert "Zero, part" not in await driver.see("priya")
    await driver.say("maya", "/pln feed waiting")
    assert "3 posts wait for you" in await driver.alone("maya")
    await driver.press("maya", "Approve, with a note")
    await driver.submit("maya", note="Ten minutes, and they argue about nothing.")
    assert "Approved" in await driver.alone("maya")
    await driver.pass_time(HOUR)
    seen = await driver.see("priya")
    assert "Why: Ten minutes, and they argue about nothing." in seen
    await driver.press("maya", "Undo")
    await driver.pass_time(HOUR)
    assert "A curator took this back." in await driver.see("priya")
    await driver.say("maya", "/pln feed waiting")
    await driver.press("maya", "Decide several")
    await driver.submit("maya", which=["5", "6", "7"], what="approve", note="A series.")
    assert "3 posts are decided" in await driver.alone("maya")
    await driver.pass_time(HOUR)
    seen = await driver.see("priya")
    assert all(seen.count(f"Zero, part {n}") == 1 for n in range(3))


@pytest.mark.rows(93)
async def test_a_digest_friday_at_three(driver: Driver, web: Web) -> None:
    """A room gets what is new together at its time, and nothing in between."""
    await add(driver, manner="digest", when="Fridays 3 pm", first="three")
    await driver.pass_time(HOUR)
    assert "Circles with string" not in await driver.see("priya")
    await driver.pass_time(datetime(2026, 11, 27, 21, 0, tzinfo=driver.now().tzinfo))
    seen = await driver.see("priya")
    assert seen.count("Worth reading and watching") == 1
    assert all(seen.count(each.title) == 1 for each in POSTS[:3])
    await driver.pass_time(7 * DAY)
    assert (await driver.see("priya")).count("Worth reading and watching") == 1, "nothing new"


@pytest.mark.rows(97, 105)
async def test_sixty_in_fifty_seven_live_three_kept(driver: Driver, web: Web) -> None:
    """A list comes over with its progress; what failed is kept with its reason and tried again."""
    await driver.lets_write("maya")
    addresses = [f"https://b{n}.example/feed" for n in range(60)]
    for n, each in enumerate(addresses[3:]):
        web.feed(
            each, f"Blog {n}", Post(f"Old post {n}", f"https://b{n + 3}.example/1", driver.now())
        )
    web.put(addresses[0], Fetched(404, {}, b""))
    web.put(addresses[1], page())
    web.put(addresses[2], DOWN)
    feeds = [Outline(address=each, title=f"Reads {n}") for n, each in enumerate(addresses)]
    document = Document("my reader.opml", written("Mine", feeds))
    await driver.say("maya", "/pln feed import")
    await driver.submit("maya", manner="instant", file=document)
    await driver.pass_time(HOUR)
    told = await said_to(driver, "maya")
    assert "60 in the list · 57 taken over · 3 kept for another try" in told
    assert "Reads 0: nothing stands there any more, status 404" in told
    assert "Reads 1: what stands there is no feed any more" in told
    assert "Old post" not in await driver.see("priya")
    web.feed(addresses[2], "Blog again")
    await driver.press("maya", "Try those again")
    await driver.pass_time(HOUR)
    assert "58 taken over · 2 kept for another try" in await said_to(driver, "maya")
    assert 'xmlUrl="https://b9.example/feed"' in await driver.file("maya", "feeds.opml/all")


@pytest.mark.rows(97)
async def test_a_list_of_the_wrong_kind(driver: Driver, web: Web) -> None:
    """It is said what it is instead; a link to a list does as well as a file."""
    await driver.lets_write("maya")
    web.put("https://lists.example/a", page())
    await driver.say("maya", "/pln feed import lists.example/a")
    await driver.submit("maya", address="lists.example/a", manner="shelf")
    await driver.pass_time(HOUR)
    assert "This list cannot be taken over" in await said_to(driver, "maya")
    feeds = [Outline(address=FEED, title="Mine")]
    web.put("https://lists.example/b", Fetched(200, {}, written("Mine", feeds)))
    await driver.say("maya", "/pln feed import lists.example/b")
    await driver.submit("maya", address="lists.example/b", manner="shelf")
    await driver.pass_time(HOUR)
    assert "1 taken over" in await said_to(driver, "maya")
