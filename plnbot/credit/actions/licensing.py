"""A member tells of a licence, says it otherwise, or takes it away."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from plnbot.credit.actions.rules import policies
from plnbot.credit.model.employment import MOST as MOST_STRETCHES
from plnbot.credit.model.employment import Stretch, told
from plnbot.credit.store import licences
from plnbot.credit.store.licences import HeldLicence
from plnbot.engine.ports import Person
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.walltime import local

MOST = 10
_OLDEST = 1950


def wrong_with(
    tx: Tx, licence: HeldLicence, person: Person, now: datetime
) -> Mapping[str, Sentence]:
    """Return what is wrong with a licence, by the field in which it is mended."""
    today = local(now, person.zone).date()
    errors: dict[str, Sentence] = {}
    others = [each for each in licences.of_member(tx, person.id) if each.id != licence.id]
    if licence.policy not in policies():
        errors["policy"] = msg("There are no rules of that name here. Write less of it.")
    if licence.issued > today:
        errors["issued"] = msg("That day is still to come. When was the licence issued?")
    elif licence.issued < date(_OLDEST, 1, 1):
        errors["issued"] = msg("That is too long ago. Look at the year again.")
    if licence.expires is not None and licence.expires <= licence.issued:
        errors["expires"] = msg("It ends before it begins. Look at both days again.")
    if licence.number and any(
        each.number.casefold() == licence.number.casefold() for each in others
    ):
        errors["number"] = msg("You have told of a licence with this number already.")
    if not licence.id and len(others) >= MOST:
        errors["policy"] = msg("{n} licences are the most.", n=MOST)
    return errors


def otherwise(tx: Tx, licence: HeldLicence, new: Stretch, now: datetime) -> Mapping[str, Sentence]:
    """Keep how its holder was employed for a time; return what is wrong with that, by the field in which it is mended."""
    if new.since < date(_OLDEST, 1, 1):
        return {"since": msg("That is too long ago. Look at the year again.")}
    if new.until is not None and new.until < new.since:
        return {"until": msg("It ends before it begins. Look at both days again.")}
    stretches = told(licence.holder.stretches, new)
    if len(stretches) > MOST_STRETCHES:
        return {"since": msg("{n} such times are the most.", n=MOST_STRETCHES)}
    save(tx, replace(licence, holder=replace(licence.holder, stretches=stretches)), now)
    return {}


def save(tx: Tx, licence: HeldLicence, now: datetime) -> int:
    """Keep a licence; return its number."""
    return licences.save(tx, licence, now)
