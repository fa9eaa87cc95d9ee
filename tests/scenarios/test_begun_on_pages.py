"""A network in which nothing exists yet: what is begun from its pages, without a command typed."""

from datetime import date, timedelta

from plnbot.insight.model import Month, next_to_rest
from tests.scenarios.feeds import BLOG, FEED, Post, Web, at, page
from tests.scenarios.lobby import LobbyDriver, words_of
from tests.scenarios.test_whole_chat import SIX

MINUTE = timedelta(minutes=1)


async def test_the_first_chat_is_planned_on_the_page(lobby: LobbyDriver) -> None:
    """Its room is chosen; the next form has chosen that room already; no other member is offered it."""
    assert "Plan a chat" not in await lobby.page("priya", "chats")
    assert "/pln chat new" not in await lobby.page("maya", "chats")
    await lobby.press_on_page("maya", "chats", "Plan a chat")
    await lobby.submit("maya", questions=SIX, starts="in 2 hours", in_room="lounge")
    await lobby.press("maya", "Publish")
    await lobby.pass_time(MINUTE)
    assert "Coming up" not in await lobby.see("priya")
    assert "Coming up" in await lobby.markup("/as/priya/room/lounge")
    await lobby.press_on_page("maya", "chats", "Plan a chat")
    assert 'value="lounge" selected' in lobby.open_form("maya")


async def test_a_room_that_is_not_there_is_refused(lobby: LobbyDriver) -> None:
    """A form that was open while its room went says so, and nothing is planned."""
    await lobby.press_on_page("maya", "chats", "Plan a chat")
    await lobby.submit("maya", questions=SIX, starts="in 2 hours", in_room="cellar")
    assert "Publish" not in await lobby.alone("maya")
    assert "Your drafts" not in await lobby.page("maya", "chats")


async def test_a_feed_is_added_on_the_page(lobby: LobbyDriver) -> None:
    """A wrong link is said where it stands; a right one shows its posts, and its room gets the next."""
    web = Web()
    web.let_in(lobby.parts)
    web.put(BLOG, page(("All posts", FEED)))
    web.feed(FEED, "Number lines", Post("Circles with string", f"{BLOG}circles", at(20)))
    assert "/pln feed add" not in await lobby.page("maya", "reading.feeds")
    await lobby.press_on_page("maya", "reading.feeds", "Add a feed")
    await lobby.submit("maya", link="nothing here", in_room="lounge")
    assert "That is no web address" in lobby.open_form("maya")
    await lobby.submit("maya", link=BLOG, in_room="lounge")
    assert "Circles with string" in await lobby.alone("maya")
    await lobby.press("maya", "Add this feed")
    assert "It goes to #lounge" in words_of(lobby.open_form("maya"))
    await lobby.submit("maya", title="Number lines", manner="instant", first="three")
    await lobby.pass_time(MINUTE)
    assert "Circles with string" in await lobby.markup("/as/priya/room/lounge")


async def test_a_pack_is_taken_on_the_page(lobby: LobbyDriver) -> None:
    """It asks which room gets it, and begins."""
    await lobby.press_on_page("maya", "reading.feeds", "Packs of feeds")
    await lobby.press("maya", "Take a pack", choose="science")
    await lobby.submit("maya", in_room="lounge", manner="shelf")
    assert "Feeds are taken over" in await lobby.alone("maya")


async def test_a_programme_is_opened_on_the_page(lobby: LobbyDriver) -> None:
    """Its card stands in the room that was chosen; who looks after it finds it on the page again."""
    assert "Open a programme" not in await lobby.page("priya", "peers")
    assert "/pln peers new" not in await lobby.page("maya", "peers")
    await lobby.press_on_page("maya", "peers", "Open a programme")
    await lobby.submit(
        "maya", name="Two counties", when="every 3 weeks on Monday 9 am", in_room="lounge"
    )
    assert "Its card stands in #lounge" in await lobby.alone("maya")
    await lobby.pass_time(MINUTE)
    assert "Two counties" in await lobby.markup("/as/priya/room/lounge")
    assert "Dry run" in await lobby.page("maya", "peers")
    assert "Dry run" not in await lobby.page("priya", "peers")


