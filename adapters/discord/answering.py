"""Answers to what people do, in time: at once, or after saying that it takes a moment."""

import logging
import secrets
from collections.abc import Coroutine
from dataclasses import replace

from adapters.discord import dialogs, render
from adapters.discord import store as kept
from adapters.discord.api import FILE_BYTES, Api, ApiError, LostError, TooSoonError
from adapters.discord.codes import Callback, Event
from adapters.discord.inbound import Incoming
from adapters.discord.markup import Reader
from adapters.discord.render import Json
from adapters.discord.store import FormDraft
from plnbot.engine.ports import Clock
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.forms import FieldErrors, Form, narrowed
from plnbot.talk.interactions import (
    Answer,
    Handed,
    Nothing,
    OpenForm,
    OpenPage,
    Reply,
)
from plnbot.talk.pages import File
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

log = logging.getLogger(__name__)

_SLOW_BYTES = 250_000
TOO_LARGE = msg(
    "The file is larger than Discord takes from me, so I could not hand it over. Whoever runs me can"
    " give it to you."
)


@dataclass(slots=True)
class Asked:
    """Something somebody did, to be answered. `late` once Discord was told that it takes a moment."""

    given: Incoming
    who: MemberRef
    reader: Reader
    late: bool = False

    @property
    def t(self) -> Translate:
        """Sentences in the person's language."""
        return Translate(self.reader.locale)


