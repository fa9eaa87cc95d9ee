"""What holds for all feeds of a network, in words."""

from plnbot.reading.cards.approving import WAITING_PAGE
from plnbot.reading.model.rules import Rules
from plnbot.talk.cards import Actions, Button, Card, PageButton, Paragraph
from plnbot.talk.text import Text, joined
from plnbot.talk.words import Translate

RULES = "reading.rules"


def rules(
    t: Translate, wanted: Rules, *, otherwise: int, waiting: int, note: Text | None = None
) -> Card:
    """Return what holds, how many feeds say otherwise, and how many posts wait."""
    said = [
        t("• Every post waits for a curator")
        if wanted.approval
        else t("• Posts go out without a curator’s look"),
        t("• Cards show the pictures of posts, from where they lie")
        if wanted.pictures
        else t("• Cards show no pictures of posts"),
        t(
            "• Posts of several feeds are one card where their titles are {likeness} % alike and they came"
            " within {hours} hours",
            likeness=wanted.likeness,
            hours=wanted.within,
        )
        if wanted.within
        else t("• Posts of several feeds are one card only where they lead to one page"),
    ]
    blocks = [Paragraph(joined(said, "\n"))]
    if note is not None:
        blocks.insert(0, Paragraph(note))
    if otherwise:
        many = t.n(
            "{n} feed says itself whether its posts wait.",
            "{n} feeds say themselves whether their posts wait.",
            otherwise,
        )
        blocks.append(Paragraph(many, quiet=True))
    ways: list[Button | PageButton] = [Button(t("Change"), RULES)]
    if waiting:
        label = t.n("{n} post waits", "{n} posts wait", waiting)
        ways.append(PageButton(label, WAITING_PAGE))
    return Card(t("What holds for all feeds"), (*blocks, Actions(tuple(ways))))
