"""A team assesses itself: each alone, unseen by the others, then together, with words."""

from collections.abc import Mapping
from datetime import datetime

from plnbot.engine import notices
from plnbot.engine.context import Context
from plnbot.engine.notices import NoticeKind
from plnbot.engine.personal import Whose
from plnbot.engine.ports import Directory, Person
from plnbot.engine.roles import DISTRICT, Role, needs, parted, scoped
from plnbot.errors import Refused
from plnbot.insight.model import MOST_IN_TEAM, Figure, State, opens
from plnbot.insight.packs import elements
from plnbot.insight.store import assessments, reports
from plnbot.insight.store.assessments import Assessment
from plnbot.insight.store.reports import Frozen
from plnbot.store.database import Tx
from plnbot.talk.words import msg

LEADS = needs(Role.DISTRICT_STAFF, local=True)
INVITED = "insight.invited"
TEAM = NoticeKind(
    name="insight.team",
    title=msg("Self-assessments of your team"),
    about=msg("That you were asked to rate."),
    may_be_muted=True,
)
_OVER = msg("That is agreed already. “Do it again” begins the next one.")
_NOT_YET = msg("Not everybody has said theirs, so nothing is shown together yet.")


def begin(ctx: Context, title: str, like: Assessment | None = None) -> int:
    """Begin an assessment, led by who does it; return its number. The team of `like` is asked again."""
    person = ctx.person
    number = assessments.begin(
        ctx.tx,
        like,
        network=ctx.network.id,
        title=title,
        leader=person.id,
        district=like.district if like else _district(ctx),
        now=ctx.now,
    )
    ctx.tx.announce(f"member:{person.id}")
    for each in like.alone if like else ():
        asked = ctx.directory.by_id(ctx.tx, each)
        if asked is not None and each != person.id:
            _ask(ctx.tx, number, asked, ctx.now)
    return number


def _district(ctx: Context) -> int | None:
    """Return whose reports may stand beside it: the leader's district, where their role reaches it."""
    mine = ctx.directory.lies_in(ctx.tx, [ctx.person.id]).get(ctx.person.id, frozenset())
    for kind, number in sorted(map(parted, mine)):
        if kind == DISTRICT and ctx.reach(LEADS).covers([scoped(DISTRICT, number)]):
            return number
    return None


def invite(tx: Tx, it: Assessment, person: Person, now: datetime) -> None:
    """Ask somebody to be in the team; raises `Refused` where that is too late, or they are in it."""
    if it.state is not State.ALONE:
        raise Refused(msg("The team has begun to talk. Who joins now joins the next one."))
    if len(it.alone) >= MOST_IN_TEAM:
        raise Refused(msg("A team has {n} people at most.", n=MOST_IN_TEAM))
    if not assessments.invite(tx, it.id, person.id, now):
        raise Refused(msg("They are in the team already."))
    _ask(tx, it.id, person, now)
    _changed(tx, it)


def _ask(tx: Tx, number: int, person: Person, now: datetime) -> None:
    tx.announce(f"member:{person.id}")
    key = f"insight/invited/{number}/{person.id}"
    notices.tell_now(tx, TEAM, person, INVITED, {"assessment": number}, key=key, now=now)


def rate(tx: Tx, it: Assessment, member: int, figures: Mapping[str, int], now: datetime) -> None:
    """Keep what somebody says alone; once all have, everything is seen together."""
    if it.state is not State.ALONE:
        raise Refused(msg("All is seen together now, so what was said alone stays as it is."))
    assessments.rate(tx, it.id, member, figures, now)
    after = _found(tx, it.id)
    if opens(after.rated, len(after.alone)):
        assessments.put_state(tx, it.id, State.TOGETHER)
    _changed(tx, it)


def open_up(tx: Tx, it: Assessment) -> None:
    """Have seen together what was said so far, without waiting for the others."""
    if it.state is not State.ALONE:
        raise Refused(msg("All is seen together already."))
    if not it.rated:
        raise Refused(msg("Nobody has said anything yet."))
    assessments.put_state(tx, it.id, State.TOGETHER)
    _changed(tx, it)


def agree(tx: Tx, it: Assessment, element: str, said: Figure) -> None:
    """Keep what the team agreed on for an element."""
    if it.state is State.ALONE:
        raise Refused(_NOT_YET)
    if it.state is State.AGREED:
        raise Refused(_OVER)
    assessments.agree(tx, it, element, said)
    _changed(tx, it)


def finish(tx: Tx, it: Assessment, now: datetime) -> None:
    """Keep all that was agreed for good, with the report that stood beside it."""
    if it.state is State.AGREED:
        raise Refused(_OVER)
    if missing := [each for each in elements() if each not in it.figures]:
        raise Refused(msg("{n} of the elements have no agreed figure yet.", n=len(missing)))
    beside = evidence(tx, it)
    shown = beside.id if beside else None
    assessments.put_state(tx, it.id, State.AGREED, agreed_at=now, report_id=shown)
    _changed(tx, it)


def evidence(tx: Tx, it: Assessment) -> Frozen | None:
    """Return the report that stands beside an assessment: the one of then, or the latest there is."""
    if it.report is not None:
        return reports.get(tx, it.report)
    if it.district is None or it.state is State.AGREED:
        return None
    return reports.latest(tx, it.network, it.district)


def erased(tx: Tx, whose: Whose, _now: datetime) -> None:
    """Take somebody out of every team."""
    assessments.leave(tx, whose.id)


def _found(tx: Tx, number: int) -> Assessment:
    found = assessments.get(tx, number)
    if found is None:
        raise LookupError(number)
    return found


def _changed(tx: Tx, it: Assessment) -> None:
    tx.announce(f"assessment:{it.id}")
    for each in it.alone:
        tx.announce(f"member:{each}")


def called(directory: Directory, tx: Tx, members: Mapping[int, object]) -> list[str]:
    """Return the names of those in a team who are still here, in the order they were asked."""
    return [each.name for each in directory.by_ids(tx, members).values()]
