"""What chats keep of a member: presence, and the chats they planned."""

from datetime import datetime

from sqlalchemy import delete, or_, select

from plnbot.chats import actions, store
from plnbot.chats.actions import topics
from plnbot.chats.model import LIVE
from plnbot.chats.store import seasons, suggestions
from plnbot.chats.store.tables import (
    attendance,
    chat,
    guest,
    poll,
    presence,
    season,
    series,
    suggestion,
    summary,
    vote,
)
from plnbot.engine import outbox
from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.engine.store import post as post_table
from plnbot.store.database import Tx
from plnbot.talk.words import msg

PROPOSED = seasons.SeasonState.PROPOSED.value


def _presences(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(presence, chat.c.title)
        .join(chat, chat.c.id == presence.c.chat_id)
        .where(presence.c.member_id == whose.id)
    )
    introduced = store.introduced_in(tx, whose.id)
    new_in = introduced[0] if introduced else None
    return [
        {
            "chat": row.title,
            "since": row.since.isoformat(),
            "introduced": row.chat_id == new_in,
        }
        for row in rows
    ]


def _erase_presences(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(presence).where(presence.c.member_id == erasure.whose.id))
    # Cards that name them are made anew, and no longer find a name.
    for key in _naming(tx, erasure.whose):
        outbox.refresh(tx, key, erasure.now)
    store.forget_newcomer(tx, erasure.whose.id)


def _naming(tx: Tx, whose: Whose) -> list[str]:
    rows = tx.execute(
        select(post_table.c.key, post_table.c.args).where(
            post_table.c.network_id == whose.network,
            or_(
                post_table.c.key == actions.hello_key(whose.id),
                post_table.c.card == "chats.your_turn",
            ),
        )
    )
    found = [row.key for row in rows if row.args.get("person", row.args.get("by")) == whose.id]
    introduced = store.introduced_in(tx, whose.id)
    return found + ([actions.greeting_key(*introduced)] if introduced else [])


def _attendances(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(attendance, chat.c.title)
        .join(chat, chat.c.id == attendance.c.chat_id)
        .where(attendance.c.member_id == whose.id)
    )
    return [
        {
            "chat": row.title,
            "here_at": row.here_at.isoformat() if row.here_at else None,
            "first_act": row.first_at.isoformat() if row.first_at else None,
            "last_act": row.last_at.isoformat() if row.last_at else None,
            "led": row.led,
        }
        for row in rows
    ]


def _erase_attendances(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(attendance).where(attendance.c.member_id == erasure.whose.id))


def _forget_ended(tx: Tx, _now: datetime) -> None:
    """Take away what came in just as its chat ended; with the chat itself goes all the rest."""
    live = select(chat.c.id).where(chat.c.state.in_([each.value for each in LIVE]))
    tx.execute(delete(attendance).where(attendance.c.chat_id.not_in(live)))


def _planned(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(chat).where(chat.c.created_by == whose.id).order_by(chat.c.id))
    votes = tx.execute(select(poll).where(poll.c.created_by == whose.id).order_by(poll.c.id))
    by_them = summary.c.made_by == whose.id
    summed_up = tx.execute(select(summary).where(by_them).order_by(summary.c.chat_id))
    of_seasons = tx.execute(select(season).where(season.c.created_by == whose.id))
    again = tx.execute(select(series).where(series.c.created_by == whose.id).order_by(series.c.id))
    return [
        *(
            {"title": row.title, "starts_at": row.starts_at.isoformat(), "state": row.state}
            for row in rows
        ),
        *({"title": row.title, "comes_again": row.schedule.as_text()} for row in again),
        *({"summary_of_chat": row.chat_id, "at": row.made_at.isoformat()} for row in summed_up),
        *(
            {
                "season_of_chats": row.created_at.isoformat(),
                "state": row.state,
                "list": row.words,
                "starts": row.starts,
                "again": row.again,
            }
            for row in of_seasons
        ),
        *({"vote_on_topics_until": row.closes_at.isoformat()} for row in votes),
    ]


