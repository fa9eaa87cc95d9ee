"""How somebody says that it went: answers, minutes as an activity, and whether to meet again."""

from datetime import datetime, timedelta

from plnbot.activities import store as activities
from plnbot.activities.model import Done, Role
from plnbot.engine import outbox
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.peers.actions import following
from plnbot.peers.actions.keys import STANDING, THANKS, show_anew, tell
from plnbot.peers.model import Again, Introduction, Programme, Said, Seat, Side, stand_together
from plnbot.peers.store import private, programmes, rounds
from plnbot.store.database import Tx
from plnbot.talk.words import Translate, msg
from plnbot.walltime import local

NOT_YOURS = msg("That introduction is no longer yours.")
_LOOKED_BACK = 400


def seat_of(one: Introduction, person: Person) -> Seat:
    """Return somebody's seat; raises `Refused` where they have none any more."""
    seat = one.seat_of(person.id)
    if seat is None:
        raise Refused(NOT_YOURS)
    return seat


def answer(tx: Tx, one: Introduction, said: Said, now: datetime, *, by: Person) -> None:
    """Keep how it goes; any answer is a sign of life."""
    seat = seat_of(one, by)
    rounds.change_seat(tx, seat, answer=said.value, answered_at=now)
    mine = programmes.in_programme(tx, one.programme, [by.id])
    programmes.change(tx, [each.id for each in mine.values()], silences=0)
    show_anew(tx, one, now)


def wrote(tx: Tx, one: Introduction, now: datetime, *, by: Person) -> None:
    """Note that somebody has written, never what."""
    rounds.change_seat(tx, seat_of(one, by), answered_at=now)
    if one.spoke_at is None:
        rounds.change(tx, one.id, spoke_at=now)
        show_anew(tx, one, now)


def took(
    tx: Tx, of: Programme, one: Introduction, minutes: int, now: datetime, *, by: Person
) -> None:
    """Write down that somebody met, with the minutes that they state for themselves."""
    seat = seat_of(one, by)
    answer(tx, one, Said.MET, now, by=by)
    rounds.change_seat(tx, seat, minutes=minutes)
    source = f"introduction:{one.id}"
    if of.aim.guided:  # they meet again and again, each day counts once
        source += f":{local(now, by.zone):%Y%m%d}"
    named = Translate(by.network.locale).words("A meeting in “{name}”", name=of.name)
    done = Done(
        network=one.network,
        member=by.id,
        kind="peers",
        role=Role.MENTORED if seat.side is Side.GUIDE else Role.ATTENDED,
        title=named,
        started=now - timedelta(minutes=minutes),
        ended=now,
        minutes=minutes,
        source=source,
        evidence={"introduction": one.id},
    )
    if not activities.write(tx, [done], now):
        mine = activities.activities_of(tx, by.id, _LOOKED_BACK)
        standing = next((each for each in mine if each.done.source == source), None)
        if standing is not None and standing.done.minutes != minutes:
            activities.correct(tx, standing, done, now)


def again(
    tx: Tx, directory: Directory, one: Introduction, wish: Again, now: datetime, *, by: Person
) -> bool:
    """Keep whether somebody wants to meet again; return whether all of them want to by now.

    Nobody is told of a no. Who said yes before and no now takes the first back.
    """
    seat = seat_of(one, by)
    rounds.change_seat(tx, seat, again=wish.value)
    for other in one.others(by.id):
        if wish is Again.NO:
            private.avoid(tx, one.network, by.id, other.member, now)
        elif seat.again is Again.NO:
            private.avoid_no_more(tx, by.id, other.member)
    known = rounds.introduction_of(tx, one.id)
    if known is None or not stand_together(known.here):
        return False
    for each in known.here:
        args: outbox.Args = {"introduction": one.id, "member": each.member}
        to = directory.by_id(tx, each.member)
        tell(tx, to, STANDING, args, key=f"peers/standing/{one.id}", now=now)
    return True


def agreed(tx: Tx, one: Introduction, goals: str, now: datetime, *, by: Person) -> None:
    """Keep what two want to reach together."""
    seat = seat_of(one, by)
    rounds.change(tx, one.id, goals=goals)
    rounds.change_seat(tx, seat, answered_at=now)
    show_anew(tx, one, now)


def looked_back(
    tx: Tx,
    directory: Directory,
    one: Introduction,
    said: tuple[str, str],
    now: datetime,
    *,
    by: Person,
) -> None:
    """Keep somebody's closing reflection, and let their guide have the thanks for good."""
    seat, (words, thanks) = seat_of(one, by), said
    rounds.change_seat(tx, seat, words=words, answered_at=now)
    if thanks and seat.side is Side.GUIDED:
        rounds.change(tx, one.id, thanks=thanks)
        for each in one.others(by.id):
            args: outbox.Args = {"introduction": one.id, "member": each.member}
            to = directory.by_id(tx, each.member)
            tell(tx, to, THANKS, args, key=f"peers/thanks/{one.id}", now=now)


def step_out(tx: Tx, directory: Directory, one: Introduction, now: datetime, *, by: Person) -> None:
    """Take somebody out of one introduction at their wish; the other is matched anew."""
    following.gone(tx, directory, one, seat_of(one, by), now)
