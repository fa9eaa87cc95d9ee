"""What teachers do with lessons: share, change, design together, remix, use, report; and what curators do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from plnbot import fulltext, kept_files
from plnbot.activities.model import Done, Role
from plnbot.activities.store import write
from plnbot.engine import audit, editing, notices, roles
from plnbot.engine.editing import Aside, Clash, Editing
from plnbot.engine.notices import NoticeKind
from plnbot.engine.offers import OnOffer
from plnbot.engine.ports import Directory, Person
from plnbot.engine.roles import Role as As
from plnbot.engine.roles import needs
from plnbot.errors import Refused
from plnbot.kept_files import Fresh, KeptFile
from plnbot.lessons.model import (
    LONGEST,
    LONGEST_TERMS,
    LONGEST_TITLE,
    MOST_AUTHORS,
    MOST_FILES,
    MOST_LESSONS,
    Fault,
    Lesson,
    Licence,
    Told,
    Wanted,
    Went,
    fault_of_remix,
)
from plnbot.lessons.store import lessons, uses
from plnbot.lessons.store.lessons import KIND, SHOWN, TENANT
from plnbot.store.database import Tx
from plnbot.talk.text import clean, one_line
from plnbot.talk.words import Sentence, msg

CURATES = needs(As.CURATOR)
USED, ASKED, DOWN, REPORTED = "lessons.used", "lessons.asked", "lessons.down", "lessons.reported"
GONE = msg("This lesson is no longer shared.")
YOURS = NoticeKind(
    name="lessons.yours",
    title=msg("Your lessons"),
    about=msg(
        "Who used one and how it went, who asks you to design one together, what curators did."
    ),
    may_be_muted=True,
)
REPORTS = NoticeKind(
    name="lessons.reports",
    title=msg("Lessons that were reported"),
    about=msg("For curators: that somebody reported a lesson."),
    may_be_muted=True,
)
KINDS = (YOURS, REPORTS)
_FAULTS: Mapping[Fault, Sentence] = {
    Fault.OWN_LESSON: msg("This lesson is yours. Change it: its versions are kept."),
    Fault.OWN_TERMS: msg(
        "This lesson stands under its authors' own words, so it cannot be remixed. Ask them to design it"
        " together."
    ),
    Fault.SHARE_ALIKE: msg("The lesson that you remix is under CC BY-SA, so the remix is too."),
}


def share(
    tx: Tx, person: Person, told: Told, *, source: Lesson | None = None, now: datetime
) -> Lesson:
    """Share a lesson; a remix takes its source's files along."""
    if len(lessons.of_author(tx, person.id)) >= MOST_LESSONS:
        raise Refused(msg("You have {n} lessons, which is the most here.", n=MOST_LESSONS))
    if source is not None and (why := remix_refused(tx, source, told.licence, person)):
        raise Refused(why)
    made = lessons.add(tx, person.network.id, person.id, told, source=source, now=now)
    if source is not None:
        _take_files(tx, source, made, person, now)
    tx.announce(topic(person.network.id))
    return made


def remix_refused(tx: Tx, source: Lesson, licence: Licence, person: Person) -> Sentence | None:
    """Return why somebody cannot remix a lesson under a licence, None where they can."""
    if not source.stands:
        return GONE
    own = person.id in lessons.authors_of(tx, [source.id]).get(source.id, ())
    fault = fault_of_remix(source.told.licence, licence, own=own)
    return _FAULTS[fault] if fault else None


def _take_files(tx: Tx, source: Lesson, made: Lesson, person: Person, now: datetime) -> None:
    there = kept_files.of_rows(tx, TENANT, [source.id])
    size = sum(each.size for each in there)
    if kept_files.used(tx, member=person.id) + size > kept_files.MOST_OF_A_MEMBER:
        raise Refused(
            msg("There is no room for the files of this lesson among yours. Take some out first.")
        )
    for each in there:
        new = replace(each, id=0, member=person.id, row=made.id, at=now)
        kept_files.add(tx, new, kept_files.content_of(tx, each))


def topic(network: int) -> str:
    """Return what pages of lessons follow."""
    return f"lessons:{network}"


def fields_of(told: Told) -> dict[str, str]:
    """Return what is told of a lesson as words by name, as forms and `editing` have it."""
    return {
        "title": told.title,
        "about": told.about,
        "link": told.link,
        "standards": told.standards,
        "subjects": " ".join(told.subjects),
        "grades": " ".join(told.grades),
        "skills": " ".join(told.skills),
        "licence": told.licence.value,
        "terms": told.terms,
    }


