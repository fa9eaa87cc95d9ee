"""Canaries: unique words planted wherever people and secrets come in, and looked for in every log.

A canary stands for what a member wrote, for a name, a token or a password. None may come out in a
log line, at any level, in either form, and in no traceback.
"""

import asyncio
import contextlib
import io
import itertools
import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from plnbot import logs
from plnbot.app import Parts
from plnbot.engine import work
from plnbot.engine.parts import YOU
from plnbot.engine.ports import Delivery, Outgoing
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Due, Values
from plnbot.errors import Refused, Unavailable
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.interactions import Answer, Command, Press, Said, Submit
from plnbot.talk.pages import Page
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg
from tests.adapters.discord.fake import TOKEN
from tests.adapters.slack.fake import APP_TOKEN, BOT_TOKEN
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.slack import SlackDriver

ROOT = Path(__file__).parents[2]


class Aviary:
    """Makes canaries, and finds those that have flown."""

    def __init__(self) -> None:
        self.log = io.StringIO()
        self._planted: list[str] = []
        self._numbers = itertools.count(1)

    def plant(self) -> str:
        """Return a new canary."""
        self._planted.append(f"Canary{next(self._numbers):03}Zq")
        return self._planted[-1]

    def flown(self) -> list[str]:
        """Return the log lines in which one sings."""
        lines = self.log.getvalue().splitlines()
        return [line for line in lines if any(each in line for each in self._planted)]


@pytest.fixture(params=["text", "json"])
def aviary(request: pytest.FixtureRequest) -> Iterator[Aviary]:
    """Log as the bot does, everything, into an aviary."""
    made = Aviary()
    with contextlib.ExitStack() as afterwards:
        for name in ("", "plnbot", "adapters"):
            logger = logging.getLogger(name)
            afterwards.callback(logger.setLevel, logger.level)
        root = logging.getLogger()
        handlers, hooks = root.handlers[:], sys.excepthook
        logs.begin("debug", request.param)
        (ours,) = root.handlers
        assert isinstance(ours, logging.StreamHandler)
        ours.setStream(made.log)
        yield made
        root.handlers[:] = handlers
        sys.excepthook = hooks


