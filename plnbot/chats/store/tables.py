"""The tables of chats."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json, ScheduleText

chat = Table(
    "chat",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("state", String(12), nullable=False),
    Column("title", String(200), nullable=False),
    Column("hashtag", String(80), nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("zone", String(60), nullable=False),
    Column("plan", String(40), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("warm_up", Text, nullable=False),
    Column("intro", Text, nullable=False),
    Column("outro", Text, nullable=False),
    Column("moments", Json, nullable=False),
    Column("current", Integer, nullable=False),
    Column("held_since", Instant, nullable=True),
    Column("least_seconds", Integer, nullable=False),
    Column("step_seconds", Integer, nullable=False),
    Column("keep_end", Boolean, nullable=False),
    Column("created_by", Id, ForeignKey("member.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=True),
    Column("grew_from", String(60), nullable=False, server_default=""),
    Column("opened", Boolean, nullable=False, server_default=false()),
    Index("ix_chat_place", "platform", "workspace", "channel", "state"),
    Index("ix_chat_network", "network_id", "state", "starts_at"),
)
further_run = Table(
    "chat_further_run",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), primary_key=True, autoincrement=False),
    Column("first_id", Id, ForeignKey("chat.id"), nullable=False),
    Index("ix_chat_further_run_first", "first_id"),
)
question = Table(
    "chat_question",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("label", String(12), nullable=False),
    Column("words", Text, nullable=False),
    Column("asked_at", Instant, nullable=True),
    Column("skipped", Boolean, nullable=False),
    UniqueConstraint("chat_id", "number"),
)
presence = Table(
    "chat_presence",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("since", Instant, nullable=False),
    Index("ix_chat_presence_member", "member_id"),
)
newcomer = Table(
    "chat_newcomer",
    metadata,
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True, autoincrement=False),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("greeting", Integer, nullable=False),
    Index("ix_chat_newcomer_chat", "chat_id", "greeting"),
)
attendance = Table(
    "chat_attendance",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("here_at", Instant, nullable=True),
    Column("first_at", Instant, nullable=True),
    Column("last_at", Instant, nullable=True),
    Column("led", Boolean, nullable=False),
    Index("ix_chat_attendance_member", "member_id"),
)
proposed = Table(
    "chat_proposed",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False, unique=True),
    Column("version", Json, nullable=False),
    # A button of an earlier preview must not change a chat to what a later one says.
    sqlite_autoincrement=True,
)
former = Table(
    "chat_former",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False, unique=True),
    Column("version", Json, nullable=False),
    # A button of an earlier change must not take back another.
    sqlite_autoincrement=True,
)
series = Table(
    "chat_series",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("title", String(200), nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("plan", String(40), nullable=False),
    Column("locale", String(12), nullable=False),
    Column("schedule", ScheduleText, nullable=False),
    Column("created_by", Id, ForeignKey("member.id"), nullable=False),
    Column("begun_at", Instant, nullable=True),
    Column("ended_at", Instant, nullable=True),
    Index("ix_chat_series_network", "network_id", "ended_at"),
)
series_date = Table(
    "chat_series_date",
    metadata,
    Column("series_id", Id, ForeignKey("chat_series.id"), primary_key=True),
    Column("slot", Instant, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False, unique=True),
)
suggestion = Table(
    "chat_suggestion",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=True),
    Column("question_id", Id, ForeignKey("chat_question.id"), nullable=True),
    Column("state", String(12), nullable=False),
    Column("words", Text, nullable=False),
    Column("merged_into", Id, ForeignKey("chat_suggestion.id"), nullable=True),
    Column("at", Instant, nullable=False),
    Index("ix_chat_suggestion_place", "platform", "workspace", "channel", "kind", "state"),
    Index("ix_chat_suggestion_network", "network_id", "kind", "state"),
    Index("ix_chat_suggestion_merged", "merged_into"),
    Index("ix_chat_suggestion_chat", "chat_id"),
    # A button of a suggestion that is gone must not lead to another.
    sqlite_autoincrement=True,
)
suggested_by = Table(
    "chat_suggested_by",
    metadata,
    Column("suggestion_id", Id, ForeignKey("chat_suggestion.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_chat_suggested_by_member", "member_id"),
)
poll = Table(
    "chat_poll",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("state", String(12), nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("zone", String(60), nullable=False),
    Column("first_at", Instant, nullable=True),
    Column("second_at", Instant, nullable=True),
    Column("seed", Id, nullable=False),
    Column("topics", Json, nullable=False),
    Column("result", Json, nullable=False),
    Column("created_by", Id, ForeignKey("member.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_chat_poll_place", "platform", "workspace", "channel", "state"),
    Index("ix_chat_poll_network", "network_id", "state"),
)
vote = Table(
    "chat_vote",
    metadata,
    Column("poll_id", Id, ForeignKey("chat_poll.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("topic_id", Id, ForeignKey("chat_suggestion.id"), nullable=False),
    Index("ix_chat_vote_member", "member_id"),
)
guest = Table(
    "chat_guest",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Index("ix_chat_guest_member", "member_id"),
)
summary = Table(
    "chat_summary",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), primary_key=True),
    Column("made_by", Id, ForeignKey("member.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("posts", Integer, nullable=False),
)
# Of what is quoted only which answer it is: its words are read when the summary is, and go with it.
summary_quote = Table(
    "chat_summary_quote",
    metadata,
    Column("chat_id", Id, ForeignKey("chat_summary.chat_id"), primary_key=True),
    Column("answer_id", Id, ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, nullable=False),
    Index("ix_chat_summary_quote_answer", "answer_id"),
)
season = Table(
    "chat_season",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("state", String(12), nullable=False),
    Column("words", Text, nullable=False),
    Column("starts", String(200), nullable=False),
    Column("again", String(200), nullable=False),
    Column("plan", String(40), nullable=False),
    Column("created_by", Id, ForeignKey("member.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_chat_season_network", "network_id", "state"),
    Index("ix_chat_season_member", "created_by"),
    # A button of a season that was proposed before must not plan another.
    sqlite_autoincrement=True,
)
season_date = Table(
    "chat_season_date",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), primary_key=True, autoincrement=False),
    Column("season_id", Id, ForeignKey("chat_season.id"), nullable=False),
    Column("by_vote", Boolean, nullable=False),
    Index("ix_chat_season_date_season", "season_id"),
)
