"""To whom something is shown, until when; what they see of it; and the papers that say the same."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from plnbot.portfolio.cards import exemplar
from plnbot.portfolio.cards.exemplar import Called
from plnbot.portfolio.model import Share, Standing, standing
from plnbot.portfolio.store.seen import Seen
from plnbot.talk.cards import Actions, Button, Card, LinkButton, Look, PageButton, Paragraph, Tone
from plnbot.talk.pages import Heading, PageBlock
from plnbot.talk.text import Style, Text, When, joined, verbatim, with_links
from plnbot.talk.words import Sentence, Translate, msg

SHARED, PUBLIC = "portfolio.shared", "practice"
"""The page of who it is shared with, and the one of a link: `/open/practice/CODE`."""
_ENDED: Mapping[Standing, Sentence] = {
    Standing.OVER: msg(
        "This was shared until {day}, and that has passed. Ask whoever shared it for a new link."
    ),
    Standing.WITHDRAWN: msg("Whoever shared this has withdrawn it. It can no longer be seen."),
}


def to_whom(t: Translate, it: Share, name_of: Called) -> Text:
    """Return whom something is shown to, and until when."""
    until = When(it.until, Style.DATE)
    if it.to is None:
        return t("Whoever has the link, until {day}", day=until)
    return t("{name}, until {day}", name=name_of(it.to), day=until)


def who_sees(t: Translate, there: Sequence[Share], name_of: Called) -> Text:
    """Return who sees something, in one line: its teacher alone, or whom besides."""
    if not there:
        return t("Only you see this.")
    whom = joined([to_whom(t, each, name_of) for each in there], "; ")
    return t("Besides you, seen by: {whom}", whom=whom)


def address_of(it: Share) -> str:
    """Return where the page of a link is, empty where pages have no address."""
    return f"{it.address}/open/{PUBLIC}/{it.code}" if it.code and it.address else ""


def row(t: Translate, it: Share, many: int, name_of: Called) -> Card:
    """Return a share as one of its teacher's, with the way to end it."""
    lines = [t.n("{n} exemplar", "{n} exemplars", many)]
    if address := address_of(it):
        lines.append(with_links(address))
    sure = t("They see nothing of it from then on.")
    withdraw = Button(t("Withdraw"), "portfolio.withdraw", str(it.id), Look.DANGER, sure)
    leads = PageButton(t("See what they see"), SHARED, str(it.id))
    body = (Paragraph(joined(lines, "\n")), Actions((leads, withdraw)))
    return Card(to_whom(t, it, name_of), body)


def made(t: Translate, it: Share, name_of: Called) -> Card:
    """Say that something is shared: with whom, until when, where."""
    lines = [
        to_whom(t, it, name_of),
        t("They see it as it stands when they look, and nothing else of yours."),
    ]
    if address := address_of(it):
        lines.insert(1, with_links(address))
    elif it.code:
        lines.insert(1, t("Pages have no address here, so the link leads nowhere yet."))
    sure = t("They see nothing of it from then on.")
    ways = (
        PageButton(t("See what they see"), SHARED, str(it.id)),
        Button(t("Withdraw"), "portfolio.withdraw", str(it.id), confirm=sure),
    )
    return Card(t("Shared"), (Paragraph(joined(lines, "\n")), Actions(ways)), Tone.GOOD)


def ended(t: Translate, it: Share, now: datetime) -> Paragraph:
    """Say that something is shared no more."""
    said = _ENDED[standing(it, now)]
    return Paragraph(t.say(msg(said.source, day=When(it.until, Style.DATE))))


def by_goal(seen: Sequence[Seen]) -> Iterator[tuple[str, list[Seen]]]:
    """Return exemplars by the words of their goals; those without one come last."""
    for goal, these in groupby(seen, key=lambda each: each.goal):
        yield goal, list(these)


def goal_title(t: Translate, goal: str) -> Text:
    """Return what stands above the exemplars of a goal."""
    return verbatim(goal) if goal else t("Without a goal")


def blocks(
    t: Translate,
    seen: Sequence[Seen],
    *,
    downloads: bool,
    besides: Mapping[int, Sequence[PageBlock]],
) -> Iterator[PageBlock]:
    """Return exemplars by goal; `besides` is what stands below each, by its number."""
    for at, (goal, these) in enumerate(by_goal(seen)):
        yield Heading(goal_title(t, goal), f"g{at}")
        for one in these:
            yield Heading(exemplar.title_of(one.it.told.title), f"e{one.it.id}", 3)
            yield from exemplar.blocks(t, one, goal=False, downloads=downloads)
            yield from besides.get(one.it.id, ())


def links(t: Translate, it: Share) -> tuple[LinkButton, ...]:
    """Return where whoever has a link takes it all along."""
    if not (address := address_of(it)):
        return ()
    return (
        LinkButton(t("PDF"), f"{address}/portfolio.pdf"),
        LinkButton(t("All pages, to open offline (ZIP)"), f"{address}/portfolio.zip"),
    )