async def test_who_takes_part_in_one_may_join_another(lobby: LobbyDriver) -> None:
    """The page goes on offering the others, and lets who is in neither introduce two."""
    for name in ("Two counties", "Mentors"):
        await lobby.press_on_page("maya", "peers", "Open a programme")
        await lobby.submit("maya", name=name, when="every 3 weeks on Monday 9 am")
    await lobby.press_on_page("priya", "peers", "I take part")
    assert "I know no subject of yours yet" in await lobby.alone("priya")
    seen = await lobby.page("priya", "peers")
    assert "You may also take part" in seen
    assert seen.count("I take part") == 1
    await lobby.press_on_page("priya", "peers", "Introduce two others")
    assert "Why these two?" in lobby.open_form("priya")


async def test_a_team_stands_on_the_page_on_which_it_was_begun(lobby: LobbyDriver) -> None:
    """Who may begin one is asked to, who may not is told who does; both see the team once there is one."""
    told: list[str] = []
    lobby.store.follow(told.append)
    assert "Begin one and invite" in await lobby.page("maya", "assessment")
    assert "District or school staff begin one" in await lobby.page("priya", "assessment")
    await lobby.press_on_page("maya", "assessment", "Begin one")
    await lobby.submit("maya", title="Lincoln, fall")
    assert any(each.startswith("member:") for each in told)
    told.clear()
    await lobby.press("maya", "Invite somebody")
    await lobby.submit("maya", member="Priya Nair")
    assert any(each.startswith("member:") for each in told)
    assert "Lincoln, fall" in await lobby.page("priya", "assessment")


async def test_no_pathway_yet_says_who_lays_one(lobby: LobbyDriver) -> None:
    """Who may is asked to; who may not is told who does."""
    assert "Lay the first one" in await lobby.page("maya", "pathways")
    assert "A curator lays them" in await lobby.page("priya", "pathways")


async def test_the_page_of_introductions_shows_what_was_pressed(lobby: LobbyDriver) -> None:
    """Each press on it is announced to whoever has it open, so that it is never seen as it was before."""
    told: list[str] = []
    lobby.store.follow(told.append)

    def announced() -> bool:
        seen = any(each.startswith("member:") for each in told)
        told.clear()
        return seen

    await lobby.press_on_page("maya", "peers", "Open a programme")
    await lobby.submit("maya", name="Two counties", when="every 3 weeks on Monday 9 am")
    assert announced(), "opening a programme"
    for label in ("I take part", "Skip a round", "Go on", "Leave"):
        await lobby.press_on_page("priya", "peers", label)
        assert announced(), label
    await lobby.press_on_page("priya", "peers", "Set somebody aside")
    await lobby.submit("priya", whom="Sam Okafor")
    assert announced(), "setting somebody aside"
    await lobby.press_on_page("priya", "peers", "Take off the list")
    assert announced(), "taking them off the list"


async def test_a_district_without_a_report_is_told_when_one_comes(lobby: LobbyDriver) -> None:
    """The day and the month stand there, and the way to how ready the teams are, which the menu has too."""
    await lobby.pass_time(lobby.now().replace(day=15, hour=12) + timedelta(days=31))
    page = await lobby.page("maya", "insight")
    rests = next_to_rest(lobby.now().date()).rests_on
    assert f"is made on {rests:%B} {rests.day}, {rests.year}" in page
    assert "How ready are we?" in page
    assert "/page/assessment" in await lobby.markup("/as/maya/page/home")
    assert "/page/assessment" not in await lobby.markup("/as/priya/page/home")


def test_the_month_that_comes_to_rest_next() -> None:
    """Until its reports are made a month that is over is the next; from that day on the one that goes on."""
    assert next_to_rest(date(2026, 12, 5)) == Month(2026, 11)
    assert next_to_rest(date(2026, 12, 6)) == Month(2026, 12)
    assert Month(2026, 11).rests_on == date(2026, 12, 6)
    assert Month(2026, 11).rests(date(2026, 12, 6))
