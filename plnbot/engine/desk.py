"""The desk: takes in what people do, one unit of work each, and hands out what they may see."""

import logging
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from plnbot.engine import inbox, posts, rate_limits, refusals, roles
from plnbot.engine.context import Anybody, Context
from plnbot.engine.gaps import ReadsMissed
from plnbot.engine.links import personal_link
from plnbot.engine.missed import MissedWords
from plnbot.engine.objects import NOT_YOURS, Guarded, authorised, switched_on
from plnbot.engine.observer import UNOBSERVED, Observer
from plnbot.engine.ports import (
    Clock,
    Directory,
    Listed,
    Network,
    Offer,
    On,
    Ongoing,
    Person,
    Seems,
    SignIns,
)
from plnbot.engine.ports.people import SEEMS_NOTHING
from plnbot.engine.routes import Routes
from plnbot.engine.searching import Searches
from plnbot.errors import PlnError, Refused
from plnbot.logs import cause, correlated
from plnbot.rate_limit import RateLimit, Wait
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk import forms, limits
from plnbot.talk.cards import Card, Option, Paragraph, Tone
from plnbot.talk.interactions import (
    NOTHING,
    Answer,
    Command,
    Handed,
    Interaction,
    Joined,
    Left,
    Opened,
    Press,
    Renamed,
    Reply,
    Said,
    Submit,
)
from plnbot.talk.pages import File, Listing, Missing, Page, Quote, markdown
from plnbot.talk.text import clean
from plnbot.talk.words import Message, Translate, msg, nearest_locale

Seen = TypeVar("Seen")
log = logging.getLogger(__name__)

_MOST_CARDS = 5
_GONE = msg("This button is from an earlier version and no longer works.")
_OURS = msg("Something went wrong on our side, and nothing was changed. Please try again.")


