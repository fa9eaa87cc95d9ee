"""One suite for both databases: the same is found, in the same order."""

import functools
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, text, update

from plnbot import fulltext
from plnbot.fulltext import Document, Hit
from plnbot.fulltext import store as finding
from plnbot.fulltext.ranking import best_first
from plnbot.fulltext.store import search_entry
from plnbot.members import store as members
from plnbot.store.database import Store, Tx
from plnbot.store.migrations import migrate
from plnbot.store.migrations.stepping import upgrade
from tests.conftest import without
from tests.postgres import NoPostgresError, Server

ITEM, CATALOGUE = "item", "catalogue"
NOW = datetime(2026, 11, 27, tzinfo=UTC)
TEXTS = {
    1: ("Fractions on a number line", "Pupils place halves and thirds.", "en"),
    2: ("Three games for a rainy day", "One has fractions and another a number line in it.", "en"),
    3: ("Las fracciones en la recta numérica", "Una clase para niños de quinto.", "es"),
    4: (
        "Students at lunch",
        "A number of teachers stood there. " + "They ate soup and bread. " * 8 + "None asked for"
        " fractions, and nobody stood in line.",
        "en",
    ),
    5: ("Classroom climate", "How to begin a week calmly.", "en"),
}


@pytest.fixture
async def network(store: Store) -> int:
    """Return a network with a few texts; another one has the very same."""

    def fill(tx: Tx) -> int:
        first, second = (members.new_network(tx, name, "en", "UTC", NOW).id for name in "ab")
        for whose in (first, second):
            for row, (title, body, language) in TEXTS.items():
                fulltext.put(tx, Document(whose, ITEM, row, title, body, language))
        fulltext.put(tx, Document(second, ITEM, 99, "Fractions that nobody else may see"))
        return first

    return await store.run(fill)


async def rows(store: Store, network: int, typed: str, kind: str = ITEM) -> list[int]:
    """Return what is found, in order."""
    found = await store.read(lambda tx: fulltext.find(tx, network, typed, kinds=[kind]))
    return [each.row for each in found.hits]


ASKED = {
    "fractions number line": [1, 4, 2],
    "FRACTION": [1, 4, 2],
    "fracciones": [3],
    "fracción recta": [3],
    "recta numerica": [3],
    "nino": [3],
    '"number line"': [1, 2],
    '"line number"': [],
    '"line pupils"': [],
    "how to begin the week": [5],
    "nowhere": [],
}


async def test_what_is_found(store: Store, network: int) -> None:
    """Every word has to be there, a title counts more, endings and accents do not, newer is first."""
    assert {typed: await rows(store, network, typed) for typed in ASKED} == ASKED


async def test_some_of_the_words_where_nothing_has_all(store: Store, network: int) -> None:
    """It comes all the same, what has more of them first, and it is said that it has not all."""
    found = await store.read(
        lambda tx: fulltext.find(tx, network, "fractions recta hexagon", kinds=[ITEM])
    )
    assert not found.all_words
    assert [each.row for each in found.hits] == [3, 1, 4, 2]
    found = await store.read(
        lambda tx: fulltext.find(tx, network, "hexagon fractions line", kinds=[ITEM])
    )
    assert [each.row for each in found.hits] == [1, 4, 2]


async def test_used_in_class_comes_first_among_what_fits_as_well(
    store: Store, network: int
) -> None:
    """Twins are in order of use; what fits far worse stays behind however often it was used."""

    def twins(tx: Tx) -> None:
        for row in (10, 11, 12):
            fulltext.put(tx, Document(network, CATALOGUE, row, "Hexagons to fold"))
        fulltext.put(tx, Document(network, CATALOGUE, 13, "Bees", "They build hexagons. " * 9))
        fulltext.used(tx, network, CATALOGUE, 11, 3)
        fulltext.used(tx, network, CATALOGUE, 13, 50)

    await store.run(twins)
    assert await rows(store, network, "hexagon", CATALOGUE) == [11, 12, 10, 13]


async def test_what_changes_is_found_as_it_is(store: Store, network: int) -> None:
    """Old words are gone, new ones count, and what was taken out is not found at all."""
    put = Document(network, ITEM, 5, "Hexagons", "fold them")
    await store.run(lambda tx: fulltext.put(tx, put))
    assert await rows(store, network, "climate") == []
    assert await rows(store, network, "hexagons") == [5]
    for _ in range(2):
        await store.run(lambda tx: fulltext.drop(tx, network, ITEM, 5))
        assert await rows(store, network, "hexagons") == []


