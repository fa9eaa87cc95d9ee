"""The step that made answers gathering's carries every one of them over, on both databases."""

import itertools
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, text

from plnbot.gathering import store
from plnbot.members.actions.erasing import erasures
from plnbot.store.database import Tx
from plnbot.store.migrations.stepping import differences, upgrade
from tests.conftest import without
from tests.postgres import NoPostgresError

BEFORE = "0015"
AT = 1_795_000_000_000_000
_numbers = itertools.count(1)
CHATS = {1: "archived", 2: "asking"}
ASKED, NOT_ASKED = AT, None


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give a database as it was before that step."""
    if request.param == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('tmp_path') / 'old.sqlite3'}"
        upgrade(url, BEFORE)
        yield url
        return
    running = request.getfixturevalue("server")
    if isinstance(running, NoPostgresError):
        without(f"no PostgreSQL here: {running}")
    name = f"plnbot_old_{next(_numbers)}"
    url = running.make(name)
    upgrade(url, BEFORE)
    yield url
    running.drop(name)


def insert(connection: Connection, table: str, **values: object) -> None:
    """Write one row."""
    columns = ", ".join(f'"{name}"' for name in values)
    given = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({given})"), values)  # noqa: S608 - names of ours


def fill(connection: Connection) -> None:
    """Write two chats down, with an answer of every kind."""
    insert(connection, "network", id=1, name="N", locale="en", zone="UTC", created_at=AT)
    for number, name in ((1, "Maya"), (2, "Luis")):
        insert(
            connection, "member", id=number, network_id=1, name=name, locale="en", zone="UTC",
            profile="{}", created_at=AT,
        )  # fmt: skip
        insert(
            connection, "erasure", member_id=90 + number, since=AT, network_id=1, at=AT,
            keeps_answers=number == 1,
        )  # fmt: skip
    edit = {"workspace": "T1", "channel": "C1", "message": "1.1", "version": "1.9", "at": AT}
    insert(connection, "slack_edit", **edit)
    for number, state in CHATS.items():
        insert(
            connection, "chat", id=number, network_id=1, state=state, title="T", hashtag="",
            platform="slack", workspace="T1", channel="C1", starts_at=AT, zone="UTC", plan="p",
            minutes=60, warm_up="", intro="", outro="", moments="[]", current=1, least_seconds=1,
            step_seconds=0, keep_end=True, created_by=1, created_at=AT,
        )  # fmt: skip
        for place, asked in ((1, ASKED), (2, NOT_ASKED)):
            insert(
                connection, "chat_question", id=number * 10 + place, chat_id=number, number=place,
                label=str(place), words="Why?", asked_at=asked, skipped=False,
            )  # fmt: skip
        insert(
            connection, "chat_presence", chat_id=number, member_id=2, since=AT, left_out=number == 2
        )
    said = (
        (3, 1, 11, "slack/C1/1.1", None, ""),
        (5, 1, 12, "slack/C1/1.2", None, ""),
        (7, 1, 12, "form/2", None, ""),
        (8, 2, 21, "slack/C1/1.3", 1, "names a pupil"),
        (9, 2, 22, "slack/C1/1.4", None, ""),
        (11, 2, 21, "former/11", None, ""),
    )
    for number, chat, question, source, hidden_by, why in said:
        insert(
            connection, "chat_answer", id=number, chat_id=chat, question_id=question, member_id=2,
            author="Luis", words=f"words {number}", at=AT + number, edited_at=AT if number == 3 else None,
            late=number == 5, source=source, hidden_by=hidden_by, hidden_reason=why,
        )  # fmt: skip


def test_every_answer_is_carried_over(old_url: str) -> None:
    """Number, words, time and state stay; sources say their workspace; what was prepared stays back."""
    engine = create_engine(old_url)
    with engine.begin() as connection:
        fill(connection)
    upgrade(old_url)
    assert differences(old_url) == []
    with engine.begin() as connection:
        tx = Tx(connection)
        found = {each.id: each for each in store.everything_by(tx, 2)}
        assert [each.words for each in found.values()] == [
            f"words {n}" for n in (3, 5, 7, 8, 9, 11)
        ]
        assert {each.source for each in found.values()} == {
            "slack/T1/C1/1.1", "slack/T1/C1/1.2", "form/2", "slack/T1/C1/1.3", "slack/T1/C1/1.4",
            "former/11",
        }  # fmt: skip
        assert {i for i, each in found.items() if each.prepared} == {7, 9}
        assert {i for i, each in found.items() if each.left_out} == {8, 9, 11}
        assert {i for i, each in found.items() if each.late} == {5}
        assert {i for i, each in found.items() if each.edited_at} == {3}
        assert found[8].hidden_reason == "names a pupil"
        assert {(each.kind, each.whole, each.under) for each in found.values()} == {
            ("chat", 1, 11), ("chat", 1, 12), ("chat", 2, 21), ("chat", 2, 22),
        }  # fmt: skip
        older = store.claim(tx, "slack/T1/C1/1.1", "1.8", found[3].at)
        assert not older, "what was told last is known still"
        assert [each.kept for each in erasures(tx)] == [("answers",), ()]
        new = store.put(
            tx, network_id=1, kind="chat", whole_id=1, under_id=11, member_id=1, author="Maya",
            words="new", choice="", at=found[3].at, late=False, prepared=False, source="form/1",
        )  # fmt: skip
        assert new > max(found), "numbers go on behind those that were carried over"
    engine.dispose()
