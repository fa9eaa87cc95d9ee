"""What people see of the calendar's address."""

from plnbot.calendars.model import Calendar
from plnbot.talk.cards import Actions, Block, Button, Card, Look, Paragraph, Tone
from plnbot.talk.text import Code, Style, Text, When, verbatim
from plnbot.talk.words import Translate

SHOW, RENEW, DROP = "calendar.show", "calendar.renew", "calendar.drop"


def calendar(t: Translate, shown: Calendar, address: str, *, renews: bool) -> Card:
    """Show where a calendar program finds what takes place; who `renews` may give it another address."""
    blocks: list[Block] = [
        Paragraph(
            t("Subscribe to this address in your calendar; new chats then appear by themselves.")
        ),
        Paragraph(Text((Code(f"{address}/calendar/{shown.token}.ics"),))),
    ]
    if shown.renewed_at is not None:
        day = When(shown.renewed_at, Style.DAY)
        blocks.append(
            Paragraph(t("It was renewed on {day}; the address before it shows nothing.", day=day))
        )
    note = t("Whoever has the address sees the plan, so share it only with your network.")
    blocks.append(Paragraph(note, quiet=True))
    if renews:
        blocks.append(Actions((_renew(t),)))
    return Card(t("Calendar"), tuple(blocks))


def renewing(t: Translate) -> Card:
    """Say what a new address means, before there is one."""
    said = t(
        "The address that everybody has will show nothing any more, at once and for good. Whoever uses"
        " it subscribes to the new one: their home says so, and `/pln calendar` shows it."
    )
    return Card(
        t("A new calendar address?"), (Paragraph(said), Actions((_renew(t),))), Tone.CAUTION
    )


def moved(t: Translate, now: Calendar) -> Card:
    """Tell somebody who may know the address that there is another."""
    said = t("If you subscribed to the one before, that shows nothing any more.")
    if now.renewed_at is not None:
        day = When(now.renewed_at, Style.DAY)
        said = t("It was renewed on {day}.", day=day) + verbatim(" ") + said
    buttons = (Button(t("Show the new address"), SHOW), Button(t("I do not use it"), DROP))
    return Card(t("The calendar has a new address"), (Paragraph(said), Actions(buttons)))


def _renew(t: Translate) -> Button:
    sure = t("Everybody who uses the calendar has to subscribe anew. There is no way back.")
    return Button(t("Renew the address"), RENEW, look=Look.DANGER, confirm=sure)
