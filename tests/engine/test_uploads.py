"""Forms with files: handled once, with all their files, whatever happens while these are awaited."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import uploads
from plnbot.engine.later import PATIENCE
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Values
from plnbot.engine.store import sent_form, upload
from plnbot.errors import Refused, Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk import limits
from plnbot.talk.cards import Card
from plnbot.talk.forms import FieldErrors, FileInput, Form, TextInput
from plnbot.talk.interactions import (
    NOTHING,
    Answer,
    Command,
    Interaction,
    OpenForm,
    Press,
    Reply,
    Submit,
)
from plnbot.talk.plain import card_as_text
from plnbot.talk.text import verbatim
from plnbot.talk.uploads import AwaitedFile, FileKind, UploadedFile, UploadedFiles, received
from plnbot.talk.words import msg
from plnbot.testing import FrozenClock, RecordingSender

SECOND = timedelta(seconds=1)
ANA, BO = MemberRef("test", "w", "ana"), MemberRef("test", "w", "bo")
ROOM, DIRECT = Place("test", "w", "room"), Place("test", "w", "")
FILE = AwaitedFile("notes.txt", 5, "F1")
LABEL = verbatim("Notes")


@dataclass(slots=True)
class Desk:
    """A bot whose one form asks for a file and a few words, and a platform that keeps files."""

    parts: Parts
    clock: FrozenClock
    sender: RecordingSender
    files: dict[str, bytes] = field(default_factory=dict)
    trouble: list[Exception] = field(default_factory=list)
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    handled: list[tuple[object, object, Place]] = field(default_factory=list)
    answers: list[Answer | Exception] = field(default_factory=list)

    async def read(self, workspace: str, file: AwaitedFile, most: int) -> bytes:
        """Give a file, or not for now."""
        self.asked.append((workspace, file.ref, most))
        if self.trouble:
            raise self.trouble.pop()
        return self.files[file.ref]

    def form(self, _ctx: Context, _row: str) -> Form:
        """Ask for notes."""
        file = FileInput(name="file", label=LABEL, kinds=(FileKind.TEXT,), largest=100, most=2)
        words = TextInput(name="words", label=LABEL, required=True)
        return Form("notes", LABEL, (words, file), LABEL)

    def sent(self, ctx: Context, _row: str, values: Values) -> Answer:
        """Keep what came, and write something that must not stay where it is refused."""
        files = values["file"]
        assert isinstance(files, UploadedFiles)
        texts = tuple(each.text for each in files.files)
        self.handled.append((values["words"], texts, ctx.where))
        uploads.keep(ctx, received("made.txt", b"made"))
        answer = self.answers.pop() if self.answers else Reply(Card(verbatim("Read")))
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def submit(
        self,
        *files: UploadedFile | AwaitedFile,
        key: str = "1",
        words: str = "hello",
        where: Place = ROOM,
        form: str = "notes",
        row: str = "",
        who: MemberRef = ANA,
    ) -> Answer:
        """Send the form."""
        what = Submit(form, {"words": words}, row, {"file": files} if files else {})
        return await self.parts.desk.handle(Interaction(key, who, where, what, name="Ana"))

    async def press(self, action: str, who: MemberRef = ANA) -> Answer:
        """Press a button of the first form's answer."""
        key = f"{action}{who.user}{self.clock.now()}"
        return await self.parts.desk.handle(Interaction(key, who, DIRECT, Press(action, "1")))

    async def after(self, time: timedelta = SECOND) -> None:
        """Let time pass, and do what is due, until nobody would show an answer any more."""
        for each in (time, PATIENCE):
            self.clock.advance(each)
            await self.parts.runner.run_all_due()

    def told(self, who: MemberRef = ANA) -> list[str]:
        """Return what was written to somebody."""
        return [card_as_text(each.card) for each in self.sender.sent if each.to == who]

    async def rows(self) -> tuple[int, int]:
        """Return how many forms and files are kept."""
        counts = [select(func.count()).select_from(each) for each in (sent_form, upload)]
        forms, files = [
            await self.parts.desk.store.read(lambda tx, c=each: tx.execute(c).scalar_one())  # type: ignore[misc]
            for each in counts
        ]
        return int(forms), int(files)


@pytest.fixture
async def desk(store: Store, clock: FrozenClock) -> Desk:
    """Build it."""
    parts = assembled(store, clock, WebOptions(b"0" * 32), lambda _: "https://x.test", Random(1))
    sender = RecordingSender()
    parts.runner.senders["test"] = sender
    made = Desk(parts, clock, sender, {"F1": b"hello", "F2": b"there"})
    parts.desk.routes.form("notes", build=made.form, needs=ANYONE)(made.sent)
    parts.desk.files_in.read_by("test", made.read)
    await parts.desk.settle("test", "w", "Ridgeview")
    for who in (ANA, BO):
        hello = Interaction(who.user, who, ROOM, Command("home"), name=who.user)
        await parts.desk.handle(hello)
    return made


