"""What a member sees of the pulse: the invitation, the options with why, and what was learned from a no."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from plnbot.engine.offers import OnOffer
from plnbot.pulse.model import SHOWN, Because
from plnbot.pulse.packs import Said, answers_to, questions, rules
from plnbot.pulse.store import Answered, Offered
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Style, Text, When, bold, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg

PAGE, RULES = "pulse", "pulse.rules"
ANSWER, CHOOSE, BACK = "pulse.answer", "pulse.choose", "pulse.back"
_TITLE, _SHORT = 140, 60
NOES: Mapping[Because, tuple[str, Sentence]] = {
    Because.TOPIC: ("pulse.not_topic", msg("Not my topic")),
    Because.KIND: ("pulse.not_kind", msg("Not this kind")),
    Because.LONG: ("pulse.too_long", msg("Too long")),
    Because.NOW: ("pulse.not_now", msg("Not now")),
}
"""What a no is called, and the press that says it."""
Choice = tuple[OnOffer, Offered]


def invitation(t: Translate) -> Card:
    """Say what the pulse is, with the way to it."""
    said = t(
        "Two minutes: what you need next, how much time you have and how you like to learn. Then I offer"
        " three things that the network has now, and say why. Only you see it."
    )
    begin = Button(t("Answer now"), ANSWER, look=Look.PRIMARY)
    ways = Actions((begin, PageButton(t("How I choose"), RULES)))
    return Card(t("What do you need next?"), (Paragraph(said), ways))


def options(t: Translate, found: Sequence[Choice]) -> Card:
    """Show the first options, each with why, and the ways to say no to it."""
    if not found:
        return Card(t("Nothing for you just now"), (Paragraph(nothing(t)), Actions(_ways(t))))
    blocks: list[Block] = []
    for thing, one in found[:SHOWN]:
        lines = [bold(short_words(one.title, _TITLE)), facts(t, thing), why(t, one)]
        blocks += [Paragraph(joined(lines, "\n")), Actions((_leads(t, one), *_noes(t, one)))]
    blocks.append(Actions(_ways(t)))
    title = t.n("One thing for you", "{n} things for you", min(len(found), SHOWN))
    return Card(title, tuple(blocks))


def option_row(t: Translate, thing: OnOffer, one: Offered) -> Card:
    """Return an option as one of a list; it leads to its own page."""
    said = Paragraph(joined([facts(t, thing), why(t, one)], "\n"))
    title = verbatim(short_words(one.title, _TITLE))
    return Card(title, (said, Actions((_leads(t, one), *_noes(t, one)))))


def facts(t: Translate, thing: OnOffer) -> Text:
    """Return what something is, when it begins and how long it takes."""
    parts = [t.say(thing.called)]
    if thing.at is not None:
        parts.append(Text((When(thing.at, Style.DAY_AND_TIME),)))
    if thing.minutes:
        parts.append(t.n("{n} minute", "{n} minutes", thing.minutes))
    return joined(parts, " · ")


def why(t: Translate, one: Offered) -> Text:
    """Say which rules gave an option, each with its points."""
    known = rules()
    said = [
        t("{why} ({points})", why=known[each].why.said(t.locale), points=known[each].rule.points)
        for each in one.rules
        if each in known
    ]
    return t("Why: {reasons}", reasons=joined(said, "; "))


def nothing(t: Translate) -> Text:
    """Say that nothing is on offer, or nothing more."""
    return t(
        "The network has nothing on offer now that is new to you. Look again when a chat, a prompt or a"
        " pathway has come; what you said no to can be taken back."
    )


def learned(t: Translate, one: Offered) -> Text:
    """Say in words what was learned from a no."""
    title = short_words(one.title, _SHORT)
    match one.because:
        case Because.KIND:
            return t(
                "You said that “{title}” is not your kind: I offer nothing of its kind.",
                title=title,
            )
        case Because.LONG:
            return t(
                "You said that “{title}” is too long: I offer nothing that takes {n} minutes or more.",
                title=title,
                n=one.minutes or 0,
            )
        case Because.NOW:
            return t("You said not now to “{title}”: I leave it out for four weeks.", title=title)
        case _:
            return t(
                "You said that “{title}” is not your topic: I leave out this and what is called alike.",
                title=title,
            )


def told_no(t: Translate, one: Offered) -> Card:
    """Say what was learned just now, with the way to take it back."""
    ways = Actions((Button(t("Take it back"), BACK, str(one.id)), PageButton(t("All of it"), PAGE)))
    return Card(t("Noted"), (Paragraph(learned(t, one)), ways), Tone.GOOD)


def learned_row(t: Translate, one: Offered) -> Card:
    """Return what was learned as one of a list."""
    said = [learned(t, one)]
    if one.said_at is not None:
        said.append(Text((When(one.said_at, Style.DATE),)))
    back = Actions((Button(t("Take it back"), BACK, str(one.id)),))
    title = verbatim(short_words(one.title, _TITLE))
    return Card(title, (Paragraph(joined(said, " · ")), back))


def answered_before(t: Translate, at: datetime) -> Text:
    """Say what becomes of answers to a pulse that was answered already."""
    return t(
        "You answered on {day} already. What you say now counts; what you said then stays on your page.",
        day=When(at, Style.DAY),
    )


def answers(t: Translate, given: Answered) -> Sequence[Text]:
    """Return what somebody answered, question by question."""
    known, found = questions(), []
    for name, chosen in given.answers.items():
        if name not in known:
            continue
        titles = answers_to(known[name])
        said = [titles[each].said(t.locale) for each in chosen if each in titles]
        if said:
            question = verbatim(known[name].title.said(t.locale))
            found.append(joined([question, verbatim(", ".join(said))], " "))
    return found


def rule_row(t: Translate, each: Said) -> tuple[Text, Text, Text]:
    """Return a rule as it is read: what it says, after which answers it is looked at, and its points."""
    known = questions()
    said = [
        answers_to(known[name])[one].said(t.locale)
        for name, wanted in each.rule.answers.items()
        for one in sorted(wanted)
    ]
    after = verbatim(" / ".join(said)) if said else t("always")
    return verbatim(each.why.said(t.locale)), after, t("{n}", n=each.rule.points)


def _leads(t: Translate, one: Offered) -> PageButton:
    page, _, row = one.page.partition("/")
    return PageButton(t("Look closer"), page, row)


def _noes(t: Translate, one: Offered) -> tuple[Button, ...]:
    return tuple(
        Button(t.say(label), action, str(one.id))
        for because, (action, label) in NOES.items()
        if because is not Because.LONG or one.minutes
    )


def _ways(t: Translate) -> tuple[Button | PageButton, ...]:
    again = Button(t("Answer again"), ANSWER)
    return PageButton(t("All of it"), PAGE), again, PageButton(t("How I choose"), RULES)
