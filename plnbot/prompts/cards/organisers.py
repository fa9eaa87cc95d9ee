"""What those see who set prompts up: a schedule, its dates, one date, and what went wrong."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.gathering.not_heard import NotHeard, words
from plnbot.prompts.model import Occurrence, Prompt, PromptRoom, PromptSchedule, State
from plnbot.skills.cards import told
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Field,
    Fields,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.plain import day_words
from plnbot.talk.text import Room, Style, Text, When, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.talk.zones import zone_title
from plnbot.values import dataclass
from plnbot.walltime import local

SKILLS = "prompts.all_skills"
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_SHOWN, _IN_LIST = 160, 40


@dataclass(frozen=True, slots=True)
class Panel:
    """What is shown of a schedule: `times` are its next ones in words, `notes` what one should know.

    `skills` are those that all it asks carries.
    """

    asks: PromptSchedule
    rooms: Sequence[PromptRoom]
    when: Text
    times: Sequence[Text]
    draws: Text
    left: int
    notes: Sequence[Text] = ()
    paused: bool = False
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Date:
    """One date, and what is asked on it."""

    occurrence: Occurrence
    prompt: Prompt | None


def panel(t: Translate, shown: Panel, note: Text | None = None) -> Card:
    """Show a schedule to an organiser, with everything that can be done to it."""
    asks, row = shown.asks, f"{shown.asks.id}.{shown.asks.version}"
    many = len(shown.rooms) > 1
    rooms = [
        joined((verbatim(f"{at}."), Text((Room(each.place, each.place.channel),))), " ")
        if many
        else Text((Room(each.place, each.place.channel),))
        for at, each in enumerate(shown.rooms, 1)
    ]
    facts = (
        Field(t("Draws from"), shown.draws),
        Field(t("Rooms"), shortened(joined(rooms), limits.FIELD_VALUE)),
        Field(t("Not asked any more when late by"), lasting(t, asks.stale_after)),
        Field(t("Prompts left"), t.n("{n} not asked yet", "{n} not asked yet", shown.left)),
        *told(t, shown.skills),
    )
    blocks: list[Block] = [Paragraph(note)] if note else []
    blocks += [
        Paragraph(t("**When**: {when}", when=shown.when)),
        *map(Paragraph, shown.times),
        Fields(facts),
    ]
    blocks += [Paragraph(each, quiet=True) for each in shown.notes]
    if asks.ended_at is not None:
        back = Button(t("Bring it back"), "prompts.bring_back", row, Look.PRIMARY)
        return Card(verbatim(asks.title), (*blocks, Actions((back,))), Tone.CAUTION, t("Ended"))
    pause = (
        Button(t("Go on now"), "prompts.go_on", row)
        if shown.paused
        else Button(t("Pause"), "prompts.pause", row)
    )
    first = (
        Button(t("The next six"), "prompts.dates", row, Look.PRIMARY),
        Button(t("Preview"), "prompts.preview", row),
        Button(t("Ask one now"), "prompts.now", row, confirm=t("Ask one more prompt at once?")),
        pause,
    )
    second = (
        Button(t("Change"), "prompts.change", row),
        Button(t("How it is answered"), "prompts.settings", row),
        Button(t("Skills"), SKILLS, row),
        Button(t("End it"), "prompts.end", row, Look.DANGER),
    )
    tone = Tone.CAUTION if shown.paused else Tone.GOOD
    label = t("Paused") if shown.paused else t("Prompts")
    rows = (Actions(first), Actions(second), *_rooms(t, shown, row))
    return Card(verbatim(asks.title), (*blocks, *rows), tone, label)


def _rooms(t: Translate, shown: Panel, row: str) -> tuple[Actions, ...]:
    """Return the way to take one of several rooms out, told apart as they are listed above."""
    if len(shown.rooms) == 1:
        return ()
    options = tuple(
        Option(str(each.id), t("Room {n}, {zone}", n=at, zone=zone_title(each.zone, t.locale)))
        for at, each in enumerate(shown.rooms[: limits.OPTIONS], 1)
    )
    return (Actions((Select(t("Take a room out"), "prompts.leave", options, row),)),)


def dates(t: Translate, asks: PromptSchedule, coming: Sequence[Date], *, zone: str) -> Card:
    """Show what comes, date by date, each of which can be changed by itself."""
    if not coming:
        none = Paragraph(
            t("Nothing is planned: the schedule has come to its end, or it is paused.")
        )
        return Card(verbatim(asks.title), (none,))
    lines = [
        t(
            "{when}{note}: {words}",
            when=When(each.occurrence.at),
            note=_note(t, each.occurrence),
            words=short_words(" ".join(_said(t, each).split()), _SHOWN),
        )
        for each in coming
    ]
    options = tuple(
        Option(str(each.occurrence.id), verbatim(_short(t, each, zone))) for each in coming
    )
    choose = Select(t("Change one of them"), "prompts.date", options, str(asks.id))
    listed = [Paragraph(each) for each in lines[: limits.BLOCKS - 2]]
    return Card(verbatim(asks.title), (*listed, Actions((choose,))), label=t("What comes"))


def date(t: Translate, asks: PromptSchedule, one: Date, note: Text | None = None) -> Card:
    """Show one date, and what can be done to it alone."""
    found, row = one.occurrence, str(one.occurrence.id)
    blocks: list[Block] = [Paragraph(note)] if note else []
    blocks.append(Paragraph(t("{when}{note}", when=When(found.at), note=_note(t, found))))
    if found.state is State.SKIPPED:
        undo = Button(t("Ask on this day after all"), "prompts.unskip", row, Look.PRIMARY)
        return Card(verbatim(asks.title), (*blocks, Actions((undo, _all(t, asks)))), Tone.CAUTION)
    blocks.append(Paragraph(verbatim(_said(t, one))))
    moved = (
        Button(t("Back to its own day"), "prompts.move_back", row)
        if found.moved_to
        else Button(t("A week later"), "prompts.move", row)
    )
    first = (Button(t("Skip this one"), "prompts.skip", row), moved)
    second = (
        Button(t("Ask it one date earlier"), "prompts.earlier", row),
        Button(t("One date later"), "prompts.later", row),
        Button(t("Another prompt"), "prompts.another", row),
        _all(t, asks),
    )
    return Card(verbatim(asks.title), (*blocks, Actions(first), Actions(second)))


def preview_note(
    t: Translate, asks: PromptSchedule, at: datetime, who_reads: Sequence[Text]
) -> Card:
    """Say of the card above that it is the very card, when it comes, and who reads what is answered."""
    said = t("This is the card itself, as the room will see it on {when}.", when=When(at))
    only = Paragraph(t("Nobody else sees it now."), quiet=True)
    read = map(Paragraph, who_reads)
    return Card(verbatim(asks.title), (Paragraph(said), only, *read), label=t("Preview"))


def schedules(t: Translate, found: Sequence[tuple[PromptSchedule, Text]]) -> Card:
    """List what a network asks, with the way to each."""
    if not found:
        none = t("Nothing is asked by itself yet. Start in a room with `/pln prompt new`.")
        return Card(t("Prompts"), (Paragraph(none),))
    lines = [
        Paragraph(t("**{title}**: {when}", title=asks.title, when=when)) for asks, when in found
    ]
    options = tuple(
        Option(str(asks.id), verbatim(short_words(asks.title, limits.OPTION_LABEL)))
        for asks, _ in found[: limits.OPTIONS]
    )
    choose = Select(t("Open one"), "prompts.open", options)
    return Card(t("Prompts"), (*lines[: limits.BLOCKS - 2], Actions((choose,))))


def done(asks: PromptSchedule, said: Text, undo: Button | None = None) -> Card:
    """Say what was done, with the way back where there is one."""
    buttons = (Actions((undo,)),) if undo else ()
    return Card(verbatim(asks.title), (Paragraph(said), *buttons), Tone.GOOD)


def not_posted(t: Translate, asks: PromptSchedule, why: str) -> Card:
    """Tell that a room does not take a prompt, and what happens now."""
    said = t(
        "A room did not take the prompt of “{title}”: {why}", title=asks.title, why=verbatim(why)
    )
    then = t("I ask there again as soon as the room lets me. You are told of this once.")
    look = Actions((Button(t("Look at it"), "prompts.open", str(asks.id)),))
    blocks = (Paragraph(said), Paragraph(then), look)
    return Card(t("A prompt could not be posted"), blocks, Tone.CAUTION)


def not_heard(t: Translate, row: str, title: str, what: NotHeard) -> Card:
    """Tell that what was said below a prompt cannot be read, or not yet."""
    about = t("Below a prompt of “{title}”: {said}", title=title, said=words(t, what))
    told = t("The prompt's page says so until it was read.")
    look = Actions((PageButton(t("Look at it"), "prompt", row),))
    blocks = (Paragraph(about), Paragraph(told, quiet=True), look)
    return Card(t("Something was not heard"), blocks, Tone.CAUTION)


def lasting(t: Translate, length: timedelta) -> Text:
    """Return how long something lasts: `2 hours`."""
    if length >= _DAY and not length % _DAY:
        return t.n("{n} day", "{n} days", length // _DAY)
    if length >= _HOUR and not length % _HOUR:
        return t.n("{n} hour", "{n} hours", length // _HOUR)
    return t.n("{n} minute", "{n} minutes", length // timedelta(minutes=1))


_NOTES = {State.SKIPPED: msg(" (skipped)"), State.POSTED: msg(" (asked)")}


def _note(t: Translate, found: Occurrence) -> Text:
    said: Sentence | None = _NOTES.get(found.state)
    if said is not None:
        return t.say(said)
    if found.moved_to is not None:
        return t(" (moved from {day})", day=When(found.due, Style.DAY))
    return Text()


def _said(t: Translate, each: Date) -> str:
    if each.prompt is None:
        return (
            t.words("nothing") if each.occurrence.state is State.SKIPPED else t.words("no prompt")
        )
    return each.prompt.said(t.locale)


def _short(t: Translate, each: Date, zone: str) -> str:
    day = day_words(local(each.occurrence.at, zone).date(), t.locale)
    return f"{day}: {short_words(_said(t, each), _IN_LIST)}"[: limits.OPTION_LABEL]


def _all(t: Translate, asks: PromptSchedule) -> Button:
    return Button(t("All six"), "prompts.dates", str(asks.id))
