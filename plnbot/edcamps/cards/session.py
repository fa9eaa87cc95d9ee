"""A session as people see it: in its place, when it ends, and what they are answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from plnbot.edcamps.model.meetings import Meeting, Part, Place
from plnbot.edcamps.model.timing import Stage
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
from plnbot.talk.text import Style, Text, When, bold, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

PAGE = "edcamp_session"
GO, LEAVE, PART, PROTOCOL, NOTE, TAKEAWAY, COUNT, UNNOTE, UNTAKE = (
    "edcamp.go",
    "edcamp.leave",
    "edcamp.part",
    "edcamp.protocol",
    "edcamp.note",
    "edcamp.takeaway",
    "edcamp.count",
    "edcamp.unnote",
    "edcamp.untake",
)
PART_NAMES: Mapping[Part, Sentence] = {
    Part.FACILITATOR: msg("Facilitator"),
    Part.NOTES: msg("Note-taker"),
    Part.TIME: msg("Timekeeper"),
}


@dataclass(frozen=True, slots=True)
class Protocol:
    """The protocol of a session, in one language: its name, what it is for, and its stages as timed."""

    name: str
    about: str
    stages: Sequence[tuple[str, Stage]]
    offered: Sequence[Option] = ()


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A session as it is shown: what of, where and when, who does what, and how it goes on."""

    place: Place
    title: str
    led_by: Sequence[str]
    meeting: Meeting | None
    protocol: Protocol
    parts: Mapping[Part, str]
    notes: int = 0

    @property
    def row(self) -> str:
        """What its buttons name."""
        return str(self.place.session.id)

    @property
    def goes_on(self) -> bool:
        """Whether it has begun and not ended."""
        return self.meeting is not None and self.meeting.ended_at is None


def where_and_when(t: Translate, of: SessionShown) -> Text:
    """Return where a session is, and from when to when."""
    slot = of.place.slot
    said = t(
        "{room}, {begins} to {ends}",
        room=of.place.room.name,
        begins=When(slot.starts_at, Style.TIME),
        ends=When(of.place.closes_at, Style.TIME),
    )
    if of.place.session.run > 1:
        return joined((said, t("run {n}", n=of.place.session.run)), " · ")
    return said


def meeting_card(t: Translate, of: SessionShown, now: datetime) -> Card:
    """Show a session in its place: who does what, the protocol with its time, and what one can do."""
    label = shortened(where_and_when(t, of), limits.FIELD_LABEL)
    title = verbatim(short_words(of.title, limits.CARD_TITLE))
    if not of.goes_on:
        blocks: tuple[Block, ...] = (
            Paragraph(t("This session is over.")),
            Actions((_notes(t, of), _take_home(t, of), open_page(t, of))),
        )
        return Card(title, blocks, label=label)
    return Card(
        title,
        (
            Fields(tuple(_part_field(t, of, each) for each in Part)),
            *timer(t, of, now),
            Actions(
                (
                    Button(t("I am here"), GO, of.row, Look.PRIMARY),
                    _notes(t, of),
                    _take_home(t, of),
                    open_page(t, of),
                )
            ),
            Actions((_parts(t, of),)),
            *((Actions((_protocols(t, of),)),) if of.protocol.offered else ()),
        ),
        Tone.QUESTION,
        label,
    )


def on_its_page(t: Translate, of: SessionShown, now: datetime) -> Card:
    """Show how a session goes on, on its page, which says by itself what it is, where, and when."""
    blocks: tuple[Block, ...] = (
        Fields(tuple(_part_field(t, of, each) for each in Part)),
        Paragraph(joined(_stages(t, of, now), "\n")),
        Actions((_take_home(t, of),)),
        Actions((_parts(t, of),)),
        *((Actions((_protocols(t, of),)),) if of.protocol.offered else ()),
    )
    return Card(verbatim(of.protocol.name), blocks, Tone.QUESTION)


def timer(t: Translate, of: SessionShown, now: datetime) -> list[Block]:
    """Return the protocol of a session with its stages."""
    return [Paragraph(joined((bold(of.protocol.name), *_stages(t, of, now)), "\n"))]


def _stages(t: Translate, of: SessionShown, now: datetime) -> list[Text]:
    """Return what of a protocol is over, what goes on and until when, what comes."""
    lines = []
    for words, stage in of.protocol.stages:
        ends = When(stage.ends, Style.COUNTDOWN, now)
        if stage.ends <= now:
            lines.append(t("✓ {stage}", stage=words))
        elif stage.begins <= now:
            lines.append(t("**Now: {stage}** until {ends}", stage=words, ends=ends))
        else:
            at = When(stage.begins, Style.TIME)
            lines.append(t("{begins} {stage}", begins=at, stage=words))
    return lines


