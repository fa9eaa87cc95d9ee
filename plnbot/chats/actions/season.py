"""A season planned at once: its chats drafted with their hosts, hosts told and reminded, all taken back again.

Each chat stands as a draft with its theme and its hosts as moderators; who hosts writes its questions and
publishes it. Two days before a chat without questions its hosts are reminded, a day before whoever planned
the season; without any when it begins, it goes. What was moved meanwhile is looked at in its own time.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.chats import store
from plnbot.chats.actions import series
from plnbot.chats.actions.found import chat_again
from plnbot.chats.actions.moderating import hand_over
from plnbot.chats.actions.moderators import moderators_of
from plnbot.chats.actions.notices import ASKED_TO_MODERATE, UNPLANNED
from plnbot.chats.actions.runs import title_of_run
from plnbot.chats.actions.series import Blank
from plnbot.chats.actions.steering import steer
from plnbot.chats.model import Cancel, ChatState
from plnbot.chats.seasons import SeasonChat
from plnbot.chats.store import Chat, seasons
from plnbot.chats.store.seasons import Season, SeasonState
from plnbot.chats.wishes import named_by_day
from plnbot.engine import audit, notices, outbox, work
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.words import msg

REMIND_HOSTS = "chats.remind_hosts"
HOSTING, SILENT = "chats.hosting", "chats.hosts_silent"
_COMING = (ChatState.DRAFT, ChatState.SCHEDULED)
GONE = msg("That season is no longer there: it was read anew, planned, or thrown away.")


class Step(StrEnum):
    """What is looked at next of a chat that has no questions yet."""

    HOSTS = "hosts"
    COACH = "coach"
    BEGINS = "begins"


_BEFORE = {
    Step.HOSTS: timedelta(days=2),
    Step.COACH: timedelta(days=1),
    Step.BEGINS: timedelta(),
}
"""How long before a chat begins each step is taken."""


def plan(
    tx: Tx,
    season: Season,
    chats: Sequence[SeasonChat],
    now: datetime,
    directory: Directory,
    *,
    by: Person,
) -> list[Chat]:
    """Draft the chats of a season as they were read, and tell their hosts; return the first runs."""
    season = _again(tx, season, SeasonState.PROPOSED)
    made = [_draft(tx, season, each, now, by=by) for each in chats]
    seasons.move(tx, season.id, SeasonState.PLANNED)
    audit.record(tx, season.network, by.id, "chat_season.planned", season.scope, now=now)
    hosts = [host for each in chats for host in each.hosts if host != by.id]
    for person in directory.by_ids(tx, hosts, season.place.platform).values():
        _tell_host(tx, season, person, now, by=by)
    tx.announce(f"chats:{season.network}")
    return made


def _again(tx: Tx, season: Season, state: SeasonState) -> Season:
    """Return a season that is in this state still, which nobody else changes meanwhile; else `Refused`."""
    found = seasons.get(tx, season.id, lock=True)
    if found is None or found.state is not state:
        raise Refused(GONE)
    return found


def _draft(tx: Tx, season: Season, one: SeasonChat, now: datetime, *, by: Person) -> Chat:
    """Draft one chat and its second run; without hosts it is the coach's own to lead."""
    hosts = one.hosts or (by.id,)
    locale = by.network.locale
    theme = one.theme or named_by_day(one.at, one.zone, locale)
    times = [(one.at, one.zone, theme)]
    if one.again is not None:
        title = title_of_run(theme, 2, locale)
        times.append((one.again.at, one.again.zone, title))
    drafts: list[int] = []
    for at, zone, title in times:
        blank = Blank(
            season.network,
            season.place,
            title,
            season.wish.plan,
            at,
            zone,
            by.id,
            one.hashtag,
            hosts,
        )
        chat = series.draft_of(tx, blank, now)
        seasons.add_chat(tx, season.id, chat, by_vote=not (one.theme or drafts))
        if drafts:
            store.add_run(tx, drafts[0], chat)
        drafts.append(chat)
    remind_later(tx, chat_again(tx, drafts[0]), now)
    return chat_again(tx, drafts[0])


def _tell_host(tx: Tx, season: Season, host: Person, now: datetime, *, by: Person) -> None:
    first = next(iter(hosted(tx, season, host.id, now)), None)
    if first is not None:
        args: outbox.Args = {
            "chat": first.id,
            "season": season.id,
            "person": host.id,
            "by": by.id,
        }
        key = hosting_key(season.id, host.id)
        notices.tell_now(tx, ASKED_TO_MODERATE, host, HOSTING, args, key=key, now=now)


def hosting_key(season: int, host: int) -> str:
    """Return the key of what tells a host which chats of a season are theirs."""
    return f"chat/season/{season}/host/{host}"


def hosted(tx: Tx, season: Season, host: int, now: datetime) -> list[Chat]:
    """Return the first runs of a season that a member hosts and that are to come, by start."""
    return [each for each in coming(tx, season, now) if host in moderators_of(tx, each, now)]


