"""What people see of a round."""

from plnbot.talk.cards import Actions, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.words import Translate


def asked(t: Translate, number: int, answers: int) -> Card:
    """Return the question in the room, and how many have answered."""
    how = t("Write it in the thread below: a lesson, a pupil, a cup of coffee in peace.")
    many = t.n("{n} win", "{n} wins", answers)
    button = Actions((PageButton(t("Read them"), "wins", str(number)),))
    return Card(t("What went well this week?"), (Paragraph(how), Paragraph(many), button))


def begun(t: Translate, number: int) -> Card:
    """Return what whoever asked for it is told, with the way back."""
    said = t("This room is asked now, and every week at this time.")
    undo = Actions((Button(t("Ask no more"), "wins.stop", str(number)),))
    return Card(t("Wins"), (Paragraph(said), undo), Tone.GOOD)


def stopped(t: Translate) -> Card:
    """Return that a room is asked no more."""
    return Card(t("Wins"), (Paragraph(t("This room is asked no more.")),))
