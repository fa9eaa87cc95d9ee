"""What members see of notices: the week, how each kind comes, the day's message, and their leave."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from plnbot.engine.notices import AtHome, Foreseen, How, InDay, NoticeKind, Send
from plnbot.quiet import Leave
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    LinkButton,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.fallback import shortened
from plnbot.talk.text import EMPTY, Bold, Style, Text, When, joined
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

MOST = 12
"""Lines of the week on a card; the page has all."""
MOST_ITEMS = 4
"""What waited, with a button each, in a message of the day: as many as every platform shows."""
HOW: dict[How, Sentence] = {
    How.AT_ONCE: msg("At once"),
    How.IN_DAY: msg("In the message of the day"),
    How.NEVER: msg("Never"),
}


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that will be said: when and how, what about, as a line."""

    foreseen: Foreseen
    about: Text


@dataclass(frozen=True, slots=True)
class Settings:
    """What a member set: their leave, whether they may be written to, and whether that is asked."""

    leave: Leave | None
    direct: bool
    asks_first: bool


def week(
    t: Translate, coming: Sequence[Coming], kinds: Sequence[NoticeKind], settings: Settings
) -> Card:
    """Show what comes in the next seven days, and lead to what can be changed."""
    lines = [*week_lines(t, coming[:MOST])]
    if len(coming) > MOST:
        lines.append(t("And {n} more, on the page.", n=len(coming) - MOST))
    blocks: list[Block] = [*leave_blocks(t, settings.leave)]
    blocks += [Paragraph(line) for line in lines] or [Paragraph(nothing(t))]
    blocks.append(kind_select(t, kinds))
    buttons = [PageButton(t("All on one page"), "notices"), *setting_buttons(t, settings)]
    blocks.append(Actions(tuple(buttons)))
    return Card(t("What I will send you this week"), tuple(blocks))


def nothing(t: Translate) -> Text:
    """Say that nothing is to come."""
    return t("Nothing is planned for the next seven days.")


def week_lines(t: Translate, coming: Sequence[Coming]) -> Iterator[Text]:
    """Yield a line for each thing that comes."""
    for each in coming:
        match each.foreseen.decision:
            case Send(at=at):
                yield joined([Text((When(at),)), each.about], " · ")
            case InDay(at=at):
                when = t("{when}, in the message of the day", when=When(at))
                yield joined([when, each.about], " · ")
            case AtHome():
                yield joined([t("Waiting at home"), each.about], " · ")
            case _:
                continue


def kind_select(t: Translate, kinds: Sequence[NoticeKind]) -> Actions:
    """Let a member choose a kind whose coming they want to change."""
    options = tuple(Option(each.name, t.say(each.title)) for each in kinds[: limits.OPTIONS])
    return Actions((Select(t("Change how something comes"), "members.notice", options),))


def setting_buttons(t: Translate, settings: Settings) -> list[Button | PageButton]:
    """Return the buttons for leave, and for being written to where that is asked."""
    buttons: list[Button | PageButton] = []
    if settings.leave is None:
        buttons.append(Button(t("I will be on leave"), "members.leave"))
    if settings.asks_first and not settings.direct:
        buttons.append(Button(t("Write to me directly"), "members.direct", look=Look.PRIMARY))
    elif settings.asks_first:
        buttons.append(Button(t("Do not write to me directly"), "members.not_direct"))
    return buttons


def kind(t: Translate, one: NoticeKind, how: How) -> Card:
    """Show one kind: what it is for, how it comes, and how it could."""
    offered = [each for each in How if one.may_be_muted or each is not How.NEVER]
    options = tuple(
        Option(f"{one.name}:{each.value}", t.say(HOW[each])) for each in offered if each is not how
    )
    blocks: list[Block] = [
        Paragraph(t.say(one.about)),
        Paragraph(t("They come: {how}", how=_bold(t.say(HOW[how])))),
        Actions((Select(t("Let them come otherwise"), "members.notice_how", options),)),
    ]
    if not one.may_be_muted:
        blocks.append(Paragraph(t("These cannot be switched off."), quiet=True))
    return Card(t.say(one.title), tuple(blocks))


