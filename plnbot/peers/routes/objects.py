"""What people act on: programmes, rounds, memberships, introductions, reports and proposals."""

from plnbot.engine.context import Context
from plnbot.engine.objects import Object
from plnbot.peers.model import Introduction, Membership, Programme, Round
from plnbot.peers.store import private, programmes, rounds
from plnbot.peers.store.private import Proposal, Report, SetAside
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg

_NO_PROGRAMME = msg("This programme is no longer there.")
_NO_MEMBERSHIP = msg("You no longer take part in this. `/pln peers` shows where you do.")
_NO_MEETING = msg("This introduction is not yours, or no longer. `/pln peers` shows yours.")
_NOT_ASIDE = msg("They are no longer on your list.")
_NO_PROPOSAL = msg("That was not for you, or is over.")
A_PROGRAMME: Object[Programme] = Object(
    "programme",
    load=lambda tx, row: programmes.get(tx, row_number(row)),
    network=lambda of: of.network,
    scope=lambda of: f"programme:{of.id}",
    gone=_NO_PROGRAMME,
)
A_ROUND: Object[Round] = Object(
    "round",
    load=lambda tx, row: rounds.get(tx, row_number(row)),
    network=lambda one: one.network,
    scope=lambda one: f"round:{one.id}",
    gone=msg("This round is no longer there."),
)


def _others(context: Context, one: Membership) -> Sentence | None:
    mine = one.member == context.person.id and one.left_at is None
    return None if mine else _NO_MEMBERSHIP


A_MEMBERSHIP: Object[Membership] = Object(
    "membership",
    load=lambda tx, row: programmes.of_number(tx, row_number(row)),
    network=lambda one: one.network,
    scope=lambda one: f"membership:{one.id}",
    gone=_NO_MEMBERSHIP,
    closed=_others,
)


def _of_others(context: Context, one: Introduction) -> Sentence | None:
    return None if one.seat_of(context.person.id) else _NO_MEETING


AN_INTRODUCTION: Object[Introduction] = Object(
    "introduction",
    load=lambda tx, row: rounds.introduction_of(tx, row_number(row.partition("-")[0])),
    network=lambda one: one.network,
    scope=lambda one: f"introduction:{one.id}",
    gone=_NO_MEETING,
    closed=_of_others,
)


def _load_aside(tx: Tx, row: str) -> SetAside | None:
    member, _, other = row.partition("-")
    return private.set_aside(tx, row_number(member), row_number(other))


def _not_mine(context: Context, one: SetAside) -> Sentence | None:
    return None if one.member == context.person.id else _NOT_ASIDE


SET_ASIDE: Object[SetAside] = Object(
    "somebody set aside",
    load=_load_aside,
    network=lambda one: one.network,
    scope=lambda one: f"aside:{one.member}",
    gone=_NOT_ASIDE,
    closed=_not_mine,
)


def _about_oneself(context: Context, one: Report) -> Sentence | None:
    return msg("This report is no longer there.") if one.about == context.person.id else None


A_REPORT: Object[Report] = Object(
    "quiet report",
    load=lambda tx, row: private.report_of(tx, row_number(row)),
    network=lambda one: one.network,
    scope=lambda one: f"report:{one.id}",
    gone=msg("This report is no longer there."),
    closed=_about_oneself,
)


def _not_asked(context: Context, one: Proposal) -> Sentence | None:
    return None if context.person.id in (one.one, one.other) else _NO_PROPOSAL


A_PROPOSAL: Object[Proposal] = Object(
    "proposed introduction",
    load=lambda tx, row: private.proposal_of(tx, row_number(row)),
    network=lambda one: one.network,
    scope=lambda one: f"proposal:{one.id}",
    gone=_NO_PROPOSAL,
    closed=_not_asked,
)
