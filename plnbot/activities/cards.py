"""What a member sees of what they did."""

from collections.abc import Mapping, Sequence

from plnbot.activities.model import Role
from plnbot.activities.store import Activity
from plnbot.talk.cards import Actions, Block, Card, Field, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Style, Text, When, bold, joined
from plnbot.talk.words import Sentence, Translate, msg

_ROLES: Mapping[Role, Sentence] = {
    Role.LED: msg("you led it"),
    Role.PRESENTED: msg("you presented"),
    Role.MENTORED: msg("you mentored"),
}
_LONGEST_TITLE = 80


def latest(t: Translate, done: Sequence[Activity]) -> Card:
    """Show the latest of what a member did, with the way to all of it."""
    body: list[Block] = [Paragraph(joined([entry(t, each) for each in done], "\n"))]
    if not done:
        body = [Paragraph(nothing_yet(t))]
    body.append(Actions((PageButton(t("All of it"), "did"),)))
    return Card(t("What I did"), tuple(body))


def entry(t: Translate, activity: Activity) -> Text:
    """Return one line: when, what, how long, in what part if not as one of many, whether it was only a rehearsal."""
    when, *rest = _facts(t, activity)
    title = bold(short_words(activity.done.title, _LONGEST_TITLE))
    return joined([when, title, *rest], " · ")


def facts(t: Translate, activity: Activity) -> Text:
    """Return the same without what it was, for where that stands above."""
    return joined(_facts(t, activity), " · ")


def _facts(t: Translate, activity: Activity) -> list[Text]:
    done = activity.done
    parts = [Text((When(done.started, Style.DAY),))]
    if done.minutes == 0:
        parts.append(t("less than a minute"))
    elif done.minutes is not None:
        parts.append(t.n("{n} minute", "{n} minutes", done.minutes))
    if done.role in _ROLES:
        parts.append(t.say(_ROLES[done.role]))
    if done.in_person:
        parts.append(t("in person"))
    if activity.rehearsal:
        parts.append(t("a rehearsal"))
    return parts


def this_month(t: Translate, many: int, minutes: int) -> Field:
    """Show how much a member did this month."""
    done = t.n("{n} activity", "{n} activities", many)
    length = t.n("{n} minute", "{n} minutes", minutes)
    return Field(t("This month"), joined((done, length), " · "))


def nothing_yet(t: Translate) -> Text:
    """Say how something comes to stand here."""
    return t(
        "Nothing yet. When a chat ends I write down for you that you took part, if you answered or"
        " pressed “I am here”; and the morning after a prompt, that you answered it."
    )


def how_it_comes(t: Translate) -> Text:
    """Say where this comes from, and who sees it."""
    return t(
        "I write this down when a chat ends, from your first answer or “I am here” to your last, and"
        " the morning after a prompt that you answered by name. Only you see it."
    )
