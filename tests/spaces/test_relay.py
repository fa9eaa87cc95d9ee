"""Words carried between people who share no place."""

from datetime import timedelta

import pytest

from adapters.web import entering
from adapters.web import store as rooms
from plnbot.engine.ports import Rejected
from plnbot.spaces import State, posting
from plnbot.spaces.cards import AGREE, DECLINE, STOP
from plnbot.spaces.model import Kind
from plnbot.talk.interactions import Reply, Said
from plnbot.talk.plain import card_as_text
from tests.spaces.house import ANA, BEN, CY, DEE, House


@pytest.mark.rows(79)
async def test_a_teacher_on_slack_writes_to_one_in_the_lobby(home: House) -> None:
    """Each writes where they are, and reads whose words they are."""
    space = await home.opened(ANA, CY)
    assert (space.kind, space.state) == (Kind.RELAY, State.OPEN)
    assert home.told.heard == [("opened", space.id)]
    await home.says(space, CY, "Hello Ana, what do you teach?")
    assert len(home.carried("slack")) == 1
    assert "Cy writes" in home.carried("slack")[0]
    assert "Hello Ana, what do you teach?" in home.carried("slack")[0]
    assert ("spoke", home.people[CY].id) in home.told.heard


async def test_nothing_is_kept_once_it_has_arrived(home: House) -> None:
    """The words are at rest while they are on their way, and no longer."""
    space = await home.opened(ANA, CY)
    await home.says(space, CY, "Between us")
    assert await home.at_rest() == []
    await home.says(space, CY, "Between us two", message="w9")
    await home.says(space, CY, "Between us three", message="w9", version="1")
    assert await home.at_rest() == []
    assert "Between us three" in home.carried("slack")[-1]


async def test_an_edit_and_a_deletion_are_carried(home: House) -> None:
    """What is changed or taken back at one end is so at the other."""
    space = await home.opened(ANA, CY)
    await home.says(space, ANA, "At five", message="1")
    await home.says(space, CY, "Fine", message="2")
    assert "Fine" in home.carried("slack")[0]
    await home.says(space, CY, "Fine, at six", message="2", version="5")
    assert "Fine, at six" in home.carried("slack")[0]
    assert "changed" in home.carried("slack")[0]
    await home.says(space, CY, "Fine, at four", message="2", version="3")
    assert "Fine, at six" in home.carried("slack")[0], "an older change is told late"
    await home.deletes(space, CY, "2")
    assert "took this back" in home.carried("slack")[0]
    await home.says(space, CY, "Fine after all", message="2", version="9")
    assert "took this back" in home.carried("slack")[0]
    assert len(home.carried("slack")) == 1


async def test_a_message_that_is_told_again_is_carried_once(home: House) -> None:
    """By the event's key, and by the message's own id."""
    space = await home.opened(ANA, CY)
    for key in ("e1", "e1", "e2"):
        await home.says(space, CY, "Once", message="7", key=key)
    assert len(home.carried("slack")) == 1


async def test_either_ends_it_by_a_word_or_a_press(home: House) -> None:
    """Nothing is carried from then on, and both are told."""
    space = await home.opened(ANA, CY)
    await home.says(space, CY, "Stop.")
    ended = await home.space(space.id)
    assert ended.state is State.CLOSED
    assert home.told.heard[-1] == ("stopped", home.people[CY].id)
    entered = await home.store.read(lambda tx: entering.rooms_for(tx, CY))
    assert [each.ended for each in entered] == [True], "their end is read, and not written in"
    assert "Cy has ended this" in home.standing("slack", cards=f"space/{space.id}/closed")[0]
    assert home.carried("slack") == []
    second = await home.opened(ANA, CY, row=2)
    await home.press(ANA, STOP, second)
    assert (await home.space(second.id)).state is State.CLOSED
    before = len(home.senders["slack"].sent)
    await home.do(CY, Said("Still there?", "99"), home.end(second, CY))
    assert len(home.senders["slack"].sent) == before


async def test_nobody_else_may_act_on_it(home: House) -> None:
    """Neither a member of the network who is not in it, nor what is written by others there."""
    space = await home.opened(ANA, CY)
    await home.press(BEN, STOP, space)
    assert (await home.space(space.id)).state is State.OPEN
    await home.do(BEN, Said("Me too", "55"), home.end(space, CY))
    assert home.carried("slack") == []


@pytest.mark.rows(79)
async def test_nothing_is_carried_unless_all_agreed(home: House) -> None:
    """Who said nothing is asked; once all said yes, it opens."""
    space = await home.opened(ANA, CY, agreed=[CY])
    assert space.state is State.ASKED
    await home.run(timedelta(hours=6))  # she is at school until then
    asked = home.standing("slack", cards=f"space/{space.id}/asked")
    assert len(asked) == 1
    assert "Nothing is carried unless all of you agree" in asked[0]
    await home.says_nowhere(ANA)
    await home.press(ANA, AGREE, space)
    assert (await home.space(space.id)).state is State.OPEN


