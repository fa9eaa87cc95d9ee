"""Slack's requests, over either way in: taken in by the desk, then acknowledged, then answered.

Bolt reads and routes them; one listener for each kind of payload hands everything to the same
place. With `process_before_response` nothing is acknowledged before it is durable: where the store
is away, Slack is told so and delivers it again.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import field, replace
from http import HTTPStatus
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack import inbound
from adapters.slack.answers import Answers, Shown
from adapters.slack.arrivals import (
    Accepts,
    Arrival,
    Changed,
    Deactivated,
    Deleted,
    Gone,
    HomeOpened,
    Origin,
    Out,
    Searched,
    Surface,
    Taken,
)
from adapters.slack.calls import Calls
from adapters.slack.dialogs import found, without_files
from adapters.slack.files import RIGHT
from adapters.slack.marks import marking_in
from adapters.slack.payload import Payload, dict_of, text_of
from adapters.slack.people import Known, People, shown_name
from adapters.slack.render import home_view
from adapters.slack.text import PLATFORM, Json, Reader
from adapters.slack.tokens import Keys
from plnbot.engine.listening import Listening
from plnbot.engine.ports import Clock, Desk, Offer
from plnbot.errors import PlnError, Unavailable
from plnbot.logs import cause
from plnbot.marking import Marking
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.interactions import (
    NOTHING,
    Answer,
    Interaction,
    Joined,
    Left,
    Nothing,
    OpenForm,
    Renamed,
    Reply,
    Said,
)
from plnbot.talk.pages import Missing, Page
from plnbot.talk.words import Translate, nearest_locale
from plnbot.values import dataclass

log = logging.getLogger(__name__)
_ANY = re.compile("")
_READ = "plnbot_read"
"""Under which a request notes that Bolt has read it, so that what goes wrong from there is ours."""
_MOST_HOMES = 2000


@dataclass(slots=True)
class SlackApp:
    """Takes in what Slack sends."""

    desk: Desk
    store: Store
    clock: Clock
    calls: Calls
    keys: Keys
    listening: Listening
    people: People = field(init=False)
    answers: Answers = field(init=False)
    offers: Sequence[Offer] = field(init=False)
    marking: Marking = field(init=False)
    bolt: AsyncApp = field(init=False)
    _after: set[asyncio.Task[None]] = field(default_factory=set)
    _homes: dict[str, MemberRef] = field(default_factory=dict)
    """Whose home was shown, by what it follows; the latest."""

    def __post_init__(self) -> None:
        self.people = People(self.calls)
        self.answers = Answers(self.calls)
        self.marking = marking_in(self.calls)
        self.offers = self.desk.offers()
        self.bolt = self._registered()

    async def dispatch(self, body: str | Json, mode: str = "http") -> BoltResponse:
        """Take in one request, whose signature was checked or whose socket is ours.

        Raises `ValueError` for what is no payload of Slack's.
        """
        headers = None if mode == "socket_mode" else _headers_of(body)
        read: list[bool] = []
        try:
            request = AsyncBoltRequest(body=body, mode=mode, headers=headers, context={_READ: read})
            answer = await self.bolt.async_dispatch(request)
        except (LookupError, AttributeError, TypeError, RecursionError) as error:
            # Bolt reads a payload as if it had the shape of one.
            if read:
                raise
            raise ValueError("no payload of Slack's") from error
        if answer.status == HTTPStatus.INTERNAL_SERVER_ERROR and not read:
            raise ValueError("no payload of Slack's")
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.listening.missed()  # Slack delivers it a few times more, and then never again
        return answer

    async def finish(self, within: float) -> None:
        """Let what was begun after acknowledgements end."""
        if self._after:
            await asyncio.wait(self._after, timeout=within)

    def _registered(self) -> AsyncApp:
        bolt = AsyncApp(
            name="plnbot",
            process_before_response=True,
            authorize=_authorized,
            request_verification_enabled=False,  # done on the raw bytes, before anything reads them
            ignoring_self_events_enabled=False,  # `events` tells them by what comes with them
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )

        async def take(body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
            context[_READ].append(True)
            return await self.take(body)

        bolt.command(_ANY)(take)
        bolt.action(_ANY)(take)
        bolt.view(_ANY)(take)
        bolt.options(_ANY)(take)
        bolt.shortcut(_ANY)(take)
        bolt.event(_ANY)(take)
        return bolt

    async def take(self, body: Payload) -> BoltResponse:
        """Take in a payload and return the acknowledgement."""
        arrival = inbound.read(body, {}, self.offers)
        if isinstance(arrival, Searched):
            return await self._searched(arrival)
        matters = not isinstance(arrival, Taken) or await self._matters(arrival.interaction)
        if isinstance(arrival, Taken) and not matters and arrival.otherwise is None:
            return _acknowledged({})
        if isinstance(arrival, Taken) and not arrival.of_somebody:
            return _acknowledged({})
        if mentioned := inbound.mentioned(body):
            workspace = text_of(body, "team_id") or text_of(dict_of(body.get("team")), "id")
            arrival = inbound.read(body, await self.people.names(workspace, mentioned), self.offers)
        if isinstance(arrival, Taken) and not matters:
            arrival = arrival.otherwise
        if isinstance(arrival, Taken):
            return await self._taken(arrival)
        await self._told(arrival)
        return _acknowledged({})

    async def _searched(self, asked: Searched) -> BoltResponse:
        """Return what fits what somebody has typed so far; Slack waits three seconds for it."""
        options = await self.desk.search(asked.who, asked.where, asked.source, asked.typed)
        reader = await self._reader(asked.who, "")
        return _acknowledged(found(options, asked.typed, reader, free=asked.free))

    async def _told(self, arrival: Arrival | None) -> None:
        """Take in what happened in a workspace."""
        match arrival:
            case HomeOpened(who=who):
                self.later(lambda: self.show_home(who, opened=True))
            case Deleted(where=where, message=message):
                await self.desk.deleted(where, [message])
            case Changed():
                await self._changed(arrival)
            case Deactivated(key=key, who=who):
                self.people.forget(who)
                nowhere = Place(PLATFORM, who.workspace, "")
                await self.desk.handle(Interaction(key, who, nowhere, Left()))
            case Accepts(where=where):
                await self.desk.accepts(where)
                # What was said while it was closed to us may count.
                await self.desk.gaps.over_in(where, self.clock.now())
            case Out(where=where):
                await self.desk.gaps.over_in(where, self.clock.now())
            case Gone(workspace=gone, at=at):
                await self.keys.gone(gone, at)
                # It is read once there is a token again; until then it is known to be closed.
                await self.desk.gaps.over_in(Place(PLATFORM, gone, ""), self.clock.now())
                log.warning("plnbot was taken out of the Slack workspace %s", gone)

    async def show_home(self, who: MemberRef, *, opened: bool = False) -> None:
        """Show somebody their home.

        Who opens it and was not known becomes a member, unless from elsewhere; who was forgotten
        meanwhile sees that nothing of theirs is left, and stays forgotten.
        """
        page = await self.desk.page(who, "home", "")
        told = await self.people.known(who)
        if told is not None and told.stranger:
            return
        if isinstance(page, Missing) and opened:
            place = Place(PLATFORM, who.workspace, "")
            came = Interaction(f"home/{who.user}", who, place, Joined())
            await self.desk.handle(_described(came, told))
            page = await self.desk.page(who, "home", "")
        if isinstance(page, Missing):
            page = _nobodys_home(Translate(nearest_locale(told.locale if told else "")))
        if page.live:
            self._homes[page.live] = who
            if len(self._homes) > _MOST_HOMES:
                del self._homes[next(iter(self._homes))]
        view = home_view(page, await self._reader(who, ""))
        await self.calls.call(who.workspace, "views.publish", user_id=who.user, view=view)

    def changed(self, topic: str) -> None:
        """Show a home anew whose page follows this topic, where somebody has looked at it."""
        who = self._homes.pop(topic, None)
        if who is not None:
            self.later(lambda: self.show_home(who))

    async def _taken(self, taken: Taken) -> BoltResponse:
        did, origin = taken.interaction, taken.origin
        known = await self.people.known(did.who)
        did = _described(did, known)
        if not did.name and not did.handle and await self.desk.person(did.who) is None:
            # Somebody new would be called by their id for ever; Slack delivers it again.
            raise Unavailable("Slack does not say who this is")
        if taken.stranger or (known is not None and known.stranger):
            answer = _for_strangers(did)
        else:
            answer = await self.desk.handle(did)
        if isinstance(did.what, Said) and not did.missed:
            counts = isinstance(answer, Nothing) and bool(answer.counts)
            self.marking.heard(did.where, did.what.message, did.what.version, counts=counts)
        if origin.surface is Surface.HOME or (
            origin.surface is Surface.FORM and not origin.channel
        ):
            self.later(lambda: self.show_home(did.who))
        if isinstance(answer, Nothing):
            return _acknowledged({})
        reader = await self._reader(did.who, did.locale)
        if isinstance(answer, OpenForm) and answer.form.takes_files:
            answer = await self._openable(answer, did, reader)
        shown: Shown = self.answers.shown(answer, origin, reader)
        if isinstance(answer, Reply) and answer.awaits:
            awaits = answer.awaits
            self.later(lambda: self._outcome(did.who, awaits, shown, origin, reader))
        elif shown.after is not None:
            self.later(shown.after)
        return _acknowledged(shown.ack)

    async def _outcome(
        self, who: MemberRef, form: int, shown: Shown, origin: Origin, reader: Reader
    ) -> None:
        """Show what came of a form, once its files were read."""
        if shown.after is not None:
            await shown.after()
        outcome = await self.desk.outcome(who, form)
        if outcome is not None:
            await self.answers.afterwards(outcome, origin, reader)
            await self.desk.outcome_shown(who, form)

    async def _openable(self, asked: OpenForm, did: Interaction, reader: Reader) -> Answer:
        """Return a form as Slack opens it: without the right to read files, it takes none."""
        if not await self.calls.lacks(did.who.workspace, RIGHT):
            return asked
        url = await self.desk.form_on_the_web(did.who, did.where, asked.form)
        return without_files(asked.form, url, reader)

    async def _matters(self, did: Interaction) -> bool:
        """Tell whether something may mean anything: talk where nothing is asked does not."""
        match did.what:
            case Said(message=message, version=version):
                return await self.desk.hears(did.where, message if version else "")
            case Joined() | Left():
                return await self.desk.hears(did.where)
            case _:
                return True

    async def _changed(self, changed: Changed) -> None:
        """Call a member as Slack does now. It tells of everybody there, and of much else."""
        who, name = changed.who, shown_name(changed.user)
        self.people.forget(who)
        person = await self.desk.person(who)
        if person is not None and name not in ("", person.name):
            nowhere = Place(PLATFORM, who.workspace, "")
            await self.desk.handle(Interaction(changed.key, who, nowhere, Renamed(), name=name))

    async def _reader(self, who: MemberRef, locale: str) -> Reader:
        person = await self.desk.person(who)
        return Reader(person.locale, person.zone) if person else Reader(nearest_locale(locale))

    def later(self, do: Callable[[], Awaitable[None]]) -> None:
        """Do something after the acknowledgement; what goes wrong then is logged."""
        task = asyncio.create_task(_carefully(do))
        self._after.add(task)
        task.add_done_callback(self._after.discard)


async def _authorized(team_id: str | None, enterprise_id: str | None) -> AuthorizeResult:
    """Let everything signed in; whether we are in a workspace is asked when something is sent."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


