"""A micro-credential as a teacher reads it, and as who defines it does besides."""

from collections.abc import Sequence

from plnbot.badges.cards.words import criterion_line, facts, title_of
from plnbot.badges.store.definitions import Badge
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Fields,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
)
from plnbot.talk.fallback import paragraphs, shortened
from plnbot.talk.text import Text, verbatim, with_links
from plnbot.talk.words import Translate
from plnbot.values import dataclass

_MOST_OF_A_CARD = 2400
_MOST_OF_ONE = 260


@dataclass(frozen=True, slots=True)
class Read:
    """One as this reader sees it: where their own application stands, and what they may do with it."""

    badge: Badge
    own: Text
    goes_on: int = 0
    may_apply: bool = False
    curates: bool = False
    assessors: Sequence[tuple[int, str]] = ()
    parts: Sequence[str] = ()


def about(t: Translate, it: Read) -> Sequence[Text]:
    """Return its words: what it is, and what is looked for."""
    terms = it.badge.terms
    found = [verbatim(terms.about), *(criterion_line(t, each) for each in terms.criteria)]
    if it.parts:
        needed = terms.needed or len(it.parts)
        of = ", ".join(it.parts)
        found.append(
            t("Whoever has {n} of these has it, without applying: {names}.", n=needed, names=of)
        )
    return found


def one(t: Translate, it: Read) -> Card:
    """Return one as a card."""
    terms, left = it.badge.terms, _MOST_OF_A_CARD
    blocks: list[Block] = []
    for each in about(t, it):
        short = shortened(each, min(_MOST_OF_ONE, left))
        blocks.append(Paragraph(short))
        left = max(60, left - len(short.bare()))
    blocks.append(Fields(facts(t, terms)))
    return Card(title_of(terms.name), (*blocks, *done_with(t, it)))


def done_with(t: Translate, it: Read, *, on_its_page: bool = False) -> Sequence[Block]:
    """Return where one's own application stands, and what this reader can do."""
    blocks: list[Block] = [Paragraph(it.own)] if it.own else []
    row = str(it.badge.id)
    buttons: list[Button | PageButton] = []
    if it.goes_on:
        buttons.append(PageButton(t("Your application"), "badges.application", str(it.goes_on)))
    elif it.may_apply:
        buttons.append(Button(t("Apply"), "badges.apply", row, Look.PRIMARY))
    if not on_its_page:
        buttons.append(PageButton(t("Read all of it"), "badges.one", row))
    if buttons:
        blocks.append(Actions(tuple(buttons)))
    return [*blocks, *(_curating(t, it) if it.curates else ())]


def _curating(t: Translate, it: Read) -> Sequence[Block]:
    row, closed = str(it.badge.id), it.badge.closed
    names = ", ".join(name for _number, name in it.assessors)
    said = t("Assessors: {names}", names=names) if names else t("Nobody assesses it yet.")
    buttons = (
        Button(t("Change"), "badges.change", row),
        Button(t("Add an assessor"), "badges.assessor", row),
        Button(t("Open it again") if closed else t("Close it"), "badges.close", row),
    )
    found: list[Block] = [] if it.parts else [Paragraph(said, quiet=True)]
    found.append(Actions(buttons if not it.parts else buttons[::2]))
    if it.assessors:
        options = tuple(
            Option(str(number), shortened(verbatim(name), limits.OPTION_LABEL))
            for number, name in it.assessors[: limits.OPTIONS]
        )
        found.append(
            Actions((Select(t("Take an assessor out …"), "badges.unassign", options, row),))
        )
    return found


def page_blocks(t: Translate, it: Read) -> Sequence[Block]:
    """Return its words whole, for a page."""
    words = [part for each in about(t, it) for part in paragraphs(each)]
    aligned = [
        Paragraph(t("Goes with: {name}", name=name) + verbatim(" ") + with_links(url))
        for name, url in it.badge.terms.alignments
    ]
    its = Fields(facts(t, it.badge.terms))
    return [*words, *aligned, its, *done_with(t, it, on_its_page=True)]


def listed(
    t: Translate,
    found: Sequence[tuple[Badge, Text]],
    mine: Sequence[Text],
    *,
    curates: bool,
    waits: int,
) -> Card:
    """Return which there are, and what this reader has of them."""
    blocks: list[Block] = [Paragraph(shortened(each, _MOST_OF_ONE)) for each in mine[:4]]
    if waits:
        said = t.n("{n} application waits for you.", "{n} applications wait for you.", waits)
        blocks += [
            Paragraph(said),
            Actions((Button(t("Assess"), "badges.queue", look=Look.PRIMARY),)),
        ]
    if not found:
        blocks.append(Paragraph(t("There are no micro-credentials here yet."), quiet=True))
    for badge, own in found[:6]:
        blocks.append(
            Paragraph(
                shortened(
                    t("{name}: {about}", name=badge.terms.name, about=badge.terms.about),
                    _MOST_OF_ONE,
                )
            )
        )
        if own:
            blocks.append(Paragraph(own, quiet=True))
    if found:
        options = tuple(
            Option(str(badge.id), shortened(verbatim(badge.terms.name), limits.OPTION_LABEL))
            for badge, _own in found[: limits.OPTIONS]
        )
        blocks.append(Actions((Select(t("Look at one …"), "badges.look", options),)))
    buttons: list[Button | PageButton] = [
        PageButton(t("All of it"), "badges"),
        Button(t("Bring one from elsewhere"), "badges.bring"),
    ]
    if curates:
        buttons.append(Button(t("Define one"), "badges.define"))
    blocks.append(Actions(tuple(buttons)))
    return Card(t("Micro-credentials"), tuple(blocks))
