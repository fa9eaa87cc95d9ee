"""Further runs of a chat: the same questions at another hour, in the same room or another, and one archive.

A further run is a chat of its own, with its own room, moderators and times. Until it begins it is worded
as the first is, unless somebody worded it otherwise; their archives are read as one, question by question.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from plnbot.chats import drafts, store
from plnbot.chats.actions.found import chat_again
from plnbot.chats.actions.steering import steer
from plnbot.chats.copying import as_wish
from plnbot.chats.drafts import ChatDraft
from plnbot.chats.model import ChatState, Publish, Run
from plnbot.chats.store import Chat
from plnbot.chats.wishes import Wish
from plnbot.engine import audit
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.text import Style, When
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.walltime import local

if TYPE_CHECKING:
    from plnbot.talk.times import Understood

_OFF = (ChatState.CANCELLED, ChatState.THROWN_AWAY)
_COMING = (ChatState.DRAFT, ChatState.SCHEDULED)
_LONGEST_TITLE = 120


def why_none(chat: Chat) -> Sentence | None:
    """Say why a chat can have no further run, where that is so."""
    if chat.run.state is ChatState.ARCHIVED:
        return msg("This chat is over. Its page lets you plan it again.")
    if chat.run.state in _OFF:
        return msg("This chat was called off. Bring it back before you plan a second run.")
    return None


def first_of(tx: Tx, chat: Chat) -> Chat:
    """Return the first run of a chat, itself where it is that."""
    return store.runs_of(tx, chat)[0]


def in_the_way(tx: Tx, chat: Chat, at: datetime, place: Place) -> Sentence | None:
    """Say why a chat cannot run again at an instant in a room, where that is so."""
    runs = store.runs_of(tx, chat)
    return why_none(runs[0]) or _out_of_order(runs[0], runs, at, _ends(runs[0], at), place)


def plan(
    tx: Tx, chat: Chat, start: "Understood", place: Place, now: datetime, *, by: Person
) -> ChatDraft:
    """Draft a further run of a chat."""
    first = first_of(tx, chat)
    store.locked_chat(tx, first.id)  # two who plan one at once do not plan the same twice
    if why := in_the_way(tx, first, start.at, place):
        raise Refused(why)
    wish = _wish(tx, first, start.at, start.zone, by, many=len(store.runs_of(tx, chat)) + 1)
    made = drafts.make(tx, wish, place, now, by=by)
    if isinstance(made, FieldErrors):
        raise Refused(next(iter(made.errors.values())))
    store.add_run(tx, first.id, made.chat)
    audit.record(tx, first.network, by.id, "chat.runs_again", f"chat:{made.chat}", now=now)
    return made


def title_of_run(title: str, many: int, locale: str) -> str:
    """Return what the second, third … run of a chat is called, in its network's language."""
    t = Translate(locale)
    said = t.words("second run") if many <= 2 else t.words("run {n}", n=many)  # noqa: PLR2004
    return f"{title[: _LONGEST_TITLE - len(said) - 3]} ({said})"


def in_order(tx: Tx, chat: Chat) -> None:
    """Raise `Refused` where a run of a chat would come before the first, or into another in its room."""
    runs = store.runs_of(tx, chat)
    for each in runs:
        if each.run.state not in _OFF and (why := _misplaced(each, runs)):
            raise Refused(why)


def _misplaced(one: Chat, runs: Sequence[Chat]) -> Sentence | None:
    others = [each for each in runs if each.id != one.id]
    if one.first is None:
        return None
    return _out_of_order(runs[0], others, one.starts_at, _end(one), one.place)


def _out_of_order(
    first: Chat, others: Sequence[Chat], at: datetime, until: datetime, place: Place
) -> Sentence | None:
    # What is over, or was called off, is in nobody's way.
    if first.run.state not in _OFF and at <= first.starts_at:
        return msg(
            "A second run comes after the first, which begins {when}.", when=When(first.starts_at)
        )
    for each in others:
        same_room = each.place.channel_itself() == place.channel_itself()
        there = each.live or each.run.state in _COMING
        if same_room and there and at < _end(each) and each.starts_at < until:
            return msg(
                "The run that begins {when} is in this room until {end}. Let this one begin later, or in"
                " another room.",
                when=When(each.starts_at),
                end=When(_end(each), Style.TIME),
            )
    return None


