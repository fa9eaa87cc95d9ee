"""Assessing: criterion by criterion, by who was assigned alone; what comes of it, and withdrawing."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from dateutil.relativedelta import relativedelta

from plnbot.badges.actions import assigning, issuing
from plnbot.badges.actions.assigning import HEARD, MADE, tell_teacher
from plnbot.badges.model import WITH_ITS_TEACHER, Review, Standing, come_to
from plnbot.badges.store import applications, awards, definitions
from plnbot.badges.store.applications import Application
from plnbot.badges.store.awards import Award
from plnbot.badges.store.definitions import Badge
from plnbot.engine import audit
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg

DECIDED = msg("That is decided already.")
_NOT_NOW = msg("It is with its teacher now: it was returned or taken back.")


def barred(tx: Tx, it: Application, person: int) -> Sentence | None:
    """Return why somebody may not look at an application, None where they may."""
    if it.member == person:
        return msg("You applied for this yourself: others assess it.")
    if person not in applications.assessors_of(tx, it.id):
        return msg("This is with other assessors.")
    return _NOT_NOW if it.standing in WITH_ITS_TEACHER else None


def open_to(tx: Tx, it: Application, person: int) -> bool:
    """Return whether it waits for this assessor: it is not decided, and they have not looked this time."""
    done = {each.assessor for each in applications.reviews(tx, it)}
    return it.standing is Standing.WAITING and person not in done


def assess(
    tx: Tx,
    it: Application,
    met: Mapping[str, bool],
    notes: Mapping[str, str],
    *,
    by: Person,
    directory: Directory,
    now: datetime,
) -> Application:
    """Keep what an assessor found, and do what all of it comes to."""
    if why := barred(tx, it, by.id):
        raise Refused(why)
    it = applications.locked(tx, it)
    if not open_to(tx, it, by.id):
        raise Refused(DECIDED)
    applications.write_review(tx, it, Review(by.id, it.round, met, notes), now)
    badge = definitions.at_version(tx, it.badge, it.version)
    return _settle(tx, it, badge, directory, now)


def _settle(
    tx: Tx, it: Application, badge: Badge, directory: Directory, now: datetime
) -> Application:
    still_open = [each.id for each in badge.terms.criteria if each.id not in it.met]
    found = applications.reviews(tx, it)
    others = len(assigning.others_for(tx, it, badge, directory, now))
    outcome = come_to(still_open, found, it.wanted, others)
    if outcome.more:
        more = applications.change(tx, it, wanted=len(found) + outcome.more)
        return assigning.fill(tx, more, badge, directory, now)
    met = [each.id for each in badge.terms.criteria if each.id in {*it.met, *outcome.met}]
    missing = {name: list(notes) for name, notes in outcome.missing.items()}
    standing = Standing.RETURNED if missing else Standing.AWARDED
    decided = applications.change(
        tx, it, standing=standing.value, met=met, missing=missing, at=now, hears_at=None
    )
    if standing is Standing.AWARDED:
        award(tx, badge, it.member, it.id, directory=directory, now=now)
    else:
        key = f"{it.id}/{it.round}/{len(found)}"
        tell_teacher(tx, it.member, HEARD, it.id, key=key, directory=directory, now=now)
    return decided


def look_again(tx: Tx, it: Application, directory: Directory, now: datetime) -> Application:
    """Replace who may look at it no more; where all who are left have looked, it is decided."""
    it = applications.locked(tx, it)
    if it.standing is not Standing.WAITING:
        return it
    badge = definitions.at_version(tx, it.badge, it.version)
    it = assigning.fill(tx, it, badge, directory, now)
    done = {each.assessor for each in applications.reviews(tx, it)}
    still = set(applications.assessors_of(tx, it.id)) - done
    return _settle(tx, it, badge, directory, now) if done and not still else it


def look_after(tx: Tx, it: Application, directory: Directory, now: datetime) -> None:
    """Look again who is to look, and remind them where it is not decided."""
    it = look_again(tx, it, directory, now)
    if it.standing is Standing.WAITING:
        assigning.remind(tx, it, directory, now)


def award(
    tx: Tx,
    badge: Badge,
    member: int,
    application: int | None,
    *,
    directory: Directory,
    now: datetime,
) -> Award:
    """Award one to somebody, tell them, and award what this one completes."""
    until = now + relativedelta(months=badge.terms.months) if badge.terms.months else None
    new = Award(
        id=0,
        network=badge.network,
        badge=badge.id,
        version=badge.version,
        member=member,
        application=application,
        code=secrets.token_hex(12),
        at=now,
        until=until,
        identity="",
        salt="",
        shows=(),
        name="",
        address="",
        asked=0,
        signed=0,
        list=None,
        credential="",
        key_withdrawn_at=None,
        withdrawn_at=None,
        why="",
    )
    made = awards.add(tx, new)
    tell_teacher(tx, member, MADE, made.id, key=str(made.id), directory=directory, now=now)
    _complete(tx, badge, member, directory, now)
    return made


def _complete(tx: Tx, part: Badge, member: int, directory: Directory, now: datetime) -> None:
    """Award what is made of others and has enough of them by now."""
    standing = {each.badge for each in awards.of_member(tx, member) if each.stands(now)}
    for whole in definitions.of_network(tx, part.network):
        terms = whole.terms
        enough = len(standing & set(terms.parts)) >= (terms.needed or len(terms.parts))
        if part.id in terms.parts and enough and whole.id not in standing:
            definitions.applied(tx, whole, now)
            award(tx, whole, member, None, directory=directory, now=now)


def withdraw(
    tx: Tx, it: Award, why: str, directory: Directory, now: datetime, *, by: Person
) -> Award:
    """Withdraw an award: whoever looks from now on reads since when."""
    if awards.locked(tx, it).withdrawn_at is not None:
        raise Refused(msg("That is withdrawn already."))
    gone = awards.change(tx, it, withdrawn_at=now, withdrawn_by=by.id, why=why)
    # Also where nothing was taken along as far as we know by now: who was erased may have a file.
    awards.outdate(tx, it.network)
    issuing.plan(tx, it.network, now)
    audit.record(tx, it.network, by.id, "badges.withdrawn", f"badge:{it.badge}", now=now)
    key = f"{it.id}/withdrawn"
    tell_teacher(tx, it.member, MADE, it.id, key=key, directory=directory, now=now)
    return gone
