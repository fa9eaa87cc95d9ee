"""Words that several cards of micro-credentials share."""

from collections.abc import Mapping

from plnbot.badges.model import Criterion, Standing, Terms
from plnbot.badges.store.awards import Award
from plnbot.talk import limits
from plnbot.talk.cards import Field
from plnbot.talk.fallback import shortened
from plnbot.talk.text import Style, Text, When, bold, verbatim
from plnbot.talk.words import Sentence, Translate, msg

STANDINGS: Mapping[Standing, Sentence] = {
    Standing.DRAFT: msg("You are writing your application."),
    Standing.WAITING: msg("It waits for an assessor."),
    Standing.RETURNED: msg("It was returned: something is missing."),
    Standing.AWARDED: msg("It was awarded."),
    Standing.WITHDRAWN: msg("You took it back."),
}
SHORT = 200


def title_of(name: str) -> Text:
    """Return the name of one as a title."""
    return shortened(verbatim(name), limits.CARD_TITLE)


def criterion_line(t: Translate, it: Criterion) -> Text:
    """Return what is looked for, and what evidence is wanted."""
    return bold(it.name) + verbatim(": ") + looked_for(t, it)


def looked_for(t: Translate, it: Criterion) -> Text:
    """Return what is looked for and what evidence is wanted, without the criterion's name."""
    if not it.wants:
        return verbatim(it.words)
    return t("{words} (evidence wanted: {what})", words=it.words, what=it.wants)


def facts(t: Translate, terms: Terms) -> tuple[Field, ...]:
    """Return what somebody wants to know before they apply."""
    lasts = t.n("{n} month", "{n} months", terms.months) if terms.months else t("For good")
    found = [Field(t("It lasts"), lasts)]
    if terms.parts:
        return tuple(found)
    by = t("Without your name") if terms.blind else t("With your name")
    found += [
        Field(t("You hear within"), t.n("{n} day", "{n} days", terms.days)),
        Field(t("It is assessed"), by),
    ]
    if terms.second:
        found.append(
            Field(t("A second assessor looks"), t("at {n} in 100, drawn by lot", n=terms.second))
        )
    return tuple(found)


def award_line(t: Translate, it: Award, name: str) -> Text:
    """Return one line of an award: what, since when, until when, or that it was withdrawn."""
    return t("{name}. {standing}", name=name, standing=award_standing(t, it))


def award_standing(t: Translate, it: Award) -> Text:
    """Return how an award stands, for where its name stands above."""
    if it.withdrawn_at is not None:
        return t("Withdrawn on {day}", day=When(it.withdrawn_at, Style.DATE))
    given = When(it.at, Style.DATE)
    if it.until is None:
        return t("Awarded on {day}", day=given)
    until = When(it.until, Style.DATE)
    return t("Awarded on {day}, until {until}", day=given, until=until)