def closing_card(t: Translate, of: SessionShown, *, all_off: bool = False) -> Card:
    """Say in its place that a session ends, five minutes before its slot does, or that all is called off."""
    label = verbatim(short_words(of.title, limits.FIELD_LABEL))
    if all_off:
        return Card(t("The EdCamp is called off"), (), Tone.CAUTION, label)
    if of.place.session.cancelled_at is not None:
        said = t("It has ended. Where it goes on stands on the board.")
        return Card(t("This session has ended"), (Paragraph(said),), Tone.CAUTION, label)
    said = t(
        "Five minutes to walk over. What will you take home? The note-taker’s last words are welcome too."
    )
    buttons = Actions((_take_home(t, of, Look.PRIMARY), _notes(t, of), open_page(t, of)))
    return Card(t("Time to wrap up"), (Paragraph(said), buttons), Tone.GOOD, label)


def went(t: Translate, of: SessionShown, now: datetime) -> Card:
    """Tell a member where they are by now; nobody else is told."""
    said = where_and_when(t, of)
    blocks: list[Block] = [
        Paragraph(joined((bold(short_words(of.title, 120)), said), " · ")),
        Paragraph(
            t("Nobody is told. Your minutes count here until you tap elsewhere."), quiet=True
        ),
    ]
    if of.goes_on:
        blocks[1:1] = timer(t, of, now)
    blocks.append(Actions((open_page(t, of), Button(t("I have left"), LEAVE, of.row))))
    return Card(t("You are here"), tuple(blocks), Tone.GOOD)


def left(t: Translate) -> Card:
    """Tell a member that they are nowhere."""
    said = t("Your minutes stand still until you tap that you are somewhere.")
    return Card(t("You have left"), (Paragraph(said),), Tone.GOOD)


def part_taken(t: Translate, which: Part, *, has: bool) -> Card:
    """Tell a member that they have a part now, or have it no more."""
    name = t.say(PART_NAMES[which])
    title = t("{part}: that is you now", part=name) if has else t("{part}: free again", part=name)
    return Card(title, (), Tone.GOOD)


def begun(t: Translate, of: SessionShown, now: datetime) -> Card:
    """Tell who chose a protocol that it has begun."""
    return Card(t("It begins now"), tuple(timer(t, of, now)), Tone.GOOD)


def noted(t: Translate, of: SessionShown, number: int) -> Card:
    """Tell a member that their note is kept, with the way back."""
    back = Button(t("Take it back"), UNNOTE, str(number))
    said = t("It stands on the session’s page, where everybody reads it.")
    return Card(t("Noted"), (Paragraph(said), Actions((open_page(t, of), back))), Tone.GOOD)


def unnoted(t: Translate, *, own: bool) -> Card:
    """Tell a member that their note is gone, or an organiser that another's is."""
    return Card(t("Your note is gone") if own else t("The note is gone"), (), Tone.GOOD)


def untaken(t: Translate) -> Card:
    """Tell an organiser that what a member takes home is gone."""
    return Card(t("The takeaway is gone"), (), Tone.GOOD)


def take_away(t: Translate, action: str, row: str) -> Button:
    """Return how organisers take another's words away."""
    sure = t("It is gone for everybody. The log of changes says that you did it.")
    return Button(t("Take it away"), action, row, Look.DANGER, sure)


def counted(t: Translate, many: int) -> Card:
    """Tell a host that their count is kept."""
    said = t("It stands on the session’s page, beside how many tapped in.")
    return Card(t("{n} it is", n=many), (Paragraph(said),), Tone.GOOD)


def open_page(t: Translate, of: SessionShown) -> PageButton:
    """Return the way to a session's page."""
    return PageButton(t("Open its page"), PAGE, of.row)


def _notes(t: Translate, of: SessionShown) -> Button:
    return Button(t("Add a note"), NOTE, of.row)


def _take_home(t: Translate, of: SessionShown, look: Look = Look.PLAIN) -> Button:
    return Button(t("My takeaway"), TAKEAWAY, str(of.place.session.board), look)


def _part_field(t: Translate, of: SessionShown, which: Part) -> Field:
    name = of.parts.get(which)
    return Field(
        t.say(PART_NAMES[which]), verbatim(short_words(name, 60)) if name else t("nobody yet")
    )


def _parts(t: Translate, of: SessionShown) -> Select:
    options = tuple(Option(each.value, t.say(PART_NAMES[each])) for each in Part)
    return Select(t("Take a part, or give it up"), PART, options, of.row)


def _protocols(t: Translate, of: SessionShown) -> Select:
    return Select(t("Another protocol from now on"), PROTOCOL, tuple(of.protocol.offered), of.row)
