"""Quiet reports that a person answers, and members who introduce two others."""

from datetime import datetime

from plnbot.engine import notices, outbox
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.peers.actions import introducing
from plnbot.peers.actions.candidates import Here
from plnbot.peers.actions.introducing import Group
from plnbot.peers.actions.keys import ANSWERED, PEOPLE, PROPOSED, REPORTED, tell_organisers
from plnbot.peers.actions.rounds import OVER
from plnbot.peers.model import Cause, Introduction, Membership, Named, Programme, Side, Wishes
from plnbot.peers.store import private, programmes
from plnbot.peers.store.private import Proposal, Report
from plnbot.store.database import Tx
from plnbot.talk.words import msg

YES, NO = "yes", "no"
_ANSWERED = msg("Somebody has answered this report already.")
_WHICH_TWO = msg("Choose two different people, neither of them you.")
_NOBODY = msg(
    "Nobody looks after programmes here, so a report would reach nobody. Ask an administrator."
)


def report(
    tx: Tx, directory: Directory, about: int | None, words: str, now: datetime, *, by: Person
) -> Report:
    """Report something quietly; it goes to who looks after programmes, never to whom it is about."""
    made = private.add_report(tx, by.network.id, by.id, words, now, about=about)
    args: outbox.Args = {"report": made.id}
    key = f"peers/report/{made.id}"
    if not tell_organisers(
        tx, directory, by.network.id, REPORTED, args, key=key, now=now, but=about
    ):
        raise Refused(_NOBODY)
    return made


def answer(
    tx: Tx, directory: Directory, of: Report, words: str, now: datetime, *, by: Person
) -> None:
    """Answer a report; who reported is told, by this person's name."""
    if not private.answer_report(tx, of.id, by.id, words, now):
        raise Refused(_ANSWERED)
    to = directory.by_id(tx, of.by) if of.by is not None else None
    if to is not None:
        args: outbox.Args = {"report": of.id}
        key = f"peers/answered/{of.id}"
        notices.tell_now(tx, PEOPLE, to, ANSWERED, args, key=key, now=now, asked=True)


def propose(
    tx: Tx, of: Programme, two: tuple[Person, Person], note: str, now: datetime, *, by: Person
) -> Proposal:
    """Ask two whether they want to be introduced; nobody hears who said no, or who avoids whom."""
    one, other = two
    if one.id == other.id or by.id in (one.id, other.id):
        raise Refused(_WHICH_TWO)
    made = private.propose(tx, of, by.id, (one.id, other.id), note, now=now)
    if (min(one.id, other.id), max(one.id, other.id)) in private.avoiding(tx, of.network):
        return made
    for each in (one, other):
        args: outbox.Args = {"proposal": made.id, "member": each.id}
        key = f"peers/proposed/{made.id}/{each.id}"
        notices.tell_now(tx, PEOPLE, each, PROPOSED, args, key=key, now=now)
    return made


def consent(
    tx: Tx, directory: Directory, asked: Proposal, now: datetime, *, by: Person, yes: bool
) -> Introduction | None:
    """Keep what one of the two says; once both have said yes they are introduced, and that is returned."""
    known = private.proposal_of(tx, asked.id, locked=True)
    if known is None or by.id not in (known.one, known.other):
        raise Refused(msg("That was not for you, or is over."))
    if known.introduction is not None:
        return None
    of = programmes.get(tx, asked.programme)
    if of is None or of.ended_at is not None:
        raise Refused(OVER)
    side = "one_said" if by.id == known.one else "other_said"
    private.note_proposal(tx, known.id, **{side: YES if yes else NO})
    known = private.proposal_of(tx, asked.id)
    if known is None or {known.one_said, known.other_said} != {YES}:
        return None
    if (min(known.one, known.other), max(known.one, known.other)) in private.avoiding(
        tx, of.network
    ):
        return None
    here = [_here(tx, directory, of, each, now) for each in (known.one, known.other)]
    people = [each for each in here if each is not None]
    if len(people) < len(here):
        return None
    group = Group("MEMBER", None, Cause.MEMBER, people, by=known.by)
    made = introducing.introduce_group(tx, directory, of, None, group, now=now)
    private.note_proposal(tx, known.id, introduction_id=made.id)
    return made


def _here(tx: Tx, directory: Directory, of: Programme, member: int, now: datetime) -> Here | None:
    """Return a member with what they wish, whether they take part in the programme or not."""
    person = directory.by_id(tx, member)
    mine = programmes.in_programme(tx, of.id, [member]).get(member)
    nothing = Membership(
        0, of.id, of.network, member, Side.PEER, Wishes(), 1, Named.UNASKED, joined_at=now
    )
    return None if person is None else Here(mine or nothing, person)
