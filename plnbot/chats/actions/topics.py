"""Votes on topics: planned, opened and ended by time, and what the winner and the runner-up become."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plnbot.chats import store
from plnbot.chats.actions import runs, season, series, suggesting
from plnbot.chats.actions.found import chat_again
from plnbot.chats.actions.notices import UNPLANNED
from plnbot.chats.model.series import REMIND
from plnbot.chats.model.topics import LEAST, MOST, PollState, Ranking, ranking, seed_of
from plnbot.chats.plans import plans
from plnbot.chats.store import Chat, polls, suggestions
from plnbot.chats.store.polls import Poll
from plnbot.chats.store.suggestions import Kind, State, Suggestion
from plnbot.engine import audit, notices, outbox, work
from plnbot.engine.outbox import Posting
from plnbot.engine.ports import Directory, Person
from plnbot.engine.work import Urgency
from plnbot.errors import Refused
from plnbot.packs import offered
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg

POLL, RESULT, TOLD = "chats.poll", "chats.poll_result", "chats.poll_over"
_NONE_YET = msg("Nobody has suggested a topic yet. Members do it with `/pln chat suggest`.")
_ENDED = msg("This vote has ended.")


def why_no_vote(topics: Sequence[Suggestion]) -> Sentence | None:
    """Say why there is nothing to vote on, where that is so."""
    if not topics:
        return _NONE_YET
    if len(topics) < LEAST:
        return msg(
            "Only one topic is suggested, “{topic}”, so there is nothing to vote on.",
            topic=topics[0].words,
        )
    return None


def in_the_way(tx: Tx, place: Place, opens_at: datetime, now: datetime) -> Sentence | None:
    """Say why no vote can be planned that opens then in a room, where that is so."""
    if polls.going_on(tx, place) is not None:
        return msg(
            "A vote is planned in this room already. The page of topics lets you call it off."
        )
    return why_no_vote(suggestions.waiting_in(tx, Kind.TOPIC, place)) if opens_at <= now else None


def plan(tx: Tx, new: Poll, now: datetime, *, by: Person) -> Poll:
    """Plan a vote on what is suggested in a room once it opens."""
    if why := in_the_way(tx, new.place, new.opens_at, now):
        raise Refused(why)
    topics = suggestions.waiting_in(tx, Kind.TOPIC, new.place)
    seed = seed_of(new.network, [each.id for each in topics], now)
    poll = replace(new, seed=seed)
    number = polls.add(tx, poll, now)
    poll = replace(poll, id=number)
    audit.record(tx, poll.network, by.id, "chat_poll.planned", poll.scope, now=now)
    _wake(tx, poll, poll.opens_at)
    tx.announce(topic_of(poll.network))
    return poll


def tick(tx: Tx, number: int, now: datetime, directory: Directory) -> None:
    """Open a vote whose time has come, or end it."""
    poll = polls.get(tx, number, lock=True)
    if poll is None or poll.state not in polls.GOING_ON:
        return
    if poll.state is PollState.PLANNED:
        _open(tx, poll, now, directory)
    elif poll.closes_at <= now:
        _close(tx, poll, now, directory)


def _open(tx: Tx, poll: Poll, now: datetime, directory: Directory) -> None:
    topics = suggestions.waiting_in(tx, Kind.TOPIC, poll.place)
    if why_no_vote(topics) is not None:
        polls.move(tx, poll.id, PollState.CALLED_OFF)
        _tell(tx, poll, now, directory)
        return
    polls.open_with(tx, poll.id, [each.id for each in topics[:MOST]])
    _room(tx, poll, now).post(POLL, {"poll": poll.id}, key=key_of(poll))
    _wake(tx, poll, poll.closes_at)
    _changed(tx, poll, now)


def _close(tx: Tx, poll: Poll, now: datetime, directory: Directory) -> None:
    came = ranked(tx, poll)
    slots = [poll.first_at, poll.second_at]
    chats: dict[int, int] = {}
    for place, at in zip(came.taken, slots, strict=False):
        chat = _slot(tx, poll, at, now)
        if chat is not None:
            take(tx, suggesting.again(tx, place.topic), chat)
            chats[place.topic] = chat
    polls.end(tx, poll.id, {each.topic: each.votes for each in came.places}, chats)
    _room(tx, poll, now).post(RESULT, {"poll": poll.id}, key=f"{key_of(poll)}/result")
    _tell(tx, poll, now, directory)
    _changed(tx, poll, now)


def ranked(tx: Tx, poll: Poll) -> Ranking:
    """Return how a vote stands, or ended, among the topics that are still suggested."""
    if poll.state is PollState.ENDED:
        votes = [topic for topic, many in poll.votes.items() for _ in range(many)]
        return ranking(list(poll.votes), votes, poll.seed)
    there = suggestions.of_numbers(tx, poll.topics)
    return ranking(
        [each for each in poll.topics if each in there], polls.votes(tx, poll.id), poll.seed
    )


def _slot(tx: Tx, poll: Poll, at: datetime | None, now: datetime) -> int | None:
    """Return the draft of a slot: at its own time, or on the next date that has neither questions nor topic."""
    if at is not None and at > now:
        plan = offered(plans(), ())[0].id
        blank = series.Blank(poll.network, poll.place, "", plan, at, poll.zone, poll.created_by)
        made = series.draft_of(tx, blank, now)
        series.remind(tx, made, max(now, at - REMIND))
        return made
    return next((each.id for each in free_dates(tx, poll.network, poll.place, now)), None)


def free_dates(tx: Tx, network: int, place: Place, now: datetime) -> list[Chat]:
    """Return the coming dates in a room that have neither questions nor a topic, by start."""
    dates = sorted(
        (*series.free_dates(tx, network, place, now), *season.free_dates(tx, network, place, now)),
        key=lambda each: each.starts_at,
    )
    return [each for each in dates if not suggestions.of_chat(tx, each.id, Kind.TOPIC)]


def take(tx: Tx, topic: Suggestion, chat_id: int) -> None:
    """Let a topic be that of a draft without questions."""
    chat = chat_again(tx, chat_id)
    sketch = store.present_version(tx, chat).sketch
    store.sketch_anew(tx, chat.id, replace(sketch, title=topic.words))
    runs.called_anew(tx, chat)
    suggestions.change(tx, topic.id, state=State.TAKEN.value, chat_id=chat.id)
    tx.announce(topic_of(topic.network))
    tx.announce(f"chats:{topic.network}")


def take_next(tx: Tx, topic: Suggestion, now: datetime, *, by: Person) -> Chat:
    """Give a topic the next free date in its room, without a vote."""
    not_voted_on(tx, topic)
    if topic.state is not State.WAITS or topic.merged_into is not None:
        raise Refused(suggesting.GONE)
    dates = free_dates(tx, topic.network, topic.place, now)
    if not dates:
        raise Refused(
            msg("No date here is without questions. Plan chats that repeat with `/pln chat new`.")
        )
    take(tx, topic, dates[0].id)
    audit.record(tx, topic.network, by.id, "chat_topic.taken", scope_of(topic), now=now)
    return chat_again(tx, dates[0].id)


def not_voted_on(tx: Tx, topic: Suggestion) -> None:
    """Raise `Refused` while a topic is voted on."""
    poll = polls.going_on(tx, topic.place)
    if poll is not None and poll.state is PollState.OPEN and topic.id in poll.topics:
        raise Refused(msg("It is being voted on. Wait until the vote has ended, or call it off."))


def vote(tx: Tx, poll: Poll, topic: int, now: datetime, *, by: Person) -> Suggestion:
    """Take a member's vote, instead of the one they gave before."""
    poll = polls.get(tx, poll.id, lock=True) or poll
    if poll.state is not PollState.OPEN or poll.closes_at <= now:
        raise Refused(_ENDED)
    found = suggestions.get(tx, topic)
    if found is None or topic not in poll.topics:
        raise Refused(suggesting.GONE)
    polls.cast(tx, poll.id, by.id, topic)
    _changed(tx, poll, now)
    return found


