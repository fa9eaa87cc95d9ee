"""What the actions of peers share: names of work and cards, kinds of notices, and how they are told."""

from datetime import datetime, timedelta

from plnbot.calendars import SchoolYear, school_days
from plnbot.engine import notices, outbox, roles
from plnbot.engine.notices import NoticeKind
from plnbot.engine.ports import Directory, Person
from plnbot.engine.roles import Role, needs
from plnbot.peers.model import Introduction, Programme
from plnbot.store.database import Tx
from plnbot.talk.words import msg

SOLVE, REPAIR, INTRODUCE = "peers.solve", "peers.repair", "peers.introduce"
OPENING = "peers.opening"
DUE, FOLLOW, HAS_GONE = "peers.due", "peers.follow", "peers.has_gone"
OFFER, ROUND = "peers.offer", "peers.round"
INTRODUCED, THIRD, NUDGE, CHECK = "peers.introduced", "peers.third", "peers.nudge", "peers.check"
LEFT, GONE, PAUSED, STANDING = "peers.left", "peers.gone", "peers.paused", "peers.standing"
REPORTED, ANSWERED, PROPOSED = "peers.reported", "peers.answered", "peers.proposed"
CLOSING, THANKS, BEGIN = "peers.closing", "peers.thanks", "peers.begin"
NAMED = "peers.named"
LEADS = needs(Role.ORGANISER)
PEOPLE = NoticeKind(
    name="peers.people",
    title=msg("Introductions"),
    about=msg("Whom you meet, and what becomes of it, in programmes that you joined"),
    may_be_muted=False,
)
CHECKS = NoticeKind(
    name="peers.checks",
    title=msg("How an introduction goes"),
    about=msg("Whether you met, and who might begin"),
    may_be_muted=True,
)
ORGANISERS = NoticeKind(
    name="peers.organisers",
    title=msg("Programmes that you look after"),
    about=msg("What a round came to, and what members report quietly"),
    may_be_muted=True,
    whose=LEADS,
)
NOTICES = (PEOPLE, CHECKS, ORGANISERS)
_BEFORE, _AHEAD = timedelta(days=40), timedelta(days=400)


def tell(
    tx: Tx, to: Person | None, card: str, args: outbox.Args, *, key: str, now: datetime
) -> None:
    """Tell a member of a programme something they joined it for; nobody, where they have gone."""
    kind = CHECKS if card in (NUDGE, CHECK) else PEOPLE
    if to is not None:
        notices.tell_now(tx, kind, to, card, args, key=f"{key}/{to.id}", now=now, asked=True)


def tell_organisers(
    tx: Tx, directory: Directory, network: int, card: str, args: outbox.Args,
    *, key: str, now: datetime, but: int | None = None,
) -> int:  # fmt: skip
    """Tell who looks after programmes, save one; return how many these are."""
    answer = (Role.ORGANISER, Role.ADMINISTRATOR)
    found = [each for each in roles.first_holders(tx, network, answer, now=now) if each != but]
    told = directory.by_ids(tx, found).values()
    notices.tell_each(tx, ORGANISERS, told, card, args, key=key, now=now, asked=True)
    return len(told)


def show_anew(tx: Tx, one: Introduction, now: datetime) -> None:
    """Have the cards of an introduction say what is so by now."""
    for seat in one.seats:  # by name: one that is being sent is shown anew right afterwards
        outbox.refresh(tx, f"{introduced_key(one.id)}{seat.member}", now)


def introduced_key(number: int) -> str:
    """Return how the keys of an introduction's cards begin."""
    return f"peers/introduced/{number}/"


def solve_key(number: int) -> str:
    """Return under which key a round is solved."""
    return f"peers/solve/{number}"


def round_key(number: int) -> str:
    """Return under which key what a round comes to is told."""
    return f"peers/round/{number}"


def topic(programme: int) -> str:
    """Return the topic of a change of a programme."""
    return f"peers:{programme}"


def school(tx: Tx, programme: Programme, now: datetime) -> SchoolYear:
    """Return when there is school, for a programme's rhythm."""
    return school_days(tx, programme.network, None, (now - _BEFORE).date(), (now + _AHEAD).date())
