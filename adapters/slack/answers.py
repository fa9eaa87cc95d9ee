"""How a person sees what came of what they did: in the acknowledgement, or by a call of its own."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from adapters.slack.arrivals import Origin, Surface
from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.dialogs import Back, field_errors, form_view
from adapters.slack.payload import dict_of, text_of
from adapters.slack.render import card_view, message, messages
from adapters.slack.sender import upload
from adapters.slack.text import PLATFORM, Json, Reader
from plnbot.errors import PlnError
from plnbot.refs import Place
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.forms import FieldErrors, Form
from plnbot.talk.interactions import Answer, Handed, Nothing, OpenForm, OpenPage, Reply
from plnbot.values import dataclass

log = logging.getLogger(__name__)
_TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired"})


@dataclass(frozen=True, slots=True)
class Shown:
    """What goes back with the acknowledgement, and what is to be done right after it."""

    ack: Json
    after: Callable[[], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Shows answers to the person they are for."""

    calls: Calls

    def shown(self, answer: Answer, origin: Origin, reader: Reader) -> Shown:
        """Return how an answer is shown where it was asked for."""
        match answer:
            case Nothing():
                return Shown({})
            case FieldErrors() as errors:
                return Shown(field_errors(errors, origin.fields, reader))
            case OpenForm(form=form):
                return self._form(form, origin, reader)
            case Reply(card=card, more=more, public=public):
                return self._cards((card, *more), origin, reader, public=public)
            case OpenPage(card=card):
                return self._cards((card,), origin, reader)
            case Handed():
                return self._handed(answer, origin, reader)

    def _form(self, form: Form, origin: Origin, reader: Reader) -> Shown:
        view = form_view(form, reader, Back(origin.channel, origin.thread))
        if origin.surface is Surface.FORM:
            return Shown({"response_action": "update", "view": view})
        return Shown({}, lambda: self._view(view, origin, reader))

    def _cards(
        self, shown: Sequence[Card], origin: Origin, reader: Reader, *, public: bool = False
    ) -> Shown:
        bodies = list(messages(shown, reader))
        how = "in_channel" if public else "ephemeral"
        match origin.surface:
            case Surface.COMMAND:
                # The first goes back with the acknowledgement: there is no faster way.
                first = {"response_type": how, **bodies[0]}
                rest = bodies[1:]
                return Shown(first, (lambda: self._respond(rest, origin, how)) if rest else None)
            case Surface.FORM if not origin.channel:
                view = card_view(shown, reader)
                return Shown({"response_action": "update", "view": view})
            case Surface.MODAL | Surface.HOME:
                view = card_view(shown, reader)
                return Shown({}, lambda: self._view(view, origin, reader))
            case Surface.MESSAGE | Surface.SHORTCUT if origin.respond:
                return Shown({}, lambda: self._respond(bodies, origin, how))
            case Surface.SHORTCUT:
                view = card_view(shown, reader)
                return Shown({}, lambda: self._view(view, origin, reader))
            case _:
                return Shown({}, lambda: self._whisper(bodies, origin))

    def _handed(self, handed: Handed, origin: Origin, reader: Reader) -> Shown:
        where = Paragraph(reader.t("It is in your direct messages with me."), quiet=True)
        card = replace(handed.card, blocks=(*handed.card.blocks, where))
        told = self._cards((card, *handed.more), origin, reader)

        async def hand() -> None:
            if told.after is not None:  # first: Slack waits three seconds for a view
                await told.after()
            title = message(handed.card, reader)["text"]
            await upload(self.calls, await self._direct(origin), handed.file, title)

        return Shown(told.ack, hand)

    async def afterwards(self, reply: Reply, origin: Origin, reader: Reader) -> None:
        """Show what came of a form later: in its view, if that is still open, else as messages."""
        cards = (reply.card, *reply.more)
        if not origin.channel:
            view = card_view(cards, reader)
            try:
                await self._call(origin, "views.update", view_id=origin.view, view=view)
            except TurnedDownError as no:
                log.info("told directly instead: %s", no.error)
            else:
                return
        await self._whisper(list(messages(cards, reader)), origin)

    async def _view(self, view: Json, origin: Origin, reader: Reader) -> None:
        try:
            if origin.surface is Surface.MODAL:
                await self._call(origin, "views.update", view_id=origin.view, view=view)
            else:
                await self._call(origin, "views.open", trigger_id=origin.trigger, view=view)
        except TurnedDownError as no:
            log.warning("a view was not shown: %s", no.error)
            t = reader.t
            said, title = t("Please press it once more."), t("That did not work")
            if no.error in _TOO_LATE:
                title = t("Slack did not wait for me")
            card = Card(title, (Paragraph(said),), Tone.CAUTION)
            await self._whisper([message(card, reader)], origin)

    async def _respond(self, bodies: Sequence[Json], origin: Origin, how: str) -> None:
        for body in bodies:
            told = {"response_type": how, "replace_original": False, **body}
            if origin.thread:
                told["thread_ts"] = origin.thread
            try:
                await self.calls.respond(origin.respond, told)
            except PlnError:
                await self._whisper([body], origin)

    async def _whisper(self, bodies: Sequence[Json], origin: Origin) -> None:
        """Show messages to one person where they are; directly where they cannot be shown there."""
        for body in bodies:
            if origin.channel and not origin.direct:
                try:
                    await self._call(
                        origin,
                        "chat.postEphemeral",
                        channel=origin.channel,
                        user=origin.user,
                        thread_ts=origin.thread,
                        **body,
                    )
                    continue
                except TurnedDownError as no:
                    log.info("told directly instead: %s", no.error)
            direct = await self._direct(origin)
            quietly = {"unfurl_links": False, "unfurl_media": False}
            await self._call(origin, "chat.postMessage", channel=direct.channel, **quietly, **body)

    async def _direct(self, origin: Origin) -> Place:
        opened = await self._call(origin, "conversations.open", users=origin.user)
        channel = text_of(dict_of(opened.get("channel")), "id")
        return Place(PLATFORM, origin.workspace, channel)

    async def _call(self, origin: Origin, method: str, **arguments: object) -> Json:
        return await self.calls.call(origin.workspace, method, **arguments)
