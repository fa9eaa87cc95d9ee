"""What a button, form, page or file of micro-credentials is about, and for whom it is there."""

from plnbot.badges.actions.assessing import barred
from plnbot.badges.actions.assigning import ASSESSES
from plnbot.badges.store import applications, awards, brought, definitions
from plnbot.badges.store.applications import Application, Shown
from plnbot.badges.store.awards import Award, Key
from plnbot.badges.store.definitions import Badge
from plnbot.engine.context import Context
from plnbot.engine.objects import Object, of_one_member
from plnbot.engine.roles import Role, needs
from plnbot.refs import row_number
from plnbot.talk.words import Sentence, msg

CURATES = needs(Role.CURATOR)
ADMINISTERS = needs(Role.ADMINISTRATOR)
_GONE = msg("This application is no longer there.")
_NO_BADGE = msg("This micro-credential is no longer there.")
_NO_AWARD = msg("This award is no longer there.")
_NO_FILE = msg("This file is no longer there.")
_NOT_BROUGHT = msg("This badge from elsewhere is no longer there.")

A_BADGE: Object[Badge] = Object(
    "micro-credential",
    load=lambda tx, row: definitions.get(tx, row_number(row)),
    network=lambda found: found.network,
    scope=lambda found: str(found.id),
    gone=_NO_BADGE,
)
MY_APPLICATION = of_one_member(
    "own application",
    load=lambda tx, row: applications.get(tx, row_number(row)),
    gone=_GONE,
)


def _not_assigned(ctx: Context, found: Application) -> Sentence | None:
    return barred(ctx.tx, found, ctx.person.id)


AN_APPLICATION: Object[Application] = Object(
    "application to assess",
    load=lambda tx, row: applications.get(tx, row_number(row)),
    network=lambda found: found.network,
    scope=lambda found: str(found.badge),
    gone=_GONE,
    closed=_not_assigned,
)


def _not_theirs(ctx: Context, found: Shown) -> Sentence | None:
    if found.member == ctx.person.id:
        return None
    it = applications.get(ctx.tx, found.application)
    if it is None or not ctx.may(ASSESSES, AN_APPLICATION.scope(it)):
        return _NO_FILE
    return _NO_FILE if _not_assigned(ctx, it) else None


A_FILE: Object[Shown] = Object(
    "file of an application",
    load=lambda tx, row: applications.file(tx, row_number(row)),
    network=lambda found: found.network,
    scope=lambda found: str(found.id),
    gone=_NO_FILE,
    closed=_not_theirs,
)
MY_FILE = of_one_member(
    "own file of an application",
    load=lambda tx, row: applications.file(tx, row_number(row)),
    gone=_NO_FILE,
)
MY_AWARD = of_one_member(
    "own award",
    load=lambda tx, row: awards.get(tx, row_number(row)),
    gone=_NO_AWARD,
)
AN_AWARD: Object[Award] = Object(
    "award",
    load=lambda tx, row: awards.get(tx, row_number(row)),
    network=lambda found: found.network,
    scope=lambda found: str(found.id),
    gone=_NO_AWARD,
)
A_KEY: Object[Key] = Object(
    "key that signs badges",
    load=lambda tx, row: awards.key_of(tx, row_number(row)),
    network=lambda found: found.network,
    scope=lambda found: str(found.id),
    gone=msg("This key is no longer there."),
)
MY_BROUGHT = of_one_member(
    "own badge from elsewhere",
    load=lambda tx, row: brought.get(tx, row_number(row)),
    gone=_NOT_BROUGHT,
)
