"""Who looks after the bank, and what they and authors are told."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine import outbox, roles
from plnbot.engine.notices import How, NoticeKind, Wanted, tell_each
from plnbot.engine.ports import Directory
from plnbot.engine.roles import Role, needs
from plnbot.prompts import store
from plnbot.prompts.model import Status
from plnbot.store.database import Tx
from plnbot.talk.words import msg

CURATES = needs(
    Role.CURATOR,
    Role.ORGANISER,
    otherwise=msg("Looking after prompts is for curators. An administrator can make you one."),
)
SUGGESTED, DECIDED, LOW = "prompts.suggested", "prompts.decided", "prompts.low"


def tell_curators(
    tx: Tx,
    network: int,
    kind: NoticeKind,
    card: str,
    args: outbox.Args,
    *,
    key: str,
    now: datetime,
    directory: Directory,
) -> None:
    """Tell each who looks after a network's bank something, once for its key.

    That is its curators, else its organisers, else who leads it.
    """
    answer = (Role.CURATOR, Role.ORGANISER, Role.ADMINISTRATOR)
    found = directory.by_ids(tx, roles.first_holders(tx, network, answer, now=now)).values()
    tell_each(tx, kind, found, card, args, key=key, now=now)


def _while_waiting(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    found = store.get_prompt(tx, int(args["prompt"]))
    return was if found is not None and found.status is Status.SUGGESTED else None


def _while_low(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    return was if store.is_low(tx, int(args["schedule"])) else None


def _while_there(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    return was if store.get_prompt(tx, int(args["prompt"])) is not None else None


SUGGESTIONS = NoticeKind(
    name=SUGGESTED,
    title=msg("Prompts that members suggest"),
    about=msg("Each idea that waits for a curator"),
    may_be_muted=True,
    usually=How.IN_DAY,
    wanted=_while_waiting,
    whose=CURATES,
)
BANK = NoticeKind(
    name=LOW,
    title=msg("Prompts that run out"),
    about=msg("When two weeks of prompts are left, once"),
    may_be_muted=True,
    wanted=_while_low,
    whose=CURATES,
)
DECISIONS = NoticeKind(
    name=DECIDED,
    title=msg("What becomes of prompts you suggest"),
    about=msg("Whether a curator takes them, would word them otherwise, or says why not"),
    may_be_muted=True,
    wanted=_while_there,
)
CURATOR_KINDS: Sequence[NoticeKind] = (SUGGESTIONS, BANK, DECISIONS)
