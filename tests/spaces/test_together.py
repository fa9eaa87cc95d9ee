"""Places for a few who share a workspace, rooms of the lobby, sessions, and what is left when none can be."""

from adapters.web import entering
from plnbot.engine.ports.spaces import NotOpened, Opened, Together
from plnbot.members.actions import erasing
from plnbot.refs import MemberRef, Place
from plnbot.spaces import Kind, State, close_space, post_in_space, store
from plnbot.spaces.actions import NO_ACCOUNT
from plnbot.spaces.cards import ROOM
from plnbot.talk.interactions import Interaction, Joined, Said
from plnbot.testing import StubSpaces
from tests.spaces.house import ANA, BEN, CY, DEE, House


async def test_two_of_one_workspace_get_one_place(home: House) -> None:
    """It says who can read it, and the tenant is told that it stands."""
    space = await home.opened(ANA, DEE)
    assert (space.kind, space.state) == (Kind.TOGETHER, State.OPEN)
    assert space.place == Place("slack", "T0EAST", "G1")
    assert "export all of this Slack workspace" in home.standing("slack")[0]
    assert home.told.heard == [("opened", space.id)]


async def test_the_same_row_is_the_same_space(home: House) -> None:
    """However often a tenant asks."""
    first = await home.opened(ANA, DEE)
    again = await home.opened(ANA, DEE)
    assert first == again
    assert len(home.opens["slack"].asked) == 1


async def test_that_somebody_spoke_is_noted_and_never_what(home: House) -> None:
    """The words are handed to nobody."""
    space = await home.opened(ANA, DEE)
    assert space.place is not None
    await home.do(ANA, Said("Hello Dee", "1"), space.place)
    assert home.told.heard[-1] == ("spoke", home.people[ANA].id)
    spoken = (await home.space(space.id)).member(home.people[ANA].id)
    assert spoken is not None
    assert spoken.spoke_at == home.clock.now()
    assert await home.at_rest() == []


async def test_what_cannot_be_together_is_carried_where_they_agreed(home: House) -> None:
    """A right that is missing leads to the next way, and the reason is kept."""
    home.opens["slack"].refuses = "Slack refuses that."
    space = await home.opened(ANA, DEE)
    assert (space.kind, space.state) == (Kind.RELAY, State.OPEN)
    assert space.reason == "Slack refuses that."


async def test_where_nothing_is_left_the_tenant_hears_why(home: House) -> None:
    """Neither a place nor an end."""
    home.opens["slack"].refuses = "Slack refuses that."
    home.opens["slack"].ends = "They cannot be written to."
    space = await home.opened(ANA, DEE, agreed=[ANA])
    assert space.state is State.ASKED
    home.told.heard.clear()
    await home.press(DEE, "spaces.agree", space)
    # Both have their ends in the lobby then, which they reach from Slack.
    assert (await home.space(space.id)).state is State.OPEN
    assert home.end(await home.space(space.id), ANA).platform == "web"


async def test_a_tenant_posts_in_it_and_closes_it(home: House) -> None:
    """A card in the place, a word that it has ended, and the platform closes it."""
    space = await home.opened(ANA, DEE)
    now = home.clock.now()
    args = {"space": space.id}

    await home.store.run(
        lambda tx: post_in_space(tx, space.id, "spaces.about", args, key="mine/1", now=now)
    )
    await home.run()
    assert len(home.standing("slack", cards="mine/")) == 1
    await home.store.run(lambda tx: close_space(tx, space.id, now))
    await home.run()
    assert "This has ended" in home.standing("slack", cards=f"space/{space.id}/closed")[0]
    assert home.opens["slack"].closed == [space.place]
    assert not await home.store.run(
        lambda tx: post_in_space(tx, space.id, "spaces.about", args, key="mine/2", now=now)
    )


async def test_both_may_use_a_room_instead(home: House) -> None:
    """Once both want it; from then on nothing is carried, and they meet in the room."""
    space = await home.opened(ANA, CY)
    await home.press(ANA, ROOM, space)
    await home.says(space, CY, "Still here")
    assert len(home.carried("slack")) == 1
    await home.press(CY, ROOM, space)
    room = await home.space(space.id)
    assert (room.kind, room.state) == (Kind.ROOM, State.OPEN)
    assert room.place is not None
    assert room.place.platform == "web"
    assert "You meet in a room" in home.standing("slack", cards=f"space/{space.id}/about")[0]
    await home.do(ANA, Said("Hello from Slack", "5"), room.place)
    assert home.told.heard[-1] == ("spoke", home.people[ANA].id)


