"""A database that was filled before districts, notices and gathering loses nothing on its way up."""

import itertools
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from adapters.web import store as rooms
from plnbot.calendars import store as calendars
from plnbot.chats import store as chats
from plnbot.engine import roles, work
from plnbot.engine.notices import gate
from plnbot.engine.notices import store as notices
from plnbot.engine.roles import Grant, Role
from plnbot.gathering import store as gathering
from plnbot.members import store as members
from plnbot.members.actions import districts
from plnbot.members.actions.erasing import erasures
from plnbot.members.model import OrganisationKind
from plnbot.members.store import organisations
from plnbot.store.database import Tx
from plnbot.store.migrations import migrate
from plnbot.store.migrations.stepping import differences, upgrade
from tests.conftest import without
from tests.postgres import NoPostgresError

BEFORE = "0010"
AT = 1_795_000_000_000_000
NOW = datetime.fromtimestamp(AT / 1_000_000, UTC)
DAY = 86_400_000_000
LONG = ("Consolidated " * 15)[:120]
TOLD = {
    1: {"district": "Lincoln USD", "state": "Ohio", "school": "Oak Middle"},
    2: {"district": "LINCOLN  U.S.D.", "state": "ohio", "school": "OAK middle"},
    3: {"district": "Lincoln USD", "state": "", "school": "Oak Middle"},
    4: {"district": "!!! …", "state": "Ohio", "school": "🏫"},
    5: {"district": LONG, "state": ("The State of " * 9)[:60], "school": "ﷺ" * 80},
    6: {},
    7: {"district": "Lincoln USD", "state": "Ohio", "school": ""},
}
GOALS = ["Less  marking", "Oftener: “¿qué?”"]
ELSEWHERE = 7
"""Who is in the other network, in a district of the same name."""
LEFT = 6
"""Whose account has left its workspace."""
_numbers = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give a database as it was at that step, with people and what they did in it."""
    if request.param == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('tmp_path') / 'old.sqlite3'}"
        _filled(url)
        yield url
        return
    running = request.getfixturevalue("server")
    if isinstance(running, NoPostgresError):
        without(f"no PostgreSQL here: {running}")
    name = f"plnbot_before_{next(_numbers)}"
    _filled(url := running.make(name))
    yield url
    running.drop(name)


def _filled(url: str) -> None:
    upgrade(url, BEFORE)
    engine = create_engine(url)
    with engine.begin() as connection:
        _people(connection)
        _a_chat(connection)
        _work(connection)
        if connection.dialect.name == "postgresql":
            for table in ("network", "member", "chat", "chat_question", "role_grant", "work"):
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"  # noqa: S608 - names of ours
                        f" (SELECT max(id) FROM {table}))"
                    )
                )
    engine.dispose()


def _put(connection: Connection, table: str, **values: object) -> None:
    columns = ", ".join(f'"{name}"' for name in values)
    given = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({given})"), values)  # noqa: S608 - names of ours


def _account(number: int) -> dict[str, object]:
    return {
        "platform": "slack",
        "workspace": "T1" if number < ELSEWHERE else "T2",
        "user": f"U{number}",
    }


def _profile(told: Mapping[str, str]) -> Mapping[str, object]:
    """Return what somebody told as it was kept, nothing at all of who never opened the form."""
    if not told:
        return {}
    rest = {"subjects": ["Art"], "grades": [], "years": 3, "goals": GOALS, "in_class": None}
    return {**told, **rest, "at_night": ["21:00", "07:00"], "seen": {"school": "me"}}


def _people(c: Connection) -> None:
    for number, name in ((1, "Ours"), (2, "Theirs")):
        _put(c, "network", id=number, name=name, locale="en", zone="UTC", created_at=AT)
        _put(c, "workspace", platform="slack", workspace=f"T{number}", network_id=number)
        _put(c, "chat_calendar", network_id=number, token=f"token {number}")
    for number, told in TOLD.items():
        _put(
            c, "member", id=number, network_id=1 if number < ELSEWHERE else 2, name=f"Zoë {number}",
            locale="es", zone="America/Denver", profile=json.dumps(_profile(told)),
            started_at=AT if number == 1 else None, created_at=AT,
        )  # fmt: skip
        _put(
            c,
            "account",
            member_id=number,
            left_at=AT if number == LEFT else None,
            **_account(number),
        )
        for table in ("web_session", "sign_in"):
            path = {"path": "/page/home"} if table == "sign_in" else {}
            _put(
                c, table, token=f"{table} {number}", expires_at=AT + DAY, **_account(number), **path
            )
    for number, (role, scope) in enumerate(
        ((Role.ADMINISTRATOR, ""), (Role.MODERATOR, "chat:1")), 1
    ):
        _put(
            c, "role_grant", id=number, network_id=1, person_id=1, role=role.value, scope=scope, at=AT
        )  # fmt: skip
    for number, keeps in ((98, True), (99, False)):
        _put(c, "erasure", member_id=number, since=AT, network_id=1, at=AT, keeps_answers=keeps)
    _put(
        c, "post", id=1, key="asks/T2", network_id=1, platform="slack", workspace="T1", channel="C9",
        thread="", user="", card="members.asks_to_join", ref="1.2", at=AT,
        args=json.dumps({"platform": "slack", "workspace": "T2"}),
    )  # fmt: skip


def _a_chat(c: Connection) -> None:
    _put(
        c, "chat", id=1, network_id=1, state="scheduled", title="T", hashtag="", platform="slack",
        workspace="T1", channel="C1", starts_at=AT + DAY, zone="UTC", plan="p", minutes=60,
        warm_up="", intro="", outro="", moments="[]", current=0, least_seconds=1, step_seconds=0,
        keep_end=True, created_by=1, created_at=AT,
    )  # fmt: skip
    _put(c, "chat_question", id=1, chat_id=1, number=1, label="1", words="Why?", skipped=False)
    for number in (2, 3):
        _put(c, "chat_presence", chat_id=1, member_id=number, since=AT, left_out=number == 3)
        _put(
            c, "chat_answer", id=number * 10, chat_id=1, question_id=1, member_id=number,
            author=f"Zoë {number}", words=f"because {number}", at=AT, late=False,
            source=f"form/{number}", hidden_reason="",
        )  # fmt: skip


def _work(c: Connection) -> None:
    """Write reminders down: one that waits, one being sent, one that was, and one of a chat that is gone."""
    reminders = ((1, 1, "due"), (2, 1, "leased"), (3, 1, "done"), (4, 99, "due"))
    for person, chat, state in reminders:
        _put(
            c, "work", id=person, key=f"chat/{chat}/remind/{person}", kind="chats.remind",
            network_id=1, lane="", due_at=AT + DAY // 2, run_at=AT + DAY // 2, state=state,
            payload=json.dumps({"chat": chat, "person": person, "for": "then"}), attempts=0, fence=0,
            reason="",
        )  # fmt: skip


@pytest.fixture
def upgraded(old: str) -> Iterator[Engine]:
    """Give it brought up to date."""
    migrate(old)
    assert differences(old) == []
    engine = create_engine(old)
    yield engine
    engine.dispose()


def test_everybody_is_who_they_were(upgraded: Engine) -> None:
    """Names, words told, roles and sessions stay; who had left is signed out, and nobody else."""
    with upgraded.begin() as connection:
        tx = Tx(connection)
        for number, told in TOLD.items():
            person = members.by_id(tx, number, "slack")
            assert person is not None
            assert (person.name, person.zone) == (f"Zoë {number}", "America/Denver")
            kept, _started = members.profile_of(tx, number)
            assert (kept.district, kept.state, kept.school) == tuple(
                told.get(each, "") for each in ("district", "state", "school")
            )
            assert kept.goals == (("Less marking", GOALS[1]) if told else ())
            stays = None if number == LEFT else person.ref
            assert rooms.session_of(tx, f"web_session {number}", NOW) == stays
            assert (members.sign_in_of(tx, f"sign_in {number}", NOW) is None) == (number == LEFT)
        assert members.has_confirmed(tx, 1)
        assert not members.has_confirmed(tx, 2)
        assert roles.grants_of(tx, 1, NOW + timedelta(days=9999)) == {
            Grant(Role.ADMINISTRATOR), Grant(Role.MODERATOR, "chat:1"),
        }  # fmt: skip
        assert roles.holders(tx, 1, [Role.ADMINISTRATOR], now=NOW, lasting=True) == (1,)
        assert [each.kept for each in erasures(tx)] == [("answers",), ()]
        found = members.called_like(tx, 1, "zoe", 25)
        assert {each.id for each in found} == {1, 2, 3, 4, 5}, "all but who left, and the others"


def test_what_they_typed_leads_to_districts(upgraded: Engine) -> None:
    """One row a name in its state and network, none for what is no name; all go on from there."""
    with upgraded.begin() as connection:
        tx = Tx(connection)
        at = {number: organisations.of_member(tx, number) for number in TOLD}
        assert at[1] == at[2]
        assert len({each.id for n in (1, 3, 5, ELSEWHERE) if (each := at[n][0])}) == 4
        assert len({each.id for n in (1, 3, 5) if (each := at[n][1])}) == 3
        assert at[4] == at[6] == (None, None)
        assert at[ELSEWHERE][1] is None
        first = at[1][0]
        assert first is not None
        assert (first.network, first.name, first.state) == (1, "Lincoln USD", "Ohio")
        assert not first.settled
        one = members.by_id(tx, 1, "slack")
        assert one is not None
        districts.settled(tx, first, NOW, by=one)
        for number in TOLD:  # they send the form again as it is
            person = members.by_id(tx, number, "slack")
            assert person is not None
            told, _started = members.profile_of(tx, number)
            districts.told(tx, person, NOW, told=told)
        assert organisations.of_member(tx, 2) == organisations.of_member(tx, 1)
        assert {each.id for each in districts.find(tx, 1, OrganisationKind.DISTRICT, "linc")} == {
            first.id
        }


def test_what_they_did_and_wait_for_goes_on(upgraded: Engine) -> None:
    """Answers, who is left out, calendars, questions about joining, and reminders are there."""
    with upgraded.begin() as connection:
        tx = Tx(connection)
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        said = gathering.of_whole(tx, "chat", 1)
        assert [(each.id, each.words) for each in said] == [(20, "because 2"), (30, "because 3")]
        assert [gathering.is_left_out(tx, "chat", 1, number) for number in (2, 3)] == [False, True]
        calendar = calendars.calendar_at(tx, "token 1")
        assert calendar is not None
        assert calendar.network == 1
        assert calendars.calendar_read_by(tx, 2) == ("token 1", calendar)
        assert calendars.calendar_read_by(tx, LEFT) is None
        assert list(members.questions(tx)) == [("slack", "T2")]
        chat = chats.get_chat(tx, 1)
        assert chat is not None
        waiting = {number: notices.waiting(tx, number) for number in TOLD}
        assert {number for number, each in waiting.items() if each} == {1, 2}
        assert waiting[1][0].wanted.until == chat.starts_at
        for number in (1, 2):
            assert work.planned_for(tx, gate.work_key(number)) is not None