@dataclass(slots=True)
class Answering:
    """Turns what the core answers into what Discord is told."""

    api: Api
    store: Store
    clock: Clock
    application: str = ""

    async def answer(self, asked: Asked, answer: Answer, draft: FormDraft | None = None) -> None:
        """Tell the person. `draft` is the form that this answers to, if it is one."""
        match answer:
            case Reply(card=card, public=public, more=more):
                await self.show(asked, card, public=public)
                for each in more:
                    await self._follow(asked, each)
            case OpenForm(form=form):
                await self.open(asked, await self.new_draft(asked, form), 0)
            case OpenPage(card=card):
                await self.show(asked, card)
            case Handed(card=card, file=file, more=more):
                await self._hand(asked, card, file)
                for each in more:
                    await self._follow(asked, each)
            case FieldErrors() if draft is not None:
                await self._to_mend(asked, draft, answer)
            case Nothing(note=note) if note:
                await self.show(asked, Card(note, tone=Tone.GOOD))
            case FieldErrors() | Nothing():
                await self._done(asked)

    async def _to_mend(self, asked: Asked, draft: FormDraft, errors: FieldErrors) -> None:
        """Say what to mend; what the words of a search fit is chosen from when it is mended."""
        if errors.choices:
            draft = replace(draft, form=narrowed(draft.form, errors))
            changed = draft
            await self.store.run(lambda tx: kept.change_draft(tx, changed))
        if wrong := dialogs.wrong_files(draft.form, errors):
            # It cannot be taken out of a dialog, in which it does not show.
            row, given = draft.id, {**draft.given, **dict.fromkeys(wrong, "")}
            await self.store.run(lambda tx: kept.add_to_draft(tx, row, given))
        body = dialogs.mend(draft.form, draft.id, errors, asked.reader)
        await self.tell(asked, render.private(body))

    async def instead(self, asked: Asked, reply: Reply) -> bool:
        """Show a reply in place of what was shown until now; return whether Discord took it."""
        asked.late = True
        taken = await self.show(asked, reply.card)
        for each in reply.more:
            taken = taken and await self._follow(asked, each)
        return taken

    async def show(self, asked: Asked, card: Card, *, public: bool = False) -> bool:
        """Show a card, to the person alone unless `public`; return whether Discord may have taken it."""
        body = render.message(card, asked.reader, guild=self._beside(asked))
        return await self.tell(asked, body if public else render.private(body))

    async def _hand(self, asked: Asked, card: Card, file: File) -> None:
        """Hand a file over, in parts where it is too large for one; where it cannot be, say so."""
        parts = file.parts(FILE_BYTES)
        if len(parts) > 1:
            said = asked.t("It is too large for one file, so it comes in {n} parts.", n=len(parts))
            card = replace(card, blocks=(*card.blocks, Paragraph(said)))
        if len(file.content) > _SLOW_BYTES and not asked.late:
            await self.later(asked)  # sending it may take longer than Discord waits for an answer
        body = render.private(render.message(card, asked.reader, guild=self._beside(asked)))
        taken = bool(parts) and await self.tell(asked, body, parts[0])
        for each in parts[1:]:
            taken = taken and await self._follow(asked, card, each)
        if not taken:
            await self.say(asked, TOO_LARGE)

    async def say(self, asked: Asked, message: Sentence, tone: Tone = Tone.CAUTION) -> None:
        """Say one sentence to the person alone."""
        await self.show(
            asked, Card(asked.t("Just a moment"), (Paragraph(asked.t.say(message)),), tone)
        )

    async def open(self, asked: Asked, draft: FormDraft, step: int) -> None:
        """Open a step of a form; where Discord allows no dialog now, a button that does."""
        form, given = draft.form, draft.given
        if asked.late or asked.given.event is Event.SENT:
            body = dialogs.goes_on(form, draft.id, step, asked.reader)
            await self.tell(asked, render.private(body))
            return
        dialog = dialogs.dialog(form, draft.id, step, given, asked.reader)
        await self._callback(asked, Callback.DIALOG, dialog)

    async def new_draft(self, asked: Asked, form: Form) -> FormDraft:
        """Keep a form that is opened, so that nothing typed into it is lost."""
        draft = FormDraft(secrets.token_hex(8), asked.who, form, {})
        now = self.clock.now()
        await self.store.run(lambda tx: kept.keep_draft(tx, draft, now))
        return draft

    async def later(self, asked: Asked) -> None:
        """Say that it takes a moment: Discord waits three seconds for a first answer."""
        await self._callback(asked, Callback.LATER, {"flags": render.EPHEMERAL})
        asked.late = True

    async def choices(self, asked: Asked, found: list[Json]) -> None:
        """Offer what may be typed."""
        await self._callback(asked, Callback.CHOICES, {"choices": found})

    async def tell(self, asked: Asked, body: Json, file: File | None = None) -> bool:
        """Answer with a message; return whether Discord may have taken it."""
        if not asked.late:
            return await self._callback(asked, Callback.MESSAGE, body, file)
        late = {name: value for name, value in body.items() if name != "flags"}
        path = f"/webhooks/{self.application}/{asked.given.token}/messages/@original"
        return await self._best(self.api.patch(path, late, file))

    async def _done(self, asked: Asked) -> None:
        if asked.given.event is Event.PRESSED and not asked.late:
            await self._callback(asked, Callback.SEEN, None)
            return
        await self.show(asked, Card(asked.t("Done"), tone=Tone.GOOD))

    async def _follow(self, asked: Asked, card: Card, file: File | None = None) -> bool:
        body = render.private(render.message(card, asked.reader, guild=self._beside(asked)))
        path = f"/webhooks/{self.application}/{asked.given.token}"
        return await self._best(self.api.post(path, body, file))

    async def _callback(
        self, asked: Asked, kind: Callback, data: Json | None, file: File | None = None
    ) -> bool:
        path = f"/interactions/{asked.given.id}/{asked.given.token}/callback"
        body: Json = {"type": kind} if data is None else {"type": kind, "data": data}
        return await self._best(self.api.post(path, body, file))

    async def _best(self, call: Coroutine[object, object, object]) -> bool:
        # What the person did is done and kept, whether or not they hear of it.
        try:
            await call
        except (ApiError, LostError, TooSoonError) as error:
            log.warning("an answer did not arrive: %s", error)
            return not isinstance(error, ApiError)
        return True

    @staticmethod
    def _beside(asked: Asked) -> str:
        """Return the server that buttons in a direct message must name."""
        return "" if asked.given.guild else asked.who.workspace
