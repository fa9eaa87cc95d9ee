"""What both sides are told unasked."""

from datetime import datetime

from plnbot.credit.cards.words import line_of, title_of
from plnbot.credit.store.ledger import Stands
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Button, Card, Look, PageButton, Paragraph, Tone
from plnbot.talk.fallback import shortened
from plnbot.talk.text import Style, When
from plnbot.talk.words import Translate


def waits(t: Translate, many: int, since: datetime) -> Card:
    """Tell an approver how much waits, and since when."""
    title = t.n("{n} entry waits for you", "{n} entries wait for you", many)
    said = t("The oldest waits since {day}.", day=When(since, Style.DAY))
    buttons = (
        Button(t("Decide"), "credit.next", look=Look.PRIMARY),
        PageButton(t("All of it"), "credit.queue"),
    )
    return Card(title, (Paragraph(said), Actions(buttons)), Tone.QUESTION)


def long(t: Translate, stands: Stands, who: str) -> Card:
    """Tell a member that something of theirs waits long; whoever it waits for is reminded too."""
    since = When(stands.since, Style.DAY)
    said = (
        t("It is with {who} since {day}. I have reminded them.", who=who, day=since)
        if who
        else t(
            "It waits since {day}, and nobody can approve it yet: ask an administrator.", day=since
        )
    )
    way = Actions((PageButton(t("Open"), "credit.entry", str(stands.entry.id)),))
    return Card(shortened(title_of(t, stands), limits.CARD_TITLE), (Paragraph(said), way))


def kept(t: Translate, stands: Stands, goes: datetime) -> Card:
    """Tell a member that the rules ask no more to keep the files of an entry, and when they go."""
    said = t(
        "The rules of your licences ask no more to keep the files of this entry. They go on {day};"
        " take them along before, if you want them. The entry and its decision stay.",
        day=When(goes, Style.DATE),
    )
    way = Actions((PageButton(t("Open"), "credit.entry", str(stands.entry.id)),))
    return Card(shortened(title_of(t, stands), limits.CARD_TITLE), (Paragraph(said), way))


def happened(t: Translate, stands: Stands) -> Card:
    """Ask whether a plan took place: one tap, or what was otherwise."""
    row = str(stands.entry.id)
    buttons = (
        Button(t("It took place"), "credit.complete", row, Look.PRIMARY),
        Button(t("It was otherwise"), "credit.change", row),
        Button(t("It did not"), "credit.withdraw", row),
    )
    body = (Paragraph(line_of(t, stands)), Actions(buttons))
    return Card(t("Did it take place?"), body, Tone.QUESTION)