def told_of(fields: Mapping[str, str]) -> Told:
    """Return what such words tell."""
    licence = Licence(fields["licence"])
    return Told(
        one_line(fields["title"])[:LONGEST_TITLE],
        clean(fields["about"])[:LONGEST],
        licence,
        one_line(fields["terms"])[:LONGEST_TERMS] if licence is Licence.OWN else "",
        fields["link"],
        one_line(fields["standards"])[:200],
        tuple(fields["subjects"].split()),
        tuple(fields["grades"].split()),
        tuple(fields["skills"].split()),
    )


def change(
    tx: Tx, it: Lesson, seen: int, given: Mapping[str, str], why: str, *, by: Person, now: datetime
) -> tuple[Clash, ...]:
    """Let what a form changes stand, as a version; what clashes with another's change is kept aside.

    `seen` is the version that the form showed. Raises `Refused` where a remix would lose its licence.
    """
    it = _again(tx, it)
    present = fields_of(it.told)
    from_form = Editing(it.scope, it.network, seen, by.id, now)
    compared = editing.compare(tx, from_form, given, present)
    if compared.stands:
        _write(tx, it, told_of({**present, **compared.stands}), why, by=by, now=now)
    return editing.note(tx, from_form, compared, present)


def take_mine(tx: Tx, it: Lesson, kept: Aside, *, by: Person, now: datetime) -> None:
    """Let words that were kept aside stand after all, in place of the other's."""
    it = _again(tx, it)
    present = fields_of(it.told)
    _write(tx, it, told_of({**present, kept.field: kept.words}), "", by=by, now=now)
    editing.take(tx, kept, Editing(it.scope, it.network, 0, by.id, now), present[kept.field])


def _write(tx: Tx, it: Lesson, told: Told, why: str, *, by: Person, now: datetime) -> None:
    if it.source_licence is Licence.BY_SA and told.licence is not Licence.BY_SA:
        raise Refused(_FAULTS[Fault.SHARE_ALIKE])
    lessons.change(tx, it.id, told, why, by=by.id, now=now)
    tx.announce(topic(it.network))


def _again(tx: Tx, it: Lesson) -> Lesson:
    found = lessons.get(tx, it.id, lock=True)
    if found is None or not found.stands:
        raise Refused(GONE)
    return found


def add_files(tx: Tx, it: Lesson, files: Sequence[Fresh], *, by: Person, now: datetime) -> None:
    """Add files to a lesson, as a version of it."""
    it = _again(tx, it)
    if len(kept_files.of_rows(tx, TENANT, [it.id])) + len(files) > MOST_FILES:
        raise Refused(msg("{n} files are the most for one lesson.", n=MOST_FILES))
    for each in files:
        new = KeptFile(0, it.network, by.id, TENANT, it.id, each.name, each.kind, 0, now)
        kept_files.add(tx, new, each.content)
    names = ", ".join(each.name for each in files)
    lessons.change(tx, it.id, it.told, f"+ {names}", by=by.id, now=now)
    tx.announce(topic(it.network))


def take_out(tx: Tx, it: Lesson, file: KeptFile, *, by: Person, now: datetime) -> None:
    """Take a file out of a lesson, as a version of it."""
    it = _again(tx, it)
    kept_files.remove(tx, [file])
    lessons.change(tx, it.id, it.told, f"- {file.name}", by=by.id, now=now)
    tx.announce(topic(it.network))


def ask_author(tx: Tx, it: Lesson, whom: Person, now: datetime) -> None:
    """Ask somebody to design a lesson together with its authors."""
    if whom.id in lessons.authors_of(tx, [it.id]).get(it.id, ()):
        raise Refused(msg("{name} is one of its authors already.", name=whom.name))
    _has_room(tx, it)
    lessons.ask_author(tx, it.id, whom.id, now)
    key = f"{ASKED}/{it.id}/{whom.id}/{now:%Y-%m-%d}"
    notices.tell_now(tx, YOURS, whom, ASKED, {"lesson": it.id}, key=key, now=now)


def join(tx: Tx, it: Lesson, person: Person, now: datetime) -> None:
    """Let somebody who was asked be an author; of more than were asked, those who said so first."""
    it = _again(tx, it)
    _has_room(tx, it)
    lessons.be_author(tx, it.id, person.id, now)
    tx.announce(topic(it.network))


def _has_room(tx: Tx, it: Lesson) -> None:
    if len(lessons.authors_of(tx, [it.id]).get(it.id, ())) >= MOST_AUTHORS:
        raise Refused(msg("{n} authors are the most for one lesson.", n=MOST_AUTHORS))


