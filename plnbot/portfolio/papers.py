"""A portfolio as a tagged PDF and as a zip that opens offline: what their page says, and the files."""

from collections.abc import Sequence

from plnbot import kept_files
from plnbot.engine.outside import FileOutside
from plnbot.papers import offline, pdf
from plnbot.papers.offline import Chapter
from plnbot.papers.outline import Line, Run, outline
from plnbot.portfolio.cards import exemplar, sharing
from plnbot.portfolio.store.seen import Seen
from plnbot.store.database import Tx
from plnbot.talk.pages import File
from plnbot.talk.plain import plain
from plnbot.talk.text import Text
from plnbot.talk.words import Translate
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """Exemplars to be taken along: under which title, what stands above them, by whose clock."""

    title: Text
    about: Sequence[Text]
    seen: Sequence[Seen]
    zone: str


ZIP = "application/zip"


def zipped(tx: Tx, t: Translate, paper: Paper) -> File:
    """Return exemplars by goal as pages that open offline, with their files."""
    chapters, files = [], []
    for goal, these in sharing.by_goal(paper.seen):
        for one in these:
            there = {each.id: each for each in one.files.values() if each.row == one.it.id}
            names = {
                f"portfolio.file/{each.id}": f"{each.id}-{each.name}" for each in there.values()
            }
            files += [
                (names[f"portfolio.file/{number}"], kept_files.content_of(tx, each))
                for number, each in there.items()
            ]
            shown = exemplar.blocks(t, one, goal=True, downloads=True)
            lines = outline(shown, paper.zone, t.locale)
            group = sharing.goal_title(t, goal).bare()
            chapters.append(Chapter(one.it.told.title, lines, group, names))
    content = offline.book(paper.title.bare(), t.locale, _about(paper, t), chapters, files)
    return File("portfolio.zip", ZIP, content)


def printed(t: Translate, paper: Paper) -> FileOutside:
    """Return exemplars by goal as a tagged PDF, which a child process makes."""
    shown = sharing.blocks(t, paper.seen, downloads=False, besides={})
    lines = outline(shown, paper.zone, t.locale)
    said = [each.words for each in _about(paper, t)]
    given = pdf.of_lines(paper.title.bare(), t.locale, said, lines)
    return pdf.printed("portfolio.pdf", given)


def _about(paper: Paper, t: Translate) -> Sequence[Line]:
    return [Line("text", (Run(plain(each, paper.zone, t.locale)),)) for each in paper.about]