class UnsoundSender:
    """A platform whose own code fails with the words it was to send."""

    platform = "web"
    finds = True
    settles = timedelta()

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Fail."""
        raise RuntimeError(outgoing.card.title.bare(), outgoing)

    async def find(self, outgoing: Outgoing) -> None:
        """Find nothing."""


def trapped(parts: Parts) -> None:
    """Add a command, a button, a form, a page and work that fail with everything they know."""
    routes = parts.desk.routes
    form = Form("trap", verbatim("Trap"), (TextInput(name="words", label=verbatim("W")),), verbatim("S"))  # fmt: skip

    @routes.command("trap", needs=ANYONE, part=YOU, about=msg("Trap"), example=msg("/pln trap"))
    def command(ctx: Context, words: str) -> Answer:
        try:
            int(words)
        except ValueError as error:
            raise RuntimeError(words, ctx.person.name) from error
        raise AssertionError

    @routes.press("trap.database", needs=ANYONE)
    def database(ctx: Context, press: Press) -> Answer:
        ctx.tx.execute(text("INSERT INTO member (name) VALUES (:name)"), {"name": press.value})
        raise AssertionError

    @routes.press("trap.refused", needs=ANYONE)
    def refused(ctx: Context, press: Press) -> Answer:
        raise Refused(msg("{words} is not known.", words=press.value))

    @routes.form("trap", build=lambda _ctx, _row: form, needs=ANYONE)
    def submitted(ctx: Context, _row: str, values: Values) -> Answer:
        raise ExceptionGroup(str(values["words"]), [KeyError(ctx.person.name)])

    @routes.page("trap", needs=ANYONE)
    def page(ctx: Context, row: str) -> Page:
        raise LookupError(row, ctx.person.name)

    @routes.when_due("trap.fails")
    def fails(due: Due) -> None:
        raise RuntimeError(due.payload)

    @routes.when_due("trap.refuses")
    def refuses(due: Due) -> None:
        raise Refused(verbatim(str(due.payload["words"])))


async def test_no_log_line_holds_what_people_wrote_or_a_secret(
    lobby: LobbyDriver, aviary: Aviary
) -> None:
    """Whatever comes in, and whatever fails with it in its hands, no log line quotes it."""
    trapped(lobby.parts)
    someone = aviary.plant()
    page = await lobby.markup("/")
    csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
    await lobby.client.post("/someone", data={"csrf": csrf, "name": someone})
    people = await lobby.parts.desk.people("web", "lobby")
    handle = next(each.person.ref.user for each in people if each.person.name == someone)

    for what in (
        Command(f"trap {aviary.plant()}"),
        Command(f"{aviary.plant()} {aviary.plant()}"),
        Press("trap.database", value=aviary.plant()),
        Press("trap.refused", value=aviary.plant()),
        Press(aviary.plant(), aviary.plant()),
        Submit("trap", {"words": aviary.plant()}),
        Submit("members.start", {"school": aviary.plant(), "subjects": [aviary.plant()]}),
        Submit("chat.new", {"questions": aviary.plant(), "starts": aviary.plant()}),
        Said(aviary.plant(), "1"),
    ):
        await lobby.handled(handle, what)
    await lobby.say(handle, f"A1 {aviary.plant()}")

    now = lobby.clock.now()
    for kind in ("trap.fails", "trap.refuses", "trap.unknown"):
        payload = {"words": aviary.plant()}
        await lobby.store.run(lambda tx, k=kind, p=payload: work.add(tx, k, k, now, p))  # type: ignore[misc] # a lambda of one unit
    await lobby.parts.runner.run_all_due()

    for path in (
        f"/as/{handle}/page/trap/{aviary.plant()}",
        f"/as/{aviary.plant()}/page/home",
        f"/signin/{aviary.plant()}",
        f"/calendar/{aviary.plant()}.ics",
        f"/{aviary.plant()}?{aviary.plant()}",
    ):
        await lobby.client.get(path, headers={"Cookie": f"plnbot={aviary.plant()}"})
    await lobby.client.post(f"/signin/{aviary.plant()}", data={"csrf": aviary.plant()})

    failed = [line for line in aviary.log.getvalue().splitlines() if "failed" in line]
    assert len(failed) >= 6, "the traps did not go off"
    assert aviary.flown() == []


async def test_a_sender_that_fails_with_a_card_in_hand(lobby: LobbyDriver, aviary: Aviary) -> None:
    """What a platform's own code fails with does not come out either."""
    lobby.parts.runner.senders["web"] = UnsoundSender()
    title = aviary.plant()
    values = {"questions": f"Q1: {aviary.plant()}", "starts": "today 8 pm", "plan": "classic60"}
    await lobby.handled("maya", Submit("chat.new", {**values, "title": title}))
    await lobby.handled("maya", Press("chat.publish", "1"))
    await lobby.parts.runner.run_all_due()
    assert "work engine.post failed" in aviary.log.getvalue()
    assert aviary.flown() == []


@pytest.mark.parametrize("aviary", ["json"], indirect=True)
async def test_on_every_platform(
    aviary: Aviary, driver: LobbyDriver | SlackDriver | DiscordDriver
) -> None:
    """What goes through a platform's own code and libraries comes out in no line either."""
    trapped(driver.parts)
    await driver.say("priya", f"/pln trap {aviary.plant()}")
    await driver.say("priya", f"/pln {aviary.plant()} {aviary.plant()}")
    await driver.say("priya", "/pln me start")
    told = {"school": aviary.plant(), "goals": aviary.plant(), "district": aviary.plant()}
    await driver.submit("priya", subjects=["math"], years="", zone="UTC", quiet="none", **told)
    await driver.say("maya", "/pln chat new")
    questions = f"Q1: {aviary.plant()}\nQ2: {aviary.plant()}"
    await driver.submit(
        "maya", questions=questions, starts="today 8 pm", plan="classic60", title=aviary.plant()
    )
    await driver.press("maya", "Publish")
    await driver.pass_time(timedelta(hours=8, minutes=15))
    await driver.say("priya", f"A1 {aviary.plant()}")
    await driver.say("priya", aviary.plant())
    await driver.pass_time(timedelta(hours=1))
    lines = aviary.log.getvalue()
    assert "handling a command failed" in lines
    assert aviary.flown() == []
    assert [each for each in (BOT_TOKEN, APP_TOKEN, TOKEN, "0" * 32) if each in lines] == []