def _keep_planned(tx: Tx, erasure: Erasure) -> None:
    """Leave them: a chat is the network's, and who planned it is a number by now; but no mere proposal."""
    mine = (season.c.created_by == erasure.whose.id, season.c.state == PROPOSED)
    tx.execute(delete(season).where(*mine))


def _forget_proposed(tx: Tx, now: datetime) -> None:
    """Take away what was read as a season and never planned: its list names people."""
    seasons.drop_proposed(tx, now - actions.KEPT)


def _suggestions(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "kind": each.kind.value,
            "suggested": each.words,
            "in_own_words": words,
            "at": at.isoformat(),
            "state": each.state.value,
        }
        for each, words, at in suggestions.own_words(tx, whose.id)
    ]


def _erase_suggestions(tx: Tx, erasure: Erasure) -> None:
    """Take their name from what they suggested; what nobody else suggests goes with it."""
    for each in suggestions.suggested(tx, erasure.whose.id):
        suggestions.leave(tx, each.merged_into or each.id, erasure.whose.id)
        topics.suggestions_changed(tx, each.place, each.network, erasure.now)


def _guests(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(chat.c.title, guest.c.at)
        .join(chat, chat.c.id == guest.c.chat_id)
        .where(guest.c.member_id == whose.id)
    )
    return [{"chat": row.title, "asked_at": row.at.isoformat()} for row in rows]


def _erase_guests(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(guest).where(guest.c.member_id == erasure.whose.id))


def _votes(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(suggestion.c.words, poll.c.closes_at)
        .join(vote, vote.c.topic_id == suggestion.c.id)
        .join(poll, poll.c.id == vote.c.poll_id)
        .where(vote.c.member_id == whose.id)
    )
    return [{"topic": row.words, "until": row.closes_at.isoformat()} for row in rows]


def _erase_votes(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(vote).where(vote.c.member_id == erasure.whose.id))


PERSONAL = Personal(
    (
        Holding(
            "presence",
            ("chat_presence", "chat_newcomer"),
            msg("Which chats you were in, and in which you were introduced as new"),
            msg("while you are a member"),
            _presences,
            _erase_presences,
        ),
        Holding(
            "attendance",
            ("chat_attendance",),
            msg(
                "When you said “I am here” in a chat that goes on, your first and last answer there"
            ),
            msg("until the chat ends"),
            _attendances,
            _erase_attendances,
            expire=_forget_ended,
        ),
        Holding(
            "planned_chats",
            ("chat", "chat_series", "chat_season", "chat_poll", "chat_summary"),
            msg("The chats you planned, and the votes on topics and summaries you began"),
            msg("as long as the network exists"),
            _planned,
            _keep_planned,
            msg("The chats and votes you planned stay the network's, without your name."),
            expire=_forget_proposed,
        ),
        Holding(
            "suggestions",
            ("chat_suggestion", "chat_suggested_by"),
            msg("What you suggested chats to be about, and what you asked their guests"),
            msg("until you take it back"),
            _suggestions,
            _erase_suggestions,
            msg("What others suggest too stays in their words, without your name."),
        ),
        Holding(
            "guests",
            ("chat_guest",),
            msg("Of which chats you are or were the guest"),
            msg("while you are a member"),
            _guests,
            _erase_guests,
        ),
        Holding(
            "votes",
            ("chat_vote",),
            msg("Which topic you vote for"),
            msg("until the vote ends"),
            _votes,
            _erase_votes,
        ),
    ),
    {
        "chat_proposed": "what a chat is to become, until its moderator says so or it begins",
        "chat_former": "what a chat was before its last change, until it begins",
        "chat_series_date": "which chat is on which date of a repeating one",
        "chat_season_date": "which chats were planned as one season",
        "chat_further_run": "which chat is a further run of which",
        "chat_summary_quote": "which answers a summary quotes; the answers are their authors'",
        "chat_question": "a chat's questions, which are the network's",
    },
)
