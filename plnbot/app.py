"""Wires settings, store, engine and adapters together: the one place that knows them all."""

import asyncio
import contextlib
import gc
import logging
import random
import secrets
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from adapters.web.app import WebOptions, make_app
from adapters.web.entrance import descriptors
from adapters.web.entrance.serving import Serving
from adapters.web.sender import WebSender
from adapters.web.store import close_sessions_of
from adapters.web.watched import Watched
from config.settings import Settings, lobby_key, secret, secrets_of
from plnbot import capabilities
from plnbot.engine import hearing_first, posts, rate_limits, rehearsing, restoration, work
from plnbot.engine.clock import RehearsalClock, SystemClock
from plnbot.engine.desk import TheDesk
from plnbot.engine.looking import Looks
from plnbot.engine.observer import UNOBSERVED, Observer
from plnbot.engine.ports import Clock, Connection, Person, Sender
from plnbot.engine.runner import Runner, Tools
from plnbot.errors import PlnError
from plnbot.fetching import Fetcher
from plnbot.first_start import LOBBY, PLATFORM, Beginnings, first_network
from plnbot.logs import GoesOn
from plnbot.members import store as members
from plnbot.members.actions import Members, SignInLinks
from plnbot.operate import lobby
from plnbot.operate.health import Health
from plnbot.operate.journal import journal_of, journalled
from plnbot.operate.metrics import CountedStore, Tally
from plnbot.operate.on_demand import OnDemand
from plnbot.outward import Outward, reading_feeds
from plnbot.rate_limit import RateLimit
from plnbot.sealing import Seal
from plnbot.store.alone import alone, one_at_a_time, writing_to
from plnbot.store.database import Store, Tx
from plnbot.store.migrations import migrate
from plnbot.store.opening import open_store
from plnbot.store.sound import must_be_sound
from plnbot.values import dataclass

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from plnbot.store.postgresql import PostgresqlStore

_SWITCH_SECONDS = 0.001


class StartError(PlnError):
    """The bot cannot start; the words say why and what to do."""


class Works(Protocol):
    """Does the work: the runner by itself, or its part of a cluster's."""

    async def run(self) -> None:
        """Work until `stop`; return when what was begun is finished."""

    def stop(self) -> None:
        """Begin nothing new."""


@dataclass(slots=True)
class Bot:
    """A bot that is wired and not yet running."""

    settings: Settings
    store: Store
    clock: Clock
    desk: TheDesk
    runner: Runner
    site: web.Application
    health: Health
    works: Works
    connections: tuple[Connection, ...] = ()
    address: str = ""
    lobby_key: str = ""

    def pages_of(self, platform: str) -> str:
        """Return where a platform's members reach the pages, or an empty string.

        The lobby is on this machine, like the pages; members elsewhere need a public address.
        """
        return self.settings.public_url or (self.address if platform == PLATFORM else "")

    def opened_by(self, path: str = "/") -> str:
        """Return the address that opens a page of ours; in the lobby it carries the key."""
        return lobby.opened_by(self.address, self.lobby_key, path)


@contextlib.asynccontextmanager
async def wired(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Bot]:
    """Yield a bot on a database that is up to date; close it at the end. Raises `PlnError`.

    Its clock is the one that is given, else the machine's, or the rehearsal's that the database is.
    """
    with writing_to(settings.data_dir):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    with alone(settings.database) as by_itself:
        await asyncio.to_thread(_migrated, settings.database)
        tally = Tally()
        opened = open_store(settings.database)
        store = CountedStore(opened, tally)
        try:
            bot = await _wire(settings, store, tally, opened, clock)
            if settings.cluster == "on":
                bot.works = await _shared(opened, bot)
            if by_itself:  # whoever held a lease is no longer there
                await store.run(lambda tx: work.take_over(tx, bot.clock.now()))
            journal = journal_of(settings.data_dir)
            async with journalled(journal, store, bot.desk.routes):
                yield bot
        finally:
            await store.close()


@contextlib.asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Bot]:
    """Yield a bot that serves its pages and does its work, until the block ends."""
    descriptors.raise_limit()
    async with wired(settings) as bot:
        await bot.health.beat()
        served = await _serve(bot)
        keep_the_loop_free()
        beating = asyncio.create_task(bot.health.keep_beating(), name="heartbeat")
        working = asyncio.create_task(bot.works.run(), name="runner")
        try:
            for each in bot.connections:
                await each.start()
            yield bot
        finally:
            for each in bot.connections:
                with GoesOn(log, "a connection did not end well: %s"):
                    await each.stop()
            bot.works.stop()
            beating.cancel()
            lobby.forget(settings.data_dir)
            await served.end()
            await working


