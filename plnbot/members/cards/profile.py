"""What people see of themselves and of what they told."""

from collections.abc import Collection, Mapping, Sequence
from typing import assert_never

from plnbot.engine.ports import Person
from plnbot.members.model import FIELDS, Profile, Seen, shown_for
from plnbot.packs import Named
from plnbot.packs.teaching import grades, languages, subjects
from plnbot.quiet import Quiet
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Field,
    Fields,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.plain import time_words
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg

FIELD_NAMES: Mapping[str, Sentence] = {
    "subjects": msg("Subjects"),
    "grades": msg("Grades"),
    "languages": msg("Languages"),
    "district": msg("District"),
    "state": msg("State"),
    "school": msg("School"),
    "years": msg("Years of experience"),
    "goals": msg("Goals"),
}
_NOT_TOLD: tuple[object, ...] = ((), "", None)


def started(t: Translate, person: Person, *, asks: bool = False) -> Card:
    """Say that the guided start is done, and what to do next.

    `asks` offers to write to them directly, where nobody is who did not say so.
    """
    directly = (Button(t("Write to me directly"), "members.direct"),) if asks else ()
    blocks = (
        Paragraph(
            t(
                "Your school and years stay hidden; your district is used for matching only."
                " You decide about each."
            )
        ),
        Actions(
            (
                PageButton(t("Open my home"), "home"),
                Button(t("Who sees what"), "members.seen"),
                Button(t("Change"), "members.start"),
                *directly,
            )
        ),
    )
    return Card(t("Welcome, {name}", name=short_words(person.name, 60)), blocks, Tone.GOOD)


def profile(t: Translate, person: Person, told: Profile, apart: Collection[str] = ()) -> Card:
    """Show a member what they told, and who sees each of it; but for what is shown `apart`."""
    shown = [name for name in FIELDS if name not in apart]
    given = [name for name in shown if getattr(told, name) not in _NOT_TOLD]
    missing = [t.say(FIELD_NAMES[name]) for name in shown if name not in given]
    fields = tuple(Field(t.say(FIELD_NAMES[name]), _field_words(t, told, name)) for name in given)
    blocks: list[Block] = [Fields(fields)] if fields else []
    if missing:
        blocks.append(Paragraph(t("Not told yet: {what}.", what=joined(missing)), quiet=True))
    blocks.append(Paragraph(_quiet_words(t, told.quiet), quiet=True))
    blocks.append(
        Actions(
            (
                Button(t("Change"), "members.start", look=Look.PRIMARY),
                Button(t("Who sees what"), "members.seen"),
                Button(t("Language"), "members.language"),
                Button(
                    t("Sign out everywhere"),
                    "members.sign_out",
                    confirm=t("Your pages are closed in every browser, in this one too."),
                ),
            )
        )
    )
    return Card(verbatim(short_words(person.name, 80)), tuple(blocks), label=t("Your profile"))


def seen_by_others(t: Translate, person: Person, told: Profile) -> Card:
    """Show what a member lets everybody here see, and nothing else."""
    shown = [
        name for name, value in shown_for(told, Seen.NETWORK).items() if value not in _NOT_TOLD
    ]
    fields = tuple(
        Field(t.say(FIELD_NAMES[name]), shortened(value_words(t, told, name), 200))
        for name in shown
    )
    nothing = Paragraph(t("Nothing told yet, or nothing for everybody."), quiet=True)
    body: Block = Fields(fields) if fields else nothing
    return Card(verbatim(short_words(person.name, 80)), (body,))


def seen_by(seen: Seen) -> Sentence:
    """Return who sees a field, in words."""
    match seen:
        case Seen.ME:
            return msg("only you")
        case Seen.MATCHING:
            return msg("matching only")
        case Seen.NETWORK:
            return msg("everybody here")
        case _:
            assert_never(seen)


def _field_words(t: Translate, told: Profile, name: str) -> Text:
    value = shortened(value_words(t, told, name), 200)
    return t("{value} ({seen})", value=value, seen=t.say(seen_by(told.seen[name])))


def nudge(t: Translate) -> Card:
    """Invite somebody new to the guided start."""
    blocks = (
        Paragraph(
            t(
                "Subjects, grades, a few words about you: under two minutes, and only subjects are needed."
            )
        ),
        Actions((Button(t("Begin"), "members.start", look=Look.PRIMARY),)),
    )
    return Card(t("Tell us what you teach"), blocks, Tone.GOOD, t("First step"))


def value_words(t: Translate, told: Profile, name: str) -> Text:
    """Return one field of a profile in words."""
    value = getattr(told, name)
    if value in _NOT_TOLD:
        return t("not told")
    if name == "subjects":
        return _titles(t, subjects(), value)
    if name == "grades":
        return _titles(t, grades(), value)
    if name == "languages":
        return _titles(t, languages(), value)
    if name == "goals":
        return verbatim("; ".join(value))
    if isinstance(value, tuple):
        return verbatim(", ".join(value))
    return verbatim(str(value))


def _titles(t: Translate, known: Mapping[str, Named], chosen: Sequence[str]) -> Text:
    said = (known[each].title.said(t.locale) if each in known else each for each in chosen)
    return joined(map(verbatim, said))


def _quiet_words(t: Translate, quiet: Quiet) -> Text:
    parts = []
    if quiet.in_class:
        begin, end = (time_words(each, t.locale) for each in quiet.in_class)
        parts.append(t("on school days from {begin} to {end}", begin=begin, end=end))
    if quiet.at_night:
        begin, end = (time_words(each, t.locale) for each in quiet.at_night)
        parts.append(t("at night from {begin} to {end}", begin=begin, end=end))
    if not parts:
        return t("You have no quiet hours.")
    return t("Quiet {hours}.", hours=joined(parts))
