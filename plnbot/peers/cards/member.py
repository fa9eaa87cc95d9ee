"""What members see of programmes: joining, their state, pauses, who is left over, reports, proposals."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.peers.model import TWO, Aim, Membership, Named, Programme, Side
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
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Style, Text, When, verbatim
from plnbot.talk.words import Sentence, Translate, msg

JOIN, GUIDE, LEAVE, PAUSE, SKIP = (
    "peers.join",
    "peers.guide",
    "peers.leave",
    "peers.pause",
    "peers.skip",
)
GO_ON, WISHES, NAME_IT, NAME_NOT = "peers.go_on", "peers.wishes", "peers.name_it", "peers.name_not"
REPORT, AVOID, UNAVOID = "peers.report", "peers.avoid", "peers.unavoid"
YES, NO, ANSWER, PAGE = "peers.yes", "peers.no", "peers.answer_report", "peers"
AIMS: dict[Aim, Sentence] = {
    Aim.PEERS: msg("peers"),
    Aim.MENTORING: msg("mentors and mentees"),
    Aim.COACHING: msg("coaches and teachers"),
}
GUIDES: dict[Aim, Sentence] = {
    Aim.PEERS: msg("I take part"),
    Aim.MENTORING: msg("I would mentor others"),
    Aim.COACHING: msg("I would coach others"),
}
_ACROSS: dict[Aim, Sentence] = {
    Aim.PEERS: msg("I introduce you to colleagues of your subject from other districts."),
    Aim.MENTORING: msg("Who would like a mentor is introduced to one from another district."),
    Aim.COACHING: msg("Who would like a coach is introduced to one from another district."),
}
_ANYWHERE: dict[Aim, Sentence] = {
    Aim.PEERS: msg("I introduce you to colleagues of your subject."),
    Aim.MENTORING: msg("Who would like a mentor is introduced to one."),
    Aim.COACHING: msg("Who would like a coach is introduced to one."),
}
NONE_YET = msg("There is no programme here yet. An organiser opens one with `/pln peers new`.")
_NO_SUBJECT = msg(
    "I know no subject of yours yet, so you may meet a teacher of any. “What matters to me” asks for it."
)
_TWOS, _THREES = msg("You meet in twos."), msg("You meet in threes.")
_GUIDED: dict[Aim, Sentence] = {
    Aim.PEERS: msg("I take part"),
    Aim.MENTORING: msg("I would like a mentor"),
    Aim.COACHING: msg("I would like a coach"),
}
_WHY: dict[str, Sentence] = {
    "ALONE": msg("Nobody else takes part this time. More people help: tell a colleague of it."),
    "RULES": msg(
        "Nobody was left whom the programme's rules let you meet. More people would help."
    ),
}


def joins(t: Translate, of: Programme) -> Actions:
    """Return the buttons with which one joins."""
    row, buttons = str(of.id), [Button(t.say(_GUIDED[of.aim]), JOIN, str(of.id), Look.PRIMARY)]
    if of.aim.guided:
        buttons.append(Button(t.say(GUIDES[of.aim]), GUIDE, row))
    return Actions(tuple(buttons))


def offered(t: Translate, of: Programme, rhythm: Text, many: int, *, over: bool) -> Card:
    """Return a programme as a room is shown it."""
    if over:
        return Card(verbatim(of.name), (Paragraph(t("This programme is over.")),))
    freely = t("Nobody is in it unasked; you may pause, skip or leave at any time.")
    how = _whom(t, of) + verbatim(" ") + freely
    matched = t(
        "We match for the highest participation: first that nobody is left out, then who fits best."
    )
    fields = Fields(
        (
            Field(t("Rounds"), rhythm),
            Field(t("Taking part"), t.n("{n} member", "{n} members", many)),
        )
    )
    blocks: tuple[Block, ...] = (
        Paragraph(how),
        fields,
        joins(t, of),
        Paragraph(matched, quiet=True),
    )
    return Card(verbatim(of.name), blocks, Tone.QUESTION)


def _whom(t: Translate, of: Programme) -> Text:
    whom = t.say(_ACROSS[of.aim] if of.other_district else _ANYWHERE[of.aim])
    if of.aim.guided:
        return whom
    return whom + verbatim(" ") + t.say(_THREES if of.size > TWO else _TWOS)


def joined(t: Translate, of: Programme, one: Membership, *, soon: bool, subject: str) -> Card:
    """Return that somebody takes part, what comes, and what they may set."""
    when = _when(t, of, soon=soon)
    blocks: list[Block] = [Paragraph(when)]
    if one.named is Named.UNASKED:
        blocks += _asks(t, one, subject)
    rows = Actions(
        (
            Button(t("What matters to me"), WISHES, str(one.id), Look.PRIMARY),
            PageButton(t("My introductions"), PAGE),
            Button(t("Leave"), LEAVE, str(one.id)),
        )
    )
    if not subject:
        blocks.append(Paragraph(t.say(_NO_SUBJECT)))
    note = t(
        "I take subject, grade and district from your profile. Your district is not shown to others."
    )
    blocks += [rows, Paragraph(note, quiet=True)]
    return Card(t("You take part: {name}", name=of.name), tuple(blocks), Tone.GOOD)


def _when(t: Translate, of: Programme, *, soon: bool) -> Text:
    if soon:
        return t("A round goes on: you are introduced within a day, if there is anybody for you.")
    if of.next_at is not None:
        return t("The next round begins {when}.", when=When(of.next_at))
    return t("An organiser opens the next round.")


def to_join(t: Translate, these: Sequence[Programme]) -> tuple[Card, ...]:
    """Return these programmes, each with its buttons; where there is none, who can open one."""
    none = Card(t("Introductions"), (Paragraph(t.say(NONE_YET)),))
    return tuple(
        Card(verbatim(of.name), (Paragraph(_whom(t, of)), joins(t, of))) for of in these
    ) or (none,)


def wished(t: Translate, one: Membership, subject: str) -> Card:
    """Return that it is noted what matters to somebody; where that is new, whether it may be named."""
    said = Paragraph(t("The next introduction keeps to it."))
    asks = _asks(t, one, subject) if one.named is Named.UNASKED else []
    return Card(t("Noted"), (said, *asks), Tone.GOOD)


def _asks(t: Translate, one: Membership, subject: str) -> list[Block]:
    asked = t(
        "Few here teach {subject}, so who is told that you do may guess your district, which you keep"
        " to yourself. May an introduction name your subject? Until you say so, it names your field alone.",
        subject=subject,
    )
    return [Paragraph(asked), _names_it(t, one)]


def _names_it(t: Translate, one: Membership) -> Actions:
    row = str(one.id)
    return Actions(
        (
            Button(t("Yes, name it"), NAME_IT, row),
            Button(t("No, my field alone"), NAME_NOT, row),
        )
    )


def state(t: Translate, one: Membership, now: datetime) -> Text:
    """Return how somebody stands in a programme."""
    if one.paused(now) and one.paused_until is not None:
        return t("Paused until {day}", day=When(one.paused_until, Style.DATE))
    if one.skips:
        return t("Skips the next round")
    if one.side is Side.GUIDE:
        return t.n("Takes part, with room for {n}", "Takes part, with room for {n}", one.room)
    return t("Takes part")


def may_name(t: Translate, one: Membership, subject: str) -> Card:
    """Ask somebody whether their subject may be named: for the first time, or because they show their district."""
    if one.named is Named.NO:
        said = t(
            "You show your district to everybody by now. Introductions still name your field alone, as you"
            " wished. May they name {subject}?",
            subject=subject,
        )
        asks: list[Block] = [Paragraph(said), _names_it(t, one)]
    else:
        asks = _asks(t, one, subject)
    return Card(t("May your subject be named?"), tuple(asks), Tone.QUESTION)


def mine(t: Translate, of: Programme, one: Membership, now: datetime, *, subject: str) -> Card:
    """Return how somebody stands in a programme, and what they may do."""
    row = str(one.id)
    buttons = [Button(t("What matters to me"), WISHES, row)]
    if one.paused(now) or one.skips:
        buttons.append(Button(t("Go on"), GO_ON, row))
    else:
        buttons += [Button(t("Pause"), PAUSE, row), Button(t("Skip a round"), SKIP, row)]
    buttons.append(Button(t("Leave"), LEAVE, row))
    fields = [Field(t("You"), state(t, one, now))]
    if of.next_at is not None:
        fields.append(Field(t("Next round"), Text((When(of.next_at),))))
    asks = _asks(t, one, subject) if one.named is Named.UNASKED else []
    if not subject:
        asks.append(Paragraph(t.say(_NO_SUBJECT)))
    return Card(verbatim(of.name), (Fields(tuple(fields)), *asks, Actions(tuple(buttons))))


def paused(t: Translate, until: datetime, row: str = "") -> Card:
    """Return that somebody pauses."""
    said = t(
        "You are not introduced until {day}. Then it goes on by itself.",
        day=When(until, Style.DATE),
    )
    ways = (Actions((Button(t("Go on now"), GO_ON, row),)),) if row else ()
    return Card(t("Paused"), (Paragraph(said), *ways), Tone.GOOD)


def kindly(t: Translate, until: datetime, row: str) -> Card:
    """Tell somebody that they pause, because they did not answer three times."""
    said = t(
        "Three introductions came in a busy time, it seems. So that nobody waits for you, you pause until"
        " {day}; nothing is held against you.",
        day=When(until, Style.DATE),
    )
    return Card(
        t("A pause for you"), (Paragraph(said), Actions((Button(t("Go on now"), GO_ON, row),)))
    )


def done(title: Text, words: Text) -> Card:
    """Return that something was done."""
    return Card(title, (Paragraph(words),), Tone.GOOD)


def left_over(t: Translate, of: Programme, why: str) -> Card:
    """Tell somebody why they meet nobody this time."""
    said = t.say(_WHY.get(why, _WHY["RULES"]))
    then = t("You come first in the next round, and at once if somebody joins before.")
    return Card(t("Nobody this time: {name}", name=of.name), (Paragraph(said), Paragraph(then)))


def reported(t: Translate, who_about: tuple[str, str], words: str, row: str) -> Card:
    """Show an organiser a quiet report: from whom and about whom, who may be nobody."""
    who, about = who_about
    fields = [Field(t("From"), verbatim(short_words(who, 80)))]
    if about:
        fields.append(Field(t("About"), verbatim(short_words(about, 80))))
    note = t("Only those who look after programmes see this. Who reported reads your answer.")
    blocks = (
        Fields(tuple(fields)),
        Paragraph(verbatim(words)),
        Actions((Button(t("Answer"), ANSWER, row, Look.PRIMARY),)),
        Paragraph(note, quiet=True),
    )
    return Card(t("A quiet report"), blocks, Tone.CAUTION)


def answered(t: Translate, who: str, words: str) -> Card:
    """Show somebody what was answered to their report."""
    return Card(t("{name} answers your report", name=who), (Paragraph(verbatim(words)),))


def proposed(t: Translate, names: tuple[str, str], note: str, row: str) -> Card:
    """Ask one of two whether they want to be introduced: whose idea it is, and to whom."""
    by, other = names
    said = t("{name} thinks that you and {other} should meet.", name=by, other=other)
    blocks: list[Block] = [Paragraph(said)]
    if note:
        blocks.append(Paragraph(verbatim(note)))
    blocks.append(
        Actions(
            (Button(t("Yes, please"), YES, row, Look.PRIMARY), Button(t("No, thanks"), NO, row))
        )
    )
    blocks.append(
        Paragraph(t("You are introduced if both say yes. Nobody hears of a no."), quiet=True)
    )
    return Card(t("Shall I introduce you?"), tuple(blocks), Tone.QUESTION)
