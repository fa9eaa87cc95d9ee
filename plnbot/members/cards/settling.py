"""What a member is asked of the zone and language that they seem to have, and told once they chose."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from plnbot.talk.cards import Actions, Button, Card, Look, Option, Paragraph, Select, Tone
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import LOCALES, Sentence, Translate, msg
from plnbot.talk.zones import zone_title

CONFIRM, ZONE, ZONE_CHOSEN, LANGUAGE, SPEAK = (
    "members.confirm",
    "members.zone",
    "members.in_zone",
    "members.language",
    "members.speak",
)
LANGUAGES: Mapping[str, Sentence] = {"en": msg("English"), "es": msg("Spanish")}


def seems(t: Translate, kept: tuple[str, str], seen: tuple[str, str]) -> Card:
    """Ask whether to use the zone and language that are seen, in that language.

    `kept` and `seen` are a zone and a locale each.
    """
    t = replace(t, locale=seen[1])
    if kept == seen:
        said = t("Times are in {zone}, words in {language}.", **_words(t, kept))
        yes = Button(t("That is right"), CONFIRM, _row(kept), Look.PRIMARY)
        buttons = [yes]
    else:
        said = t(
            "You seem to be on {zone} time and to read {language}. Shall I use that?",
            **_words(t, seen),
        )
        keep = t("No, keep {zone} and {language}", **_words(t, kept))
        buttons = [
            Button(t("Yes, use that"), CONFIRM, _row(seen), Look.PRIMARY),
            Button(keep, CONFIRM, _row(kept)),
        ]
    return Card(
        t("Your clock and your language"),
        (
            Paragraph(said),
            Actions(
                (*buttons, Button(t("Another time zone"), ZONE), Button(t("Language"), LANGUAGE))
            ),
        ),
    )


def settled(t: Translate, zone: str) -> Card:
    """Say what is used from now on, in the language that was chosen."""
    said = (
        t("From now on I speak English with you."),
        t("Times are in {zone}.", zone=zone_title(zone, t.locale)),
    )
    return Card(t("Language and time zone"), tuple(map(Paragraph, said)), Tone.GOOD)


def in_zone(t: Translate, zone: str) -> Card:
    """Say in which zone a member reads times from now on."""
    said = t("From now on you read times in {zone}.", zone=zone_title(zone, t.locale))
    return Card(t("Time zone"), (Paragraph(said),), Tone.GOOD)


def spoken(t: Translate) -> Card:
    """Say which language is spoken from now on, in that language."""
    said = t("From now on I speak English with you.")
    return Card(t("Language"), (Paragraph(said),), Tone.GOOD)


def languages(t: Translate, first: Text | None = None) -> Card:
    """Offer the languages there are."""
    options = tuple(Option(code, verbatim(name)) for code, name in LOCALES.items())
    choice = Actions((Select(t("Choose a language"), SPEAK, options),))
    said = () if first is None else (Paragraph(first),)
    return Card(t("Language"), (*said, choice))


def zones(t: Translate, options: Sequence[Option]) -> Card:
    """Offer the zones that fit what was typed."""
    choice = Select(t("Which one is yours?"), ZONE_CHOSEN, tuple(options))
    return Card(t("Time zone"), (Actions((choice,)),))


def _words(t: Translate, pair: tuple[str, str]) -> Mapping[str, Text]:
    zone, locale = pair
    return {"zone": verbatim(zone_title(zone, t.locale)), "language": t.say(LANGUAGES[locale])}


def _row(pair: tuple[str, str]) -> str:
    return " ".join(pair)
