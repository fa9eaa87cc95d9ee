"""One exemplar: what is told of it, its versions, what shows each, and what was asked."""

from collections.abc import Callable, Iterator, Sequence

from plnbot.goals.cards import called
from plnbot.portfolio.model import Evidence, Question, Show, Version
from plnbot.portfolio.store.seen import Seen
from plnbot.talk.cards import Actions, Button, Card, PageButton, Paragraph
from plnbot.talk.fallback import paragraphs, short_words
from plnbot.talk.pages import Downloads, Heading, Listing, PageBlock
from plnbot.talk.text import Link, Style, Text, When, bold, joined, verbatim
from plnbot.talk.uploads import size_words
from plnbot.talk.words import Translate

PAGE, ONE = "portfolio", "exemplar"
_TITLE = 140
Called = Callable[[int], str]


def row(t: Translate, one: Seen, sees: Text) -> Card:
    """Return an exemplar as one of a list: when it was changed, how many versions, who sees it."""
    told = one.it.told
    facts = [
        t("Changed on {day}", day=When(one.it.changed, Style.DATE)),
        t.n("{n} version", "{n} versions", one.it.version),
        t.n("{n} piece of evidence", "{n} pieces of evidence", len(one.evidence)),
    ]
    lines = [joined(facts, " · "), sees]
    leads = Actions((PageButton(t("Look closer"), ONE, str(one.it.id)),))
    return Card(title_of(told.title), (Paragraph(joined(lines, "\n")), leads))


def title_of(words: str) -> Text:
    """Return a title as cards and pages have it."""
    return verbatim(short_words(words, _TITLE))


def facts(t: Translate, one: Seen, *, goal: bool) -> list[Text]:
    """Return to which goal it belongs, where `goal` asks for it, and by what a change is seen."""
    told = one.it.told
    found = []
    if goal and one.goal:
        found.append(t("Goal: {goal}", goal=one.goal))
    if told.indicator is not None:
        seen_by = called(t, told.indicator, told.own)
        found.append(t("Indicator of progress: {indicator}", indicator=seen_by))
    return found


def blocks(t: Translate, one: Seen, *, goal: bool, downloads: bool) -> Iterator[PageBlock]:
    """Return all of an exemplar but its title and questions; files are downloads, or names alone.

    One that names its `goal` stands alone; others stand below their goal's heading and their own.
    """
    level = 2 if goal else 4
    if found := facts(t, one, goal=goal):
        yield Listing(tuple(found))
    if one.it.told.reflection:
        yield Heading(t("Reflection"), f"r{one.it.id}", level)
        yield from paragraphs(verbatim(one.it.told.reflection))
    for each in one.versions:
        day = When(each.at, Style.DATE)
        title = t("Version {n}, {day}", n=each.number, day=day)
        yield Heading(title, f"v{one.it.id}-{each.number}", level)
        yield from _version(t, one, each, downloads=downloads)


def _version(t: Translate, one: Seen, it: Version, *, downloads: bool) -> Iterator[PageBlock]:
    if it.why:
        yield from paragraphs(t("What changed, and why: {words}", words=it.why))
    yield from paragraphs(verbatim(it.what))
    shows = [each for each in one.evidence if each.version == it.number]
    files = [each for each in shows if each.show is Show.FILE and each.file in one.files]
    entries = [_shown(t, each) for each in shows if each.show is not Show.FILE]
    if not downloads:
        entries += [t("File: {name}", name=_file(one, each)) for each in files]
    if entries:
        yield Listing(tuple(entries))
    if files and downloads:
        named = [(verbatim(_file(one, each)), f"portfolio.file/{each.file}") for each in files]
        yield Downloads(tuple(named))


def _shown(t: Translate, it: Evidence) -> Text:
    if it.show is Show.LINK:
        return Text((Link(it.link, it.title or it.link),))
    return t("Took part in: {title}", title=it.title)


def _file(one: Seen, it: Evidence) -> str:
    kept = one.files[it.file or 0]
    return f"{kept.name} ({size_words(kept.size)})"


def questions(
    t: Translate, asked: Sequence[Question], name_of: Called, *, teacher: bool
) -> Iterator[PageBlock]:
    """Return what was asked and answered; its teacher answers, or leaves a question as it is."""
    for each in asked:
        words = verbatim(each.words) or t("(The question went with whoever asked it.)")
        lines = [joined([bold(name_of(each.asker)), words], ": ")]
        if each.answer:
            lines.append(t("Answer: {words}", words=each.answer))
        elif not teacher:
            lines.append(t("No answer so far."))
        title = t("Question, {day}", day=When(each.at, Style.DATE))
        said = paragraphs(joined(lines, "\n"))
        ways = (Actions(_answers(t, each)),) if teacher else ()
        yield Card(title, (*said, *ways))


def _answers(t: Translate, one: Question) -> tuple[Button, ...]:
    number = str(one.id)
    answer = t("Change the answer") if one.answer else t("Answer")
    leave = (Button(t("Leave it"), "portfolio.leave", number),) if one.waits else ()
    return (Button(answer, "portfolio.answer", number), *leave)
