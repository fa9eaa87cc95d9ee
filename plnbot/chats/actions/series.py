"""Chats that come again: a series begun, tended by time, changed date by date, ended and taken up again."""

from datetime import datetime, timedelta

from plnbot.calendars import SchoolYear, school_days
from plnbot.chats import store
from plnbot.chats.actions.found import chat_again
from plnbot.chats.actions.moderating import TELL
from plnbot.chats.actions.notices import UNPLANNED
from plnbot.chats.actions.posts import room_of
from plnbot.chats.actions.steering import steer
from plnbot.chats.model import Cancel, ChatState, Run
from plnbot.chats.model.series import LOOKED_AT, tend
from plnbot.chats.plans import lay_out, plans
from plnbot.chats.store import Chat, Series, Sketch
from plnbot.chats.wishes import named_by_day
from plnbot.engine import audit, outbox, roles, work
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.refs import Place
from plnbot.schedules import Schedule
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass

SERIES = "chats.series"
NO_CHAT = "chats.no_chat"
_STILL_NEWS = timedelta(days=1)
_BEFORE, _AHEAD = timedelta(days=40), timedelta(days=800)


def school_of(tx: Tx, network: int, now: datetime) -> SchoolYear:
    """Return the network's school days around now."""
    return school_days(tx, network, None, (now - _BEFORE).date(), (now + _AHEAD).date())


def start(
    tx: Tx, chat: Chat, schedule: Schedule, *, named: bool, by: Person, now: datetime
) -> Series:
    """Make a draft the first of a series, which begins when one of its chats is published."""
    made = store.new_series(
        tx,
        chat,
        schedule,
        title=chat.title if named else "",
        locale=by.network.locale,
        created_by=by.id,
    )
    store.add_date(tx, made, chat.starts_at, chat.id)
    series = series_again(tx, made)
    audit.record(tx, chat.network, by.id, "chat.repeats", series.scope, now=now)
    return series


def series_again(tx: Tx, series_id: int) -> Series:
    """Return a series as it stands now."""
    found = store.get_series(tx, series_id)
    if found is None:
        raise Refused(msg("These repeating chats are no longer there."))
    return found


def published(tx: Tx, chat: Chat, now: datetime) -> None:
    """Let a series begin with the first of its chats that is published: it announces itself."""
    series = store.series_of(tx, chat.id)
    if series is None or series.begun_at is not None or series.ended_at is not None:
        return
    store.change_series(tx, series.id, begun_at=now)
    args: outbox.Args = {"chat": chat.id, "series": series.id}
    room_of(tx, chat, now).post(SERIES, args, key=series_key(series.id))
    tend_now(tx, series.id, now)


def series_key(series_id: int) -> str:
    """Return the key of the post with which a series announces itself."""
    return f"chat/series/{series_id}"


def tend_now(tx: Tx, series_id: int, now: datetime) -> None:
    """Do for a series what its dates and the school's want done by now, and set the next look."""
    series = store.get_series(tx, series_id, lock=True)
    if series is None or not series.goes_on:
        return
    coming = series.schedule.coming(now, LOOKED_AT, school_of(tx, series.network, now))
    todo = tend(store.dates_of(tx, series.id, now - _BEFORE), coming, now)
    for slot in todo.make:
        _make(tx, series, slot, now)
    for chat_id in todo.drop:
        if _drop(tx, chat_id, now):
            store.forget_date(tx, chat_id)
    for chat_id in todo.too_late:
        chat = _drop(tx, chat_id, now)
        # After an outage nobody waits any more for what was not to be weeks ago.
        if chat is not None and now - chat.starts_at < _STILL_NEWS:
            no_chat(tx, chat, now)
    for chat_id in todo.remind:
        remind(tx, chat_id, now)
    if todo.wake is None:
        store.change_series(tx, series.id, ended_at=now)
        outbox.refresh(tx, series_key(series.id), now)
        return
    _wake(tx, series, todo.wake)


def _wake(tx: Tx, series: Series, at: datetime) -> None:
    key = f"{series_key(series.id)}/next"
    work.put(tx, SERIES, key, at, {"series": series.id}, network=series.network)


@dataclass(frozen=True, slots=True)
class Blank:
    """A chat to be: all but its questions. `led_by` plans it, and moderates it unless there are `hosts`."""

    network: int
    place: Place
    title: str
    plan: str
    starts_at: datetime
    zone: str
    led_by: int
    hashtag: str = ""
    hosts: tuple[int, ...] = ()


