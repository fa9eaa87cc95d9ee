"""A table whose changes fail, as often as a test wants: what PostgreSQL does to a bot now and then."""

from sqlalchemy import text

from plnbot.store.database import Tx

_FAULTS = """
CREATE SEQUENCE faults;
CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('faults') <= {times} THEN {how} END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER fails BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION fails();
"""
REFUSED = "RAISE EXCEPTION 'no' USING ERRCODE = 'query_canceled';"
CUT_OFF = "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1);"


def fail(tx: Tx, *, when: str, table: str, times: int, how: str = REFUSED) -> None:
    """Let the next changes of a table fail: refused, or with the connection cut off."""
    faults = _FAULTS.format(when=when, table=table, times=times, how=how)
    tx.conn.exec_driver_sql(faults)


def failed(tx: Tx) -> int:
    """Return how many changes were tried since; the first ones failed."""
    tried: int = tx.execute(text("SELECT last_value - 1 + is_called::int FROM faults")).scalar_one()
    return tried
