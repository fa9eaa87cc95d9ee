"""Files from elsewhere, restored: what would act in them, run for ever or never be shown is refused."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from plnbot.errors import PlnError
from plnbot.operate import foreign
from plnbot.operate.backup import back_up
from plnbot.operate.restore import restore
from tests.operate.conftest import Installation

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
HOSTILE = {
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON work BEGIN DELETE FROM chat; END", "trigger"),
    "an endless view": (f"CREATE VIEW v AS {ENDLESS}", "view called v"),
    "an endless view in a table's place": (
        f"DROP TABLE chat_former; CREATE VIEW chat_former AS {ENDLESS}",
        "view called chat_former",
    ),
    "a table that a module reads": ("CREATE VIRTUAL TABLE s USING fts5(x)", "virtual table"),
    "a column that is computed": (
        "CREATE TABLE g (x, y AS (hex(zeroblob(100000000))))",
        "computed column called g.y",
    ),
    "words where a number is": (
        "INSERT INTO web_room VALUES ('w', 'r', 'n', 't', 'first', 0, 0, 0)",
        "web_room.position",
    ),
    "a time beyond all times": (
        "INSERT INTO inbox (platform, workspace, key, at) VALUES ('t', 'w', 'k', 1 << 62)",
        "the table inbox",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused(installation: Installation, what: str) -> None:
    """Nothing in it acts, or runs for ever; and what could not be shown to anybody is found at once."""
    folder, url = installation.settings.data_dir, installation.settings.database
    live, hostile = Path(url.removeprefix("sqlite:///")), folder / "hostile"
    back_up(installation.settings, str(hostile))
    made, words = HOSTILE[what]
    with contextlib.closing(sqlite3.connect(hostile)) as connection:
        connection.executescript(made)
    before = live.read_bytes()
    with pytest.raises(PlnError, match=words):
        restore(installation.settings, str(hostile))
    assert live.read_bytes() == before


def test_a_file_that_takes_for_ever_is_given_up(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However its looking through came to take so long."""
    monkeypatch.setattr(foreign, "LONGEST_SECONDS", 0.2)
    whole = installation.settings.data_dir / "whole"
    back_up(installation.settings, str(whole))
    with (
        pytest.raises(foreign.ForeignError, match="takes too long"),
        foreign.opened(whole) as connection,
    ):
        connection.execute(ENDLESS).fetchall()
