"""What becomes of the rows of two networks that join: of what each may have once, one stays."""

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint

from plnbot.store.database import Store
from plnbot.store.migrations import load_tables
from plnbot.store.schema import FOR_GOOD, metadata
from tests.engine.test_joining import ANA, MAYA, Town, town

__all__ = ["town"]


def test_what_a_network_may_have_once_is_known_to_joining() -> None:
    """Two networks may both have such a row: whoever adds one says here what joining does with it."""
    load_tables()
    rules = [
        (table.name, {column.name for column in rule.columns})
        for table in metadata.tables.values()
        for rule in (*table.constraints, *(each for each in table.indexes if each.unique))
        if isinstance(rule, UniqueConstraint | PrimaryKeyConstraint | Index)
    ]
    once = {name for name, columns in rules if "network_id" in columns}
    for_good = {each.name for each in metadata.tables.values() if FOR_GOOD in each.info}
    assert for_good == {
        *("credit_chain", "credit_event", "credit_head", "credit_words"),
        *("badge_key", "badge_list"),
    }
    one_stays, become_one = (
        {"calendar", "reading_rules", "pulse_rhythm"},
        {"organisation_name", "prompt", "reading_blog", "reading_feed", "credit_district_rules"},
    )
    # Never of both: their rows are another table's, or of a district, which is one network's.
    become_one |= {"search_entry", "insight_report"}
    for_good.discard("badge_key")  # of which a network may have several
    assert once == one_stays | become_one | for_good


async def test_rules_of_districts_that_both_go_by_are_one(town: Town, store: Store) -> None:
    """Each that either has is there afterwards, once."""
    ana, maya = await town.person(ANA), await town.person(MAYA)
    load_tables()
    rules = metadata.tables["credit_district_rules"]
    chosen = {ana: ("us-oh-revere", "us-xx-own"), maya: ("us-oh-revere",)}
    rows = [
        {"network_id": whose.network.id, "policy": each}
        for whose, policies in chosen.items()
        for each in policies
    ]
    await store.run(lambda tx: tx.execute(rules.insert(), rows))
    await town.press(MAYA)
    await town.press(ANA)
    stands = await store.read(lambda tx: tx.execute(rules.select().order_by(rules.c.policy)).all())
    assert [(row.network_id, row.policy) for row in stands] == [
        (maya.network.id, "us-oh-revere"),
        (maya.network.id, "us-xx-own"),
    ]


async def test_a_network_with_hours_joins_no_other(town: Town, store: Store) -> None:
    """Its ledger is its own for good; nothing of either is touched, and who presses is told."""
    ana, maya = await town.person(ANA), await town.person(MAYA)
    event = {
        "network_id": ana.network.id, "seq": 1, "at": town.bench.clock.now(), "kind": "submit",
        "entry_id": 1, "member_id": ana.id, "actor_id": ana.id, "facts": "{}", "words_hash": "", "hash": "x",
    }  # fmt: skip
    load_tables()
    await store.run(lambda tx: tx.execute(metadata.tables["credit_event"].insert().values(event)))
    await town.press(MAYA)
    assert "Hours were sent in or micro-credentials signed" in await town.press(ANA)
    assert (await town.person(ANA)).network.id != maya.network.id