def day(t: Translate, items: Sequence[Card], *, away: bool) -> Card:
    """Show what waited, in one message: the most urgent with their buttons, the rest by number."""
    title = t("While you were away") if away else t("Your message of the day")
    blocks = list(item_blocks(items[:MOST_ITEMS]))
    if len(items) > MOST_ITEMS:
        blocks.append(Paragraph(t("And {n} more, on the page.", n=len(items) - MOST_ITEMS)))
    blocks.append(Actions((PageButton(t("What I will send you"), "notices"),)))
    return Card(title, tuple(blocks))


def at_home(t: Translate, items: Sequence[Card]) -> Card:
    """Show what waits at home because nobody may or could be written to."""
    blocks = list(item_blocks(items[:MOST_ITEMS]))
    if len(items) > MOST_ITEMS:
        blocks.append(Paragraph(t("And {n} more, on the page.", n=len(items) - MOST_ITEMS)))
    blocks.append(Actions((Button(t("I have seen these"), "members.notices_seen"),)))
    return Card(t("Waiting for you"), tuple(blocks), Tone.CAUTION)


def item_blocks(items: Sequence[Card]) -> Iterator[Block]:
    """Yield each thing as a line in bold, a line of words and its first button."""
    pressed: set[tuple[str, str]] = set()
    for each in items:
        yield Paragraph(shortened(_bold(about(each)), 200))
        words = next((block.text for block in each.blocks if isinstance(block, Paragraph)), EMPTY)
        if words.bare():
            yield Paragraph(shortened(words, 300))
        button = _first_button(each)
        if button is None or _press_of(button) in pressed:
            continue
        pressed.add(_press_of(button))
        yield Actions((button,))


def about(card: Card) -> Text:
    """Return a card's title with what it belongs to, as one line."""
    return joined([each for each in (card.title, card.label) if each.bare()], " · ")


def leave_blocks(t: Translate, leave: Leave | None) -> Iterator[Block]:
    """Say that somebody is on leave, or will be, and let them come back."""
    if leave is None:
        return
    begins, ends = When(leave.begins, Style.DAY), When(leave.ends, Style.DAY)
    yield Paragraph(
        t("You are on leave from {begins}, and back on {ends}.", begins=begins, ends=ends)
    )
    yield Actions(
        (
            Button(t("I am back"), "members.back", look=Look.PRIMARY),
            Button(t("Change my leave"), "members.leave"),
        )
    )


def on_leave(t: Translate, leave: Leave, now: datetime) -> Card:
    """Say what being on leave means."""
    words = t(
        "Until then I ask you nothing and match you with nobody, and nobody counts you as missing."
        " What waited comes in one message when you are back."
    )
    blocks = (*leave_blocks(t, leave), Paragraph(words))
    title = t("You are on leave") if leave.covers(now) else t("Your leave is planned")
    return Card(title, blocks, Tone.GOOD)


def back(t: Translate) -> Card:
    """Greet somebody who is back."""
    words = t("I write to you again. What waited comes with your next message of the day.")
    return Card(t("Welcome back"), (Paragraph(words),), Tone.GOOD)


def _bold(text: Text) -> Text:
    return Text((Bold(text.bare()),))


def _first_button(card: Card) -> Button | LinkButton | PageButton | None:
    rows = (block for block in card.blocks if isinstance(block, Actions))
    items = (item for row in rows for item in row.items)
    return next((item for item in items if not isinstance(item, Select)), None)


def _press_of(button: Button | LinkButton | PageButton) -> tuple[str, str]:
    match button:
        case Button(action=action, row=row):
            return action, row
        case LinkButton(url=url):
            return "", url
        case PageButton(page=page, row=row):
            return f"page {page}", row
