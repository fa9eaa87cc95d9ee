"""What people see of roles: which they have, where and until when, and what they can do by them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.engine.ports import Person
from plnbot.engine.roles import ROLE_NAMES, Role
from plnbot.talk.cards import Actions, Button, Card, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.plain import day_with_year
from plnbot.talk.text import Style, Text, When, verbatim
from plnbot.talk.words import Sentence, Translate

_MOMENT = timedelta(minutes=1)


def last_day(t: Translate, ends: datetime | None, zone: str) -> str:
    """Return the last day of a role by a network's clock; empty where it has no end."""
    return "" if ends is None else day_with_year(ends - _MOMENT, zone, t.locale)


def role_words(t: Translate, role: Role, where: str = "", until: str = "") -> Text:
    """Return a role with what it is held in, and until which day."""
    name = t.say(ROLE_NAMES[role])
    place = short_words(where, 120)
    if not until:
        return t("{role} in {where}", role=name, where=place) if where else name
    if where:
        return t("{role} in {where} until {day}", role=name, where=place, day=until)
    return t("{role} until {day}", role=name, day=until)


def role_given(t: Translate, words: Text, can: Sequence[Sentence], by: str) -> Card:
    """Tell somebody that they have a role, and what they can do now."""
    said = t("{name} made you {role}.", name=short_words(by, 80), role=words)
    sentences = tuple(Paragraph(t.say(each)) for each in can)
    help_button = Actions((PageButton(t("What I can do"), "help"),))
    return Card(t("You have a new role"), (Paragraph(said), *sentences, help_button), Tone.GOOD)


def role_over(t: Translate, words: Text, *, by_itself: bool) -> Card:
    """Tell somebody that they have a role no longer."""
    if by_itself:
        said = t("Your time as {role} is over, as it was set.", role=words)
    else:
        said = t("You are {role} no longer: an administrator has ended it.", role=words)
    return Card(t("A role has ended"), (Paragraph(said),))


def held(t: Translate, person: Person, words: Text, since: datetime, row: str) -> Card:
    """Show one role that somebody has, told apart by their account, with the way to end it."""
    account = f"{person.ref.platform} {short_words(person.ref.user, 60)}"
    about = t("since {day} · {account}", day=Text((When(since, Style.DAY),)), account=account)
    end = Button(
        t("End it"),
        "members.end_role",
        row,
        confirm=t("They are told, and can do nothing by it from then on."),
    )
    body = (Paragraph(words), Paragraph(about, quiet=True), Actions((end,)))
    return Card(verbatim(short_words(person.name, 80)), body)