def keep_the_loop_free() -> None:
    """Let nothing hold up the loop for long, from now on.

    The collector would walk again and again through all that was imported, a tenth of a second each
    time. The database's threads would keep the interpreter for 5 ms before the loop gets it.
    """
    if gc.isenabled():  # else it was off while everything was imported, which leaves no garbage
        gc.collect()
    gc.freeze()
    gc.enable()
    sys.setswitchinterval(_SWITCH_SECONDS)


def _migrated(url: str) -> None:
    try:
        must_be_sound(url)
        with one_at_a_time(url):
            migrate(url)
    except (SQLAlchemyError, sqlite3.Error) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise StartError(f"The database cannot be used: {reason}") from error


async def _shared(opened: Store, bot: Bot) -> Works:
    """Return what does this process's part of the work."""
    from plnbot.engine.cluster import Cluster, prepare

    postgresql = _shareable(opened)
    with one_at_a_time(bot.settings.database):
        await asyncio.to_thread(prepare, postgresql.dsn)
    cluster = Cluster(postgresql.dsn, bot.store, bot.clock, bot.runner)
    postgresql.share(cluster.before_commit)
    return cluster


def _in_turn(opened: Store, connection: Connection) -> Connection:
    """Return it so that one process of the cluster listens, and the others stand by."""
    from plnbot.engine.standby import Lease, Standby

    return Standby(connection, Lease(_shareable(opened).dsn, connection.sender.platform))


def _shareable(opened: Store) -> "PostgresqlStore":
    from plnbot.store.postgresql import PostgresqlStore

    if not isinstance(opened, PostgresqlStore):
        raise StartError("Only a PostgreSQL database can be shared between processes.")
    return opened


async def _wire(
    settings: Settings, store: Store, tally: Tally, opened: Store, given: Clock | None
) -> Bot:
    clock = given or await _clock(settings, store)
    wanted = Beginnings(settings.network_name, settings.locale, settings.zone)
    await store.run(lambda tx: first_network(tx, wanted, clock.now()))
    options = WebOptions(
        secret(settings),
        lobby_key(settings) if settings.lobby_is_on else "",
        settings.public_url or "",
        settings.network_name,
        LOBBY,
        settings.clock_rate,
        settings.address_limit,
    )
    chance = random.Random(secrets.randbits(64))  # noqa: S311 - spreads retries, guards nothing

    def address(platform: str) -> str:
        # Known once the server listens, and needed only after that.
        return bot.pages_of(platform)

    parts = assembled(
        store,
        clock,
        options,
        address,
        chance,
        locale=settings.locale,
        observer=tally,
        most_a_minute=settings.member_limit,
        presses_a_minute=settings.press_limit,
        fetcher=Outward(settings),
    )
    backups = OnDemand(settings.database, settings.data_dir / "backups")
    parts.desk.routes.include(backups.routes())
    seal = parts.runner.tools.seal = Seal(secrets_of(settings))
    if settings.secret_key_before is not None:
        await store.run(lambda tx: [each(tx, seal) for each in parts.desk.routes.reseals])
    connections = tuple(_connections(settings, parts, opened))
    for each in connections:
        parts.runner.senders[each.sender.platform] = each.sender
    parts.runner.tools.restored_at = await store.read(restoration.latest)
    by_platform = {each.sender.platform: each for each in connections}
    health = Health(settings.database, store, clock, parts.runner, by_platform, tally)
    watched = Watched(health, settings.watchers, settings.names)
    parts.site.router.add_routes(watched.routes())
    desk, runner, site = parts.desk, parts.runner, parts.site
    bot = Bot(settings, store, clock, desk, runner, site, health, runner, connections)
    bot.lobby_key = options.lobby_key
    return bot


@dataclass(frozen=True, slots=True)
class Parts:
    """What takes in, what does the work, and what serves the pages."""

    desk: TheDesk
    runner: Runner
    site: web.Application