def said(answer: Answer) -> str:
    """Return a card's words."""
    assert isinstance(answer, Reply)
    return card_as_text(answer.card)


async def test_a_file_that_comes_along_is_handled_at_once(desk: Desk) -> None:
    """As from a browser: one unit, the answer itself, nothing kept of the form."""
    answer = await desk.submit(received("a.txt", b"one"), received("b.txt", b"two"))
    assert said(answer) == "Read"
    assert desk.handled == [("hello", ("one", "two"), ROOM)]
    assert await desk.rows() == (0, 1)
    assert await desk.submit(received("a.txt", b"one")) == NOTHING  # the same key


async def test_a_file_that_is_awaited_is_fetched_and_handled_once(desk: Desk) -> None:
    """The form is taken in, its files fetched outside any transaction, and the answer told."""
    files = (FILE, AwaitedFile("b.txt", 5, "F2"))
    assert "I am reading your file" in said(await desk.submit(*files))
    assert desk.handled == []
    assert await desk.submit(*files) == NOTHING
    await desk.after()
    await desk.after()
    assert desk.asked == [("w", "F1", limits.FILE_BYTES), ("w", "F2", limits.FILE_BYTES)]
    assert desk.handled == [("hello", ("hello", "there"), ROOM)]
    assert desk.told() == ["Read"]


async def test_it_is_tried_until_the_platform_has_it(desk: Desk) -> None:
    """Slack looks through what is uploaded first; that may take a moment."""
    desk.trouble = [Unavailable("not yet"), Unavailable("not yet")]
    await desk.submit(FILE)
    for _ in range(5):
        await desk.after(30 * SECOND)
    assert len(desk.asked) == 3
    assert desk.told() == ["Read"]


async def test_what_never_comes_is_said(desk: Desk) -> None:
    """After ten minutes nobody waits any longer, and nothing was changed."""
    desk.trouble = [Unavailable("not yet")] * 999
    await desk.submit(FILE)
    for _ in range(45):
        await desk.after(30 * SECOND)
    assert desk.handled == []
    assert len(desk.told()) == 1
    assert "I could not get your file. Nothing was changed." in desk.told()[0]
    assert await desk.rows() == (1, 0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "This is a PDF."),
        (b"x" * 101, "This file is too large. 1 kB is the most here."),
        (b"", "This file is empty."),
    ],
)
async def test_what_its_bytes_are_counts_whatever_the_platform_claims(
    desk: Desk, content: bytes, words: str
) -> None:
    """A handler never sees a file that is not as its form asks."""
    desk.files["F1"] = content
    await desk.submit(FILE)
    await desk.after()
    assert desk.handled == []
    assert words in desk.told()[0]
    assert "Open the form again" in desk.told()[0]


@pytest.mark.parametrize(
    ("files", "words", "wrong"),
    [
        ((FILE,), "", {"words"}),
        ((AwaitedFile("a", 101, "F1"),), "hello", {"file"}),
        ((FILE, FILE, FILE), "", {"file", "words"}),
    ],
)
async def test_what_is_wrong_besides_is_said_before_anything_is_fetched(
    desk: Desk, files: Sequence[AwaitedFile], words: str, wrong: set[str]
) -> None:
    """The form is still open then."""
    answer = await desk.submit(*files, words=words)
    assert isinstance(answer, FieldErrors)
    assert set(answer.errors) == wrong
    assert await desk.rows() == (0, 0)
    await desk.after()
    assert desk.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        Refused(msg("Please wait for the next school year.")),
        FieldErrors({"words": msg("Please wait for the next school year.")}),
    ],
)
async def test_what_a_handler_refuses_is_told_and_leaves_nothing(
    desk: Desk, answer: Answer | Exception
) -> None:
    """What it wrote before it refused is taken back; a field's error writes nothing by itself."""
    desk.answers = [answer]
    await desk.submit(FILE)
    await desk.after()
    assert "Please wait for the next school year." in desk.told()[0]
    assert (await desk.rows())[1] == (0 if isinstance(answer, Exception) else 1)


