"""The desk: takes in what people do, one unit of work each, and hands out what they may see."""

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from datetime import datetime

from plnbot.engine import inbox, posts, rate_limits, refusals, roles, uploads, work
from plnbot.engine.desk.answering import answered, keep_typed
from plnbot.engine.desk.reading import Reading
from plnbot.engine.desk.sent_forms import SentForms
from plnbot.engine.files_in import ReadsFile
from plnbot.engine.gaps import LooksAtPeople, ReadsMissed
from plnbot.engine.later import outcome_of, shown_there
from plnbot.engine.missed import MissedWords
from plnbot.engine.observer import UNOBSERVED, Observer
from plnbot.engine.openers import SpacesOpened
from plnbot.engine.ports import (
    Listed,
    Network,
    Ongoing,
    Person,
    Seems,
)
from plnbot.engine.ports.spaces import OpensSpaces
from plnbot.errors import PlnError, Refused
from plnbot.logs import cause, correlated
from plnbot.rate_limit import RateLimit, Wait
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.fallback import typed_into
from plnbot.talk.forms import Form
from plnbot.talk.interactions import (
    NOTHING,
    Answer,
    Interaction,
    Left,
    Renamed,
    Reply,
    Said,
    Submit,
)
from plnbot.talk.words import Sentence, Translate, msg, nearest_locale
from plnbot.values import dataclass

log = logging.getLogger(__name__)

_LOOKS_EACH = 0.25
_OURS = msg("Something went wrong on our side, and nothing was changed. Please try again.")


@dataclass(frozen=True, slots=True)
class TheDesk(Reading):
    """The engine's `Desk`.

    `sends` limits how often one member may send within a minute, `presses` how often press.
    """

    default_locale: str = "en"
    observer: Observer = UNOBSERVED
    sends: RateLimit = field(default_factory=lambda: RateLimit(0))
    presses: RateLimit = field(default_factory=lambda: RateLimit(0))
    readers: dict[str, tuple[ReadsMissed, LooksAtPeople]] = field(default_factory=dict)
    file_readers: dict[str, ReadsFile] = field(default_factory=dict)
    openers: dict[str, OpensSpaces] = field(default_factory=dict)

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
            made.append(answered(context, interaction))
            return made[-1]

        try:
            answer = await self.looks.asking(lambda: self.store.run(take_in))
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

    async def hears(self, where: Place, message: str = "") -> bool:
        """Return whether words said here, or somebody's coming, may mean something to us."""
        return await self.store.read(lambda tx: self._hears(tx, where, message))

    def _hears(self, tx: Tx, where: Place, message: str) -> bool:
        now = self.clock.now()
        return any(each.hears(tx, where, message, now) for each in self.routes.ears)

    async def is_there(self, who: MemberRef) -> bool:
        """Return whether an account is in its workspace; of one that is not, it is noted that it left."""
        if await self.looks.is_there(who):
            return True
        where = Place(who.platform, who.workspace, "")
        await self.handle(Interaction(f"out/{secrets.token_hex(8)}", who, where, Left()))
        return False

    @property
    def gaps(self) -> MissedWords:
        """What plans the reading of what was missed."""
        return MissedWords(self.store, self.clock, self.routes, self.directory, self.readers)

    @property
    def files_in(self) -> SentForms:
        """What reads files that lie with a platform, and handles the forms they were sent with."""
        return SentForms(self._context, self.file_readers)

    @property
    def spaces(self) -> SpacesOpened:
        """Where adapters say how places for a few are made."""
        return SpacesOpened(self.openers)

    async def outcome(self, who: MemberRef, form: int, within: float = 60) -> Reply | None:
        """Wait for what came of a form whose files were awaited; see the port."""

        def look(tx: Tx) -> tuple[bool, Reply | None]:
            sent = uploads.sent(tx, form)
            if sent is None or sent.who != who:
                return True, None
            return bool(sent.answer), outcome_of(tx, sent)

        for _ in range(max(1, round(within / _LOOKS_EACH))):
            over, reply = await self.store.read(look)
            if over:
                return reply
            await asyncio.sleep(_LOOKS_EACH)
        return None

    async def keep_form(self, who: MemberRef, where: Place, submit: Submit) -> None:
        """Keep what is typed into a form so far; see the port."""
        now = self.clock.now()
        if self.presses.wait(who, f"keep/{secrets.token_hex(6)}", now):
            return

        def keep(tx: Tx) -> None:
            person = self.directory.known(tx, who)
            if person is not None:
                keep_typed(self._context(tx, person, where, now), submit)

        with contextlib.suppress(Refused):
            await self.looks.asking(lambda: self.store.run(keep))

    async def outcome_shown(self, who: MemberRef, form: int) -> None:
        """Let nothing else tell a member what came of a form."""
        now = self.clock.now()

        def take_back(tx: Tx) -> None:
            sent = uploads.sent(tx, form)
            if sent is not None and sent.who == who:
                shown_there(tx, sent, now)

        await self.store.run(take_back)

    async def form_on_the_web(self, who: MemberRef, where: Place, form: Form) -> str:
        """Return a one-time link to a form on our pages, or an empty string where there are none."""
        now = self.clock.now()

        def make(tx: Tx) -> str:
            person = self.directory.known(tx, who)
            if person is None or not self.sign_ins.address(where.platform):
                return ""
            context = self._context(tx, person, where, now)
            given = Submit(form.name, typed_into(form), form.row)
            return context.link(f"/form/{uploads.take_in(context, given)}")

        return await self.store.run(make)

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

    async def there_again(self, platform: str, workspace: str) -> None:
        """Send at once what waits for a workspace: it is there again."""
        now = self.clock.now()
        await self.store.run(lambda tx: work.at_once(tx, f"{platform}/{workspace}/", now))

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

    def _note(self, tx: Tx, interaction: Interaction, now: datetime) -> None:
        """Note that an account left its workspace, or is called otherwise."""
        if isinstance(interaction.what, Renamed):
            if self.directory.known(tx, interaction.who) is not None:
                self.directory.resolve(tx, interaction, now)
        elif not interaction.where.channel:
            self.looks.forget(interaction.who)
            self.directory.left(tx, interaction.who, now)

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
    said = t.say(message) if isinstance(message, Sentence) else t.say(_OURS)
    return Reply(Card(t("That did not work"), (Paragraph(said),), Tone.CAUTION))
