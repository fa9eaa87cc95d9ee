"""What people act on: an exemplar of theirs, what shows it, a share, a question; and for whom each is there."""

from plnbot import kept_files
from plnbot.engine.context import Context
from plnbot.engine.objects import Object, of_one_member
from plnbot.kept_files import KeptFile
from plnbot.portfolio.model import Exemplar, Question, Share, Standing, standing
from plnbot.portfolio.store import exemplars, shares
from plnbot.portfolio.store.exemplars import TENANT
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

_GONE = msg("This exemplar is not there. `/pln portfolio` shows yours.")
_NO_SHARE = msg("This is not shared with you.")
_NO_FILE = msg("This file is no longer there.")
_NO_QUESTION = msg("This question is no longer there.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the exemplar that it is about."""

    question: Question
    exemplar: Exemplar


@dataclass(frozen=True, slots=True)
class InShare:
    """An exemplar as it is shared."""

    share: Share
    exemplar: Exemplar


def _asked(tx: Tx, row: str) -> Asked | None:
    question = shares.get_question(tx, row_number(row))
    exemplar = exemplars.get(tx, question.exemplar) if question else None
    return Asked(question, exemplar) if question and exemplar else None


def _in_share(tx: Tx, row: str) -> InShare | None:
    first, _, second = row.partition("-")
    share = shares.get(tx, row_number(first))
    exemplar = exemplars.get(tx, row_number(second))
    if share is None or exemplar is None or exemplar.id not in share.exemplars:
        return None
    return InShare(share, exemplar) if exemplar.member == share.member else None


def _file_closed(ctx: Context, found: KeptFile) -> Sentence | None:
    """Let its teacher have it, and whom its exemplar is shown now."""
    if found.member == ctx.person.id:
        return None
    for each in shares.open_to(ctx.tx, ctx.person.id, ctx.now):
        if each.member == found.member and found.row in each.exemplars:
            return None
    return _NO_FILE


def _share_closed(ctx: Context, found: Share) -> Sentence | None:
    return None if ctx.person.id in {found.member, found.to} else _NO_SHARE


def _not_shown(ctx: Context, found: InShare) -> Sentence | None:
    to_me = found.share.to == ctx.person.id
    return None if to_me and standing(found.share, ctx.now) is Standing.OPEN else _NO_SHARE


MY_EXEMPLAR = of_one_member(
    "exemplar",
    load=lambda tx, row: exemplars.get(tx, row_number(row)),
    gone=_GONE,
)
A_SHARE: Object[Share] = Object(
    "shared portfolio",
    load=lambda tx, row: shares.get(tx, row_number(row)),
    network=lambda found: found.network,
    scope=lambda found: str(found.id),
    gone=_NO_SHARE,
    closed=_share_closed,
)
MY_SHARE = of_one_member(
    "own share",
    load=lambda tx, row: shares.get(tx, row_number(row)),
    gone=_NO_SHARE,
)
SHOWN_TO_ME: Object[InShare] = Object(
    "exemplar shared with me",
    load=_in_share,
    network=lambda found: found.share.network,
    scope=lambda found: str(found.share.id),
    gone=_NO_SHARE,
    closed=_not_shown,
)
MY_QUESTION: Object[Asked] = Object(
    "question about mine",
    load=_asked,
    network=lambda found: found.exemplar.network,
    scope=lambda found: str(found.question.id),
    gone=_NO_QUESTION,
    closed=lambda ctx, found: None if found.exemplar.member == ctx.person.id else _NO_QUESTION,
)
A_FILE: Object[KeptFile] = Object(
    "file of a portfolio",
    load=lambda tx, row: kept_files.get(tx, TENANT, row_number(row)),
    network=lambda found: found.network,
    scope=lambda found: str(found.id),
    gone=_NO_FILE,
    closed=_file_closed,
)
