"""An application: beside its criteria, as its teacher and as its assessor read it."""

from collections.abc import Mapping, Sequence

from plnbot.badges.cards.words import STANDINGS, looked_for, title_of
from plnbot.badges.model import OWN, UNDER_WAY, Criterion, Standing
from plnbot.badges.store.applications import Application, Shown
from plnbot.badges.store.definitions import Badge
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.fallback import paragraphs, shortened
from plnbot.talk.pages import Downloads, Heading, PageBlock
from plnbot.talk.text import EMPTY, Style, Text, When, bold, verbatim
from plnbot.talk.uploads import size_words
from plnbot.talk.words import Translate
from plnbot.values import dataclass

_MOST_OF_ONE = 220


@dataclass(frozen=True, slots=True)
class Seen:
    """An application with what it is about; `files` with the names that this reader may know."""

    it: Application
    badge: Badge
    files: Sequence[Shown]
    labels: Mapping[int, str]

    def of(self, criterion: str) -> Sequence[Shown]:
        """Return the files for one criterion."""
        return [each for each in self.files if each.criterion == criterion]


def own(t: Translate, seen: Seen, note: Text = EMPTY) -> Card:
    """Return an application to its teacher: criterion by criterion what is there and what is missing."""
    it = seen.it
    blocks: list[Block] = [Paragraph(note or standing(t, it))]
    blocks += [Paragraph(_state(t, seen, each)) for each in seen.badge.terms.criteria]
    row = str(it.id)
    if it.standing in OWN:
        first = [
            Button(t("Write"), "badges.write", row, Look.PRIMARY),
            Button(t("Add a file"), "badges.file", row),
            Button(t("Send it in"), "badges.send", row),
        ]
        if it.standing is Standing.RETURNED:
            first.append(Button(t("Ask another assessor"), "badges.another", row))
        blocks.append(Actions(tuple(first)))
    last: list[Button | PageButton] = [
        PageButton(t("Beside the criteria"), "badges.application", row)
    ]
    if it.standing in UNDER_WAY:
        sure = t("Nobody looks at it any more, and its files are deleted.")
        last.append(Button(t("Take it back"), "badges.back", row, Look.DANGER, sure))
    blocks.append(Actions(tuple(last)))
    tone = Tone.CAUTION if it.standing is Standing.RETURNED else Tone.PLAIN
    return Card(title_of(seen.badge.terms.name), tuple(blocks), tone)


def standing(t: Translate, it: Application) -> Text:
    """Return where an application stands, and by which day its teacher hears."""
    if it.standing is Standing.WAITING and it.hears_at is not None:
        return t("It was sent in. You hear by {day}.", day=When(it.hears_at, Style.DAY))
    return t.say(STANDINGS[it.standing])


def _state(t: Translate, seen: Seen, criterion: Criterion) -> Text:
    it, name = seen.it, criterion.name
    if criterion.id in it.missing:
        why = " ".join(it.missing[criterion.id])
        said = t("{criterion}: not met yet. {why}", criterion=name, why=why)
    elif criterion.id in it.met:
        said = t("{criterion}: met", criterion=name)
    elif criterion.id in it.answers or seen.of(criterion.id):
        said = t("{criterion}: something is shown", criterion=name)
    else:
        said = t("{criterion}: nothing is shown yet", criterion=name)
    return shortened(said, _MOST_OF_ONE)


def beside(t: Translate, seen: Seen, *, assesses: bool) -> Sequence[PageBlock]:
    """Return each criterion, and beside it what is shown for it, whole."""
    it = seen.it
    found: list[PageBlock] = []
    for at, each in enumerate(seen.badge.terms.criteria):
        found.append(Heading(verbatim(each.name), f"c{at}"))
        found.append(Paragraph(looked_for(t, each), quiet=True))
        if each.id in it.met:
            found.append(Paragraph(t("Met already."), quiet=True))
        missing = it.missing.get(each.id, ())
        found += [Paragraph(t("What is missing: {note}", note=note)) for note in missing]
        found += paragraphs(verbatim(it.answers.get(each.id, ""))) or (
            Paragraph(t("Nothing was written."), quiet=True),
        )
        if files := seen.of(each.id):
            found.append(Downloads(tuple(_download(one, seen) for one in files)))
            if not assesses and it.standing in OWN:
                found.append(_take_out(t, files))
    found.append(Heading(t("Reflection"), "reflection"))
    found += paragraphs(verbatim(it.reflection)) or (
        Paragraph(t("Nothing was written."), quiet=True),
    )
    return found


def _download(one: Shown, seen: Seen) -> tuple[Text, str]:
    label = f"{seen.labels[one.id]} ({size_words(one.size)})"
    return verbatim(label), f"badges.file/{one.id}"


def _take_out(t: Translate, files: Sequence[Shown]) -> Actions:
    options = tuple(
        Option(str(each.id), shortened(verbatim(each.name), limits.OPTION_LABEL)) for each in files
    )
    return Actions((Select(t("Take a file out …"), "badges.unfile", options, str(files[0].id)),))


def to_assess(t: Translate, seen: Seen, who: str, *, whole: bool = True) -> Card:
    """Return an application to who assesses it; not whole where all of it stands below."""
    it, row = seen.it, str(seen.it.id)
    blocks: list[Block] = [Paragraph(t("From {who}", who=who))]
    if it.hears_at is not None:
        blocks.append(Paragraph(t("They hear by {day}.", day=When(it.hears_at, Style.DAY))))
    for each in seen.badge.terms.criteria if whole else ():
        if each.id in it.met:
            continue
        words = it.answers.get(each.id, "") or t.words("Nothing was written.")
        blocks.append(
            Paragraph(bold(each.name) + verbatim(": ") + shortened(verbatim(words), _MOST_OF_ONE))
        )
    buttons = (
        Button(t("Decide"), "badges.assess", row, Look.PRIMARY),
        PageButton(t("Read all of it"), "badges.review", row),
    )
    blocks.append(Actions(buttons))
    return Card(title_of(seen.badge.terms.name), tuple(blocks), Tone.QUESTION)


def queue(t: Translate, found: Sequence[tuple[Application, str]]) -> Card:
    """Return what waits for an assessor, the most urgent first."""
    if not found:
        nothing = Paragraph(t("Nothing waits for you."), quiet=True)
        return Card(t("Applications to assess"), (nothing,))
    said = t.n("{n} application waits for you.", "{n} applications wait for you.", len(found))
    options = tuple(
        Option(str(it.id), shortened(verbatim(f"{name} #{it.id}"), limits.OPTION_LABEL))
        for it, name in found[: limits.OPTIONS]
    )
    choose = Actions((Select(t("Look at one …"), "badges.see", options),))
    return Card(t("Applications to assess"), (Paragraph(said), choose), Tone.QUESTION)
