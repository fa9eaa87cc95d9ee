"""A member's drafts: made of what they did, whenever they are looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from plnbot import gathering
from plnbot.activities import store as activities
from plnbot.activities.store import Activity
from plnbot.credit.actions.rules import rules_of
from plnbot.credit.actions.sending import Wish, send, wrong_with
from plnbot.credit.model.drafts import LAPSES, Draft, drafted, of_a_week
from plnbot.credit.model.entries import Entry
from plnbot.credit.store import drafts
from plnbot.engine.ports import Person
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence

_LOOKED_AT = 300
"""Of so many of the latest things that a member did drafts are made; more are not done in a month."""
_MOST_SAID = 10


def draft_of(activity: Activity, now: datetime) -> Draft | None:
    """Return what is drafted of something that was done; None where it has lapsed or was a rehearsal."""
    if activity.rehearsal or now - activity.written_at > LAPSES:
        return None
    return drafted(activity.done, activity.written_at)


def waiting(tx: Tx, member: int, now: datetime) -> Sequence[tuple[int, Draft]]:
    """Return the drafts that wait for a member, by the number of what they are of, newest first."""
    states = drafts.states(tx, member)
    found = []
    for each in activities.activities_of(tx, member, _LOOKED_AT):
        draft = draft_of(each, now)
        if draft is not None and each.done.source not in states:
            found.append((each.id, draft))
    return found


def with_something_new(tx: Tx, since: datetime) -> Sequence[int]:
    """Return who did something that was written down since then."""
    return activities.members_since(tx, since)


def said_there(tx: Tx, activity: Activity) -> Sequence[str]:
    """Return what a member said there, as it stands, for themselves."""
    kind, _, number = activity.done.source.partition(":")
    whole = row_number(number)
    if not whole:
        return ()
    stands = gathering.of_whole(tx, kind, whole)
    mine = [each for each in stands if each.member == activity.done.member]
    return [each.words for each in mine if each.words and each.hidden_by is None][:_MOST_SAID]


def wish_of(
    tx: Tx, activity: Activity, minutes: int, said: Mapping[str, object], now: datetime
) -> Wish:
    """Return a draft as a wish."""
    draft = drafted(activity.done, now)
    claim = draft.claim
    if minutes <= (claim.ended - claim.started).total_seconds() // 60:
        claim = replace(claim, minutes=minutes)
    else:
        claim = replace(claim, minutes=minutes, started=_earlier(claim.ended, minutes))
    words = {"title": draft.title, "said": list(said_there(tx, activity)), **said}
    return Wish(claim, words)


def _earlier(ended: datetime, minutes: int) -> datetime:
    return ended - timedelta(minutes=minutes)


def confirm_week(
    tx: Tx, person: Person, now: datetime
) -> tuple[Sequence[Entry], Sequence[tuple[str, Sentence]]]:
    """Send in a week's drafts as they were proposed; return what was sent, and what was not and why."""
    found = waiting(tx, person.id, now)
    week = of_a_week([draft for _number, draft in found], now)
    sent, not_sent = [], []
    for number, draft in reversed(found):
        activity = activities.get_activity(tx, number)
        if draft not in week or activity is None:
            continue
        wish = wish_of(tx, activity, draft.claim.minutes, {}, now)
        wrong = wrong_with(tx, person, wish, now)
        if wrong:
            not_sent.append((draft.title, next(iter(wrong.values()))))
            continue
        rules = rules_of(tx, person, wish.claim, now)
        sent.append(send(tx, person, wish, rules, now))
    return sent, not_sent
