"""What a button, form or page of chats is about."""

from dataclasses import replace

from plnbot.chats import store
from plnbot.chats.actions import MODERATES
from plnbot.chats.model import ChatState
from plnbot.chats.pages.seen import held_in, series_held_in
from plnbot.chats.sorting import Piece, found_again, sorted_words
from plnbot.chats.store import Chat, Question, Series
from plnbot.engine.objects import Object
from plnbot.engine.routes import Context
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

_GONE = msg("This chat is no longer there.")


def _untold(ctx: Context, chat: Chat) -> Sentence | None:
    """Keep what nobody was told of to its moderators."""
    return _GONE if chat.untold and not ctx.may(MODERATES, str(chat.id)) else None


A_CHAT: Object[Chat] = Object(
    "chat",
    load=lambda tx, row: store.get_chat(tx, row_number(row)),
    network=lambda chat: chat.network,
    scope=lambda chat: str(chat.id),
    gone=_GONE,
    closed=_untold,
    held_in=held_in,
)


A_SERIES: Object[Series] = Object(
    "series",
    load=lambda tx, row: store.get_series(tx, row_number(row)),
    network=lambda series: series.network,
    scope=lambda series: str(series.id),
    gone=msg("These repeating chats are no longer there."),
    held_in=series_held_in,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a chat was before its last change."""

    chat: Chat
    version: store.Version


def _kept(tx: Tx, row: str) -> Kept | None:
    found = store.kept_version(tx, row_number(row))
    chat = store.get_chat(tx, found[0]) if found else None
    return Kept(chat, found[1]) if found and chat else None


A_VERSION: Object[Kept] = Object(
    "version",
    load=_kept,
    network=lambda kept: kept.chat.network,
    scope=lambda kept: str(kept.chat.id),
    gone=msg("There is nothing to take back: the chat was changed again, or it has begun."),
    closed=lambda ctx, kept: _untold(ctx, kept.chat),
    held_in=lambda ctx, kept: held_in(ctx, kept.chat),
)


def _proposal(tx: Tx, row: str) -> Kept | None:
    found = store.proposed_version(tx, row_number(row))
    chat = store.get_chat(tx, found[0]) if found else None
    return Kept(chat, found[1]) if found and chat else None


A_PROPOSAL: Object[Kept] = replace(
    A_VERSION,
    name="proposal",
    load=_proposal,
    gone=msg("That is no longer what was proposed: it was written anew, or the chat has begun."),
)


A_SKIP: Object[Kept] = replace(
    A_VERSION,
    name="skip",
    gone=msg("Another question was skipped since. The panel asks any of them after all."),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and its chat."""

    question: Question
    chat: Chat


def _asked(tx: Tx, row: str) -> Asked | None:
    """Look a question up; behind a dot, a row may say where in its answers to begin."""
    question = store.get_question(tx, row_number(row.partition(".")[0]))
    chat = store.get_chat(tx, question.chat) if question else None
    return Asked(question, chat) if question and chat else None


def _called_off(ctx: Context, asked: Asked) -> Sentence | None:
    off = asked.chat.run.state in (ChatState.CANCELLED, ChatState.THROWN_AWAY)
    return _untold(ctx, asked.chat) or (msg("This chat was called off.") if off else None)


A_QUESTION: Object[Asked] = Object(
    "question",
    load=_asked,
    network=lambda asked: asked.chat.network,
    scope=lambda asked: str(asked.chat.id),
    gone=msg("This question is no longer there."),
    closed=lambda ctx, asked: _untold(ctx, asked.chat),
    held_in=lambda ctx, asked: held_in(ctx, asked.chat),
)
AN_OPEN_QUESTION = replace(A_QUESTION, name="open question", closed=_called_off)


@dataclass(frozen=True, slots=True)
class ALine:
    """A line of a chat's words, and its chat."""

    piece: Piece
    chat: Chat


def _line(tx: Tx, row: str) -> ALine | None:
    """Look a line up: behind a dot, a row tells it from the others of its chat."""
    number, _, mark = row.partition(".")
    chat = store.get_chat(tx, row_number(number))
    if chat is None:
        return None
    piece = found_again(sorted_words(chat, store.questions_of(tx, chat.id)), mark)
    return ALine(piece, chat) if piece else None


A_LINE: Object[ALine] = Object(
    "line",
    load=_line,
    network=lambda line: line.chat.network,
    scope=lambda line: str(line.chat.id),
    gone=msg("That line is no longer there: it was moved, or the chat was changed."),
    closed=lambda ctx, line: _untold(ctx, line.chat),
    held_in=lambda ctx, line: held_in(ctx, line.chat),
)