async def test_a_session_has_the_thread_below_its_card(home: House) -> None:
    """Words there are those of everybody."""
    space = await home.opened(
        ANA, prefer=Kind.PUBLIC, room=Place("slack", "T0EAST", "C0SESSIONS"), agreed=[]
    )
    assert space.state is State.OPEN
    assert space.place is not None
    assert space.place.channel == "C0SESSIONS"
    assert space.place.thread


async def test_who_leaves_ends_what_was_carried(home: House) -> None:
    """The other is told, and so is the tenant."""
    space = await home.opened(ANA, CY)
    who, now = CY, home.clock.now()
    await home.store.run(lambda tx: home.parts.desk.directory.left(tx, who, now))
    await home.run()
    assert (await home.space(space.id)).state is State.CLOSED
    assert ("left", home.people[CY].id) in home.told.heard
    assert home.standing("slack", cards=f"space/{space.id}/closed")


async def test_who_is_erased_takes_their_messages_and_name_along(home: House) -> None:
    """Nothing of them is left in the tables; the title no longer says whose it was."""
    space = await home.opened(ANA, CY)
    await home.says(space, CY, "Hello Ana", message="4")
    who = home.people[CY].id
    routes, now = home.parts.desk.routes, home.clock.now()
    await home.store.run(lambda tx: erasing.erase(tx, routes, who, now, kept=(), by=None))
    await home.run()
    left = await home.space(space.id)
    assert [each.id for each in left.members] == [home.people[ANA].id]
    assert left.title != space.title
    assert await home.store.read(lambda tx: store.words_of(tx, who)) == []
    assert ("left", who) in home.told.heard


async def test_on_discord_a_place_hangs_in_a_room_that_was_named(home: House) -> None:
    """Without one there is none."""
    room = Place("discord", "G0WEST", "100")
    eve, lobby = MemberRef("discord", "G0WEST", "201"), Place("discord", "G0WEST", "")
    await home.parts.desk.handle(Interaction("eve", eve, lobby, Joined(), name="Eve"))
    person = await home.parts.desk.person(eve)
    assert person is not None
    home.people[eve] = person
    space = await home.opened(BEN, eve, room=room)
    assert space.place is not None
    assert space.place.platform == "discord"
    asked = home.opens["discord"].asked[-1]
    assert asked.room == room


async def test_who_is_out_of_a_room_looks_into_it_no_more(home: House) -> None:
    """Neither its page nor its stream is theirs; who stays in it stays."""
    space = await home.opened(ANA, CY, prefer=Kind.ROOM)
    assert space.place is not None
    slug, now = space.place.channel, home.clock.now()

    async def entered(who: MemberRef) -> bool:
        found = await home.store.read(lambda tx: entering.rooms_for(tx, who))
        return slug in {each.slug for each in found}

    assert await entered(ANA)
    await home.store.run(lambda tx: home.parts.desk.directory.left(tx, ANA, now))
    await home.run()
    assert (await entered(ANA), await entered(CY)) == (False, True)
    unseen = await home.store.read(
        lambda tx: home.parts.desk.looks.unseen(tx, [Place("web", "lobby", slug)], [ANA])
    )
    assert unseen


async def test_who_went_while_their_room_was_made_is_let_out_of_it(home: House) -> None:
    """The platform was asked before they went."""

    class Slow(StubSpaces):
        async def together(self, wanted: Together) -> Opened | NotOpened:
            now = home.clock.now()
            await home.store.run(lambda tx: home.parts.desk.directory.left(tx, DEE, now))
            return await StubSpaces.together(self, wanted)

    opens = Slow("slack", below=True)
    home.parts.desk.spaces.opened_by("slack", opens)
    space = await home.opened(ANA, DEE)
    assert opens.out == [(space.place, DEE)]


async def test_nobody_gets_a_place_alone(home: House) -> None:
    """Who has no account any more is not dropped silently from a pair."""
    now, who = home.clock.now(), home.people[DEE].id
    routes = home.parts.desk.routes
    await home.store.run(lambda tx: erasing.erase(tx, routes, who, now, kept=(), by=None))
    space = await home.opened(ANA, DEE)
    assert (space.state, space.reason) == (State.REFUSED, NO_ACCOUNT.source)
    assert home.opens["slack"].asked == []


async def test_a_member_of_another_platform_may_look_into_a_room(home: House) -> None:
    """On any of their accounts, and nobody else may."""
    space = await home.opened(ANA, CY, prefer=Kind.ROOM)
    assert space.place is not None
    place = space.place

    async def unseen(*who: MemberRef) -> bool:
        looks = home.parts.desk.looks
        return bool(await home.store.read(lambda tx: looks.unseen(tx, [place], who)))

    found = [await unseen(ANA), await unseen(CY), await unseen(BEN), await unseen(BEN, ANA)]
    assert [*found, await unseen()] == [False, False, True, False, True]