@dataclass(frozen=True, slots=True)
class TheDesk:
    """The engine's `Desk`.

    `sends` limits how often one member may send within a minute, `presses` how often press.
    """

    store: Store
    clock: Clock
    routes: Routes
    directory: Directory
    sign_ins: SignIns
    default_locale: str = "en"
    observer: Observer = UNOBSERVED
    sends: RateLimit = field(default_factory=lambda: RateLimit(0))
    presses: RateLimit = field(default_factory=lambda: RateLimit(0))
    readers: dict[str, ReadsMissed] = field(default_factory=dict)

    async def handle(self, interaction: Interaction) -> Answer:
        """Take in one interaction, durably, and return what to show at once."""
        began, outcome = time.perf_counter(), "unavailable"
        kind = type(interaction.what).__name__.lower()
        with correlated(f"i-{secrets.token_hex(5)}"):
            try:
                answer, outcome = await self._handled(interaction, kind)
            finally:
                self.observer.handled(kind, outcome, time.perf_counter() - began)
        return answer

    async def _handled(self, interaction: Interaction, kind: str) -> tuple[Answer, str]:
        """Return the answer, and in a word how it came about."""
        now = self.clock.now()
        if wait := self._wait(interaction, now):
            return await self._asked_to_wait(interaction, wait), "held"
        made: list[Answer] = []

        def take_in(tx: Tx) -> Answer:
            if not inbox.first_time(tx, interaction, now):
                # Run again after a commit whose reply was lost, it still has its answer.
                return made[-1] if made else NOTHING
            if isinstance(interaction.what, Left | Renamed):
                self._note(tx, interaction, now)
                return NOTHING
            person = self.directory.resolve(tx, interaction, now)
            at = self._at(interaction, now)
            context = self._context(tx, person, interaction.where, at)
            context = replace(context, seems=Seems(interaction.locale, interaction.zone))
            made.append(self._answer(context, interaction))
            return made[-1]

        try:
            answer = await self.store.run(take_in)
        except Refused as refused:
            return await self._sorry(interaction, refused.message), "refused"
        except PlnError:
            raise
        except Exception:
            # The last line of defence: our bug must reach the log, and only its kind.
            log.exception("handling a %s failed", kind)
            return await self._sorry(interaction, _OURS), "failed"
        log.debug("a %s was answered with %s", kind, type(answer).__name__)
        return answer, "answered"

    def _at(self, interaction: Interaction, now: datetime) -> datetime:
        """Return when it happened: what is told only afterwards counts from when it was said."""
        if not interaction.missed or interaction.at is None:
            return now
        return min(self.clock.shown(interaction.at), now)

    async def too_quick(self, interaction: Interaction) -> Reply | None:
        """Return what to say to a member who has to wait first; None where it may be handled."""
        wait = self._wait(interaction, self.clock.now())
        if wait is None:
            return None
        t = await self._words_for(interaction)
        return rate_limits.card(t, interaction, wait.seconds)

    def _wait(self, interaction: Interaction, now: datetime) -> Wait | None:
        if rate_limits.counts(self.routes, interaction):
            return self.sends.wait(interaction.who, interaction.key, now)
        if rate_limits.presses(interaction):
            return self.presses.wait(interaction.who, interaction.key, now)
        return None

    async def _asked_to_wait(self, interaction: Interaction, wait: Wait) -> Answer:
        """Say it; of words that stand in a room only once, or the saying would be a flood too."""
        if isinstance(interaction.what, Said) and wait.said:
            return NOTHING
        t = await self._words_for(interaction)
        return rate_limits.asked_to_wait(t, interaction, wait.seconds)

    async def page(
        self, who: MemberRef, name: str, row: str, seems: Seems = SEEMS_NOTHING
    ) -> Page | Missing:
        """Return a page as this reader may see it."""
        route = self.routes.pages.get(name)
        if route is None:
            return Missing()

        def build(context: Context, *given: Any) -> Page | Missing:
            return route.build(replace(context, seems=seems), *given)

        return await self._built(who, row, route, build)

    async def download(self, who: MemberRef, name: str, row: str) -> File | Missing:
        """Return a file as this reader may have it; a public one to anybody with its address."""
        public = self.routes.public_files.get(name)
        if public is not None:
            now = self.clock.now()
            return await self.store.read(lambda tx: public(Anybody(tx, now, self.routes), row))
        route = self.routes.files.get(name)
        if route is None:
            return Missing()
        return await self._built(who, row, route, route.build)

    async def _built(
        self,
        who: MemberRef,
        row: str,
        route: Guarded,
        build: Callable[..., Seen | Missing],
    ) -> Seen | Missing:
        def look(context: Context) -> Seen | Missing:
            try:
                named, given = authorised(context, route, row)
            except Refused:
                return Missing()
            return build(context, named, *given)

        return await self._for_reader(who, look, Missing())

    async def beside(self, who: MemberRef, where: Place) -> Card | None:
        """Return the first card that a capability puts beside this room for this reader."""
        return await self._for_reader(
            who,
            lambda context: next(
                filter(None, (make(context) for make in self.routes.besides)), None
            ),
            None,
            where,
        )

    async def person(self, who: MemberRef) -> Person | None:
        """Return who this account is, or None."""
        return await self.store.read(lambda tx: self.directory.known(tx, who))

    async def beside_a_room(self, who: MemberRef) -> Sequence[tuple[str, Message]]:
        """Return the shortcuts that this account may use beside a room: commands and their labels."""
        commands = self.routes.commands.values()

        def look(context: Context) -> Sequence[tuple[str, Message]]:
            mine = [each for each in commands if context.offered(each)]
            return [(e.name, s.label) for e in mine for s in e.shortcuts if s.on is On.ROOM]

        return await self._for_reader(who, look, ())

    def hint(self) -> Message | None:
        """Return what stands in the empty field in which one writes in a room, if anything."""
        return next(iter(self.routes.hints), None)

    def offers(self) -> Sequence[Offer]:
        """Return every command, by name."""
        words = self.routes.words
        return [
            Offer(
                each.name,
                each.about,
                each.argument,
                each.suggest is not None,
                words,
                each.was,
                each.shortcuts,
            )
            for _name, each in sorted(self.routes.commands.items())
        ]

    async def suggest(self, who: MemberRef, where: Place, command: str, typed: str) -> list[Option]:
        """Return what may follow a command, given what is typed of it so far."""
        route = self.routes.commands.get(command)
        if route is None or route.suggest is None:
            return []
        make = route.suggest

        def look(context: Context) -> list[Option]:
            if not context.offered(route):
                return []
            return list(make(context, typed))[: limits.OPTIONS]

        return await self._for_reader(who, look, [], where)

    async def search(
        self, who: MemberRef, where: Place, source: str, typed: str
    ) -> Sequence[Option]:
        """Return what of a form's `SearchInput` fits the words typed so far, best first."""
        words = clean(typed)[: limits.SEARCHED]

        def look(context: Context) -> Sequence[Option]:
            found = Searches(context, self.routes.searches).find(source, words)
            return [replace(each, value=forms.ROW + each.value) for each in found]

        return await self._for_reader(who, look, (), where)

    async def hears(self, where: Place, message: str = "") -> bool:
        """Return whether words said here, or somebody's coming, may mean something to us."""
        return await self.store.read(lambda tx: self._hears(tx, where, message))

    def _hears(self, tx: Tx, where: Place, message: str) -> bool:
        now = self.clock.now()
        return any(each.hears(tx, where, message, now) for each in self.routes.ears)

    @property
    def gaps(self) -> MissedWords:
        """What plans the reading of what was missed."""
        return MissedWords(self.store, self.clock, self.routes, self.readers)

    async def ongoing(self, platform: str) -> Sequence[Ongoing]:
        """Return where words count right now."""
        return await self.store.read(lambda tx: posts.ongoing(self.routes.posts, tx, platform))

    async def refusing(self, platform: str) -> Sequence[Place]:
        """Return the rooms that refused something which still matters."""
        now = self.clock.now()

        def look(tx: Tx) -> Sequence[Place]:
            refused = refusals.refusals(tx, platform)
            wanted = set(posts.still_wanted(self.routes.posts, tx, refused, now))
            return list(dict.fromkeys(each.place for each in refused if each.key in wanted))

        return await self.store.read(look)

    async def deleted(self, where: Place, messages: Sequence[str]) -> None:
        """Let what these messages of a room said go with them, whoever wrote or deleted them."""
        now = self.clock.now()

        def matter(tx: Tx) -> bool:
            return any(self._hears(tx, where, each) for each in messages)

        def take_back(tx: Tx) -> None:
            for each in self.routes.ears:
                each.deleted(tx, where, messages, now)

        if await self.store.read(matter):
            await self.store.run(take_back)

    async def accepts(self, where: Place) -> None:
        """Post what a room refused and still matters: it may accept it now."""
        now = self.clock.now()

        def post(tx: Tx) -> None:
            refused = refusals.refusals(tx, where.platform, where.channel_itself())
            wanted = posts.still_wanted(self.routes.posts, tx, refused, now)
            if wanted:
                refusals.again(tx, wanted, now)

        await self.store.run(post)

    async def people(self, platform: str, workspace: str) -> Sequence[Listed]:
        """Return everybody with an account in this workspace, by name, with their roles."""
        now = self.clock.now()

        def look(tx: Tx) -> Sequence[Listed]:
            here = self.directory.in_workspace(tx, platform, workspace)
            titles = roles.titles(tx, [each.id for each in here], now)
            return [Listed(each, titles.get(each.id, ())) for each in here]

        return await self.store.read(look)

    async def whose_link(self, token: str) -> Person | None:
        """Return who a one-time link is for, without using it; None where it opens nothing."""
        now = self.clock.now()

        def look(tx: Tx) -> Person | None:
            who = self.sign_ins.whose(tx, token, now)
            return None if who is None else self.directory.known(tx, who)

        return await self.store.read(look)

    async def sign_in(
        self, token: str, enter: Callable[[Tx, MemberRef], None]
    ) -> tuple[MemberRef, str] | None:
        """Use up a one-time link, and let `enter` open the session of who it was made for."""
        now = self.clock.now()

        def use(tx: Tx) -> tuple[MemberRef, str] | None:
            found = self.sign_ins.use(tx, token, now)
            if found is None or self.directory.known(tx, found[0]) is None:
                return None
            enter(tx, found[0])
            return found

        return await self.store.run(use)

    async def settle(
        self, platform: str, workspace: str, name: str, *, joins: bool = True
    ) -> Network:
        """Return the network of a workspace, which gets one at its first connection."""
        now = self.clock.now()
        return await self.store.run(
            lambda tx: self.directory.settle(tx, platform, workspace, name, now, joins=joins)
        )

    def follow(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener(topic)` after each change that pages show; return the way out."""
        return self.store.follow(listener)

    def _answer(self, context: Context, interaction: Interaction) -> Answer:
        match interaction.what:
            case Command(words=words):
                return self._command(context, words)
            case Press() as press:
                return self._press(context, press)
            case Submit() as submit:
                return self._submit(context, submit)
            case Said() as said:
                return _first(each.heard(context, said) for each in self.routes.ears)
            case Joined():
                return _first(greet(context) for greet in self.routes.joined)
            case Opened(view=view, row=row):
                return self._open(context, view, row)
            case Left() | Renamed():
                return NOTHING  # noted before, when nobody is made known for either

    def _note(self, tx: Tx, interaction: Interaction, now: datetime) -> None:
        """Note that an account left its workspace, or is called otherwise."""
        if isinstance(interaction.what, Renamed):
            if self.directory.known(tx, interaction.who) is not None:
                self.directory.resolve(tx, interaction, now)
        elif not interaction.where.channel:
            self.directory.left(tx, interaction.who, now)

    def _open(self, context: Context, view: str, row: str) -> Answer:
        route = self.routes.pages.get(view)
        if route is None:
            raise Refused(_GONE)
        row, given = authorised(context, route, row)
        if context.address:
            path = f"/page/{view}/{row}" if row else f"/page/{view}"
            return personal_link(context.t, context.link(path))
        page = route.build(replace(context, whole=True), row, *given)
        if isinstance(page, Missing):
            raise Refused(_GONE)
        return _without_address(context, page, view)

    def _command(self, context: Context, words: str) -> Answer:
        name, rest = self.routes.typed(words)
        route = self.routes.commands[name]
        switched_on(context, route.capability)
        if not context.may_somewhere(route.needs):
            raise Refused(route.needs.otherwise or NOT_YOURS)
        return route.handler(context, rest)

    def _press(self, context: Context, press: Press) -> Answer:
        route = self.routes.presses.get(press.action)
        if route is None:
            raise Refused(_GONE)
        row, given = authorised(context, route, press.row)
        return route.handler(context, replace(press, row=row), *given)

    def _submit(self, context: Context, submit: Submit) -> Answer:
        route = self.routes.forms.get(submit.form)
        if route is None:
            raise Refused(_GONE)
        row, given = authorised(context, route, submit.row)
        finds = Searches(context, self.routes.searches)
        values = forms.read(route.build(context, row, *given), submit.values, finds)
        if isinstance(values, forms.FieldErrors):
            return values
        return route.submit(context, row, values, *given)

    async def _for_reader(
        self,
        who: MemberRef,
        make: Callable[[Context], Seen],
        otherwise: Seen,
        where: Place | None = None,
    ) -> Seen:
        now = self.clock.now()
        place = where or Place(who.platform, who.workspace, "")

        def look(tx: Tx) -> Seen:
            person = self.directory.known(tx, who)
            if person is None:
                return otherwise
            return make(self._context(tx, person, place, now))

        return await self.store.read(look)

    def _context(self, tx: Tx, person: Person, where: Place, now: datetime) -> Context:
        if where.workspace != person.ref.workspace:
            # What goes on in a room is asked for by the room alone, so nobody stands in another's.
            where = Place(where.platform, person.ref.workspace, "")
        grants = roles.grants_of(tx, person.id, now)
        t, links = Translate(person.locale), self.sign_ins
        return Context(tx, now, person, grants, where, t, self.directory, self.routes, links)

    async def _sorry(self, interaction: Interaction, message: object) -> Reply:
        return sorry(await self._words_for(interaction), message)

    async def _words_for(self, interaction: Interaction) -> Translate:
        """Return the person's own language; their platform's where nobody knows them."""
        try:
            person = await self.person(interaction.who)
        except Exception as error:  # noqa: BLE001 - a plain sentence is worth more than its language
            log.warning("an answer is in the platform's language: %s", cause(error))
            person = None
        locale = nearest_locale(interaction.locale, self.default_locale)
        return Translate(person.locale if person else locale)


def sorry(t: Translate, message: object) -> Reply:
    """Return a refusal as a card: one plain sentence."""
    said = t.say(message) if isinstance(message, Message) else t.say(_OURS)
    return Reply(Card(t("That did not work"), (Paragraph(said),), Tone.CAUTION))


def _without_address(context: Context, page: Page, name: str) -> Answer:
    """Return a page where it cannot be opened: its cards, or a file where it is for reading.

    Of more cards than anybody wants at once the first come as such, and all of them in the file.
    """
    t = context.t
    cards = tuple(block for block in page.blocks if isinstance(block, Card))
    reads = any(isinstance(block, Quote | Listing) for block in page.blocks)
    if cards and not reads and len(cards) <= _MOST_CARDS:
        return Reply(cards[0], more=cards[1:])
    text = markdown(page, context.person.zone, context.person.locale)
    file = File(f"{name}.md", "text/markdown; charset=utf-8", text.encode())
    if cards and not reads:
        said = t("The file holds all {n}; the first ones follow here too.", n=len(cards))
        return Handed(Card(page.title, (Paragraph(said),)), file, cards[:_MOST_CARDS])
    said = t("Pages have no address here, so this comes as a file, with everything in it.")
    return Handed(Card(page.title, (Paragraph(said),)), file)


def _first(answers: Iterable[Answer | None]) -> Answer:
    return next((answer for answer in answers if answer is not None), NOTHING)
