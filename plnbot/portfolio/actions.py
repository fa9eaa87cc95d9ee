"""What teachers do with their portfolio, and what those do who are shown some of it."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plnbot import kept_files
from plnbot.activities.store import Activity
from plnbot.engine import notices
from plnbot.engine.notices import NoticeKind
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.kept_files import Fresh, KeptFile
from plnbot.portfolio.model import (
    MOST,
    MOST_EVIDENCE,
    MOST_QUESTIONS,
    MOST_SHARES,
    MOST_VERSIONS,
    Evidence,
    Exemplar,
    Question,
    Share,
    Show,
    Standing,
    Told,
    ends,
    standing,
)
from plnbot.portfolio.store import exemplars, shares
from plnbot.portfolio.store.exemplars import TENANT
from plnbot.store.database import Tx
from plnbot.talk.words import msg

SHARED, ASKED, ANSWERED = "portfolio.shared", "portfolio.asked", "portfolio.answered"
ENDED = msg("This is shared with you no more. Ask whoever shared it.")
_CODE = 16  # bytes: nobody guesses one
WITH_YOU = NoticeKind(
    name="portfolio.shown",
    title=msg("Portfolios that are shared with you"),
    about=msg("That somebody shares some of theirs with you, and answers to what you asked."),
    may_be_muted=True,
)
ON_YOURS = NoticeKind(
    name="portfolio.questions",
    title=msg("Questions about your portfolio"),
    about=msg("What those ask whom you share some of it with."),
    may_be_muted=True,
)
KINDS = (WITH_YOU, ON_YOURS)


def add(tx: Tx, person: Person, told: Told, what: str, now: datetime) -> Exemplar:
    """Keep an exemplar; raises `Refused` where there are enough."""
    if exemplars.many(tx, person.id) >= MOST:
        raise Refused(msg("You have {n} exemplars, which is the most. Remove one first.", n=MOST))
    made = exemplars.add(tx, person.network.id, person.id, told, what, now=now)
    _changed(tx, made)
    return made


def change(tx: Tx, it: Exemplar, told: Told, now: datetime) -> None:
    """Keep what is told of an exemplar now."""
    exemplars.change(tx, it.id, told, now)
    _changed(tx, it)


def add_version(tx: Tx, it: Exemplar, what: str, why: str, now: datetime) -> None:
    """Keep what an exemplar is like now, and why it was changed; the versions before stay."""
    if it.version >= MOST_VERSIONS:
        raise Refused(
            msg("{n} versions are the most. A new exemplar can go on from here.", n=MOST_VERSIONS)
        )
    exemplars.add_version(tx, it.id, what, why, now)
    _changed(tx, it)


def show(
    tx: Tx,
    it: Exemplar,
    now: datetime,
    *,
    files: Sequence[Fresh] = (),
    link: tuple[str, str] | None = None,
    activity: Activity | None = None,
) -> None:
    """Add evidence to the latest version: files, a link with its words, something that one did."""
    given = [Evidence(0, it.id, it.version, Show.FILE, each.name, now) for each in files]
    if link is not None:
        given.append(Evidence(0, it.id, it.version, Show.LINK, link[1], now, link=link[0]))
    if activity is not None:
        title, source = activity.done.title, activity.done.source
        given.append(Evidence(0, it.id, it.version, Show.ACTIVITY, title, now, source=source))
    there = exemplars.evidence_of(tx, [it.id]).get(it.id, ())
    if len(there) + len(given) > MOST_EVIDENCE:
        raise Refused(msg("{n} pieces of evidence are the most for one exemplar.", n=MOST_EVIDENCE))
    for at, each in enumerate(given):
        number = _kept(tx, it, files[at], now) if at < len(files) else None
        exemplars.show(tx, replace(each, file=number))
    _changed(tx, it)


def unshow(tx: Tx, it: Exemplar, one: Evidence) -> None:
    """Take a piece of evidence away."""
    exemplars.unshow(tx, one)
    _changed(tx, it)


def remove(tx: Tx, it: Exemplar) -> None:
    """Take an exemplar away with all of it, out of every share too."""
    exemplars.remove(tx, [it.id])
    _changed(tx, it)


def share(tx: Tx, person: Person, new: Share, days: int, to: Person | None) -> Share:
    """Share exemplars for so many days from `new.at`; tell whom they are shared with."""
    if len(shares.open_of(tx, person.id, new.at)) >= MOST_SHARES:
        raise Refused(
            msg(
                "You share {n} times already, which is the most. Withdraw one first.", n=MOST_SHARES
            )
        )
    code = "" if to else secrets.token_hex(_CODE)
    until, whom = ends(new.at, days, new.zone), to.id if to else None
    made = shares.add(tx, replace(new, until=until, to=whom, code=code))
    if to is not None:
        args = {"share": made.id}
        notices.tell_now(tx, WITH_YOU, to, SHARED, args, key=f"{SHARED}/{made.id}", now=new.at)
        tx.announce(f"member:{to.id}")
    tx.announce(f"member:{person.id}")
    return made


def withdraw(tx: Tx, found: Share, now: datetime) -> None:
    """End a share at once: whoever looks next finds it ended."""
    shares.withdraw(tx, found, now)
    for each in {found.member, found.to} - {None}:
        tx.announce(f"member:{each}")
    if found.code:
        tx.announce(open_topic(found.code))


def open_topic(code: str) -> str:
    """Return what the page of a link follows."""
    return f"open:practice:{code}"


def ask(
    tx: Tx,
    found: Share,
    it: Exemplar,
    words: str,
    *,
    asker: Person,
    directory: Directory,
    now: datetime,
) -> None:
    """Keep a question of the person whom an exemplar is shown, and tell its teacher."""
    if standing(found, now) is not Standing.OPEN or asker.id != found.to:
        raise Refused(ENDED)
    if shares.asked_of(tx, found.id) >= MOST_QUESTIONS:
        raise Refused(msg("{n} questions are the most here. Talk it over.", n=MOST_QUESTIONS))
    number = shares.ask(tx, Question(0, found.id, it.id, asker.id, words, now))
    teacher = directory.by_id(tx, it.member)
    if teacher is not None:
        args = {"question": number}
        notices.tell_now(tx, ON_YOURS, teacher, ASKED, args, key=f"{ASKED}/{number}", now=now)
    for each in (it.member, asker.id):
        tx.announce(f"member:{each}")


def answer(
    tx: Tx, one: Question, it: Exemplar, words: str, *, directory: Directory, now: datetime
) -> bool:
    """Keep what a teacher answers; return whether who asked still sees it, and is told."""
    shares.answer(tx, one, words, now)
    _changed(tx, it)
    found = shares.get(tx, one.share)
    asker = directory.by_id(tx, one.asker)
    if found is None or asker is None or standing(found, now) is not Standing.OPEN:
        return False
    key = f"{ANSWERED}/{one.id}/{now:%Y-%m-%dT%H:%M}"
    notices.tell_now(tx, WITH_YOU, asker, ANSWERED, {"question": one.id}, key=key, now=now)
    tx.announce(f"member:{asker.id}")
    return True


def set_aside(tx: Tx, one: Question, it: Exemplar, now: datetime) -> None:
    """Leave a question as it is; nobody is told."""
    shares.set_aside(tx, one, now)
    _changed(tx, it)


def _kept(tx: Tx, it: Exemplar, fresh: Fresh, now: datetime) -> int:
    new = KeptFile(0, it.network, it.member, TENANT, it.id, fresh.name, fresh.kind, 0, now)
    return kept_files.add(tx, new, fresh.content)


def _changed(tx: Tx, it: Exemplar) -> None:
    """Have every page anew that shows it: its teacher's, and those of whom it is shown."""
    tx.announce(f"member:{it.member}")
    for each in shares.of_member(tx, it.member):
        if each.withdrawn is None:
            tx.announce(open_topic(each.code) if each.to is None else f"member:{each.to}")