def _end(chat: Chat) -> datetime:
    return chat.run.ends_at or chat.starts_at + timedelta(minutes=chat.minutes)


def _ends(chat: Chat, at: datetime) -> datetime:
    """Return when a chat would end that began at an instant."""
    return at + (_end(chat) - chat.starts_at)


def _wish(tx: Tx, first: Chat, at: datetime, zone: str, by: Person, *, many: int) -> Wish:
    from plnbot.talk.times import as_written  # only who plans a chat needs it

    # The times of one that goes on are those to come; its further run has them from its plan.
    source = replace(first, run=Run()) if first.live else first
    wish = as_wish(tx, source, first.starts_at, by)
    title = title_of_run(first.title, many, by.network.locale)
    return replace(wish, title=title, starts=as_written(at, zone))


def alike(tx: Tx, chat: Chat) -> tuple[Chat, ...]:
    """Return the runs of a chat, the first one, that have not begun and are worded as it is."""
    if chat.first is not None:
        return ()
    said = _words(tx, chat)
    runs = store.runs_of(tx, chat)[1:]
    return tuple(each for each in runs if each.run.state in _COMING and _words(tx, each) == said)


def _words(tx: Tx, chat: Chat) -> tuple[object, ...]:
    asked = tuple(each.words for each in store.questions_of(tx, chat.id) if not each.is_bonus)
    return (chat.intro, chat.warm_up, chat.outro, chat.hashtag, chat.plan, asked)


def days_later(tx: Tx, before: Chat) -> int:
    """Return how many days later a chat begins by now than it did before."""
    days = [local(each.starts_at, each.zone).date() for each in (before, chat_again(tx, before.id))]
    return (days[1] - days[0]).days


def follow(tx: Tx, chat: Chat, runs: Sequence[Chat], now: datetime, *, by: Person) -> None:
    """Word these further runs as the first is by now; their rooms read it in what was announced."""
    first = chat_again(tx, chat.id)
    for each in [chat_again(tx, run.id) for run in runs]:
        if _words(tx, each) == _words(tx, first):
            continue
        wish = _wish(tx, first, each.starts_at, each.zone, by, many=2)
        title = _after(each, chat.title, first.title)
        read = drafts.read_anew(tx, each, replace(wish, title=title), now, by=by)
        if isinstance(read, FieldErrors):
            continue
        drafts.become(tx, each, read[0], now, by=by)
        changed = chat_again(tx, each.id)
        if changed.run.state is ChatState.SCHEDULED:
            steer(tx, changed, Publish(changed.run.moments, news=False), now, by=by)


def called_anew(tx: Tx, before: Chat) -> None:
    """Let the further runs of a chat be called as it is by now, where they were called after it."""
    title = chat_again(tx, before.id).title
    for each in store.runs_of(tx, before)[1:]:
        if each.run.state in _COMING:
            sketch = store.present_version(tx, each).sketch
            store.sketch_anew(tx, each.id, replace(sketch, title=_after(each, before.title, title)))


def _after(run: Chat, before: str, title: str) -> str:
    """Return what a further run is called once the first is called otherwise."""
    named = run.title.startswith(f"{before} (")
    return f"{title} {run.title.removeprefix(before).strip()}"[:200] if named else run.title


def may_publish(tx: Tx, chat: Chat) -> None:
    """Raise `Refused` for a further run whose first was not announced."""
    first = first_of(tx, chat)
    if chat.first is not None and first.run.state is ChatState.DRAFT:
        raise Refused(msg("Publish the first run: this one is announced with it."))


def drafted(tx: Tx, chat: Chat, now: datetime) -> list[Chat]:
    """Return the further runs that are announced along with the first, when that is."""
    if chat.first is not None:
        return []
    return [
        each
        for each in store.runs_of(tx, chat)[1:]
        if each.run.state is ChatState.DRAFT
        and each.starts_at > now
        and store.questions_of(tx, each.id)
    ]
