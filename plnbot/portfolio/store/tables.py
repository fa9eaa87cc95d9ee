"""The tables of the portfolio."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from plnbot.goals.model import LONGEST_OWN
from plnbot.portfolio.model import LONGEST_TITLE
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json


def _exemplar(*, key: bool = False) -> Column[int]:
    refers = ForeignKey("portfolio_exemplar.id")
    return Column("exemplar_id", Id, refers, nullable=False, primary_key=key, index=not key)


def _member(name: str = "member_id", *, nullable: bool = False) -> Column[int]:
    return Column(name, Id, ForeignKey("member.id"), nullable=nullable, index=True)


exemplar = Table(
    "portfolio_exemplar",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    _member(),
    Column("title", String(LONGEST_TITLE), nullable=False),
    Column("goal_id", Id, ForeignKey("goal.id"), nullable=True, index=True),
    Column("indicator", String(12), nullable=False),
    Column("own", String(LONGEST_OWN), nullable=False),
    Column("reflection", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
version = Table(
    "portfolio_version",
    metadata,
    _exemplar(key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
evidence = Table(
    "portfolio_evidence",
    metadata,
    Column("id", Id, primary_key=True),
    _exemplar(),
    Column("version", Integer, nullable=False),
    Column("show", String(12), nullable=False),
    Column("title", String(200), nullable=False),
    Column("file_id", Id, ForeignKey("file.id"), nullable=True, index=True),
    Column("link", Text, nullable=False),
    Column("source_ref", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
share = Table(
    "portfolio_share",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    _member(),
    _member("to_id", nullable=True),
    # Null where it is for one person: a code leads to what anybody may see who has it.
    Column("code", String(40), nullable=True, unique=True),
    Column("exemplars", Json, nullable=False),
    Column("name", String(80), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("address", String(200), nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("withdrawn_at", Instant, nullable=True),
    sqlite_autoincrement=True,
)
question = Table(
    "portfolio_question",
    metadata,
    Column("id", Id, primary_key=True),
    Column("share_id", Id, ForeignKey("portfolio_share.id"), nullable=False, index=True),
    _exemplar(),
    _member("asker_id"),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", Instant, nullable=True),
    Column("set_aside_at", Instant, nullable=True),
    sqlite_autoincrement=True,
)