def end_now(tx: Tx, poll: Poll, now: datetime, directory: Directory, *, by: Person) -> Poll:
    """End a vote before its time: it counts as it stands."""
    poll = polls.get(tx, poll.id, lock=True) or poll
    if poll.state is not PollState.OPEN:
        raise Refused(_ENDED)
    work.cancel(tx, f"{key_of(poll)}/next", now)
    _close(tx, poll, now, directory)
    audit.record(tx, poll.network, by.id, "chat_poll.ended", poll.scope, now=now)
    return polls.get(tx, poll.id) or poll


def call_off(tx: Tx, poll: Poll, now: datetime, *, by: Person) -> None:
    """Call a vote off: every topic stays suggested, and nobody learns how it stood."""
    poll = polls.get(tx, poll.id, lock=True) or poll
    if poll.state not in polls.GOING_ON:
        raise Refused(_ENDED)
    polls.move(tx, poll.id, PollState.CALLED_OFF)
    polls.forget_votes(tx, poll.id)
    work.cancel(tx, f"{key_of(poll)}/next", now)
    audit.record(tx, poll.network, by.id, "chat_poll.called_off", poll.scope, now=now)
    _changed(tx, poll, now)


def key_of(poll: Poll) -> str:
    """Return the key of a vote's post in its room."""
    return f"chat/poll/{poll.id}"


def scope_of(topic: Suggestion) -> str:
    """Return what the audit log calls a topic."""
    return f"chat_topic:{topic.id}"


def topic_of(network: int) -> str:
    """Return what changes of a network's topics and votes are announced as."""
    return f"chat_topics:{network}"


def suggestions_changed(tx: Tx, place: Place, network: int, now: datetime) -> None:
    """Have what shows the topics of a room show them as they are."""
    poll = polls.going_on(tx, place)
    tx.announce(topic_of(network))
    if poll is not None and poll.state is PollState.OPEN:
        _changed(tx, poll, now)


def _changed(tx: Tx, poll: Poll, now: datetime) -> None:
    outbox.refresh(tx, key_of(poll), now)
    tx.announce(topic_of(poll.network))


def _wake(tx: Tx, poll: Poll, at: datetime) -> None:
    work.put(tx, POLL, f"{key_of(poll)}/next", at, {"poll": poll.id}, network=poll.network)


def _room(tx: Tx, poll: Poll, now: datetime) -> Posting:
    return Posting(tx, poll.network, poll.place, now, Urgency.TIMED)


def _tell(tx: Tx, poll: Poll, now: datetime, directory: Directory) -> None:
    person = directory.by_id(tx, poll.created_by, poll.place.platform)
    if person is not None:
        key = f"{key_of(poll)}/over"
        notices.tell_now(
            tx, UNPLANNED, person, TOLD, {"poll": poll.id}, key=key, now=now, asked=True
        )