async def test_an_error_is_shown_somewhere(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Of an input that the form does not have, nobody would see it: that is a mistake of ours."""
    desk.answers = [FieldErrors({"elsewhere": msg("Please wait for the next school year.")})]
    answer = await desk.submit(received("notes.txt", b"hello"))
    assert isinstance(answer, Reply)
    assert "'notes' has no inputs ['elsewhere']" in caplog.text
    assert (await desk.rows())[1] == 0


async def test_a_mistake_of_ours_is_told_in_the_end(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """It is tried a few times, logged without what is in the file, and then nobody waits."""
    desk.files["F1"] = b"secret words"
    desk.answers = [RuntimeError("oops")] * 9
    await desk.submit(FILE)
    for _ in range(10):
        await desk.after(60 * SECOND)
    assert len(desk.handled) == 3
    assert "I could not get your file" in desk.told()[0]
    assert await desk.rows() == (1, 0)
    assert "secret" not in caplog.text


async def test_the_form_opens_again_where_it_was_first(desk: Desk) -> None:
    """Pressed in direct messages, it counts as sent from the room; for whoever sent it alone."""
    desk.files["F1"] = b"%PDF-1.7"
    await desk.submit(FILE, words="kept")
    await desk.after()
    assert "from too long ago" in said(await desk.press("form.again", BO))
    opened = await desk.press("form.again")
    assert isinstance(opened, OpenForm)
    assert [getattr(each, "value", None) for each in opened.form.inputs] == ["kept", None]
    again = {"form": opened.form.name, "row": opened.form.row, "where": DIRECT}
    assert "too long ago" in said(await desk.submit(FILE, key="2", who=BO, **again))  # type: ignore[arg-type]
    desk.files["F1"] = b"words"
    await desk.submit(FILE, key="3", **again)  # type: ignore[arg-type]
    await desk.after()
    assert desk.handled == [("hello", ("words",), ROOM)]
    assert "https://x.test/signin/" in str(await desk.press("form.on_the_web"))


async def test_who_was_erased_meanwhile_is_told_nothing(desk: Desk) -> None:
    """The row is gone, and its work finds nothing to do."""
    await desk.submit(FILE)
    await desk.parts.desk.store.run(lambda tx: tx.execute(sent_form.delete()))
    await desk.after()
    assert desk.handled == []
    assert desk.told() == []


async def test_what_is_kept_goes_within_a_day(desk: Desk) -> None:
    """Also where a capability forgets to forget it."""
    await desk.submit(FILE)
    await desk.after()
    assert await desk.rows() == (1, 1)
    store, now = desk.parts.desk.store, desk.clock.now()
    await store.run(lambda tx: uploads.expire(tx, now + uploads.KEEP - 60 * SECOND))
    assert await desk.rows() == (1, 1)
    await store.run(lambda tx: uploads.expire(tx, now + uploads.KEEP + SECOND))
    assert await desk.rows() == (0, 0)
    assert "too long ago" in said(await desk.press("form.again"))


async def test_a_file_is_kept_for_work_outside_and_forgotten(desk: Desk) -> None:
    """Its number is all that a row of work needs."""
    await desk.submit(received("a.txt", b"one"))
    store = desk.parts.desk.store
    found = await store.read(lambda tx: uploads.kept(tx, 1))
    assert found == received("made.txt", b"made")
    await store.run(lambda tx: uploads.forget(tx, 1))
    assert await store.read(lambda tx: uploads.kept(tx, 1)) is None


async def test_what_is_shown_where_it_was_sent_is_not_told_again(desk: Desk) -> None:
    """An adapter waits for it beside the work, shows it, and says so; to nobody else is it shown."""
    reply = await desk.submit(FILE)
    assert isinstance(reply, Reply)
    assert reply.awaits == 1
    waits = asyncio.ensure_future(desk.parts.desk.outcome(ANA, 1, 20))
    await asyncio.sleep(0)
    await desk.parts.runner.run_all_due()
    outcome = await waits
    assert outcome is not None
    assert said(outcome) == "Read"
    assert await desk.parts.desk.outcome(BO, 1, 1) is None
    await desk.parts.desk.outcome_shown(BO, 1)
    await desk.parts.desk.outcome_shown(ANA, 1)
    await desk.after()
    assert desk.told() == []


async def test_what_nobody_shows_is_told_directly(desk: Desk) -> None:
    """As after a crash, or where it took longer than anybody waits; then it is shown nowhere else."""
    await desk.submit(FILE)
    assert await desk.parts.desk.outcome(ANA, 1, 0.1) is None
    await desk.parts.runner.run_all_due()
    assert desk.told() == []
    await desk.after()
    assert desk.told() == ["Read"]
    assert await desk.parts.desk.outcome(ANA, 1, 1) is None