async def _carefully(do: Callable[[], Awaitable[None]]) -> None:
    try:
        await do()
    except PlnError as error:
        log.warning("what follows an acknowledgement did not: %s", cause(error))
    except Exception:
        # A person missed an answer; what they did stands, and the log says where we were wrong.
        log.exception("what follows an acknowledgement failed")


def _nobodys_home(t: Translate) -> Page:
    """Return what stands in place of a home of which nothing is kept any more."""
    return Page(t("Home"), (Paragraph(t("Nothing is kept of you here.")),))


def _described(did: Interaction, known: Known | None) -> Interaction:
    """Return what somebody did with what Slack tells of them.

    A name that was kept may be from before a change that another process heard of: it is good for
    somebody new alone.
    """
    if known is None:
        return did
    return replace(
        did,
        name=known.name if known.fresh else "",
        handle=known.name,
        locale=known.locale,
        zone=known.zone,
        leads=known.leads,
    )


def _for_strangers(did: Interaction) -> Answer:
    """Return what somebody of another organisation gets: a word where they asked for one."""
    if isinstance(did.what, Said | Joined):
        return NOTHING
    t = Translate(nearest_locale(did.locale))
    said = t(
        "This is for members of the workspace that the bot belongs to. Yours can install it too,"
        " and then you have a network of your own."
    )
    return Reply(Card(t("Not for guests from elsewhere"), (Paragraph(said),), Tone.CAUTION))


def _acknowledged(body: Json) -> BoltResponse:
    return BoltResponse(status=200, body=body or "")


def _headers_of(body: str | Json) -> dict[str, str | Sequence[str]]:
    looks_json = isinstance(body, dict) or body.lstrip().startswith("{")
    kind = "application/json" if looks_json else "application/x-www-form-urlencoded"
    return {"content-type": kind}
