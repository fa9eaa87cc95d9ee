"""Looking at a badge from elsewhere: keys and lists fetched through the guard, all of it read by a child.

What is fetched is its issuer's document and the lists that it names, each capped; contexts never are.
Where the keys are not to be had, nothing was found out and its owner has it looked at again.
"""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from plnbot.badges.actions.assigning import BROUGHT
from plnbot.badges.model import HOLDS, Looked
from plnbot.badges.refusals import TOO_MUCH
from plnbot.badges.store import brought
from plnbot.badges.store.brought import Brought
from plnbot.engine import notices, work
from plnbot.engine.context import Due
from plnbot.engine.heavy import HeavyError, Limits, Plain
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.errors import Refused, Unavailable
from plnbot.openbadges import foreign
from plnbot.openbadges.canonical import LARGEST
from plnbot.openbadges.proof import Flaw
from plnbot.openbadges.verdict import Standing, read, statuses_of
from plnbot.store.database import Tx
from plnbot.values import dataclass

LOOK = "badges.look"
_FUNCTION = "plnbot.openbadges.foreign:look"
_LIMITS = Limits(processor=timedelta(seconds=10), longest=timedelta(seconds=30))
_OK = 200
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class ToLook:
    """What is to be looked at, for the how manieth time, and when."""

    row: int
    asked: int
    content: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it."""

    row: int
    asked: int
    standing: Looked
    why: str = ""
    since: str = ""


def plan(tx: Tx, it: Brought, now: datetime) -> None:
    """Have one looked at."""
    key = f"{LOOK}/{it.id}/{it.asked}"
    work.add(tx, LOOK, key, now, {"row": it.id}, lane=LOOK, network=it.network)


def _begin(due: Due) -> ToLook | None:
    it = brought.get(due.tx, int(str(due.payload["row"])))
    if it is None or it.standing is not Looked.WAITS:
        return None
    return ToLook(it.id, it.asked, brought.content_of(due.tx, it.id), due.now)


async def _do(given: ToLook, outside: Outside) -> Found:
    document = await asyncio.to_thread(read, given.content)
    wanted = foreign.wanted(document)
    keys = await _fetched(wanted.keys, outside) if wanted.keys else ""
    lists = {each: await _fetched(each, outside) for each in wanted.lists}
    asked: Plain = {
        "document": json.dumps(document),
        "now": given.at.isoformat(),
        "keys": keys or "",
        "lists": {address: text for address, text in lists.items() if text is not None},
    }
    try:
        said = await outside.heavy.run(_FUNCTION, asked, _LIMITS)
    except HeavyError:
        return Found(given.row, given.asked, Looked.REFUSED, TOO_MUCH)
    if not isinstance(said, Mapping):
        raise TypeError("a badge was looked at as something else")
    told = {name: str(each) for name, each in said.items()}
    return _came_to(given, told, has_list=bool(statuses_of(document)))


async def _fetched(address: str, outside: Outside) -> str | None:
    """Return the text at an address, None where it is not to be had or is too long to be what it should."""
    try:
        found = await outside.fetcher.fetch(address, first=LARGEST)
    except (Refused, Unavailable):
        return None
    return found.body.decode("utf-8", "replace") if found.status == _OK and found.whole else None


def _came_to(given: ToLook, said: Mapping[str, str], *, has_list: bool) -> Found:
    standing, flaw = Standing(said["standing"]), said["flaw"]
    looked, why, since = Looked.REFUSED, flaw or standing.value, ""
    if standing is Standing.GOOD:
        looked = Looked.GOOD if has_list else Looked.NO_LIST
    elif standing is Standing.STATUS_UNKNOWN:
        looked = Looked.LIST_AWAY
    elif flaw == Flaw.AWAY:
        looked = Looked.KEYS_AWAY
    elif flaw == Flaw.KEY_WITHDRAWN and _DAY.fullmatch(said["why"]):
        since = said["why"]
    return Found(given.row, given.asked, looked, why if looked is Looked.REFUSED else "", since)


def _end(due: Due, found: Found) -> None:
    it = brought.get(due.tx, found.row)
    if it is None or it.asked != found.asked:
        return
    if it.why and _found_nothing_out(found, it.why):
        found = replace(found, standing=Looked.REFUSED, why=it.why, since=it.since)
    verified = due.now if found.standing in HOLDS else it.verified_at
    it = brought.change(
        due.tx,
        it,
        standing=found.standing.value,
        why=found.why,
        since=found.since,
        looked_at=due.now,
        verified_at=verified,
    )
    if it.standing is Looked.REFUSED and it.verified_at is None:
        brought.empty(due.tx, it)
    to = due.directory.by_id(due.tx, it.member)
    if to is not None:
        key = f"{BROUGHT}/{it.id}/{it.asked}"
        args = {"number": it.id}
        notices.answer(due.tx, it.network, to.ref, BROUGHT, args, key=key, now=due.now)


def _found_nothing_out(found: Found, known: str) -> bool:
    """Return whether what was `known` against one is known still: nobody could be asked whether it holds."""
    away = found.standing is Looked.LIST_AWAY and known == Standing.WITHDRAWN
    return away or found.standing is Looked.KEYS_AWAY


def _given_up(due: Due, _reason: str) -> None:
    it = brought.get(due.tx, int(str(due.payload["row"])))
    if it is not None:
        _end(due, Found(it.id, it.asked, Looked.KEYS_AWAY))


LOOKING: OutsideWork[ToLook, Found] = OutsideWork(
    kind=LOOK, begin=_begin, do=_do, end=_end, given_up=_given_up, lane=LOOK
)
