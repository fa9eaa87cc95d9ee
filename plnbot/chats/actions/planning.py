"""A chat before it begins: changed, published, called off and brought back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.chats import drafts, sorting, store
from plnbot.chats.actions import runs, season, series
from plnbot.chats.actions.found import chat_again
from plnbot.chats.actions.notices import MOVED
from plnbot.chats.actions.steering import steer
from plnbot.chats.model import UNTOLD, Cancel, ChatState, Publish, Restore
from plnbot.chats.sorting import Piece
from plnbot.chats.store import Chat, Version
from plnbot.chats.wishes import Wish
from plnbot.engine import notices
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.words import msg

PAST_START = timedelta(minutes=5)
_IN_THE_PAST = msg("That start is in the past. Please change the start first.")


def change(
    tx: Tx, chat: Chat, wish: Wish, now: datetime, *, by: Person
) -> drafts.ChatDraft | FieldErrors:
    """Write a draft anew; what the room was told of is changed by `propose` and `become`."""
    chat = _not_begun(tx, chat)
    if chat.run.state is ChatState.SCHEDULED:
        raise Refused(msg("This chat is published by now. Press Change on its panel."))
    same = runs.alike(tx, chat)
    made = drafts.remake(tx, chat, wish, now, by=by)
    if not isinstance(made, FieldErrors):
        _with_its_runs(tx, chat, same, now, by=by)
        season.moved(tx, chat, now)
    return made


def propose(
    tx: Tx, chat: Chat, wish: Wish, now: datetime, *, by: Person
) -> drafts.Proposal | FieldErrors:
    """Keep what a published chat is to become, so that its moderator sees what will change."""
    return drafts.propose(tx, _not_begun(tx, chat), wish, now, by=by)


def move(
    tx: Tx, chat: Chat, days: int, now: datetime, *, by: Person
) -> drafts.ChatDraft | drafts.Proposal:
    """Let a chat begin so many days later, and the others of its series stay.

    Of a published one that is proposed: who presses sees first who will be told.
    """
    chat = _not_begun(tx, chat)
    later = drafts.days_later(tx, chat, days, by=by)
    if chat.run.state is ChatState.SCHEDULED:
        return drafts.proposed(tx, chat, later)
    same = runs.alike(tx, chat)
    made = drafts.become(tx, chat, later, now, by=by)
    _with_its_runs(tx, chat, same, now, by=by)
    series.changed_date(tx, chat, now)
    season.moved(tx, chat, now)
    return made


def who_hears(tx: Tx, chat: Chat) -> Sequence[int]:
    """Return who asked to be reminded of a chat, and so is told when it moves."""
    return notices.waiting_under(tx, f"chat/{chat.id}/reminder/")


def become(
    tx: Tx, chat: Chat, version: Version, now: datetime, *, by: Person, directory: Directory
) -> drafts.ChatDraft:
    """Change a published chat as it was proposed; the room and who asked to be reminded hear it once."""
    chat = _not_begun(tx, chat)
    same = runs.alike(tx, chat)
    made = drafts.become(tx, chat, version, now, by=by)
    _with_its_runs(tx, chat, same, now, by=by, directory=directory)
    _told_anew(tx, chat, now, by=by, directory=directory)
    if version.sketch.starts_at != chat.starts_at:
        series.changed_date(tx, chat, now)
        season.moved(tx, chat, now)
    return made


def move_line(
    tx: Tx,
    chat: Chat,
    piece: Piece,
    to: sorting.Place,
    now: datetime,
    *,
    by: Person,
    directory: Directory,
) -> drafts.ChatDraft:
    """Make a line of a chat that has not begun something else: a question, closing words."""
    chat = _not_begun(tx, chat)
    same = runs.alike(tx, chat)
    made = drafts.move_line(tx, chat, piece, to, now, by=by)
    _with_its_runs(tx, chat, same, now, by=by)
    _told_anew(tx, chat, now, by=by, directory=directory)
    return made


def take_back(
    tx: Tx, chat: Chat, before: Version, now: datetime, *, by: Person, directory: Directory
) -> drafts.ChatDraft:
    """Write a chat that has not begun as it was before its last change."""
    chat = _not_begun(tx, chat)
    same = runs.alike(tx, chat)
    made = drafts.take_back(tx, chat, before, now, by=by)
    _with_its_runs(tx, chat, same, now, by=by, directory=directory)
    _told_anew(tx, chat, now, by=by, directory=directory)
    return made


def _with_its_runs(
    tx: Tx,
    chat: Chat,
    same: Sequence[Chat],
    now: datetime,
    *,
    by: Person,
    directory: Directory | None = None,
) -> None:
    """Let the further runs of a chat that was written anew be worded as it is, and stay in their order.

    On another day, they are as many days later, at their own hour; who waits for them is told.
    """
    days = runs.days_later(tx, chat)
    for each in same if days else ():
        if directory is not None or each.run.state is ChatState.DRAFT:
            drafts.become(tx, each, drafts.days_later(tx, each, days, by=by), now, by=by)
        if directory is not None:
            _told_anew(tx, each, now, by=by, directory=directory)
    runs.in_order(tx, chat)
    runs.follow(tx, chat, same, now, by=by)


def _told_anew(tx: Tx, before: Chat, now: datetime, *, by: Person, directory: Directory) -> None:
    """Let the room have a published chat as it is now; another time is news, for whom it concerns too."""
    if before.run.state is not ChatState.SCHEDULED:
        return
    chat = chat_again(tx, before.id)
    if is_past(chat, now):
        raise Refused(_IN_THE_PAST)
    news = chat.starts_at != before.starts_at
    steer(tx, chat, Publish(chat.run.moments, news), now, by=by)
    if news:
        _tell_who_waits(tx, before, now, by=by, directory=directory)


def _tell_who_waits(
    tx: Tx, before: Chat, now: datetime, *, by: Person, directory: Directory
) -> None:
    """Tell who asked to be reminded that a chat is not when they were told, or not at all."""
    for member, person in directory.by_ids(tx, who_hears(tx, before)).items():
        if member != by.id:
            args = {"chat": before.id, "was": int(before.starts_at.timestamp())}
            key = f"chat/{before.id}/moved/{member}/{now.timestamp()}"
            notices.tell_now(tx, MOVED, person, MOVED.name, args, key=key, now=now, asked=True)


def may_change(chat: Chat) -> None:
    """Raise `Refused` where a chat cannot be written anew any more."""
    if chat.run.state not in (*UNTOLD, ChatState.SCHEDULED, ChatState.CANCELLED):
        raise Refused(msg("A chat that has begun cannot be written anew. Use the panel instead."))


def _not_begun(tx: Tx, chat: Chat) -> Chat:
    """Return a chat that does not begin while it is written anew."""
    locked = store.locked_chat(tx, chat.id) or chat
    may_change(locked)
    return locked


def is_past(chat: Chat, now: datetime) -> bool:
    """Return whether a chat should have begun a while ago."""
    return chat.starts_at <= now - PAST_START


def publish(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> Chat:
    """Announce a chat with its questions, or one that was cancelled; it then runs by itself.

    Further runs that were drafted are announced along with it.
    """
    if is_past(chat, now):
        raise Refused(_IN_THE_PAST)
    if not store.questions_of(tx, chat.id):
        raise Refused(msg("This chat has no questions yet."))
    runs.may_publish(tx, chat)
    runs.in_order(tx, chat)
    for each in (chat, *runs.drafted(tx, chat, now)):
        steer(tx, each, Publish(each.run.moments), now, by=by)
        series.published(tx, each, now)
    return chat_again(tx, chat.id)


def discard(tx: Tx, chat: Chat, now: datetime, *, by: Person, directory: Directory) -> Chat:
    """Cancel a chat; the room is told when it had been announced, or knows that it comes again."""
    untold = chat.untold
    if chat.run.state is ChatState.SCHEDULED:
        _tell_who_waits(tx, chat, now, by=by, directory=directory)
    chat = steer(tx, chat, Cancel(), now, by=by)
    if untold:
        series.no_chat(tx, chat, now)
    series.changed_date(tx, chat, now)
    return chat


def restore(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> Chat:
    """Make a chat that was thrown away or called off a draft again; the room hears nothing."""
    chat = steer(tx, chat, Restore(), now, by=by)
    season.moved(tx, chat, now)
    return chat
