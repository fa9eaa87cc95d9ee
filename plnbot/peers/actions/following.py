"""What follows an introduction: a day of silence, how it goes, the end; and who has gone from it."""

from datetime import datetime, timedelta

from plnbot.engine import outbox, work
from plnbot.engine.context import Due
from plnbot.engine.ports import Directory
from plnbot.peers.actions import meeting_place, mending
from plnbot.peers.actions.keys import (
    CHECK,
    CLOSING,
    FOLLOW,
    GONE,
    NUDGE,
    PAUSED,
    show_anew,
    tell,
)
from plnbot.peers.model import (
    KINDLY,
    SILENCES,
    TWO,
    Introduction,
    Membership,
    Programme,
    Seat,
    Side,
    silences_after,
)
from plnbot.peers.store import programmes, rounds
from plnbot.store.database import Tx

A_DAY, TEN_DAYS, A_MONTH = timedelta(days=1), timedelta(days=10), timedelta(weeks=4)
_LAST_CHECK = timedelta(hours=18)
_MOST_CHECKS = 30


def plan(tx: Tx, of: Programme, made: Introduction, now: datetime) -> None:
    """Plan what follows an introduction."""
    stages = {"nudge": now + A_DAY}
    if of.aim.guided:
        for nth in range(_MOST_CHECKS):
            at = now + A_MONTH * nth
            if at + TEN_DAYS < made.ends_at:
                stages |= {f"check{nth}": at} if nth else {}
                stages[f"silence{nth}"] = at + TEN_DAYS
        stages["closing"] = made.ends_at
    else:
        stages |= {
            "check1": now + (made.ends_at - now) / 2,
            "check2": made.ends_at - _LAST_CHECK,
            "over": made.ends_at,
        }
    for stage, at in stages.items():
        payload: work.Payload = {"introduction": made.id, "stage": stage}
        work.add(tx, FOLLOW, f"peers/follow/{made.id}/{stage}", at, payload, network=of.network)


def follow(due: Due) -> None:
    """Do what comes at this stage of an introduction, unless it is over."""
    one = rounds.introduction_of(due.tx, int(str(due.payload["introduction"])))
    if one is None or one.ended_at is not None:
        return
    stage = str(due.payload["stage"])
    if stage == "nudge":
        _nudge(due, one)
    elif stage == "closing":
        _closing(due, one)
    elif stage == "over":
        close(due.tx, one, due.now)
    elif stage.startswith("silence"):
        _silence(due, one)
    else:
        _check(due, one, stage)


def _nudge(due: Due, one: Introduction) -> None:
    """Ask one of them to begin, where nobody has."""
    if one.spoke_at is None and not one.answered and one.here:
        _tell(due, one, one.here[0], NUDGE, f"peers/nudge/{one.id}")


def _check(due: Due, one: Introduction, stage: str) -> None:
    """Ask how it goes whoever has not said so for good."""
    guided = any(each.side is not Side.PEER for each in one.seats)
    for seat in one.here:
        if guided:
            rounds.change_seat(due.tx, seat, answer=None)
        if guided or seat.answer is None or not seat.answer.final:
            _tell(due, one, seat, CHECK, f"peers/check/{one.id}/{stage}")


def _silence(due: Due, one: Introduction) -> None:
    """Match who is accompanied anew where nothing came from their guide for ten days."""
    guide = next((each for each in one.here if each.side is Side.GUIDE), None)
    since = due.due_at - TEN_DAYS
    heard = guide is not None and guide.answered_at is not None and guide.answered_at >= since
    if guide is None or heard:
        return
    membership = programmes.in_programme(due.tx, one.programme, [guide.member]).get(guide.member)
    if membership is not None:
        _silent(due.tx, membership, membership.silences + 1, due.now)
    gone(due.tx, due.directory, one, guide, due.now)


def _closing(due: Due, one: Introduction) -> None:
    """Ask both for a closing reflection; the guide has room again."""
    rounds.change(due.tx, one.id, ended_at=due.now)
    for seat in one.here:
        _tell(due, one, seat, CLOSING, f"peers/closing/{one.id}")


def close(tx: Tx, one: Introduction, now: datetime) -> None:
    """Let an introduction be over, and pause kindly whom it was the third one in silence for."""
    if one.ended_at is not None:
        return
    rounds.change(tx, one.id, ended_at=now)
    mine = programmes.in_programme(tx, one.programme, [each.member for each in one.here])
    spoke = one.spoke_at is not None
    for seat in one.here:
        tx.announce(f"member:{seat.member}")
        membership = mine.get(seat.member)
        if membership is not None:
            _silent(tx, membership, silences_after(membership, seat, spoke=spoke), now)


def _silent(tx: Tx, one: Membership, many: int, now: datetime) -> None:
    if many < SILENCES:
        programmes.change(tx, [one.id], silences=many)
        return
    programmes.change(tx, [one.id], silences=0, paused_until=now + KINDLY)
    payload: work.Payload = {"membership": one.id, "member": one.member}
    work.put(tx, PAUSED, f"peers/paused/{one.id}", now, payload, network=one.network)


def tell_paused(due: Due) -> None:
    """Tell somebody kindly that they pause, and until when."""
    number, member = int(str(due.payload["membership"])), int(str(due.payload["member"]))
    args: outbox.Args = {"membership": number}
    key = f"peers/paused/{number}/{int(due.due_at.timestamp())}"
    tell(due.tx, due.directory.by_id(due.tx, member), PAUSED, args, key=key, now=due.now)


def gone(tx: Tx, directory: Directory, one: Introduction, seat: Seat, now: datetime) -> None:
    """Take somebody out of an introduction, and tell the others.

    Of two, who is left is matched anew, and comes first.
    """
    rounds.change_seat(tx, seat, gone_at=now)
    rest = [each for each in one.here if each.member != seat.member]
    if len(rest) < TWO:
        rounds.change(tx, one.id, ended_at=now)
        meeting_place.close(tx, one, now)
        left = programmes.in_programme(tx, one.programme, [each.member for each in rest])
        programmes.change(tx, [each.id for each in left.values()], waited=1)
        mending.repair_at(tx, one.programme, one.network, now + mending.SOON, now)
    for each in rest:
        args: outbox.Args = {"introduction": one.id, "member": each.member, "gone": seat.member}
        key = f"peers/gone/{one.id}/{seat.member}"
        tell(tx, directory.by_id(tx, each.member), GONE, args, key=key, now=now)
    show_anew(tx, one, now)


def has_gone(due: Due) -> None:
    """Take somebody out of an introduction who left the network or was erased."""
    one = rounds.introduction_of(due.tx, int(str(due.payload["introduction"])))
    member = int(str(due.payload["member"]))
    if one is None or one.ended_at is not None or due.directory.accounts(due.tx, member):
        return
    seat = one.seat_of(member) or Seat(one.id, member, 0, Side.PEER, odd=False)
    gone(due.tx, due.directory, one, seat, due.now)


def _tell(due: Due, one: Introduction, seat: Seat, card: str, key: str) -> None:
    args: outbox.Args = {"introduction": one.id, "member": seat.member}
    tell(due.tx, due.directory.by_id(due.tx, seat.member), card, args, key=key, now=due.now)
