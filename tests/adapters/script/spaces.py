"""Places for a few: one they share, words carried between ends, a room instead, a session."""

from plnbot.engine.ports import Delivery, Outgoing, Rejected
from plnbot.refs import MemberRef, Place
from plnbot.spaces import Kind, Wanted, cards, open_space, store
from plnbot.talk.interactions import Press, Said, Submit
from plnbot.testing import StubSpaces
from tests.adapters.script import ANA, BO, Script


async def after(script: Script) -> None:
    """Let Ana and Bo be given places, one after another."""
    platform = script.room.platform
    slack = platform == "slack"
    opens = StubSpaces(platform, below=slack)
    script.parts.desk.spaces.opened_by(platform, opens)
    await script.parts.desk.settle("web", "lobby", "Ridgeview Schools")
    together = await _want(script, 1)
    await script.do(BO, Press(cards.STOP, str(together)), "stopped together")
    await _consents(script, await _want(script, 2, prefer=Kind.RELAY))
    opens.ends = "They cannot be written to."
    apart = await _want(script, 3, prefer=Kind.RELAY, agreed=True)
    await script.do(ANA, Submit(cards.WRITE, {"words": "Are you there?"}, str(apart)))
    refused = await _want(script, 4, prefer=Kind.RELAY)
    await script.do(BO, Press(cards.DECLINE, str(refused)))
    await _want(script, 5, prefer=Kind.PUBLIC)
    await _want(script, 6, prefer=Kind.ROOM)


async def _consents(script: Script, number: int) -> None:
    """Let both agree, talk, and then go to a room."""
    for who in (ANA, BO):
        await script.do(who, Press(cards.AGREE, str(number)), f"{who} agrees")
    found = await script.store.read(lambda tx: store.get(tx, number))
    assert found is not None
    end = next(each.end for each in found.members if each.who.user == script.ids[BO])
    assert end is not None
    for words, message, version in (
        ("Hello *Ana* @everyone <!channel>\nhttps://example.org/a_b", "71", ""),
        ("Hello Ana", "71", "1"),
        ("Not this", "72", ""),
        ("", "72", "1"),
    ):
        await script.do(BO, Said(words, message, version), f"says {message}{version}", where=end)
    script.sender.answer = _takes_no_words
    await script.do(BO, Said("This is lost", "73"), "says 73", where=end)
    script.sender.answer = lambda _outgoing: None
    await script.do(ANA, Press(cards.WRITE, str(number)), "writes")
    await script.do(ANA, Submit(cards.WRITE, {"words": "Hello Bo"}, str(number)), "wrote")
    for who in (ANA, BO):
        await script.do(who, Press(cards.ROOM, str(number)), f"{who} wants a room")
    await script.do(ANA, Press(cards.ENTER, str(number)))


def _takes_no_words(outgoing: Outgoing) -> Delivery | None:
    return Rejected("Bots cannot be written to.") if "/word/" in outgoing.key else None


async def _want(
    script: Script, row: int, *, prefer: Kind = Kind.TOGETHER, agreed: bool = False
) -> int:
    found = []
    for who in (ANA, BO):
        ref = MemberRef(script.room.platform, script.room.workspace, script.ids[who])
        person = await script.parts.desk.person(ref)
        assert person is not None
        found.append(person)
    members = [each.id for each in found]
    wanted = Wanted(
        tenant="script",
        row=row,
        members=members,
        title="Spanish, grades 6 to 8",
        network=found[0].network.id,
        room=Place(script.room.platform, script.room.workspace, script.ids["second"]),
        prefer=prefer,
        agreed=members if agreed else (),
    )
    now, directory = script.clock.now(), script.parts.desk.directory
    number = await script.store.run(lambda tx: open_space(tx, directory, wanted, now))
    await script.parts.runner.run_all_due()
    return number
