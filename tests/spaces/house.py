"""A network of three platforms, with people who sit in one each, on a clock that a test moves."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import notices
from plnbot.engine.notices import Args
from plnbot.engine.ports import Outgoing, Person
from plnbot.members import store as members
from plnbot.members.actions import attach_workspace
from plnbot.refs import MemberRef, Place
from plnbot.spaces import Kind, Space, Tenant, Wanted, open_space, posting, store
from plnbot.spaces.routes import space_routes
from plnbot.store.database import Store, Tx
from plnbot.talk.cards import Actions, Button
from plnbot.talk.interactions import Answer, Command, Interaction, Joined, Press, Said, What
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock, RecordingSender, StubSpaces

ADDRESS = "https://pln.example.org"
ANA = MemberRef("slack", "T0EAST", "U0ANA")
DEE = MemberRef("slack", "T0EAST", "U0DEE")
BEN = MemberRef("discord", "G0WEST", "200")
CY = MemberRef("web", "lobby", "cy")
NAMES = {ANA: "Ana", DEE: "Dee", BEN: "Ben", CY: "Cy"}
TENANT = "tests"


@dataclass(slots=True)
class Told:
    """What a tenant was told, in order."""

    heard: list[tuple[str, int]] = field(default_factory=list)

    def tenant(self) -> Tenant:
        """Return the tenant that notes it."""

        def of_member(name: str, member: int) -> None:
            self.heard.append((name, member))

        return Tenant(
            name=TENANT,
            opened=lambda _tx, space, _now: of_member("opened", space.id),
            refused=lambda _tx, space, _now: of_member(f"refused: {space.reason}", space.id),
            spoke=lambda _tx, _space, member, _now: of_member("spoke", member),
            left=lambda _tx, _space, member, _now: of_member("left", member),
            stopped=lambda _tx, _space, member, _now: of_member("stopped", member),
        )


@dataclass(slots=True)
class House:
    """The network, its platforms and its people."""

    store: Store
    clock: FrozenClock
    parts: Parts
    senders: dict[str, RecordingSender]
    opens: dict[str, StubSpaces]
    told: Told
    people: dict[MemberRef, Person] = field(default_factory=dict)
    _keys: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def do(
        self, who: MemberRef, what: What, where: Place | None = None, key: str = ""
    ) -> Answer:
        """Let somebody do something, and what follows."""
        place = where or Place(who.platform, who.workspace, "")
        given = Interaction(key or f"k{next(self._keys)}", who, place, what, name=NAMES[who])
        answer = await self.parts.desk.handle(given)
        await self.run()
        return answer

    async def run(self, passing: timedelta = timedelta()) -> None:
        """Let what is due happen."""
        self.clock.advance(passing)
        await self.parts.runner.run_all_due()

    async def opened(
        self,
        *who: MemberRef,
        prefer: Kind = Kind.TOGETHER,
        agreed: Sequence[MemberRef] | None = None,
        row: int = 1,
        room: Place | None = None,
    ) -> Space:
        """Want a space for these people, and return it once what follows has happened."""
        ids = [self.people[each].id for each in who]
        yes = [self.people[each].id for each in (who if agreed is None else agreed)]
        network = self.people[who[0]].network.id
        wanted = Wanted(
            tenant=TENANT, row=row, members=ids, title="Spanish, grades 6 to 8", network=network,
            room=room, prefer=prefer, agreed=yes,
        )  # fmt: skip
        directory = self.parts.desk.directory
        now = self.clock.now()
        number = await self.store.run(lambda tx: open_space(tx, directory, wanted, now))
        await self.run()
        return await self.space(number)

    async def space(self, number: int) -> Space:
        """Return a space as it stands."""
        found = await self.store.read(lambda tx: store.get(tx, number))
        assert found is not None
        return found

    def end(self, space: Space, who: MemberRef) -> Place:
        """Return where somebody writes."""
        member = space.member(self.people[who].id)
        assert member is not None
        assert member.end is not None
        return member.end

    async def says(
        self, space: Space, who: MemberRef, words: str, *, message: str = "", version: str = "",
        key: str = "", reply_to: str = ""
    ) -> Answer:  # fmt: skip
        """Let somebody write at their end."""
        said = Said(words, message or f"w{next(self._keys)}", version, reply_to)
        return await self.do(who, said, self.end(space, who), key)

    async def says_nowhere(self, who: MemberRef) -> None:
        """Let somebody write to the bot where nothing is asked."""
        await self.do(who, Said("Is anybody there?", f"n{next(self._keys)}"))

    async def deletes(self, space: Space, who: MemberRef, message: str) -> None:
        """Let somebody delete their message."""
        await self.parts.desk.deleted(self.end(space, who), [message])
        await self.run()

    def standing(self, platform: str, *, cards: str = "space/") -> list[str]:
        """Return what stands on a platform of these keys, as it was shown last, in order."""
        sender = self.senders[platform]
        shown: dict[str, Outgoing] = {}
        for each in sender.sent:
            shown[each.edits or sender._refs[each.key]] = each
        keys = {ref: key for key, ref in sender._refs.items()}
        return [
            card_as_text(each.card) for ref, each in shown.items() if keys[ref].startswith(cards)
        ]

    def carried(self, platform: str) -> list[str]:
        """Return the words that were carried to a platform, as they stand."""
        return [
            each for each in self.standing(platform) if " writes" in each or "took this" in each
        ]

    def buttons(self, platform: str) -> set[str]:
        """Return what may be pressed on the cards that a platform was sent."""
        found = set()
        for each in self.senders[platform].sent:
            for block in each.card.blocks:
                if isinstance(block, Actions):
                    found |= {item.action for item in block.items if isinstance(item, Button)}
        return found

    async def at_rest(self) -> list[str]:
        """Return the words that are kept of messages."""
        rows = await self.store.read(lambda tx: tx.execute(store.space_word.select()).all())
        return [row.words for row in rows if row.words]

    async def lets_write(self, who: MemberRef) -> None:
        """Say that the bot may write to somebody directly."""
        person, now = self.people[who], self.clock.now()
        await self.store.run(lambda tx: notices.set_direct(tx, person, now, direct=True))

    async def press(self, who: MemberRef, action: str, space: Space) -> Answer:
        """Press a button of a space."""
        return await self.do(who, Press(action, str(space.id)))

    async def command(self, who: MemberRef, words: str) -> Answer:
        """Type a command."""
        return await self.do(who, Command(words))


async def house(store: Store, clock: FrozenClock) -> House:
    """Return the network with its people, who have all come in."""
    now = clock.now()

    def begin(tx: Tx) -> None:
        network = members.new_network(tx, "Two counties", "en", "America/New_York", now)
        for platform, workspace in (("slack", "T0EAST"), ("discord", "G0WEST"), ("web", "lobby")):
            attach_workspace(tx, network, platform, workspace)

    await store.run(begin)
    parts = assembled(
        store, clock, WebOptions(b"0" * 32, "key"), lambda _platform: ADDRESS, Random(1)
    )
    told = Told()
    tested = space_routes([told.tenant()])
    routes = parts.desk.routes
    # The tenant of the tests is in the place of those that are declared.
    routes.work.update(tested.work)
    routes.posts_ended.update(tested.posts_ended)
    routes.presses.update(tested.presses)
    routes.forms.update(tested.forms)
    routes.outside_work.update(tested.outside_work)
    routes.ears[-1:] = tested.ears
    routes.people[-1:] = tested.people
    senders = {name: RecordingSender(name) for name in ("slack", "discord")}
    opens = {"slack": StubSpaces("slack", below=True), "discord": StubSpaces("discord", asks=True)}
    for name, each in opens.items():
        parts.runner.senders[name] = senders[name]
        parts.desk.spaces.opened_by(name, each)
    made = House(store, clock, parts, senders, opens, told)
    for who in NAMES:
        await made.do(who, Joined(), Place(who.platform, who.workspace, ""))
        person = await parts.desk.person(who)
        assert person is not None
        made.people[who] = person
    return made


__all__ = ["ANA", "BEN", "CY", "DEE", "Args", "House", "Told", "house", "posting"]