def use(
    tx: Tx,
    it: Lesson,
    person: Person,
    went: Went,
    sentence: str,
    *,
    directory: Directory,
    now: datetime,
) -> None:
    """Keep how it went when somebody used a lesson; thank its authors; write down an activity for both."""
    authors = lessons.authors_of(tx, [it.id]).get(it.id, ())
    if person.id in authors:
        raise Refused(msg("This lesson is yours. Others say how it went."))
    if not it.stands:
        raise Refused(GONE)
    before = uses.get(tx, it.id, person.id)
    uses.tell(tx, it.id, person.id, went, sentence, now=now)
    fulltext.used(tx, it.network, KIND, it.id, lessons.users(tx, it.id))
    write(tx, [_done(it, person.id, now, authors=False)], now)
    write(tx, [_done(it, each, now, authors=True) for each in authors], now)
    told = (
        before is not None
        and before.used is not None
        and (before.went, before.sentence) == (went, sentence)
    )
    for each, to in directory.by_ids(tx, () if told else authors).items():
        args = {"lesson": it.id, "member": person.id}
        key = f"{USED}/{it.id}/{person.id}/{each}/{now:%Y-%m-%dT%H:%M}"
        notices.tell_now(tx, YOURS, to, USED, args, key=key, now=now)
    tx.announce(topic(it.network))


def _done(it: Lesson, member: int, now: datetime, *, authors: bool) -> Done:
    """Return that somebody used a lesson, or that a lesson of theirs was used: once, however often."""
    return Done(
        it.network,
        member,
        KIND,
        Role.PRESENTED if authors else Role.ATTENDED,
        it.told.title,
        now,
        now,
        None,
        _source(it, authors=authors),
        topics=it.told.subjects,
        skills=it.told.skills,
        evidence={"page": f"lesson/{it.id}"},
    )


def report(
    tx: Tx, it: Lesson, person: Person, words: str, *, directory: Directory, now: datetime
) -> None:
    """Keep a report, and tell the curators that there is one."""
    uses.add_report(tx, it.id, person.id, words, now)
    whom = roles.holders(tx, it.network, [As.CURATOR, As.ADMINISTRATOR], now=now)
    for each, to in directory.by_ids(tx, whom).items():
        key = f"{REPORTED}/{it.id}/{each}/{now:%Y-%m-%d}"
        notices.tell_now(tx, REPORTS, to, REPORTED, {"lesson": it.id}, key=key, now=now)
    tx.announce(topic(it.network))


def take_down(
    tx: Tx, it: Lesson, why: str, *, by: Person, directory: Directory, now: datetime
) -> None:
    """Take a lesson down; its authors read why. Of two who do, it is the first one's reason."""
    it = _again(tx, it)
    lessons.take_down(tx, it.id, why, now)
    uses.forget_reports(tx, it.id)
    audit.record(
        tx, it.network, by.id, "lessons.down", it.scope, now=now, title=it.told.title, why=why
    )
    authors = directory.by_ids(tx, lessons.authors_of(tx, [it.id]).get(it.id, ())).values()
    args, key = {"lesson": it.id}, f"{DOWN}/{it.id}"
    notices.tell_each(tx, YOURS, authors, DOWN, args, key=key, now=now)
    tx.announce(topic(it.network))


def let_stand(tx: Tx, it: Lesson, *, by: Person, now: datetime) -> None:
    """Let a lesson stand that was reported."""
    it = _again(tx, it)
    uses.forget_reports(tx, it.id)
    audit.record(tx, it.network, by.id, "lessons.stands", it.scope, now=now, title=it.told.title)
    tx.announce(topic(it.network))


def withdraw(tx: Tx, it: Lesson, now: datetime) -> None:
    """Take a lesson back: it is found and offered no more, and its authors still have it."""
    lessons.withdraw(tx, it.id, now)
    tx.announce(topic(it.network))


def find(tx: Tx, network: int, words: str, wanted: Wanted) -> tuple[Sequence[Lesson], bool]:
    """Return `SHOWN` lessons that fit, best or newest first, and whether they have all the words."""
    fit = lessons.fitting(tx, network, wanted)
    if not words.strip():
        return lessons.among(tx, fit[:SHOWN]), True
    found, these = fulltext.find(tx, network, words, kinds=(KIND,), limit=len(fit)), set(fit)
    hits = [each.row for each in found.hits if each.row in these]
    return lessons.among(tx, hits[:SHOWN]), found.all_words


def on_offer(tx: Tx, network: int, _now: datetime) -> Sequence[OnOffer]:
    """Return the lessons of a network that can be taken, each but for its authors and who took it."""
    there = lessons.newest(tx, network)
    numbers = [each.id for each in there]
    authors, takers = lessons.authors_of(tx, numbers), uses.takers_of(tx, numbers)
    return [
        OnOffer(
            KIND,
            msg("Lesson"),
            each.told.title,
            f"lesson/{each.id}",
            subjects=each.told.subjects,
            grades=each.told.grades,
            skills=each.told.skills,
            source=_source(each, authors=False),
            link=each.told.link,
            but_for=frozenset((*authors.get(each.id, ()), *takers.get(each.id, ()))),
        )
        for each in there
    ]


def _source(it: Lesson, *, authors: bool) -> str:
    return f"lesson:{it.id}/{'shared' if authors else 'used'}"
