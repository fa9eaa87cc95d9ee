"""A lesson as a row, as a page, and what is said when something was done with one."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from plnbot.lessons.model import Lesson, Licence, Use, Went
from plnbot.lessons.store.lessons import Version
from plnbot.packs import Named
from plnbot.packs.frameworks import skills
from plnbot.packs.teaching import grades, subjects
from plnbot.talk.cards import Actions, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.fallback import paragraphs, short_words
from plnbot.talk.pages import Heading, Listing, PageBlock
from plnbot.talk.text import Link, Style, Text, When, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg

PAGE, ONE = "lessons", "lesson"
Called = Callable[[int], str]
LICENCES: Mapping[Licence, Sentence] = {
    Licence.BY: msg("CC BY: use it, change it, name its authors"),
    Licence.BY_SA: msg("CC BY-SA: use it, change it, name its authors, share yours alike"),
    Licence.OWN: msg("In our own words, as stated"),
}
BRIEF: Mapping[Licence, Sentence] = {
    Licence.BY: msg("CC BY"),
    Licence.BY_SA: msg("CC BY-SA"),
    Licence.OWN: msg("own terms"),
}
_DEEDS: Mapping[Licence, str] = {
    Licence.BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
}
WENT: Mapping[Went, Sentence] = {
    Went.UNSAID: msg("Used it"),
    Went.WELL: msg("It went well"),
    Went.CHANGED: msg("It went well once I had changed it"),
    Went.BADLY: msg("It did not work for us"),
}
FIELDS: Mapping[str, Sentence] = {
    "title": msg("Title"),
    "about": msg("What happens in it"),
    "link": msg("An address"),
    "standards": msg("Standards"),
    "subjects": msg("Subjects"),
    "grades": msg("Grades"),
    "skills": msg("Skills"),
    "licence": msg("Licence"),
    "terms": msg("Terms"),
}
_TITLE, _ABOUT = 140, 300


def look_closer(t: Translate, it: Lesson) -> PageButton:
    """Return the way to a lesson's page."""
    return PageButton(t("Look closer"), ONE, str(it.id))


def title_of(it: Lesson) -> Text:
    """Return a lesson's title as cards and pages have it."""
    return verbatim(short_words(it.told.title, _TITLE))


def named(t: Translate, known: Mapping[str, Named], these: Sequence[str]) -> Text:
    """Return what entries of a pack are called."""
    return joined([verbatim(known[each].title.said(t.locale)) for each in these if each in known])


def for_whom(t: Translate, it: Lesson) -> Text:
    """Return a lesson's subjects, grades and licence in one line."""
    told = it.told
    parts = (named(t, subjects(), told.subjects), named(t, grades(), told.grades))
    return joined([*filter(None, parts), t.say(BRIEF[told.licence])], " · ")


def row(t: Translate, it: Lesson, by: Text, used: int) -> Card:
    """Return a lesson as one of a list; it leads to its own page."""
    facts = [by, for_whom(t, it)]
    if used:
        facts.append(t.n("used by {n} teacher", "used by {n} teachers", used))
    lines = [joined(facts, " · "), verbatim(short_words(it.told.about, _ABOUT))]
    leads = Actions((look_closer(t, it),))
    return Card(title_of(it), (Paragraph(joined(lines, "\n")), leads))


def facts(t: Translate, it: Lesson, source: Text | None) -> list[Text]:
    """Return what is told of a lesson in lines: for whom, standards, where it comes from, its licence."""
    told = it.told
    lines = [
        t("{what}: {these}", what=t.say(FIELDS[name]), these=these)
        for name, these in (
            ("subjects", named(t, subjects(), told.subjects)),
            ("grades", named(t, grades(), told.grades)),
            ("skills", named(t, skills(), told.skills)),
            ("standards", verbatim(told.standards)),
        )
        if these
    ]
    if source is not None:
        lines.append(t("A remix of: {source}", source=source))
    if told.link:
        lines.append(Text((Link(told.link, told.link),)))
    lines.append(_licence(t, it))
    return lines


def _licence(t: Translate, it: Lesson) -> Text:
    if it.told.licence is Licence.OWN:
        return t("Terms: {words}", words=it.told.terms)
    deed = _DEEDS[it.told.licence]
    return t.say(LICENCES[it.told.licence]) + verbatim(" ") + Text((Link(deed, deed),))


def blocks(t: Translate, it: Lesson, source: Text | None) -> Iterator[PageBlock]:
    """Return what a lesson is: what happens in it, for whom, under which licence."""
    yield from paragraphs(verbatim(it.told.about))
    yield Listing(tuple(facts(t, it, source)))


def went(t: Translate, one: Use, name_of: Called) -> Card:
    """Return how it went for somebody."""
    said = t.say(WENT[one.went or Went.UNSAID])
    day = Text((When(one.used or one.taken, Style.DATE),))
    lines = [said, *([verbatim(one.sentence)] if one.sentence else [])]
    title = joined([verbatim(name_of(one.member)), day], " · ")
    return Card(title, paragraphs(joined(lines, "\n")))


def versions(t: Translate, found: Sequence[Version], name_of: Called) -> Iterator[PageBlock]:
    """Return how a lesson was changed, by whom and why, with what was told of it before."""
    yield Heading(t("Versions"), "versions")
    for at, each in enumerate(found):
        who = verbatim(name_of(each.by)) if each.by else t("somebody")
        day = When(each.at, Style.DATE)
        title = t("Version {n}, {day}, by {who}", n=each.number, day=day, who=who)
        lines = [verbatim(each.why)] if each.why else []
        if at and each.about != found[at - 1].about:
            lines.append(t("Until then: {words}", words=each.about))
        yield Card(title, paragraphs(joined(lines, "\n")) if lines else ())


def told(t: Translate, it: Lesson, said: Text, *ways: Button) -> Card:
    """Say that something was done with a lesson, with the way to it."""
    leads = look_closer(t, it)
    return Card(title_of(it), (Paragraph(said), Actions((*ways, leads))), Tone.GOOD)