async def test_who_declines_is_not_named(home: House) -> None:
    """The tenant hears that it will not be."""
    space = await home.opened(ANA, CY, agreed=[CY])
    await home.press(ANA, DECLINE, space)
    refused = await home.space(space.id)
    assert refused.state is State.REFUSED
    assert home.told.heard == [
        ("refused: Not everybody wanted their words carried.", space.id),
        ("stopped", home.people[ANA].id),
    ]


@pytest.mark.rows(79)
async def test_on_discord_nobody_is_written_to_who_did_not_ask(home: House) -> None:
    """Their end is a room of the lobby then; who did ask is written to."""
    space = await home.opened(ANA, BEN)
    assert space.state is State.OPEN
    assert home.end(space, BEN).platform == "web"
    assert home.senders["discord"].sent == []
    await home.lets_write(BEN)
    second = await home.opened(ANA, BEN, row=2)
    assert home.end(second, BEN).platform == "discord"
    await home.says(second, ANA, "Hello Ben")
    assert "Ana writes" in home.carried("discord")[0]
    await home.says(second, BEN, "Hello Ana")
    assert "Ben writes" in home.carried("slack")[-1]


async def test_a_long_message_comes_in_parts(home: House) -> None:
    """Nothing of it is lost, and a shorter one leaves nothing of the longer standing."""
    space = await home.opened(ANA, CY)
    words = " ".join(f"word{n}" for n in range(900))
    await home.says(space, CY, words, message="3")
    parts = home.carried("slack")
    assert len(parts) > 3
    assert all(f"word{n}" in " ".join(parts) for n in range(900))
    await home.says(space, CY, "Short", message="3", version="2")
    assert "Short" in home.carried("slack")[0]
    assert all("took this back" in each for each in home.carried("slack")[1:])
    assert await home.at_rest() == []


async def test_three_hear_one_another(home: House) -> None:
    """Each word goes to both others, once, and nothing of it is kept."""
    space = await home.opened(ANA, DEE, CY)
    assert (space.kind, space.state) == (Kind.RELAY, State.OPEN)
    await home.says(space, CY, "Hello both")
    assert len([each for each in home.carried("slack") if "Hello both" in each]) == 2
    await home.says(space, ANA, "Hello Dee and Cy", message="8")
    assert len([each for each in home.carried("slack") if "Hello Dee and Cy" in each]) == 1
    await home.deletes(space, ANA, "8")
    assert len([each for each in home.carried("slack") if "took this back" in each]) == 1
    assert await home.at_rest() == []


async def test_where_several_partners_share_one_place_a_reply_says_who_is_meant(
    home: House,
) -> None:
    """In direct messages of Discord all words come to one place."""
    await home.lets_write(BEN)
    first, second = [await home.opened(each, BEN, row=at) for at, each in enumerate((ANA, DEE))]
    answer = await home.says(first, BEN, "Hello?")
    assert isinstance(answer, Reply)
    assert answer.card.title.bare() == "For whom is that?"
    assert home.carried("slack") == []
    about = posting.about_key(second.id, home.people[BEN].id, "discord")
    above = home.senders["discord"]._refs[about]
    await home.says(first, BEN, "Hello Dee", reply_to=above)
    sent = [each for each in home.senders["slack"].sent if "/word/" in each.key]
    assert [each.to for each in sent] == [home.end(second, DEE)]


async def test_who_cannot_be_reached_is_told_of(home: House) -> None:
    """The author learns that their words did not arrive, and they are not kept for it."""
    space = await home.opened(ANA, CY)
    home.senders["slack"].answer = lambda _outgoing: Rejected("That account is deactivated.")
    await home.says(space, CY, "Are you there?")
    home.senders["slack"].answer = lambda _outgoing: None
    assert await home.at_rest() == []
    shown = await home.store.read(
        lambda tx: rooms.latest(tx, "lobby", home.end(space, CY).channel, None, 9)
    )
    assert shown[-1].card is not None
    assert "could not reach Ana" in card_as_text(shown[-1].card)


async def test_a_change_of_what_was_refused_is_not_kept(home: House) -> None:
    """Nothing is sent any more that would forget its words, so they are forgotten at once."""
    space = await home.opened(ANA, CY)
    home.senders["slack"].answer = lambda _outgoing: Rejected("That account is deactivated.")
    await home.says(space, CY, "Are you there?", message="6")
    await home.says(space, CY, "Are you there, Ana?", message="6", version="1")
    assert await home.at_rest() == []
