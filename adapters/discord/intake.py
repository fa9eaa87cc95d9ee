"""Interactions: commands, presses, dialogs and what is being typed, each answered within its time."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import field, replace
from functools import cached_property

from adapters.discord import commands, dialogs, inbound, names, render
from adapters.discord import store as kept
from adapters.discord.answering import Answering, Asked
from adapters.discord.codes import Event
from adapters.discord.inbound import Incoming
from adapters.discord.markup import PLATFORM, Reader, bare
from adapters.discord.membership import Membership
from adapters.discord.names import Name
from adapters.discord.render import Json
from adapters.discord.store import FormDraft
from plnbot.engine.ports import Clock, Desk, Offer
from plnbot.errors import PlnError
from plnbot.refs import MemberRef, Place, row_number
from plnbot.store.database import Store
from plnbot.talk.forms import FieldErrors, FileInput
from plnbot.talk.interactions import NOTHING, Interaction, Left, Reply, Said, Submit, What
from plnbot.talk.words import msg, nearest_locale
from plnbot.values import dataclass

log = logging.getLogger(__name__)

SOON = 2.0
_CHOICE = 100
_REMEMBERED = 10_000

GONE = msg("This form is from too long ago. Please open it again.")
NOT_HERE = msg("Please do that in a server that I am in; here I do not know which one you mean.")
UNKNOWN = msg("I do not know this one any more. `/pln help` shows what you can do.")
OUR_TROUBLE = msg("I cannot reach my records at the moment. Please try again in a minute.")
NOTHING_NEW = msg("There is nothing new in it that counts.")


@dataclass
class Intake:
    """Takes interactions in, and has each answered."""

    desk: Desk
    store: Store
    clock: Clock
    answering: Answering
    membership: Membership
    soon: float = SOON
    _last: dict[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def offers(self) -> Sequence[Offer]:
        """Every command there is."""
        return self.desk.offers()

    async def take(self, given: Incoming) -> None:
        """Take one interaction in; raises nothing."""
        guild = await self._guild(given)
        who = MemberRef(PLATFORM, guild, given.user)
        asked = Asked(given, who, Reader(nearest_locale(given.locale)))
        if not guild:
            if given.event is not Event.TYPING:
                await self.answering.say(asked, NOT_HERE)
            return
        try:
            if given.guild:
                self.membership.seen(who)
            if await self._is_there(asked):
                await self._take(asked)
        except PlnError:
            log.exception("an interaction could not be handled")
            await self.answering.say(asked, OUR_TROUBLE)

    async def _is_there(self, asked: Asked) -> bool:
        """Return whether the person is in the server they act in; who is not is told so."""
        there = await self.membership.holds(asked.who)
        if there:
            return True
        if there is False and await self.desk.person(asked.who) is not None:
            place = Place(PLATFORM, asked.who.workspace, "")
            await self.desk.handle(Interaction(f"out/{asked.given.id}", asked.who, place, Left()))
        if asked.given.event is not Event.TYPING:
            await self.answering.say(asked, NOT_HERE)
        return False

    async def _take(self, asked: Asked) -> None:
        given, named = asked.given, asked.given.named
        person = await self.desk.person(asked.who)
        if person is not None:
            asked.reader = Reader(person.locale, person.zone)
        await self._note(given, asked.who)
        match given.event:
            case Event.TYPING:
                await self._suggest(asked)
            case Event.SENT:
                await self._sent(asked, named)
            case Event.PRESSED if named is not None and named.kind == names.ASK_FIRST:
                await self._ask_first(asked, named)
            case Event.PRESSED if named is not None and named.kind == names.STEP:
                await self._step(asked, named)
            case _:
                await self._do(asked)

    async def _do(self, asked: Asked) -> None:
        own = self.desk.own_message()
        what = inbound.what_of(asked.given, self.offers, own)
        if what is None:
            meant = own and commands.is_called(own.label, str(asked.given.data.get("name", "")))
            await self.answering.say(asked, own.otherwise if own and meant else UNKNOWN)
            return
        await self._handle(asked, what)

    async def _handle(self, asked: Asked, what: What, draft: FormDraft | None = None) -> None:
        """Let the core handle it; where that takes long, say so in time."""
        given = inbound.interaction(asked.given, what, asked.who.workspace)
        if isinstance(what, Said):
            # The words may have been heard already, under the message's own number.
            given = _as_chosen(given)
        handling = asyncio.ensure_future(self.desk.handle(given))
        done, _pending = await asyncio.wait({handling}, timeout=self.soon)
        if not done:
            await self.answering.later(asked)
        answer = await handling
        if draft is not None and not isinstance(answer, FieldErrors):
            await self._forget(draft)
        if isinstance(what, Said) and answer == NOTHING:
            await self.answering.say(asked, NOTHING_NEW)
            return
        await self.answering.answer(asked, answer, draft)
        if isinstance(answer, Reply) and answer.awaits:
            outcome = await self.desk.outcome(asked.who, answer.awaits)
            if outcome is not None and await self.answering.instead(asked, outcome):
                await self.desk.outcome_shown(asked.who, answer.awaits)

    async def _sent(self, asked: Asked, named: Name | None) -> None:
        """Keep a step's values; go on to the next one, or let the core have the whole."""
        draft = await self._draft(asked, named)
        if draft is None or named is None:
            return
        steps = dialogs.steps(draft.form)
        step = min(row_number(named.row), len(steps) - 1)
        typed = dialogs.with_files(
            draft.form,
            dialogs.read(asked.given.data.get("components")),
            inbound.attachments(asked.given.data),
        )
        given = {**draft.given, **{each.name: typed.get(each.name, "") for each in steps[step]}}
        for each in draft.form.inputs:
            # A dialog cannot show a file that was chosen before, so one that is sent again is empty.
            if isinstance(each, FileInput) and not given.get(each.name):
                given[each.name] = draft.given.get(each.name, "")
        row = draft.id
        if not draft.form.unkept:
            await self.store.run(lambda tx: kept.add_to_draft(tx, row, given))
        draft = FormDraft(row, draft.who, draft.form, given)
        missing = next(
            (at for at, each in enumerate(steps) if any(one.name not in given for one in each)),
            None,
        )
        if missing is not None:
            so_far = Submit(draft.form.name, given, draft.form.row)
            await self.desk.keep_form(
                asked.who, Place(asked.who.platform, asked.who.workspace, ""), so_far
            )
            await self.answering.open(asked, draft, missing)
            return
        files = dialogs.files_of(draft.form, given)
        typed = {name: value for name, value in given.items() if name not in files}
        sent = Submit(draft.form.name, typed, draft.form.row, files)
        await self._handle(asked, sent, draft)

    async def _step(self, asked: Asked, named: Name) -> None:
        draft = await self._draft(asked, named)
        if draft is None:
            return
        last = len(dialogs.steps(draft.form)) - 1
        await self.answering.open(asked, draft, min(row_number(named.row), last))

    async def _draft(self, asked: Asked, named: Name | None) -> FormDraft | None:
        """Return the person's own form that is meant; where there is none for them, say so."""
        row, user = named.action if named else "", asked.who.user
        draft = await self.store.read(lambda tx: kept.draft_of(tx, row, user))
        if draft is None:
            await self.answering.say(asked, GONE)
            return None
        asked.who = draft.who
        return draft if await self._is_there(asked) else None

    async def _forget(self, draft: FormDraft) -> None:
        await self.store.run(lambda tx: kept.forget_draft(tx, draft.id))

    async def _ask_first(self, asked: Asked, named: Name) -> None:
        label = asked.given.labels.get(str(asked.given.data.get("custom_id")), "")
        why = render.asked_before(label, asked.given.footer)
        body = render.asks_first(label or asked.t.words("Go on"), why, named, asked.reader)
        await self.answering.tell(asked, render.private(body))

    async def _suggest(self, asked: Asked) -> None:
        typed = inbound.typing(asked.given, self.offers)
        place = inbound.place_of(asked.who.workspace, asked.given.channel, asked.given.parent)
        found: list[Json] = []
        if typed is not None:
            options = await self.desk.suggest(asked.who, place, typed.offer.name, typed.words)
            found = [
                {"name": bare(each.label, asked.reader, _CHOICE), "value": each.value}
                for each in options
            ]
        await self.answering.choices(asked, found)

    async def _guild(self, given: Incoming) -> str:
        """Return the server an interaction is about: its own, the button's, or the last one."""
        if given.guild:
            return given.guild
        named = given.named
        if named is not None and named.guild:
            return named.guild
        found = await self.store.read(lambda tx: kept.workspaces_of(tx, given.user))
        return found[0] if found else ""

    async def _note(self, given: Incoming, who: MemberRef) -> None:
        """Note where a member is, where that is news: a nudge may have to find them there."""
        here = (given.guild, given.channel)
        if not given.guild or self._last.get(given.user) == here:
            return
        if len(self._last) > _REMEMBERED:
            self._last.clear()
        self._last[given.user] = here
        now = self.clock.now()
        await self.store.run(lambda tx: kept.note_account(tx, who, given.channel, now))


def _as_chosen(given: Interaction) -> Interaction:
    return replace(given, key=f"chosen/{given.key}")