def draft_of(tx: Tx, blank: Blank, now: datetime) -> int:
    """Write down a draft without questions, and return its id."""
    plan = plans()[blank.plan]
    at, zone = blank.starts_at, blank.zone
    sketch = Sketch(blank.title, blank.hashtag, at, zone, plan.id, plan.minutes, "", "", "")
    run = Run(ChatState.DRAFT, lay_out(plan, at, zone, [], warm_up=False), pace=plan.pace)
    by = blank.led_by
    made = store.new_chat(tx, blank.network, blank.place, sketch, run, created_by=by, now=now)
    given = Grant(Role.MODERATOR, f"chat:{made}")
    for host in blank.hosts or (by,):
        roles.grant(tx, blank.network, host, given, by=by, now=now)
    return made


def _make(tx: Tx, series: Series, slot: datetime, now: datetime) -> None:
    """Put a draft without questions on a date."""
    zone = series.schedule.zone
    title = series.title or named_by_day(slot, zone, series.locale)
    blank = Blank(series.network, series.place, title, series.plan, slot, zone, series.created_by)
    store.add_date(tx, series.id, slot, draft_of(tx, blank, now))


def _drop(tx: Tx, chat_id: int, now: datetime) -> Chat | None:
    """Throw a date without questions away, unless somebody gave it some meanwhile."""
    chat = store.locked_chat(tx, chat_id)
    if chat is None or not without_questions(tx, chat):
        return None
    return steer(tx, chat, Cancel(), now, by=None)


def remind(tx: Tx, chat_id: int, at: datetime) -> None:
    """Tell a chat's moderators at an instant, once for its time, that it has no questions yet."""
    chat = chat_again(tx, chat_id)
    once = chat.starts_at.timestamp()
    told: work.Payload = {"chat": chat.id, "card": UNPLANNED.name, "once": once}
    key = f"chat/{chat.id}/{UNPLANNED.name}/{once}"
    work.add(tx, TELL, key, at, told, network=chat.network)


def no_chat(tx: Tx, chat: Chat, now: datetime) -> None:
    """Tell the room of a series that there is no chat on a date that it knows of."""
    series = store.series_of(tx, chat.id)
    if series is None or not series.goes_on:
        return
    args: outbox.Args = {"chat": chat.id, "series": series.id}
    key = f"chat/{chat.id}/no_chat/{now.timestamp()}"
    room_of(tx, chat, now).post(NO_CHAT, args, key=key)


def changed_date(tx: Tx, chat: Chat, now: datetime) -> None:
    """Look at the series of a chat again, whose start or questions have changed."""
    series = store.series_of(tx, chat.id)
    if series is not None and series.goes_on:
        tend_now(tx, series.id, now)


def end(tx: Tx, series: Series, now: datetime, *, by: Person) -> int:
    """Let nothing more come of a series; return how many of its chats stay, for they have questions."""
    store.change_series(tx, series.id, ended_at=now)
    for each in store.dates_of(tx, series.id, now):
        if not each.settled and _drop(tx, each.chat, now):
            store.forget_date(tx, each.chat)
    audit.record(tx, series.network, by.id, "chat.repeats_no_more", series.scope, now=now)
    outbox.refresh(tx, series_key(series.id), now)
    return len(coming_chats(tx, series, now))


def take_up(tx: Tx, series: Series, now: datetime, *, by: Person) -> None:
    """Let a series that was ended go on."""
    if series.begun_at is None or series.schedule.after(now) is None:
        raise Refused(msg("Nothing would come of it any more. Plan a new one."))
    store.change_series(tx, series.id, ended_at=None)
    audit.record(tx, series.network, by.id, "chat.repeats_again", series.scope, now=now)
    tend_now(tx, series.id, now)
    outbox.refresh(tx, series_key(series.id), now)


def coming_chats(tx: Tx, series: Series, now: datetime) -> list[Chat]:
    """Return the chats of a series that are still to begin, or to be planned, by start."""
    chats = (store.get_chat(tx, each.chat) for each in store.dates_of(tx, series.id, now))
    wanted = (ChatState.DRAFT, ChatState.SCHEDULED)
    return [each for each in chats if each and each.run.state in wanted and each.starts_at > now]


def without_questions(tx: Tx, chat: Chat) -> bool:
    """Return whether a chat is a date for which nobody wrote questions yet."""
    return chat.run.state is ChatState.DRAFT and not store.questions_of(tx, chat.id)


def free_dates(tx: Tx, network: int, place: Place, now: datetime) -> list[Chat]:
    """Return the coming dates of what repeats in a room that have no questions yet, by start."""
    found = [
        chat
        for each in store.going_on(tx, network)
        if each.place == place
        for chat in coming_chats(tx, each, now)
        if without_questions(tx, chat)
    ]
    return sorted(found, key=lambda each: each.starts_at)


def before(tx: Tx, chat: Chat) -> Chat | None:
    """Return the chat of the same series that took place before this one."""
    series = store.series_of(tx, chat.id)
    last = store.last_asked(tx, series.id, chat.starts_at) if series else None
    return store.get_chat(tx, last) if last is not None else None