def coming(tx: Tx, season: Season, now: datetime) -> list[Chat]:
    """Return the first runs of a season that are to come and not called off, by start."""
    return [
        each for each in firsts(tx, season) if each.run.state in _COMING and each.starts_at > now
    ]


def firsts(tx: Tx, season: Season) -> list[Chat]:
    """Return the first runs of a season, by start."""
    found = (store.get_chat(tx, each) for each in seasons.chats_in(tx, season.id))
    there = [each for each in found if each is not None and each.first is None]
    return sorted(there, key=lambda each: (each.starts_at, each.id))


def free_dates(tx: Tx, network: int, place: Place, now: datetime) -> list[Chat]:
    """Return the chats of a room's seasons whose theme is voted on and that have no questions yet."""
    found = (store.get_chat(tx, each) for each in seasons.voted_on(tx, network, place))
    return [
        each
        for each in found
        if each is not None and each.starts_at > now and series.without_questions(tx, each)
    ]


def say_no(tx: Tx, chat: Chat, now: datetime, directory: Directory, *, by: Person) -> Person:
    """Let a host give a chat back to whoever planned its season; return who that is."""
    season = seasons.season_of(tx, chat.id)
    coach = None if season is None else directory.by_id(tx, season.created_by, chat.place.platform)
    mine = by.id in moderators_of(tx, chat, now)
    if coach is None or coach.id == by.id or not mine:
        raise Refused(msg("This chat is not yours to host."))
    for each in store.runs_of(tx, chat):
        if by.id in moderators_of(tx, each, now):
            hand_over(tx, each, coach, now, by=by, leaving=True)
    return coach


def take_back(tx: Tx, season: Season, now: datetime, *, by: Person) -> int:
    """Throw away what nobody gave questions yet; return how many chats stay, for they have some."""
    season = _again(tx, season, SeasonState.PLANNED)
    staying = 0
    hosts: set[int] = set()
    for number in seasons.chats_in(tx, season.id):
        chat = store.locked_chat(tx, number)
        if chat is None:
            continue
        hosts.update(moderators_of(tx, chat, now))
        if series.without_questions(tx, chat):
            steer(tx, chat, Cancel(), now, by=by)
        elif chat.first is None and chat.run.state in _COMING:
            staying += 1
    seasons.move(tx, season.id, SeasonState.TAKEN_BACK)
    audit.record(tx, season.network, by.id, "chat_season.taken_back", season.scope, now=now)
    for host in hosts:
        outbox.refresh(tx, hosting_key(season.id, host), now)
    return staying


def remind_later(tx: Tx, chat: Chat, now: datetime) -> None:
    """Look two days before a chat of a season, then a day before and as it begins, whether it has questions."""
    _look(tx, chat, Step.HOSTS, now)


def moved(tx: Tx, chat: Chat, now: datetime) -> None:
    """Look at a chat of a season in time for its new start."""
    if seasons.season_of(tx, chat.id) is not None and chat.first is None:
        remind_later(tx, chat_again(tx, chat.id), now)


def _look(tx: Tx, chat: Chat, step: Step, now: datetime) -> None:
    key = f"chat/{chat.id}/hosts"
    told: work.Payload = {"chat": chat.id, "step": step.value}
    at = max(chat.starts_at - _BEFORE[step], now)
    work.put(tx, REMIND_HOSTS, key, at, told, network=chat.network)


def look(tx: Tx, payload: work.Payload, now: datetime, directory: Directory) -> None:
    """Do for a chat without questions what it is time for: remind, tell the coach, let it go."""
    chat = store.get_chat(tx, int(str(payload["chat"])))
    if chat is None or not series.without_questions(tx, chat):
        return
    step = Step(str(payload["step"]))
    if now < chat.starts_at - _BEFORE[step]:
        _look(tx, chat, step, now)
        return
    match step:
        case Step.HOSTS:
            series.remind(tx, chat.id, now)
            _look(tx, chat, Step.COACH, now)
        case Step.COACH:
            _tell_coach(tx, chat, now, directory)
            _look(tx, chat, Step.BEGINS, now)
        case Step.BEGINS:
            for each in store.runs_of(tx, chat):
                if series.without_questions(tx, each):
                    steer(tx, each, Cancel(), now, by=None)


def _tell_coach(tx: Tx, chat: Chat, now: datetime, directory: Directory) -> None:
    season = seasons.season_of(tx, chat.id)
    coach = None if season is None else directory.by_id(tx, season.created_by, chat.place.platform)
    if coach is None:
        return
    key = f"chat/{chat.id}/{SILENT}/{chat.starts_at.timestamp()}"
    args: outbox.Args = {"chat": chat.id}
    notices.tell_now(tx, UNPLANNED, coach, SILENT, args, key=key, now=now, asked=True)
