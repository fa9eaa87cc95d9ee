"""What every test may ask for: real databases, a still clock, the corpora."""

import atexit
import itertools
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from plnbot.store import postgresql, sqlite
from plnbot.store.database import Store
from plnbot.store.migrations import migrate
from plnbot.store.opening import open_store
from plnbot.testing import FrozenClock
from tests.postgres import TEMPLATE, NoPostgresError, Server, postgres
from tests.rows import Rows
from tests.turns import TURN

REQUIRE_ALL = "PLNBOT_TEST_REQUIRE_ALL"
_STATEMENTS = 5_000
_ROOM = 4 << 30
_numbers = itertools.count(1)
# A busy machine is slow, and that is no failure.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


def _handlers_are_not_described() -> None:
    """Let `signal.signal` leave handlers that are no numbers as they are, as Python 3.12 does.

    Before, it tried each as a number, and the error that it dropped described the handler: for asyncio's that
    was a task and all that it had returned, a whole bot with its database, four times a test.
    """
    before: Callable[[object, type], object] = vars(signal)["_int_to_enum"]

    def as_since(value: object, kind: type) -> object:
        return before(value, kind) if isinstance(value, int) else value

    vars(signal)["_int_to_enum"] = as_since


if sys.version_info < (3, 12):
    _handlers_are_not_described()


def _compiled_once() -> None:
    """Let the stores of all tests share what SQLAlchemy compiled, which it keeps for each engine alone.

    Every test opens a store of its own, and would compile every statement again.
    """
    first: dict[str, Engine] = {}

    def shared(make: Callable[..., Engine]) -> Callable[..., Engine]:
        def made(*args: object, **options: object) -> Engine:
            engine = make(*args, query_cache_size=_STATEMENTS, **options)
            known = first.setdefault(engine.name, engine)
            engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache
            return engine

        return made

    for module in (sqlite, postgresql):
        vars(module)["create_engine"] = shared(vars(module)["create_engine"])


def _in_memory() -> None:
    """Let what tests write lie in memory where there is much of it: tens of thousands of files.

    All of it goes at the end; whoever wants to look at it afterwards names a `TMPDIR`.
    """
    shared = Path("/dev/shm")  # noqa: S108 - what is made in it has a name of its own
    if "TMPDIR" in os.environ or not shared.is_dir():
        return
    found = os.statvfs(shared)
    if found.f_bavail * found.f_frsize < _ROOM or found.f_flag & os.ST_NOEXEC:
        return
    folder = tempfile.mkdtemp(prefix="plnbot-", dir=shared)
    Path(folder).chmod(0o755)  # PostgreSQL may run as somebody else
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


_compiled_once()
_in_memory()


def pytest_configure(config: pytest.Config) -> None:
    """Note what each test shows, for `./run rows`."""
    config.pluginmanager.register(Rows(), "rows")


def pytest_report_header() -> str:
    """Say which part of what is long comes up in this run."""
    return f"turn: {TURN}"


def without(reason: str) -> NoReturn:
    """Skip a test that cannot run here, or fail it where everything must run."""
    if os.environ.get(REQUIRE_ALL) == "1":
        pytest.fail(f"{reason}, and {REQUIRE_ALL} is set")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of this checkout."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def corpora(repository: Path) -> Path:
    """Return the folder of texts that tests may read and the project does not hold."""
    folder = repository.parent / "shared" / "corpora"
    if not folder.is_dir():
        without("the corpora are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite database that is up to date and empty, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "plnbot.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Server | NoPostgresError]:
    """Run a PostgreSQL with a template that is up to date and empty, or say why there is none."""
    try:
        with postgres() as running:
            migrate(running.make(TEMPLATE))
            yield running
    except NoPostgresError as error:
        yield error


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the test a database of its own, up to date and empty: on SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        path = request.getfixturevalue("tmp_path") / "plnbot.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    running = request.getfixturevalue("server")
    if isinstance(running, NoPostgresError):
        without(f"no PostgreSQL here: {running}")
    name = f"plnbot_{next(_numbers)}"
    yield running.make(name, TEMPLATE)
    running.drop(name)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """Open a store on the test's own database."""
    opened = open_store(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> FrozenClock:
    """Return a clock that stands at noon in New York on a Monday in November."""
    return FrozenClock(datetime(2026, 11, 23, 17, 0, tzinfo=UTC))
