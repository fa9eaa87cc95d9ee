"""How a team sees itself: elements with their stages, evidence, what was said, and what moved."""

from collections.abc import Iterator, Mapping, Sequence

from plnbot.insight.cards.words import TITLES, many, month_name, name
from plnbot.insight.model import (
    MOST,
    Report,
    Stage,
    State,
    range_of,
    spread_of,
    stage_of,
)
from plnbot.insight.packs import Element, elements
from plnbot.insight.store.assessments import Assessment
from plnbot.insight.store.reports import Frozen
from plnbot.talk.cards import Actions, Button, Card, Look, Paragraph
from plnbot.talk.pages import Heading, Listing, PageBlock, Table
from plnbot.talk.text import Style, Text, When, bold, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg

AGREE = "insight.agree"
STAGES: Mapping[Stage, Sentence] = {
    Stage.INVESTIGATING: msg("investigating"),
    Stage.ENVISIONING: msg("envisioning"),
    Stage.PLANNING: msg("planning"),
    Stage.STAGING: msg("staging"),
}
STATES: Mapping[State, Sentence] = {
    State.ALONE: msg("Each alone: nobody sees what the others say until all have said theirs."),
    State.TOGETHER: msg(
        "Together: what was said alone is there, without names. Agree on a figure."
    ),
    State.AGREED: msg("Agreed."),
}
_LINES_OF_EVIDENCE = 4


def scale(t: Translate) -> Text:
    """Return which figures are in which stage."""
    ranges = [(*range_of(each), said) for each, said in STAGES.items()]
    return joined(
        [verbatim(f"{least}–{most} ") + t.say(said) for least, most, said in ranges], " · "
    )


def no_team_yet(t: Translate, *, leads: bool) -> Paragraph:
    """Say to who is in no team how one begins."""
    if leads:
        how = t("You are in no team yet. Begin one and invite who leads with you.")
    else:
        how = t("You are in no team yet. District or school staff begin one, and invite you.")
    return Paragraph(how, quiet=True)


def figure(t: Translate, number: int) -> Text:
    """Return a figure with its stage."""
    stage = t.say(STAGES[stage_of(number)])
    return t("{n} of {most}: {stage}", n=number, most=MOST, stage=stage)


def element_blocks(
    t: Translate, it: Assessment, beside: Frozen | None, *, agrees: bool
) -> Iterator[PageBlock]:
    """Yield each element: what it is, what was said, the evidence, the next step, the way to agree."""
    for each in elements().values():
        yield Heading(verbatim(each.title.said(t.locale)), each.id)
        lines = [verbatim(each.about.said(t.locale)), *_said(t, it, each)]
        blocks: list[Paragraph | Actions] = [Paragraph(joined(lines, "\n"))]
        if agrees and it.state is State.TOGETHER:
            label = t("Agree again") if each.id in it.figures else t("Agree on a figure")
            blocks.append(Actions((Button(label, AGREE, f"{it.id}-{each.id}", Look.PRIMARY),)))
        yield from blocks
        yield Listing(tuple(_stages(t, each)))
        if found := _evidence(t, each, beside):
            yield Paragraph(joined([bold(t("Evidence, in bands of five:").bare()), *found], "\n"))


def _said(t: Translate, it: Assessment, element: Element) -> Iterator[Text]:
    agreed = it.figures.get(element.id)
    if agreed is not None:
        yield t("Agreed: {figure}. {words}", figure=figure(t, agreed.figure), words=agreed.words)
        step = element.steps[stage_of(agreed.figure)].said(t.locale)
        yield t("Next: {step}", step=step)
    spread = spread_of(it.said(element.id)) if it.state is not State.ALONE else None
    if spread is not None:
        every = ", ".join(str(each) for each in it.said(element.id))
        yield t("Said alone: {figures}. In the middle: {middle}.", figures=every, middle=spread.middle)  # fmt: skip


