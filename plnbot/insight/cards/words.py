"""What the lines of reports are called."""

from collections.abc import Mapping

from plnbot.engine.needs import needs
from plnbot.insight.model import OTHERS, REST, Cell, Form, Month, Part, Report, School
from plnbot.insight.packs import kinds
from plnbot.packs.frameworks import skills
from plnbot.packs.teaching import subjects
from plnbot.singling_out import FEWEST
from plnbot.talk.plain import month_words
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg

TITLES: Mapping[Report, Sentence] = {
    Report.ALL: msg("Everybody"),
    Report.KIND: msg("What people learned from, by kind"),
    Report.FORM: msg("Formal and informal"),
    Report.NEED: msg("What people need"),
    Report.SKILL: msg("Skills that were touched"),
    Report.SUBJECT: msg("Subjects that it was about"),
    Report.SCHOOL: msg("Who takes part, by school"),
    Report.ROLE: msg("Who takes part, by role"),
}
_FORMS: Mapping[str, Sentence] = {
    Form.FORMAL: msg("Formal: planned, led, at a time of its own"),
    Form.INFORMAL: msg("Informal: as it came"),
}
_SCHOOLS: Mapping[str, Sentence] = {
    School.ELEMENTARY: msg("Elementary (to grade 5)"),
    School.MIDDLE: msg("Middle (grades 6 to 8)"),
    School.HIGH: msg("High (grades 9 to 12)"),
    School.COLLEGE: msg("College"),
    School.SEVERAL: msg("Grades of several"),
    School.UNTOLD: msg("Grades not told"),
}
_PARTS: Mapping[str, Sentence] = {
    Part.TEACHER: msg("Teachers"),
    Part.LEADER: msg("School leaders"),
    Part.COACH: msg("Instructional coaches"),
    Part.COUNSELLOR: msg("Counselors"),
    Part.LIBRARIAN: msg("Librarians"),
    Part.UNTOLD: msg("Not told"),
}


def month_name(t: Translate, month: Month) -> Text:
    """Return a month as people call it."""
    return verbatim(month_words(month.first, t.locale))


def name(t: Translate, cell: Cell) -> Text:
    """Return what a line is of."""
    if cell.name == REST:
        return t("Everything else, together")
    if cell.name == OTHERS:
        return t("Others who took part, together")
    said = {**_FORMS, **_SCHOOLS, **_PARTS}.get(cell.name)
    if said is not None:
        return t.say(said)
    if cell.report is Report.KIND:
        known = kinds().get(cell.name)
        return verbatim(known.title.said(t.locale)) if known else t("Something else")
    if cell.report is Report.NEED:
        need = needs().get(cell.name)
        return verbatim(need.title.said(t.locale) if need else cell.name)
    entry = {**skills(), **subjects()}.get(cell.name)
    return verbatim(entry.title.said(t.locale) if entry else cell.name)


_UNTOLD = "–"


def many(people: int) -> Text:
    """Return a band of people as it is shown; what is not told says so."""
    return verbatim(f"{people}–{people + FEWEST - 1}" if people else _UNTOLD)


def share(cell: Cell) -> Text:
    """Return which part of its members took part, of a hundred: between what the bands leave room for."""
    if not cell.people or not cell.members:
        return verbatim(_UNTOLD)
    least = 100 * cell.people // (cell.members + FEWEST - 1)
    most = min(100, -(-100 * (cell.people + FEWEST - 1) // cell.members))
    return verbatim(f"{least}–{most} %")


def whole(t: Translate, cell: Cell) -> Text:
    """Say in a line how many took part, of how many, in what, for how long."""
    return joined(
        (
            t("{people} of {members} people took part", people=many(cell.people), members=many(cell.members))
            if cell.members
            else t("{people} people took part", people=many(cell.people)),
            t.n("about {n} activity", "about {n} activities", cell.many),
            t.n("about {n} hour", "about {n} hours", cell.hours),
        ),
        " · ",
    )  # fmt: skip
