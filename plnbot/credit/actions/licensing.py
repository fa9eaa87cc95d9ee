"""A member tells of a licence, says it otherwise, or takes it away."""

from collections.abc import Mapping
from datetime import date, datetime

from plnbot.credit.actions.rules import policies
from plnbot.credit.store import licences
from plnbot.credit.store.licences import HeldLicence
from plnbot.engine.ports import Person
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.walltime import local

MOST = 10
_OLDEST = 1950


def wrong_with(tx: Tx, told: HeldLicence, person: Person, now: datetime) -> Mapping[str, Sentence]:
    """Return what is wrong with a licence, by the field in which it is mended."""
    today = local(now, person.zone).date()
    errors: dict[str, Sentence] = {}
    others = [each for each in licences.of_member(tx, person.id) if each.id != told.id]
    if told.policy not in policies():
        errors["policy"] = msg("There are no rules of that name here. Write less of it.")
    if told.issued > today:
        errors["issued"] = msg("That day is still to come. When was the licence issued?")
    elif told.issued < date(_OLDEST, 1, 1):
        errors["issued"] = msg("That is too long ago. Look at the year again.")
    if told.expires is not None and told.expires <= told.issued:
        errors["expires"] = msg("It ends before it begins. Look at both days again.")
    if told.number and any(each.number.casefold() == told.number.casefold() for each in others):
        errors["number"] = msg("You have told of a licence with this number already.")
    if not told.id and len(others) >= MOST:
        errors["policy"] = msg("{n} licences are the most.", n=MOST)
    return errors


def save(tx: Tx, told: HeldLicence, now: datetime) -> int:
    """Keep a licence; return its number."""
    return licences.save(tx, told, now)
