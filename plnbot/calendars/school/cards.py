"""What people see of school calendars, but for the page of the year."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from plnbot.calendars.school.actions import Typed
from plnbot.calendars.school.model import (
    Calendar,
    Day,
    Entry,
    Kind,
    Reach,
    Reading,
    Source,
    Trouble,
    Whose,
)
from plnbot.calendars.school.typed import Unread, Why
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.fallback import short_words
from plnbot.talk.plain import days_words, time_words
from plnbot.talk.text import Text, bold, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg

ADD, TAKE, REMOVE, BACK, UNDO = (
    "school.add",
    "school.take",
    "school.remove",
    "school.back",
    "school.undo",
)
READ_NOW = "school.read_now"
YEAR, CALENDAR, CALENDARS = "school-year", "school-calendar", "school-calendars"
_MOST_LINES = 12
_MOST_SELECTS = 3
_MOST_UNREAD = 5

KINDS: Mapping[Kind, Sentence] = {
    Kind.BREAK: msg("break"),
    Kind.CLOSED: msg("closed"),
    Kind.PD: msg("PD day"),
    Kind.HALF: msg("half day"),
    Kind.TESTING: msg("testing"),
    Kind.TERM: msg("term"),
    Kind.BEGINS: msg("first day of school"),
    Kind.ENDS: msg("last day of school"),
    Kind.SCHOOL: msg("school day after all"),
    Kind.NOTHING: msg("nothing: it changes no school day"),
}
_WHY: Mapping[Why, Sentence] = {
    Why.NO_DAY: msg("I find no day in it"),
    Why.NO_SUCH_DAY: msg("there is no such day"),
    Why.BACKWARDS: msg("it ends before it begins"),
    Why.TOO_LONG: msg("that is too long"),
}
TROUBLE: Mapping[Trouble, Sentence] = {
    Trouble.AWAY: msg("The address does not answer."),
    Trouble.NOT_THERE: msg("There is nothing at the address (any more)."),
    Trouble.NOT_ALLOWED: msg("I may not read that address: it leads to no public web server."),
    Trouble.SIGN_IN: msg(
        "The address asks for a sign-in. The calendar must be public, or have a secret address."
    ),
    Trouble.EMPTY: msg("There is nothing in it."),
    Trouble.WEB_PAGE: msg(
        "It is a web page, not a calendar. Look on that page for “iCal”, “ICS” or “Subscribe”, and copy that address."
    ),
    Trouble.NO_CALENDAR: msg("It is no calendar: its file does not begin with BEGIN:VCALENDAR."),
    Trouble.NO_EVENTS: msg("It is a calendar without a single event."),
    Trouble.TOO_LARGE: msg("It is larger than 8 MB."),
    Trouble.TOO_MUCH: msg("It holds more than I can read within my limits."),
}
_SOURCES: Mapping[Source, Sentence] = {
    Source.TYPED: msg("typed"),
    Source.FILE: msg("from a file"),
    Source.ADDRESS: msg("from an address, read daily"),
}


def called(t: Translate, whose: Whose, network: str) -> Text:
    """Return whom something is for."""
    if whose.reach is Reach.NETWORK:
        return t("all of {network}", network=network)
    return verbatim(short_words(whose.name, 80))


def short(words: Text) -> Text:
    """Return words that fit on a button."""
    return verbatim(short_words(words.bare(), 60))


def title_of(t: Translate, calendar: Calendar, whose: Whose, network: str) -> Text:
    """Return what a calendar is called: its own name, or what it is."""
    if calendar.name:
        return verbatim(short_words(calendar.name, 100))
    for_whom = called(t, whose, network)
    if calendar.source is Source.TYPED:
        return t("Days typed for {whose}", whose=for_whom)
    return t("Calendar for {whose}", whose=for_whom)


def source_of(t: Translate, calendar: Calendar) -> Text:
    """Return where a calendar comes from."""
    return t.say(_SOURCES[calendar.source])


def line(t: Translate, entry: Entry) -> Text:
    """Return an entry in a line: when, what, and as what it is taken."""
    when = bold(days_words(entry.first, entry.last, t.locale))
    return when + verbatim(": ") + label(t, entry)


def label(t: Translate, entry: Entry) -> Text:
    """Return what an entry is: its title, and its kind where the title may not say it."""
    kind = t.say(KINDS[entry.kind])
    title = verbatim(short_words(entry.title, 100)) if entry.title else kind
    said = title if speaks_for_itself(t, entry) else t("{title} ({kind})", title=title, kind=kind)
    if len(title.bare()) < len(kind.bare()) and title.bare().casefold() in kind.bare().casefold():
        said = kind
    if not entry.until:
        return said
    return t("{day}, until {time}", day=said, time=time_words(_clock(entry.until), t.locale))


def speaks_for_itself(t: Translate, entry: Entry) -> bool:
    """Return whether a title says by itself of what kind it is."""
    kind = t.say(KINDS[entry.kind]).bare().casefold()
    return not entry.title or kind in entry.title.casefold() or entry.title.casefold() in kind


def added(t: Translate, done: Typed, whose: Whose, network: str) -> Card:
    """Read back what was typed, each line, and offer the way back."""
    blocks: list[Block] = []
    if done.new:
        for_whom = called(t, whose, network)
        said = t.n(
            "{n} entry for {whose}:", "{n} entries for {whose}:", len(done.new), whose=for_whom
        )
        lines = [line(t, each.entry) for each in done.new[:_MOST_LINES]]
        blocks += [Paragraph(said), Paragraph(joined(lines, "\n"))]
        if (more := len(done.new) - _MOST_LINES) > 0:
            blocks.append(Paragraph(t.n("and {n} more", "and {n} more", more)))
    if done.there:
        blocks.append(
            Paragraph(t.n("{n} stood there already.", "{n} stood there already.", done.there))
        )
    blocks += unread(t, done.unread)
    if done.new:
        guessed = [each for each in done.new if not speaks_for_itself(t, each.entry)]
        if guessed:
            asked = t("Is something taken wrongly? Choose what it is:")
            blocks.append(Paragraph(asked, quiet=True))
        blocks += [Actions((select(t, each),)) for each in guessed[:_MOST_SELECTS]]
        numbers = [each.id for each in done.new]
        days = f"{done.calendar.id}.{min(numbers)}-{max(numbers)}"
        blocks.append(
            Actions((Button(t("Undo"), UNDO, days), PageButton(t("School year"), YEAR, whose.row)))
        )
    title = t("On the calendar") if done.new or done.there else t("I did not understand that")
    tone = Tone.CAUTION if done.unread else Tone.GOOD
    return Card(title, tuple(blocks), tone)


def not_understood(t: Translate, lines: Sequence[Unread]) -> Text:
    """Say of lines none of which was understood why, below the field in which they stand."""
    said = [t("“{line}”: {why}", line=each.line, why=t.say(_WHY[each.why])) for each in lines[:2]]
    example = t("Write each like: spring break 15–19 March. Or: PD day 6 Nov.")
    return joined([*said, example], " · ")


def unread(t: Translate, lines: Sequence[Unread]) -> list[Block]:
    """Name the lines that were not understood, and why, with what would do."""
    if not lines:
        return []
    said = [
        t("“{line}”: {why}", line=each.line, why=t.say(_WHY[each.why]))
        for each in lines[:_MOST_UNREAD]
    ]
    if (more := len(lines) - _MOST_UNREAD) > 0:
        said.append(t.n("and {n} more", "and {n} more", more))
    told = t.n("Not understood, and left out:", "Not understood, and left out:", len(lines))
    example = t("Write each like: spring break 15–19 March. Or: PD day 6 Nov.")
    return [Paragraph(joined([told, *said], "\n")), Paragraph(example, quiet=True)]


def select(t: Translate, of: Day, *, named: bool = True) -> Select:
    """Return the choice of what all of a title is taken as, `named` where the title is not beside it."""
    options = tuple(Option(kind.value, t.say(said)) for kind, said in KINDS.items())
    kind = short_words(t.say(KINDS[of.entry.kind]).bare(), 34)
    said = t("Taken as: {kind}", kind=kind)
    if named and of.entry.title:
        said = t("{title}: {kind}", title=short_words(of.entry.title, 34), kind=kind)
    return Select(said, TAKE, options, str(of.id))


def taken(t: Translate, of: Day, kind: Kind, many: int) -> Card:
    """Say as what something is taken from now on."""
    title = short_words(of.entry.title or t.say(KINDS[kind]).bare(), 80)
    said = t.n(
        "“{title}” is taken as: {kind}.",
        "“{title}” is taken as: {kind}. That goes for all {n} of that name.",
        many,
        title=title,
        kind=t.say(KINDS[kind]),
    )
    after = Day(of.id, of.calendar, Entry(of.entry.first, of.entry.last, kind, of.entry.title))
    return Card(t("Changed"), (Paragraph(said), Actions((select(t, after),))), Tone.GOOD)


def being_read(t: Translate, calendar: Calendar, whose: Whose, network: str) -> Card:
    """Say that a calendar is being read, and where it will be seen."""
    said = t(
        "I am reading the calendar for {whose}. What I take each day as stands on its page in a moment.",
        whose=called(t, whose, network),
    )
    return Card(t("One moment"), (Paragraph(said), Actions((_leads(t, calendar),))))


def was_read(
    t: Translate, calendar: Calendar, whose: Whose, network: str, days: Sequence[Day]
) -> Card:
    """Tell who added a calendar what it was read as."""
    counted = [each for each in days if each.entry.kind is not Kind.NOTHING]
    many, for_whom = len(counted), called(t, whose, network)
    said = t.n(
        "{n} entry counts for {whose}.", "{n} entries count for {whose}.", many, whose=for_whom
    )
    blocks: list[Block] = [Paragraph(said)]
    if counted:
        blocks.append(Paragraph(joined([line(t, each.entry) for each in counted[:6]], "\n")))
    if nothing := len(days) - len(counted):
        blocks.append(
            Paragraph(
                t.n(
                    "{n} other changes no school day.", "{n} others change no school day.", nothing
                ),
                quiet=True,
            )
        )
    blocks.append(Actions((_leads(t, calendar), PageButton(t("School year"), YEAR, whose.row))))
    return Card(t("The calendar is read"), tuple(blocks), Tone.GOOD)


def failing(t: Translate, calendar: Calendar, reading: Reading, whose: Whose, network: str) -> Card:
    """Tell who keeps a calendar that it cannot be read, and what goes on meanwhile."""
    blocks: list[Block] = [
        Paragraph(t("“{name}” cannot be read.", name=title_of(t, calendar, whose, network)))
    ]
    if reading.trouble is not None:
        blocks.append(Paragraph(t.say(TROUBLE[reading.trouble])))
    if reading.read_at is not None:
        blocks.append(
            Paragraph(
                t(
                    "What it said last goes on counting, and I look again every day. I tell you of it this once."
                )
            )
        )
    elif calendar.source is Source.ADDRESS:
        blocks.append(Paragraph(t("I look again every day. I tell you of it this once.")))
    blocks.append(Actions((_leads(t, calendar),)))
    return Card(t("A school calendar cannot be read"), tuple(blocks), Tone.CAUTION)


def runs_out(t: Translate, calendar: Calendar, last: date, whose: Whose, network: str) -> Card:
    """Warn who keeps a calendar that it ends soon."""
    said = t(
        "The last day on “{name}” is {day}. After that every weekday counts as a school day, until somebody adds the next year.",
        name=title_of(t, calendar, whose, network),
        day=days_words(last, last, t.locale),
    )
    buttons = Actions((Button(t("Add days"), ADD, whose.row, Look.PRIMARY), _leads(t, calendar)))
    return Card(t("A school calendar runs out"), (Paragraph(said), buttons), Tone.CAUTION)


def removed(t: Translate, calendar: Calendar, whose: Whose, network: str) -> Card:
    """Say that a calendar is gone, and offer the way back."""
    said = t(
        "“{name}” counts no more. You can bring it back for 30 days.",
        name=title_of(t, calendar, whose, network),
    )
    undo = Actions((Button(t("Bring it back"), BACK, str(calendar.id)),))
    return Card(t("Removed"), (Paragraph(said), undo), Tone.GOOD)


def brought_back(t: Translate, calendar: Calendar, whose: Whose, network: str) -> Card:
    """Say that it counts again."""
    said = t("“{name}” counts again.", name=title_of(t, calendar, whose, network))
    return Card(t("It is back"), (Paragraph(said), Actions((_leads(t, calendar),))), Tone.GOOD)


def undone(t: Translate, many: int) -> Card:
    """Say that what was typed is gone again."""
    said = t.n("{n} entry is gone again.", "{n} entries are gone again.", many)
    return Card(t("Taken back"), (Paragraph(said),), Tone.GOOD)


def coming(
    t: Translate, whose: Whose, network: str, entries: Sequence[Entry], *, keeps: bool
) -> Card:
    """Show what a member's school calendars say of the weeks to come."""
    blocks: list[Block] = []
    if entries:
        blocks.append(Paragraph(joined([line(t, each) for each in entries[:8]], "\n")))
    else:
        blocks.append(
            Paragraph(
                t(
                    "No school calendar says anything of the weeks to come, so every weekday counts as a school day."
                )
            )
        )
    buttons: list[Button | PageButton] = [PageButton(t("School year"), YEAR, whose.row)]
    if keeps:
        buttons += [
            Button(t("Add days"), ADD, whose.row),
            PageButton(t("All calendars"), CALENDARS),
        ]
    blocks.append(Actions(tuple(buttons)))
    title = t("School calendar: {whose}", whose=called(t, whose, network))
    return Card(title, tuple(blocks))


def _leads(t: Translate, calendar: Calendar) -> PageButton:
    return PageButton(t("See the calendar"), CALENDAR, str(calendar.id))


def _clock(said: str) -> time:
    return time.fromisoformat(said)
