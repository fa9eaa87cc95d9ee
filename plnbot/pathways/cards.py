"""What people see of pathways: the menu, how far they are, and what can be done next."""

from collections.abc import Mapping, Sequence

from plnbot.pathways.model import AskedError, Part, Problem, Standing, Step, Way, Wrong, steps_of
from plnbot.pathways.store import Pathway, Said, Walk
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    LinkButton,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.text import Text, bold, is_web_address, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

PAGE, ONE = "pathways", "pathway"
TAKE, LEAVE, CHOOSE, DONE, UNDONE = (
    "pathways.take",
    "pathways.leave",
    "pathways.choose",
    "pathways.done",
    "pathways.undone",
)
LAY, CHANGE, CLOSE = "pathways.lay", "pathways.change", "pathways.close"
PICK, PICK_DONE = "pathways.pick", "pathways.pick_done"
_TITLE, _OPTION, _SHOWN, _MOST_OPTIONS = 120, 75, 1700, 25
_WRONG: Mapping[Wrong, Sentence] = {
    Wrong.EMPTY: msg("Write a heading such as “Choose 2: Try something”, and steps below it."),
    Wrong.NO_PART: msg("Line {line}: “{words}” stands below no heading such as “Required: …”."),
    Wrong.NO_LINE: msg(
        "Line {line}: “{words}” is neither a heading (“Required: …”, “Choose 2: …”) nor a step (“- …”)."
    ),
    Wrong.NO_NAME: msg("Line {line} has no name."),
    Wrong.NO_STEPS: msg("Line {line}: below “{words}” there is no step."),
    Wrong.TOO_FEW: msg("Line {line}: “{words}” asks for more steps than stand below it."),
    Wrong.TOO_MANY: msg(
        "Line {line}: “{words}” is too much: 8 headings, 20 steps each and 5 ways a step are the most."
    ),
    Wrong.TWICE: msg("Line {line}: the step “{words}” stands there twice."),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A pathway as one person sees it; `walk` is None for who never took it. `lays`: they may change it."""

    pathway: Pathway
    walk: Walk | None
    standing: Standing
    said: Mapping[int, Said]
    lays: bool = False

    @property
    def walking(self) -> bool:
        """Whether they are on it."""
        return self.walk is not None and not self.walk.left

    def in_order(self, part: Part) -> Sequence[Step]:
        """Return the steps of a part: what was chosen first, in its order, then the others."""
        chosen = self.walk.chosen if self.walk else ()
        first = {number: at for at, number in enumerate(chosen)}
        return sorted(part.steps, key=lambda each: first.get(each.id, len(first)))


def problem(t: Translate, one: Problem) -> Text:
    """Say what is wrong with a menu."""
    return t(_WRONG[one.what].source, line=one.line, words=one.words)


def asked(t: Translate, wrong: AskedError) -> Text:
    """Say what a pathway cannot ask for."""
    if wrong.lost:
        return t("There is no pathway {number} here.", number=wrong.lost)
    names = " → ".join(f"“{short_words(each, 40)}”" for each in wrong.way[:8])
    return t("This pathway would ask for itself: {way}. Take one of these out.", way=names)


def listed(t: Translate, seen: Sequence[Seen], *, curates: bool) -> Card:
    """Show in short which pathways there are, and how far somebody is."""
    lines = [
        joined([bold(short_words(each.pathway.title, _TITLE)), _short(t, each)], " · ")
        for each in seen[:8]
    ]
    if not lines:
        lines = [t("There is no pathway here yet.")]
    ways: list[Button | PageButton] = [PageButton(t("All of it"), PAGE)]
    if curates:
        ways.append(Button(t("Lay a pathway"), LAY))
    blocks: list[Block] = [Paragraph(shortened(joined(lines, "\n"), _SHOWN))]
    if seen:
        options = tuple(
            Option(str(each.pathway.id), _label(each.pathway.title))
            for each in seen[:_MOST_OPTIONS]
        )
        blocks.append(Actions((Select(t("Look at one …"), "pathways.look", options),)))
    blocks.append(Actions(tuple(ways)))
    return Card(t("Pathways"), tuple(blocks))


def _label(words: str) -> Text:
    return verbatim(short_words(words, _OPTION))


def _short(t: Translate, seen: Seen) -> Text:
    if seen.walking:
        return how_far(t, seen.standing)
    if seen.walk is not None:
        return t("you left it")
    return t.n("{n} step", "{n} steps", seen.standing.counted[1])


def how_far(t: Translate, standing: Standing) -> Text:
    """Say how far somebody is."""
    done, needed = standing.counted
    if standing.complete:
        return t("complete: {done} of {needed} steps", done=done, needed=needed)
    return t("{done} of {needed} steps done", done=done, needed=needed)


def part_title(t: Translate, part: Part) -> Text:
    """Return a part's heading: how many of its steps are asked for."""
    if part.required:
        return t("{title}: all of it is required", title=part.title)
    return t(
        "{title}: {n} of {many}, in any order",
        title=part.title,
        n=part.needed,
        many=len(part.steps),
    )


def one(t: Translate, seen: Seen) -> Card:
    """Show a pathway as a card: its parts with their steps, and what can be done."""
    lines = [verbatim(short_words(seen.pathway.about, 300))] if seen.pathway.about else []
    for part in seen.pathway.menu:
        lines.append(bold(part_title(t, part).bare()))
        lines += [_line(t, seen, step) for step in seen.in_order(part)]
    blocks: list[Block] = [Paragraph(shortened(joined(lines, "\n"), _SHOWN))]
    row = str(seen.pathway.id)
    if seen.walking:
        blocks[:0] = [Paragraph(how_far(t, seen.standing))]
        options = tuple(
            Option(str(each.id), _label(each.title)) for each in steps_of(seen.pathway.menu)
        )[:_MOST_OPTIONS]
        blocks.append(Actions((Select(t("I choose …"), PICK, options, row),)))
        blocks.append(Actions((Select(t("I did …"), PICK_DONE, options, row),)))
    change = (Button(t("Change"), CHANGE, row),) if seen.lays else ()
    blocks.append(Actions((PageButton(t("Look closer"), ONE, row), *walking(t, seen), *change)))
    return Card(verbatim(short_words(seen.pathway.title, _TITLE)), tuple(blocks))


def walking(t: Translate, seen: Seen) -> tuple[Button, ...]:
    """Return the way onto a pathway, or off it."""
    row = str(seen.pathway.id)
    if seen.walking:
        return (
            Button(
                t("Leave it"), LEAVE, row, confirm=t("What you did stays, and you can come back.")
            ),
        )
    if seen.walk is not None:
        return (Button(t("Come back"), TAKE, row, Look.PRIMARY),)
    return () if seen.pathway.closed else (Button(t("Take this pathway"), TAKE, row, Look.PRIMARY),)


def _line(t: Translate, seen: Seen, step: Step) -> Text:
    title = verbatim(short_words(step.title, _TITLE))
    state = _state(t, seen, step)
    return joined([verbatim("•"), title, *([verbatim("·"), state] if state else [])], " ")


def _state(t: Translate, seen: Seen, step: Step) -> Text | None:
    if step.id in seen.standing.done:
        return t("done")
    chosen = seen.walk is not None and step.id in seen.walk.chosen
    return t("chosen") if chosen else None


def step_row(t: Translate, seen: Seen, step: Step) -> Card:
    """Return a step as one of a list: its ways, how it stands, and what can be done."""
    lines = [words] if (words := _state(t, seen, step)) else []
    ways = [way for way in step.ways if way.words != step.title]
    if len(ways) > 1:
        lines.append(
            t("In one of these ways: {ways}", ways=joined([_way(each) for each in ways], " · "))
        )
    elif ways:
        lines.append(_way(ways[0]))
    said = seen.said.get(step.id)
    if said is not None and said.way:
        lines.append(t("You did it so: {way}", way=short_words(said.way, 200)))
    buttons = [*_leads(t, step)[:2], *_doing(t, seen, step)][:5]
    blocks: list[Block] = [Paragraph(joined(lines, "\n"))] if lines else []
    if buttons:
        blocks.append(Actions(tuple(buttons)))
    return Card(verbatim(short_words(step.title, _TITLE)), tuple(blocks))


def _way(way: Way) -> Text:
    return verbatim(short_words(way.words, 200))


def _leads(t: Translate, step: Step) -> list[LinkButton | PageButton]:
    found: list[LinkButton | PageButton] = []
    for way in step.ways:
        if way.pathway:
            found.append(PageButton(t("Open"), ONE, str(way.pathway)))
        elif way.page:
            page, _, row = way.page.partition("/")
            found.append(PageButton(t("Open"), page, row))
        elif way.link and is_web_address(way.link):
            found.append(LinkButton(t("Open"), way.link))
    return found


def _doing(t: Translate, seen: Seen, step: Step) -> list[Button]:
    if not seen.walking or seen.walk is None:
        return []
    row = f"{seen.pathway.id}-{step.id}"
    if step.id in seen.said:
        return [Button(t("Not done after all"), UNDONE, row)]
    if step.id in seen.standing.done:
        return []
    label = t("Not this one") if step.id in seen.walk.chosen else t("I choose this")
    return [Button(label, CHOOSE, row), Button(t("I did it"), DONE, row, Look.PRIMARY)]


def told(t: Translate, title: Text, said: Text, seen: Seen) -> tuple[Card, Card]:
    """Say that something was done, with the pathway as it is then."""
    return Card(title, (Paragraph(said),), Tone.GOOD), one(t, seen)


def on_the_home(t: Translate, seen: Sequence[Seen]) -> Card:
    """Show in a few lines how far somebody is on which pathway."""
    lines = [
        joined([verbatim(short_words(each.pathway.title, _TITLE)), how_far(t, each.standing)], ": ")
        for each in seen[:5]
    ]
    ways = Actions((PageButton(t("Look closer"), PAGE),))
    return Card(t("My pathways"), (Paragraph(joined(lines, "\n")), ways))


def row(t: Translate, seen: Seen) -> Card:
    """Return a pathway as one of a list; it leads to its own page."""
    lines = [_short(t, seen)]
    if seen.pathway.about:
        lines.append(verbatim(short_words(seen.pathway.about, 200)))
    lead = Actions((PageButton(t("Open"), ONE, str(seen.pathway.id)),))
    title = verbatim(short_words(seen.pathway.title, _TITLE))
    return Card(title, (Paragraph(joined(lines, "\n")), lead))
