"""Forms whose files lie with a platform: fetched as work, handled then, and answered."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from plnbot.engine import later, outbox, uploads
from plnbot.engine.context import Context, Due, Showing
from plnbot.engine.desk.answering import FORM_SENT, form_again, submitted
from plnbot.engine.files_in import ReadsFile
from plnbot.engine.links import personal_link
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports import Person
from plnbot.engine.retry import RetryPolicy
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Routes
from plnbot.engine.uploads import A_SENT_FORM, AGAIN, SentForm
from plnbot.engine.work import WorkState
from plnbot.errors import Refused, Unavailable
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Button, Card, Paragraph, Tone
from plnbot.talk.fallback import shortened
from plnbot.talk.forms import FieldErrors, Files
from plnbot.talk.interactions import Answer, Nothing, OpenForm, OpenPage, Press, Reply
from plnbot.talk.text import Text
from plnbot.talk.uploads import AwaitedFile, UploadedFile, received
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

ON_THE_WEB = "form.on_the_web"
POLICY = RetryPolicy(
    tries=3,
    keep_trying=timedelta(minutes=10),
    first_wait=timedelta(seconds=1),
    longest_wait=timedelta(seconds=30),
    given_up=WorkState.REFUSED,
)
_NOT_CONNECTED = timedelta(seconds=20)
_LONGEST = timedelta(minutes=3)
_AT_ONCE = 4
_NOT_FETCHED = msg("I could not get your file. Nothing was changed. Please send it once more.")


Said = Sentence | Text
Found = Files | Said
"""The files of a form by input, or why one of them cannot be had."""


@dataclass(frozen=True, slots=True)
class SentForms:
    """Does the fetching and handling. `readers` are the platforms', by name."""

    context: Callable[[Tx, Person, Place, datetime], Context]
    readers: dict[str, ReadsFile]

    def read_by(self, platform: str, read: ReadsFile) -> None:
        """Let this read files of a platform."""
        self.readers[platform] = read

    def routes(self) -> Routes:
        """Return what it does, shows and answers to."""
        routes = Routes()
        routes.outside(
            OutsideWork(
                kind=FORM_SENT,
                begin=begin,
                do=self._do,
                end=self._end,
                given_up=self._given_up,
                lane=FORM_SENT,
                at_once=_AT_ONCE,
                longest=_LONGEST,
                retry=POLICY,
            )
        )
        routes.card(later.ANSWER)(answer_card)
        routes.press(AGAIN, needs=ANYONE, of=A_SENT_FORM)(again)
        routes.press(ON_THE_WEB, needs=ANYONE, of=A_SENT_FORM)(on_the_web)
        return routes

    async def _do(self, form: SentForm, _outside: Outside) -> Found:
        read = self.readers.get(form.who.platform)
        if read is None:
            raise Unavailable(f"{form.who.platform} is not connected", _NOT_CONNECTED)
        try:
            return {
                name: [await _fetched(read, form.who.workspace, each) for each in some]
                for name, some in form.files.items()
            }
        except Refused as refused:
            return _said(refused)

    def _end(self, due: Due, found: Found) -> None:
        form = _form_of(due)
        person = due.directory.known(due.tx, form.who) if form else None
        if form is None or person is None:
            return
        context = self.context(due.tx, person, form.where, due.now)
        context = replace(context, looks=replace(context.looks, asks=False))
        answer = self._answered(context, form, found)
        later.tell(
            due.tx, form, _cards(_Told(context.t, form, bool(context.address)), answer), due.now
        )

    def _answered(self, context: Context, form: SentForm, found: Found) -> Answer | Said:
        if isinstance(found, Said):
            return found
        try:
            # What a handler wrote before it refused must not stay.
            with context.tx.conn.begin_nested():
                return submitted(context, form.submit(found))
        except Refused as refused:
            return _said(refused)

    def _given_up(self, due: Due, _reason: str) -> None:
        form = _form_of(due)
        person = due.directory.known(due.tx, form.who) if form else None
        if form is not None and person is not None:
            told = _Told(Translate(person.locale), form, on_pages=False)
            later.tell(due.tx, form, _cards(told, _NOT_FETCHED), due.now)


def begin(due: Due) -> SentForm | None:
    """Return the form; None where it is gone or answered."""
    form = _form_of(due)
    return None if form is None or form.answer else form


def again(context: Context, _press: Press, form: SentForm) -> Answer:
    """Open a form anew, with what was typed in it; files have to be chosen again."""
    return OpenForm(form_again(context, form))


def on_the_web(context: Context, press: Press, _form: SentForm) -> Answer:
    """Lead to the form on our pages, where files may be larger."""
    path = f"/form/{press.row}"
    return personal_link(context.t, context.link(path), path)


def answer_card(to: Showing, args: outbox.Args) -> Card | None:
    """Show one of the cards that came of a form."""
    form = uploads.sent(to.tx, int(args["form"]))
    at = int(args["at"])
    return form.answer[at] if form is not None and at < len(form.answer) else None


def _said(refused: Refused) -> Said:
    return refused.message if isinstance(refused.message, Said) else _NOT_FETCHED


async def _fetched(read: ReadsFile, workspace: str, file: AwaitedFile) -> UploadedFile:
    content = await read(workspace, file, limits.FILE_BYTES)
    return await asyncio.to_thread(received, file.name, content)


def _form_of(due: Due) -> SentForm | None:
    return uploads.sent(due.tx, int(str(due.payload["form"])))


@dataclass(frozen=True, slots=True)
class _Told:
    """To whom it is told: in which language, of which form, and whether they reach our pages."""

    t: Translate
    form: SentForm
    on_pages: bool


def _cards(to: _Told, answer: Answer | Said) -> tuple[Card, ...]:
    t = to.t
    match answer:
        case Reply(card=card, more=more):
            return (card, *more)
        case OpenPage(card=card):
            return (card,)
        case FieldErrors(errors=errors):
            said = [t.say(each) for each in errors.values()][: limits.FIELDS]
            kept = Paragraph(t("What you typed is kept."), quiet=True)
            lines = [Paragraph(shortened(each, limits.FIELD_VALUE)) for each in said]
            return (Card(t("Please mend this"), (*lines, kept, _open_again(to)), Tone.CAUTION),)
        case Nothing(note=note):
            return (Card(t("Done"), (Paragraph(note),) if note else (), Tone.GOOD),)
        case Sentence() | Text():
            why = Paragraph(t.say(answer))
            return (Card(t("That did not work"), (why, _open_again(to)), Tone.CAUTION),)
        case _:
            raise TypeError(f"a form with files cannot be answered by {type(answer).__name__}")


def _open_again(to: _Told) -> Actions:
    row = str(to.form.id)
    here = Button(to.t("Open the form again"), AGAIN, row)
    there = Button(to.t("Open it on the web"), ON_THE_WEB, row)
    return Actions((here, there) if to.on_pages else (here,))