def assembled(
    store: Store,
    clock: Clock,
    options: WebOptions,
    address: Callable[[str], str],
    chance: random.Random,
    *,
    locale: str = "en",
    observer: Observer = UNOBSERVED,
    most_a_minute: int = rate_limits.MOST_A_MINUTE,
    presses_a_minute: int = rate_limits.MOST_PRESSES,
    fetcher: Fetcher | None = None,
) -> Parts:
    """Return every part, put together.

    `address(platform)` says, when asked, where a platform's members reach the pages; one member may
    send `most_a_minute` and press `presses_a_minute`; without a `fetcher` there is no web outside.
    """
    links = SignInLinks(address, close_sessions_of)
    routes = capabilities.catalogue(capabilities.every())

    def signed_out(tx: Tx, person: Person, _now: datetime) -> None:
        links.close(tx, [person.ref])

    renamed = [*(each.renamed for each in routes.ears), *posts.renaming(routes.posts)]
    directory = Members(renamed, (signed_out,), routes.people)
    sends, presses = RateLimit(most_a_minute), RateLimit(presses_a_minute)
    looks = Looks(store)
    desk = TheDesk(store, clock, routes, directory, links, looks, locale, observer, sends, presses)
    desk.gaps.declare(routes)
    routes.when_due(hearing_first.KIND)(hearing_first.noted)
    routes.include(desk.files_in.routes())
    senders: dict[str, Sender] = {"web": WebSender(store, clock)}
    tools = Tools(store, clock, routes, directory, senders, chance, address, observer)
    tools.fetcher = fetcher or tools.fetcher
    tools.feeds = reading_feeds
    tools.openers = desk.openers
    tools.seal = Seal((options.secret,))
    desk.heavy_by.append(lambda: tools.heavy)
    runner = Runner(tools)
    return Parts(desk, runner, make_app(desk, store, clock, options))


def _connections(settings: Settings, parts: Parts, opened: Store) -> Iterator[Connection]:
    """Yield the platforms that are set up; one that is not is not even imported."""
    if settings.slack_is_set_up:
        from plnbot.platforms import slack

        yield slack(settings, parts.desk, parts.site)
    if settings.discord_token is not None:
        from adapters.discord.app import DiscordConnection
        from adapters.discord.client import Options

        options = Options(
            settings.discord_token.get_secret_value(),
            settings.discord_api_url,
            settings.discord_gateway_url or "",
            content=settings.discord_message_content == "on",
            members=settings.discord_members == "on",
            threads=settings.discord_threads == "on",
        )
        discord = DiscordConnection(parts.desk, parts.desk.store, parts.desk.clock, options)
        # Its gateway tells every process of everything; Slack spreads events over what is connected.
        yield _in_turn(opened, discord) if settings.cluster == "on" else discord


async def _clock(settings: Settings, store: Store) -> Clock:
    """Return the real clock, or a rehearsal's on a database that is one."""

    def look(tx: Tx) -> Clock:
        there = rehearsing.rehearsal(tx)
        real = members.first_network(tx) is not None and there is None
        if settings.clock_rate == 1 and there is None:
            return SystemClock()
        if real:
            raise StartError(
                "This database holds real records, so it cannot be a rehearsal. Rehearse in"
                f" another folder: ./run --data-dir rehearsal --rate {settings.clock_rate:g}"
            )
        now = datetime.now(UTC)
        clock = RehearsalClock(settings.clock_rate, now, now)
        if there is not None:
            clock = RehearsalClock(settings.clock_rate, there.now(), now)
        rehearsing.set_rehearsal(tx, clock.rate, clock.shown_at, clock.real_at)
        return clock

    return await store.run(look)


async def _serve(bot: Bot) -> Serving:
    served = Serving(bot.site)
    host, port = bot.settings.host, bot.settings.port
    try:
        taken = await served.begin(host, port)
    except OSError as error:
        await served.end()
        raise StartError(
            f"Port {port} of {host} cannot be used: {error.strerror}. Perhaps plnbot runs already;"
            f" stop that, or choose another port: PLNBOT_PORT={port + 1} ./run"
        ) from error
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    bot.address = f"http://{f'[{shown}]' if ':' in shown else shown}:{taken}"
    lobby.note(bot.settings.data_dir, bot.address)
    return served


def demo_folder(settings: Settings) -> Path:
    """Return where the demo keeps its own database, apart from every other."""
    return settings.data_dir / "demo"
