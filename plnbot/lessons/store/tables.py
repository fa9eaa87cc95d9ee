"""The tables of lessons."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from plnbot.lessons.model import LONGEST_TERMS, LONGEST_TITLE
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json


def _lesson() -> Column[int]:
    return Column("lesson_id", Id, ForeignKey("lesson.id"), primary_key=True)


def _member() -> Column[int]:
    return Column("member_id", Id, ForeignKey("member.id"), primary_key=True, index=True)


lesson = Table(
    "lesson",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("title", String(LONGEST_TITLE), nullable=False),
    Column("about", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("standards", String(200), nullable=False),
    Column("subjects", Json, nullable=False),
    Column("grades", Json, nullable=False),
    Column("skills", Json, nullable=False),
    Column("licence", String(12), nullable=False),
    Column("terms", String(LONGEST_TERMS), nullable=False),
    Column("source_id", Id, ForeignKey("lesson.id"), nullable=True, index=True),
    Column("source_title", String(LONGEST_TITLE), nullable=False),
    Column("source_licence", String(12), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("withdrawn_at", Instant, nullable=True),
    Column("down_at", Instant, nullable=True),
    Column("why", Text, nullable=False),
    Index("ix_lesson_network", "network_id", "changed_at"),
    sqlite_autoincrement=True,
)
author = Table(
    "lesson_author",
    metadata,
    _lesson(),
    _member(),
    # Null until they have said yes.
    Column("since", Instant, nullable=True),
    Column("asked_at", Instant, nullable=False),
)
version = Table(
    "lesson_version",
    metadata,
    _lesson(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=True, index=True),
    Column("why", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
use = Table(
    "lesson_use",
    metadata,
    _lesson(),
    _member(),
    Column("taken_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=True),
    Column("went", String(12), nullable=False),
    Column("sentence", Text, nullable=False),
)
report = Table(
    "lesson_report",
    metadata,
    _lesson(),
    _member(),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
