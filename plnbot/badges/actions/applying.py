"""Applying: a draft beside the criteria, sent in whole, taken back, mended and sent in again."""

import secrets
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from plnbot.badges.actions import assigning
from plnbot.badges.model import OWN, UNDER_WAY, Standing
from plnbot.badges.store import applications, awards, definitions
from plnbot.badges.store.applications import Application, Shown
from plnbot.badges.store.definitions import Badge
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.walltime import instant, local

MOST_FILES, LARGEST, MOST_OF_A_MEMBER = 8, 5_000_000, 50_000_000
_NOT_NOW = msg("That is not to be changed now: it was sent in, decided or taken back.")


def begin(tx: Tx, person: Person, it: Badge, directory: Directory, now: datetime) -> Application:
    """Return what somebody applies with for one, begun where they have nothing under way."""
    it = definitions.locked(tx, it)
    there = applications.under_way(tx, person.id, it.id)
    if there is not None:
        return there
    if it.closed:
        raise Refused(msg("This one takes no applications any more."))
    if any(each.stands(now) for each in awards.of_member(tx, person.id) if each.badge == it.id):
        raise Refused(msg("You have this one already."))
    if it.terms.parts:
        raise Refused(msg("Nobody applies for this one: whoever has its parts has it."))
    if not set(assigning.could_look(tx, it, directory, now)) - {person.id}:
        raise Refused(msg("Nobody can assess this one yet but you. Ask a curator for assessors."))
    seed = secrets.token_hex(8)
    number = applications.add(tx, it.network, (it.id, it.version), person.id, seed=seed, now=now)
    definitions.applied(tx, it, now)
    return applications.found(tx, number)


def write(
    tx: Tx, it: Application, answers: Mapping[str, str], reflection: str, now: datetime
) -> Application:
    """Keep what somebody wrote; a criterion that was met and is said otherwise now is open again."""
    it = _own(tx, it)
    said = {name: each for name, each in answers.items() if each}
    met = [each for each in it.met if said.get(each, "") == it.answers.get(each, "")]
    return applications.change(tx, it, answers=said, reflection=reflection, met=met, at=now)


def show(tx: Tx, it: Application, new: Shown, content: bytes, now: datetime) -> None:
    """Keep a file with an application."""
    it = _own(tx, it)
    if len(applications.files(tx, it.id)) >= MOST_FILES:
        raise Refused(msg("{n} files are the most for one application.", n=MOST_FILES))
    if applications.used(tx, it.member) + len(content) > MOST_OF_A_MEMBER:
        raise Refused(msg("You have too many files here. Take some away first."))
    applications.show(tx, new, content, now)
    if new.criterion in it.met:
        met = [each for each in it.met if each != new.criterion]
        applications.change(tx, it, met=met)


def unshow(tx: Tx, it: Application, found: Shown) -> None:
    """Take a file away."""
    it = _own(tx, it)
    applications.unshow(tx, found.id)
    applications.change(tx, it, met=[each for each in it.met if each != found.criterion])


def incomplete(tx: Tx, it: Application, badge: Badge) -> Sentence | None:
    """Return what is missing before an application can be sent in, None where it is whole."""
    with_file = {each.criterion for each in applications.files(tx, it.id)}
    for each in badge.terms.criteria:
        if each.id not in it.answers and each.id not in with_file:
            return msg(
                "Nothing is shown yet for “{criterion}”. Write of it, or add a file.",
                criterion=each.name,
            )
    if not it.reflection:
        return msg("A reflection is missing: what changed in your teaching?")
    return None


def send(
    tx: Tx, it: Application, person: Person, directory: Directory, now: datetime
) -> Application:
    """Send an application in: it is complete, and they learn by which day they hear."""
    it = _own(tx, it)
    badge = definitions.at_version(tx, it.badge, it.version)
    if still := incomplete(tx, it, badge):
        raise Refused(still)
    round_ = it.round + (it.standing is Standing.RETURNED)
    hears = _hears(person, badge.terms.days, now)
    sent = applications.change(
        tx, it, standing=Standing.WAITING.value, round=round_, missing={}, at=now, hears_at=hears
    )
    return assigning.begin(tx, sent, badge, directory, now)


def _hears(person: Person, days: int, now: datetime) -> datetime:
    """Return the end of the day by which somebody hears, by their own clock."""
    day = local(now, person.zone).date() + timedelta(days=days)
    return instant(datetime.combine(day, time(18)), person.zone)


def ask_another(
    tx: Tx, it: Application, person: Person, directory: Directory, now: datetime
) -> Application:
    """Have another assessor look at what was returned, as it is; once for each time it was."""
    badge = definitions.at_version(tx, it.badge, it.version)
    it = applications.locked(tx, it)
    if it.standing is not Standing.RETURNED:
        raise Refused(_NOT_NOW)
    if not assigning.others_for(tx, it, badge, directory, now):
        raise Refused(
            msg("There is nobody else who could look at it. Mend it and send it in again.")
        )
    wanted = len(applications.reviews(tx, it)) + 1
    if wanted > assigning.MOST_LOOKS:
        raise Refused(msg("Several have looked at it already. Mend it and send it in again."))
    hears = _hears(person, badge.terms.days, now)
    sent = applications.change(
        tx, it, standing=Standing.WAITING.value, wanted=wanted, missing={}, at=now, hears_at=hears
    )
    assigning.watch(tx, sent)
    return assigning.fill(tx, sent, badge, directory, now)


def take_back(tx: Tx, it: Application, now: datetime) -> Application:
    """Withdraw an application: nobody looks at it any more, and its files go."""
    it = applications.locked(tx, it)
    if it.standing not in UNDER_WAY:
        raise Refused(_NOT_NOW)
    for each in applications.files(tx, it.id):
        applications.unshow(tx, each.id)
    return applications.change(tx, it, standing=Standing.WITHDRAWN.value, at=now, hears_at=None)


def _own(tx: Tx, it: Application) -> Application:
    it = applications.locked(tx, it)
    if it.standing not in OWN:
        raise Refused(_NOT_NOW)
    return it