async def test_an_error_in_a_line_of_ours_is_told_without_its_words(aviary: Aviary) -> None:
    """Whoever logs an error logs its kind; our own sentences stay, but for refusals."""
    log = logging.getLogger("adapters.somewhere")
    log.warning("not sent: %s", ValueError(aviary.plant()))
    log.warning("not sent: %s", Refused(msg("{name} is not here.", name=aviary.plant())))
    log.warning("not sent: %s (%d tries)", Unavailable("Slack does not answer"), 3)
    lines = aviary.log.getvalue()
    assert "not sent: ValueError" in lines
    assert "Slack does not answer (3 tries)" in lines
    assert aviary.flown() == []


async def test_what_nobody_caught_is_told_without_its_words(aviary: Aviary) -> None:
    """A forgotten task, a thread and the whole program: kind and place are told, never the words."""

    async def forgotten() -> None:
        raise ValueError(aviary.plant())

    task = asyncio.create_task(forgotten())
    await asyncio.wait([task])
    loop = asyncio.get_running_loop()
    loop.default_exception_handler(
        {"message": "Task exception was never retrieved", "exception": task.exception(), "task": task}
    )  # fmt: skip
    lost = OSError(2, "No such file", aviary.plant())
    sys.excepthook(type(lost), lost, None)
    logging.getLogger("slack_sdk").warning("body: %s", aviary.plant())
    logging.getLogger("slack_bolt").warning(f"Unhandled request: {aviary.plant()}")  # noqa: G004 - as bolt does
    logging.getLogger("aiohttp.server").warning("from %s", aviary.plant())
    told = aviary.log.getvalue()
    for words in ("never retrieved", "ValueError", "No such file", "in forgotten", "from %s"):
        assert words in told
    assert aviary.flown() == []


async def test_lines_of_one_interaction_and_of_one_piece_of_work_carry_its_id(
    lobby: LobbyDriver, aviary: Aviary
) -> None:
    """Every line of an interaction has its id; each interaction and each try has its own."""
    trapped(lobby.parts)
    for _ in range(2):
        await lobby.handled("maya", Command("trap x"))
    now = lobby.clock.now()
    await lobby.store.run(lambda tx: work.add(tx, "trap.fails", "k", now, {}))
    await lobby.parts.runner.run_all_due()
    lines = [line for line in aviary.log.getvalue().splitlines() if "failed" in line]
    ids = [
        word.strip('[]",:')
        for line in lines
        for word in line.split()
        if "i-" in word or "work-" in word
    ]
    assert len(lines) == len(set(ids)) == 3
    assert [each.startswith("work-") for each in ids] == [False, False, True]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("command", ["run", "doctor"])
def test_no_password_of_a_database_that_does_not_answer(
    tmp_path: Path, form: str, command: str
) -> None:
    """The start says what to mend; the password in the address stays unsaid."""
    password, key = "CanaryPasswordZq", "CanarySecretKeyZq" * 3
    ended = subprocess.run(
        [sys.executable, "-m", "plnbot", "--debug", "--port", "0", command],
        cwd=ROOT,
        env={
            "PLNBOT_DATA_DIR": str(tmp_path),
            "PLNBOT_DATABASE_URL": f"postgresql://nobody:{password}@127.0.0.1:1/none",
            "PLNBOT_SECRET_KEY": key,
            "PLNBOT_LOG_FORMAT": form,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    said = ended.stdout + ended.stderr
    assert "127.0.0.1" in said
    assert "Canary" not in said
