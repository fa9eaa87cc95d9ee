"""Coming and going: joining, wishes, pauses, skipping, avoiding, leaving; and members who are gone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plnbot.engine import audit, outbox, work
from plnbot.engine.personal import Whose
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.peers.actions import following, mending, naming
from plnbot.peers.actions.keys import HAS_GONE, OFFER, topic
from plnbot.peers.actions.rounds import OVER, plan
from plnbot.peers.model import (
    LONGEST_PAUSE,
    Membership,
    Named,
    Programme,
    RoundState,
    Side,
    Wishes,
)
from plnbot.peers.store import private, programmes, rounds
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.visibility import Seen

_NOT_FOR = msg(
    "This programme is for teachers of other subjects. Your profile says what you teach."
)
_YOURSELF = msg("That is you. Choose somebody else.")
_PAST = msg("A pause ends on a day to come.")
_LONG = msg("A pause lasts a year at most. You can take another one then.")


def join(
    tx: Tx, directory: Directory, of: Programme, now: datetime, *, by: Person, side: Side, room: int
) -> Membership:
    """Let somebody take part; in the middle of a round they are matched within a day."""
    if of.ended_at is not None:
        raise Refused(OVER)
    told = directory.told(tx, [by.id], seen_by=Seen.MATCHING).get(by.id)
    if of.subjects and not set(of.subjects) & set(told.subjects if told else ()):
        raise Refused(_NOT_FOR)
    before = programmes.in_programme(tx, of.id, [by.id])
    made = programmes.join(
        tx, Membership(0, of.id, of.network, by.id, side, Wishes(), room, Named.UNASKED, now)
    )
    made = naming.settle(tx, directory, made)
    if not before:
        mending.repair_at(tx, of.id, of.network, now + mending.LATE, now)
        tx.announce(topic(of.id))
        outbox.refresh(tx, f"peers/offer/{of.id}", now)
    return made


def wish(tx: Tx, directory: Directory, one: Membership, wishes: Wishes, room: int) -> Membership:
    """Keep what matters to somebody, and for how many they have room; return how they stand then.

    Who is matched by another subject from now on is asked anew whether it may be named.
    """
    programmes.wish(tx, one.id, wishes)
    programmes.change(tx, [one.id], room=room)
    made = replace(one, wishes=wishes, room=room)
    return made if wishes.subject == one.wishes.subject else naming.settle(tx, directory, made)


class NoPauseError(Refused):
    """A pause cannot last until then; `why` says what is wrong."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why)
        self.why = why


def pause(tx: Tx, mine: Sequence[Membership], until: datetime, now: datetime) -> None:
    """Let somebody pause until then; it ends by itself. Raises `NoPauseError`."""
    if until <= now:
        raise NoPauseError(_PAST)
    if until - now > LONGEST_PAUSE:
        raise NoPauseError(_LONG)
    programmes.change(tx, [each.id for each in mine], paused_until=until)
    _shown_to(tx, mine)


def go_on(tx: Tx, mine: Sequence[Membership], now: datetime) -> None:
    """End a pause, and a wish to skip; in the middle of a round they are matched within a day."""
    programmes.change(tx, [each.id for each in mine], paused_until=None, skips=False)
    _shown_to(tx, mine)
    for each in mine:
        mending.repair_at(tx, each.programme, each.network, now + mending.LATE, now)


def skip(tx: Tx, mine: Sequence[Membership]) -> None:
    """Leave somebody out of the next round alone."""
    programmes.change(tx, [each.id for each in mine], skips=True)
    _shown_to(tx, mine)


def _shown_to(tx: Tx, mine: Sequence[Membership]) -> None:
    """Have the pages of those whose these are show how they stand by now."""
    for each in mine:
        tx.announce(f"member:{each.member}")


def leave(tx: Tx, directory: Directory, one: Membership, now: datetime) -> None:
    """Let somebody leave at once; who was introduced to them is matched anew."""
    programmes.change(tx, [one.id], left_at=now)
    _shown_to(tx, [one])
    for each in rounds.introductions_of(tx, one.member, live=True):
        seat = each.seat_of(one.member)
        if each.programme == one.programme and seat is not None:
            following.gone(tx, directory, each, seat, now)
    outbox.refresh(tx, f"peers/offer/{one.programme}", now)
    tx.announce(topic(one.programme))


def avoid(tx: Tx, other: Person, now: datetime, *, by: Person) -> None:
    """Let two never be introduced to each other; only who wished it sees that."""
    if other.id == by.id:
        raise Refused(_YOURSELF)
    private.avoid(tx, by.network.id, by.id, other.id, now)


def account_left(tx: Tx, person: Person, now: datetime) -> None:
    """Have who was introduced to somebody matched anew, where no account of theirs is left."""
    _gone(tx, person.id, person.network.id, now)


def erased(tx: Tx, whose: Whose, now: datetime) -> None:
    """Have who was introduced to somebody matched anew, because they are erased."""
    _gone(tx, whose.id, whose.network, now)


def _gone(tx: Tx, member: int, network: int, now: datetime) -> None:
    """Plan to take somebody out of what they are in: a hook has no directory, and a unit has one."""
    for each in rounds.introductions_of(tx, member, live=True):
        payload: work.Payload = {"introduction": each.id, "member": member}
        key = f"peers/gone/{each.id}/{member}"
        work.put(tx, HAS_GONE, key, now, payload, network=network)


def add(tx: Tx, new: Programme, now: datetime, *, by: Person) -> Programme:
    """Write a programme down, offer it in its room, and plan its first round."""
    made = programmes.add(tx, new, now)
    first = plan(tx, made, now)
    if made.place is not None:
        posting = outbox.Posting(tx, made.network, made.place, now)
        posting.post(OFFER, {"programme": made.id}, key=f"peers/offer/{made.id}")
    audit.record(tx, made.network, by.id, "peers.made", f"programme:{made.id}", now=now)
    tx.announce(f"member:{by.id}")
    return replace(made, next_at=first)


def open_round(tx: Tx, of: Programme) -> bool:
    """Return whether a round of a programme goes on."""
    return bool(rounds.of_programme(tx, of.id, RoundState.OPEN))
