"""Every table either holds something of people, and can be taken out and erased, or says why not."""

import random
from pathlib import Path

from adapters.web.app import WebOptions
from plnbot.app import assembled
from plnbot.engine.personal import Personal
from plnbot.store.database import Store
from plnbot.store.migrations import load_tables
from plnbot.store.schema import metadata
from plnbot.talk.words import Translate
from plnbot.testing import FrozenClock


def declared(store: Store, clock: FrozenClock) -> list[Personal]:
    """Return what the assembled bot declares."""
    parts = assembled(store, clock, WebOptions(b"0" * 32), lambda _: "", random.Random(1))
    return parts.desk.routes.personal


async def test_every_table_is_declared(store: Store, clock: FrozenClock) -> None:
    """A new table is in a holding, or named as holding nothing of people with a reason."""
    load_tables()
    parts = declared(store, clock)
    personal = {table for part in parts for each in part.holdings for table in each.tables}
    nothing = {table: why for part in parts for table, why in part.nothing.items()}
    assert set(metadata.tables) - personal - set(nothing) == set(), "not declared"
    assert (personal | set(nothing)) - set(metadata.tables) == set(), "there is no such table"
    assert personal & set(nothing) == set(), "declared as both"
    assert all(len(why) > 10 for why in nothing.values())


async def test_a_table_with_a_members_number_is_personal(store: Store, clock: FrozenClock) -> None:
    """A column that refers to members makes its table personal, whatever its declaration says."""
    load_tables()
    personal = {t for part in declared(store, clock) for each in part.holdings for t in each.tables}
    referring = {
        table.name
        for table in metadata.tables.values()
        for column in table.columns
        if any(key.target_fullname == "member.id" for key in column.foreign_keys)
        or column.name in ("person_id", "user", "author")
    }
    assert referring - personal == set()


async def test_holdings_have_names_of_their_own(store: Store, clock: FrozenClock) -> None:
    """In an export no holding takes another's place."""
    names = [each.name for part in declared(store, clock) for each in part.holdings]
    assert len(names) == len(set(names))


async def test_the_document_says_the_same(
    store: Store, clock: FrozenClock, repository: Path
) -> None:
    """Operators read what members are told, line by line."""
    document = (repository / "docs" / "personal-data.md").read_text(encoding="utf-8")
    said = {line for line in document.splitlines() if line.startswith("| ")}
    t = Translate()
    expected = {
        f"| {t.say(each.about).bare()} | {t.say(each.lasts).bare()} |"
        f" {t.say(each.stays).bare() if each.stays else 'gone'} |"
        for part in declared(store, clock)
        for each in part.holdings
    }
    assert expected <= said
    assert len(said) == len(expected) + 1