def _stages(t: Translate, element: Element) -> Iterator[Text]:
    for stage, words in element.stages.items():
        least, most = range_of(stage)
        label = t("{stage} ({a} to {b})", stage=t.say(STAGES[stage]), a=least, b=most)
        yield joined([label, verbatim(words.said(t.locale))], ": ")


def _evidence(t: Translate, element: Element, beside: Frozen | None) -> list[Text]:
    """Return what the network knows that belongs to an element: lines of a report, as they were gated."""
    found: list[Text] = []
    for which in element.evidence if beside else ():
        for cell in beside.of(which)[:_LINES_OF_EVIDENCE] if beside else ():
            title = TITLES[which]
            what = t.say(title) if which is Report.ALL else name(t, cell)
            of = cell.members
            found.append(
                t("• {what}: {people} of {members}", what=what, people=many(cell.people), members=many(of))
                if of
                else t("• {what}: {people}", what=what, people=many(cell.people))
            )  # fmt: skip
    if found and beside is not None:
        found.append(t("From the report of {month}.", month=month_name(t, beside.month)))
    return found


def over_time(t: Translate, agreed: Sequence[Assessment]) -> Iterator[PageBlock]:
    """Yield what a team agreed on over time: for each element a table with its picture, and what moved."""
    if not agreed:
        return
    yield Heading(t("Over time"), "time")
    if len(agreed) > 1:
        yield Listing(tuple(moved(t, agreed[-2], agreed[-1])))
    for each in elements().values():
        told = [it for it in agreed if each.id in it.figures]
        if told:
            yield Table(
                verbatim(each.title.said(t.locale)),
                (t("When"), t("Figure"), t("Stage")),
                tuple(
                    (
                        Text((When(it.agreed or it.begun, Style.DATE),)),
                        t("{n}", n=it.figures[each.id].figure),
                        t.say(STAGES[stage_of(it.figures[each.id].figure)]),
                    )
                    for it in told
                ),
                tuple(max(1, 100 * it.figures[each.id].figure // MOST) for it in told),
            )


def moved(t: Translate, before: Assessment, now: Assessment) -> Iterator[Text]:
    """Yield for each element what has become of it since the time before."""
    for each in elements().values():
        if each.id not in before.figures or each.id not in now.figures:
            continue
        was, has = before.figures[each.id].figure, now.figures[each.id].figure
        title, from_, to = each.title.said(t.locale), stage_of(was), stage_of(has)
        if from_ is not to:
            yield t(
                "{element}: you moved from {before} to {now} ({a} to {b}).",
                element=title,
                before=t.say(STAGES[from_]),
                now=t.say(STAGES[to]),
                a=was,
                b=has,
            )
        else:
            stage = t.say(STAGES[to])
            yield t("{element}: {stage}, {a} to {b}.", element=title, stage=stage, a=was, b=has)


def asked(t: Translate, it: Assessment, leads: Actions) -> Card:
    """Ask somebody to rate."""
    said = t(
        "You were asked to say how ready your professional learning is, from 0 to {most}, in “{title}”:"
        " first alone. Nobody sees what you say until all have said theirs, and then without your name.",
        most=MOST,
        title=it.title,
    )
    return Card(t("How ready are we?"), (Paragraph(said), leads))


def spreadsheet(
    t: Translate, series: Sequence[Assessment], it: Assessment
) -> Iterator[Sequence[str]]:
    """Yield what a team agreed on over time, and stands now, under a line that names the columns."""
    head = (t("When"), t("Element"), t("Figure"), t("Stage"), t("Why"), t("Said alone"))
    yield tuple(each.bare() for each in head)
    for one in [*(each for each in series if each.id != it.id), it]:
        when = one.agreed or one.begun
        for each in elements().values():
            agreed = one.figures.get(each.id)
            alone = one.said(each.id) if one.state is not State.ALONE else ()
            yield (
                f"{when:%Y-%m-%d}",
                each.title.said(t.locale),
                str(agreed.figure) if agreed else "",
                t.say(STAGES[stage_of(agreed.figure)]).bare() if agreed else "",
                agreed.words if agreed else "",
                " ".join(map(str, alone)),
            )