async def test_what_is_rare_is_found_by_a_word_that_is_common_elsewhere(
    store: Store, network: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing of the kind that was asked for is among the newest."""
    monkeypatch.setattr(finding, "CANDIDATES", 2)

    def fill(tx: Tx) -> None:
        fulltext.put(tx, Document(network, CATALOGUE, 1, "Hexagons"))
        for row in range(100, 140):
            fulltext.put(tx, Document(network, ITEM, row, "Hexagons"))

    await store.run(fill)
    assert await rows(store, network, "hexagons", CATALOGUE) == [1]
    assert await rows(store, network, "nowhere", CATALOGUE) == []


async def test_of_many_the_newest_are_found_and_what_is_rare_wherever_it_is(
    store: Store, network: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However far apart the numbers of entries are; a phrase is found among texts that have its words apart."""
    monkeypatch.setattr(finding, "CANDIDATES", 3)

    def fill(tx: Tx) -> None:
        rare = Document(network, CATALOGUE, 1, "Hexagons to fold", "Bees build in wax and paper")
        fulltext.put(tx, rare)
        for at, begin in enumerate((5_000, 40_000, 300_000), start=1):
            skip(tx, begin, network)
            for row in range(10 * at, 10 * at + 2):
                fulltext.put(tx, Document(network, CATALOGUE, row, "Fold hexagons", "paper, wax"))

    await store.run(fill)
    assert await rows(store, network, "hexagons", CATALOGUE) == [31, 30, 21]
    assert await rows(store, network, "bees", CATALOGUE) == [1]
    assert await rows(store, network, '"wax and paper"', CATALOGUE) == [1]
    assert await rows(store, network, '"paper wax"', CATALOGUE) == [31, 30, 21]


def skip(tx: Tx, begin: int, network: int) -> None:
    """Let the next entry have a number above `begin`."""
    if tx.dialect == "sqlite":
        gap = {"id": begin, "network_id": network, "kind": "gap", "row_id": begin, "used": 0}
        tx.execute(insert(search_entry), gap)
    else:
        tx.execute(text("SELECT setval('search_entry_id_seq', :begin)"), {"begin": begin})


def test_what_was_indexed_in_the_way_of_before_is_found(server: Server | NoPostgresError) -> None:
    """Words, phrases and whose it is."""
    if isinstance(server, NoPostgresError):
        without(f"no PostgreSQL here: {server}")
    url = server.make("plnbot_words_of_before")
    upgrade(url, "0047")
    engine = create_engine(url)
    with engine.begin() as connection:
        tx = Tx(connection)
        one = members.new_network(tx, "a", "en", "UTC", NOW).id
        entry = {"id": 7, "network_id": one, "kind": ITEM, "row_id": 3, "used": 0}
        tx.execute(insert(search_entry), entry)
        put = "INSERT INTO search_index VALUES (:place, 'fraction gam', 'on a number lin', '', '')"
        tx.execute(text(put), {"place": (one << 40) + 7})
    migrate(url)
    with engine.begin() as connection:
        for typed in ("fractions", '"number line"', '"fraction games"'):
            found = fulltext.find(Tx(connection), one, typed, kinds=[ITEM])
            assert [each.row for each in found.hits] == [3], typed
    engine.dispose()
    server.drop("plnbot_words_of_before")


async def test_networks_that_become_one_find_both(store: Store, network: int) -> None:
    """What was found in one is found in the other, and in that alone."""

    def join(tx: Tx) -> int:
        other = network + 1
        fulltext.put(tx, Document(network, CATALOGUE, 70, "Hexagons of ours"))
        fulltext.put(tx, Document(other, CATALOGUE, 71, "Hexagons of theirs"))
        fulltext.joined(tx, network, other)
        # As joining does with every table that names a network.
        mine = (search_entry.c.network_id == network) & (search_entry.c.kind == CATALOGUE)
        tx.execute(update(search_entry).where(mine).values(network_id=other))
        return other

    other = await store.run(join)
    assert sorted(await rows(store, other, "hexagons", CATALOGUE)) == [70, 71]
    assert await rows(store, network, "hexagons", CATALOGUE) == []


async def test_no_word_leads_into_another_network(store: Store, network: int) -> None:
    """What sets networks apart is no word that could be typed or written."""
    await store.run(lambda tx: fulltext.put(tx, Document(network, CATALOGUE, 7, "kinditem it")))
    for typed in ("network2", "@network2", "scope : network2", "'@network2' fractions", "else see"):
        assert 99 not in await rows(store, network, typed)
    assert await rows(store, network, "kinditem") == []


async def test_hostile_questions_are_no_error(store: Store, network: int) -> None:
    """Whatever is typed, there is an answer."""
    hostile = [
        'fractions" OR 1=1 --',
        "title:fractions*",
        "NEAR(a b, 2) AND NOT fractions ^x",
        "fractions & | ! <-> ')",
        "\\' \x00 \ud83d\ude00",
        "(((((",
        "a" * 5000,
        " ".join(f"word{n}" for n in range(500)),
        "ﬃ ⅷ ß İ",
        "数学 ครู",
    ]
    for typed in hostile:
        await rows(store, network, typed)
        written = Document(network, ITEM, 8, typed)
        await store.run(functools.partial(fulltext.put, document=written))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=60))
async def test_any_text_is_found_by_itself(
    store: Store, network: int, title: str, typed: str
) -> None:
    """A text is found by its own words, and no text or question is an error."""

    def asked(tx: Tx) -> list[int]:
        fulltext.put(tx, Document(network, CATALOGUE, 1, title))
        fulltext.find(tx, network, typed, kinds=[CATALOGUE])
        return [h.row for h in fulltext.find(tx, network, title, kinds=[CATALOGUE]).hits]

    found = await store.run(asked)
    if title.isascii() and any(len(each) > 3 for each in title.split() if each.isalnum()):
        assert found == [1]


def test_bands_are_made_of_what_fits_about_as_well() -> None:
    """Use counts within a band only, and the order within one use stays."""
    hits = [Hit("i", 1, 8.0, 0), Hit("i", 2, 7.9, 4), Hit("i", 3, 7.8, 0), Hit("i", 4, 2.0, 9)]
    assert [each.row for each in best_first(hits)] == [2, 1, 3, 4]
    assert best_first([]) == []
