"""Dumps of PostgreSQL, by its own tools: pg_dump, pg_restore and psql."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, insert, make_url, text

from plnbot.engine.store import restoration
from plnbot.errors import PlnError
from plnbot.store.postgresql import APPLICATION

_OURS = ("member", "work", "erasure")
"""What a dump of any version has."""
_PASSED_ON = {"host": "PGHOST", "port": "PGPORT", "sslmode": "PGSSLMODE", "service": "PGSERVICE"}


_LITERAL = {"literal_binds": True}
_LOOKS, _BETWEEN_SECONDS = 25, 0.2
_CONNECTED = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name LIKE :ours AND pid <> pg_backend_pid()"
)
_EMPTIED = """
DO $$
DECLARE each record;
BEGIN
    FOR each IN SELECT c.oid::regclass AS name FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
    LOOP EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', each.name); END LOOP;
    FOR each IN SELECT p.oid::regprocedure AS name FROM pg_proc p
        WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS
            (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', each.name); END LOOP;
    FOR each IN SELECT t.oid::regtype AS name FROM pg_type t
        WHERE t.typnamespace = current_schema()::regnamespace AND t.typtype IN ('e', 'c')
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
    LOOP EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', each.name); END LOOP;
    FOR each IN SELECT c.oid::regclass AS name FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'S'
    LOOP EXECUTE format('DROP SEQUENCE IF EXISTS %s CASCADE', each.name); END LOOP;
END $$;
"""


class DumpError(PlnError):
    """A tool of PostgreSQL is missing, or said no; the words say what."""


def dump(url: str, to: Path, tables: Collection[str] = ()) -> str:
    """Dump the database at `url` as it stands at one moment; return what was verified.

    `tables` names those that a database of this version has.
    """
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")
    return check(to, {*_OURS, *tables})


def check(file: Path, tables: Collection[str] = _OURS) -> str:
    """Return what a dump's own contents show; raises `DumpError` where it is damaged or not ours."""
    listed = _run("pg_restore", "", "--list", str(file))
    there = {line.split()[-2] for line in listed.splitlines() if " TABLE DATA " in line}
    missing = sorted(set(tables) - there)
    if missing:
        raise DumpError(f"{file} holds no whole database of plnbot: {', '.join(missing)} missing.")
    return f"{len(there)} tables, readable by pg_restore"


def load(url: str, file: Path, at: datetime) -> None:
    """Put a dump in place of the database at `url`, restored at `at`, all of it or nothing.

    Everything in our schema goes first, in the same transaction: a newer version may have made
    tables that the dump does not know, and that refer to those it does.
    """
    with tempfile.TemporaryDirectory() as folder:
        emptied, script, noted = (Path(folder) / f"{name}.sql" for name in ("e", "s", "n"))
        emptied.write_text(_EMPTIED, encoding="utf-8")
        engine = create_engine(url, hide_parameters=True)  # only knows how its dialect writes
        note = insert(restoration).values(at=at).compile(engine, compile_kwargs=_LITERAL)
        # The dump leaves the session without a schema to look in.
        noted.write_text(f"RESET search_path;\n{note};\n", encoding="utf-8")
        plain = ("--no-owner", "--no-privileges", f"--file={script}")
        _run("pg_restore", "", *plain, str(file))
        words = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        _run("psql", url, *words, *(f"--file={each}" for each in (emptied, script, noted)))


def in_use(url: str) -> bool:
    """Return whether a bot is connected to the database at `url`; one that just ended may go first."""
    # Within one transaction PostgreSQL shows the same list of connections again and again.
    engine = create_engine(url, hide_parameters=True, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for _ in range(_LOOKS):
                if not connection.execute(_CONNECTED, {"ours": f"{APPLICATION}%"}).scalar_one():
                    return False
                time.sleep(_BETWEEN_SECONDS)
    finally:
        engine.dispose()
    return True


def _run(tool: str, url: str, *words: str) -> str:
    path = shutil.which(tool)
    if path is None:
        raise DumpError(
            f"{tool} is not on this machine. Install PostgreSQL's client of the server's version"
            " (Debian and Ubuntu: postgresql-client), or use your provider's own backups."
        )
    environment = {**os.environ, **(_environment(url) if url else {})}
    ended = subprocess.run(  # noqa: S603 - PostgreSQL's own tool, no shell
        [path, *words], env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        said = (ended.stderr.strip().splitlines() or ["it did not say why"])[0]
        raise DumpError(f"{tool} said no: {said}")
    return ended.stdout


def _environment(address: str) -> Mapping[str, str]:
    """Return an address as PostgreSQL's tools read it: a password is never in a command line."""
    url = make_url(address)
    parts = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    for name, variable in _PASSED_ON.items():
        if isinstance(value := url.query.get(name), str):
            parts[variable] = value
    return {name: str(value) for name, value in parts.items() if value}
