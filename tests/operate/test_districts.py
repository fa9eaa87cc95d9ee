"""An operator brings a network's districts in from a file: all of them, or none and why."""

import asyncio
from argparse import Namespace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import Settings
from plnbot.members import store
from plnbot.members.command_words import WORDS
from plnbot.members.district_import import DistrictsError
from plnbot.members.model import OrganisationKind
from plnbot.members.model.district_files import UnreadableError, Wrong, read
from plnbot.members.store import organisations
from plnbot.operate.beside import BesideError
from plnbot.operate.words import done
from plnbot.store.database import Tx
from tests.operate.conftest import Installation

START = datetime(2026, 9, 1, tzinfo=UTC)
FILE = """name,state,other names
Lincoln Unified School District,Ohio,Lincoln USD|LUSD
"Columbus City, Schools",Ohio,
Cañon City,Colorado,Canon City Schools
"""


def import_districts(
    settings: Settings, file: str, network: str = "", *, check: bool = False
) -> int:
    """Do what `plnbot districts import` does."""
    return done(settings, WORDS[0], Namespace(file=file, network=network, check=check))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of three districts."""
    path = tmp_path / "districts.csv"
    path.write_text(FILE, "utf-8")
    return path


async def test_a_file_is_brought_in_twice(
    installation: Installation, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second time finds all of it there; a name more is added to the row it belongs to."""
    async with installation.running() as life:
        for content in (FILE, FILE.replace("|LUSD", "|LUSD|Lincoln Schools")):
            await asyncio.to_thread(file.write_text, content, "utf-8")
            assert await asyncio.to_thread(import_districts, installation.settings, str(file)) == 0

        def look(tx: Tx) -> list[tuple[str, tuple[str, ...]]]:
            home = store.first_network(tx)
            assert home is not None
            return [
                (each.row.name, each.names)
                for each in organisations.listed(tx, home.id, OrganisationKind.DISTRICT)
            ]

        found = await life.store.read(look)
    assert found == [
        ("Cañon City", ("Canon City Schools",)),
        ("Columbus City, Schools", ()),
        ("Lincoln Unified School District", ("Lincoln USD", "LUSD", "Lincoln Schools")),
    ]
    said = capsys.readouterr().out
    assert "3 new, 0 known by more names" in said
    assert "0 new, 1 known by more names" in said


async def test_a_name_that_two_networks_bear_is_asked_about(
    installation: Installation, file: Path
) -> None:
    """Nothing goes into a network that only calls itself like the one that is meant."""
    async with installation.running() as life:

        def settle(tx: Tx) -> tuple[int, ...]:
            made = [store.new_network(tx, "Lincoln", "en", "UTC", START) for _ in range(2)]
            for number, each in enumerate(made):
                store.attach(tx, each.id, "slack", f"T{number}")
            return tuple(each.id for each in made)

        def how_many(tx: Tx) -> list[int]:
            return [
                len(organisations.listed(tx, each, OrganisationKind.DISTRICT)) for each in networks
            ]

        networks = await life.store.run(settle)
        brings = partial(import_districts, installation.settings, str(file))
        with pytest.raises(BesideError, match="networks are called so"):
            await asyncio.to_thread(brings, "Lincoln")
        assert await life.store.read(how_many) == [0, 0]
        await asyncio.to_thread(brings, "slack/T1")
        assert await life.store.read(how_many) == [0, 3]


async def test_a_thousand_bad_lines(installation: Installation, file: Path) -> None:
    """Twenty are shown with their numbers, all are counted, and nothing is written."""
    await asyncio.to_thread(file.write_text, FILE + ",Ohio,\n" * 1000, "utf-8")
    async with installation.running():
        with pytest.raises(DistrictsError) as told:
            await asyncio.to_thread(import_districts, installation.settings, str(file))
    lines = str(told.value).splitlines()
    assert lines[0].endswith("line 5: there is no name")
    assert lines[-2] == "… and 980 more lines like these."
    assert lines[-1] == "1,000 of 1,003 lines are wrong; nothing was written."


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe\x00", "not written in UTF-8"),
        (b"Lincoln,Ohio\n", "must name the columns"),
        (b"", "must name the columns"),
        (b'name\n"' + b"x" * 200_000 + b'"\n', "no line of such a file"),
    ],
)
def test_what_is_no_such_file(
    installation: Installation, file: Path, content: bytes, why: str
) -> None:
    """It is said in words, with what to do."""
    file.write_bytes(content)
    with pytest.raises(DistrictsError, match=why):
        import_districts(installation.settings, str(file), check=True)
    file.unlink()
    with pytest.raises(DistrictsError, match="cannot be read"):
        import_districts(installation.settings, str(file))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_spanish_heads(separator: str) -> None:
    """Spreadsheets in other languages write other separators and other words."""
    text = "\ufeff" + "Nombre,Estado,Otros nombres\r\nOaxaca Centro,Oaxaca,OC\r\n"
    (good,), bad = read(text.replace(",", separator))
    assert (good.name, good.state, good.others, list(bad)) == (
        "Oaxaca Centro",
        "Oaxaca",
        ("OC",),
        [],
    )


def test_each_bad_line_says_why() -> None:
    """A name that leads to two districts of one state is told with the line it clashes with."""
    text = f"name,state,other names\nOne,Ohio,Uno\nTwo,ohio,UNO\nOne,Utah,\n{'x' * 121},,\n!!,,\nA,B,C,D\n"
    good, bad = read(text)
    assert [each.name for each in good] == ["One", "One"]
    assert [(each.line, each.why, each.before) for each in bad] == [
        (3, Wrong.TWICE, 2),
        (5, Wrong.TOO_LONG, 0),
        (6, Wrong.NOTHING_TO_READ, 0),
        (7, Wrong.COLUMNS, 0),
    ]


@given(st.text(max_size=300))
def test_reading_anything_ends_in_words(text: str) -> None:
    """Whatever a file holds, it is read or said to be none."""
    try:
        good, bad = read(f"name,state\n{text}")
    except UnreadableError:
        return
    assert all(each.name for each in good)
    assert all(str(each).startswith("line ") for each in bad)
