"""A season planned at once: its preview, what its hosts are told, and how its coach goes on."""

from collections.abc import Sequence

from plnbot.chats.cards.words import title_of
from plnbot.chats.model import ChatState
from plnbot.chats.store import Chat
from plnbot.talk import limits
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
from plnbot.talk.lists import names
from plnbot.talk.plain import day_words
from plnbot.talk.text import EMPTY, Text, When, bold, joined, verbatim
from plnbot.talk.words import Translate
from plnbot.values import dataclass
from plnbot.walltime import local

_ROOM_FOR_LINES = limits.TEXT_BLOCK - 100
_MOST_BUTTONS, _MOST_LINES = 3, 20
_THEME = 70


@dataclass(frozen=True, slots=True)
class Line:
    """One chat of a season as its coach reads it: its time, theme, hosts, and when it runs again."""

    when: When
    theme: str
    hosts: Sequence[str]
    hashtag: str = ""
    again: When | None = None


def preview(t: Translate, row: str, lines: Sequence[Line]) -> Card:
    """Show a coach what came of their document: every chat, what was left out, and how to go on."""
    shown = _fitting(t, lines)
    blocks: list[Block] = [Paragraph(joined(shown, "\n"))]
    more = len(lines) - len(shown)
    if more:
        said = t.n("… and {n} more.", "… and {n} more.", more)
        blocks.append(Paragraph(said))
    kept = t("Nothing is announced yet. Planned, each stands as a draft, and its hosts are told.")
    blocks.append(Paragraph(kept, quiet=True))
    plan = t.n("Plan {n} chat", "Plan {n} chats", len(lines))
    buttons = (
        Button(plan, "season.plan", row, Look.PRIMARY),
        Button(t("Change"), "season.change", row),
        Button(t("Throw away"), "season.drop", row, Look.DANGER),
    )
    blocks.append(Actions(buttons))
    title = t.n("A season of {n} chat", "A season of {n} chats", len(lines))
    return Card(title, tuple(blocks), Tone.PLAIN, t("Not planned yet"))


def _fitting(t: Translate, lines: Sequence[Line]) -> list[Text]:
    """Return as many lines as a card has room for."""
    shown: list[Text] = []
    room = _ROOM_FOR_LINES
    for each in lines:
        said = _line(t, each)
        room -= len(said.bare()) + 30
        if room < 0:
            break
        shown.append(said)
    return shown


def _line(t: Translate, one: Line) -> Text:
    hosts = [short_words(each, 40) for each in one.hosts]
    parts = [
        Text((one.when,)),
        bold(short_words(one.theme, _THEME)) if one.theme else t("theme by vote"),
        t("hosted by {names}", names=names(t, hosts)) if hosts else EMPTY,
        verbatim(f"#{one.hashtag}") if one.hashtag else EMPTY,
        t("again {when}", when=one.again) if one.again is not None else EMPTY,
    ]
    return joined(filter(None, parts), " · ")


def planned(t: Translate, row: str, many: int, hosts: Sequence[str]) -> Card:
    """Tell a coach that their season stands, and how to take it back."""
    said = t.n("{n} chat stands as a draft.", "{n} chats stand as drafts.", many)
    told = t("Told: {names}.", names=names(t, hosts)) if hosts else EMPTY
    later = t("Who has no questions two days before is reminded, and a day before I tell you.")
    ways = Actions(
        (
            PageButton(t("The season"), "chat_season", row),
            Button(t("Take it all back"), "season.take_back", row, Look.DANGER),
        )
    )
    blocks = (
        Paragraph(joined(filter(None, (said, told)), " ")),
        Paragraph(later, quiet=True),
        ways,
    )
    return Card(t("The season is planned"), blocks, Tone.GOOD)


def taken_back(t: Translate, staying: int) -> Card:
    """Tell a coach that a season is taken back, and what stays of it."""
    said = t("The drafts without questions are thrown away. You find them under Chats for a while.")
    if staying:
        stay = t.n(
            "{n} chat with questions stays as it is; you can call it off by itself.",
            "{n} chats with questions stay as they are; you can call them off one by one.",
            staying,
        )
        said = joined((said, stay), " ")
    return Card(t("Taken back"), (Paragraph(said),), Tone.CAUTION)


def hosting(t: Translate, by: str, chats: Sequence[Chat]) -> Card:
    """Tell a member which chats of a season are theirs to host, and what is asked of them."""
    if not chats:
        return Card(t("You host no chat of this season any more."))
    said = t.n(
        "{name} asks you to host {n} chat:",
        "{name} asks you to host {n} chats:",
        len(chats),
        name=by,
    )
    lines = [
        joined((Text((When(each.starts_at),)), bold(short_words(each.title, _THEME))), " · ")
        for each in chats
    ]
    asked = t("Write the questions of each and publish it; two days before I remind you.")
    rows = [_steps(t, each) for each in chats[:_MOST_BUTTONS]]
    if more := len(lines[_MOST_LINES:]):
        lines[_MOST_LINES:] = [t.n("… and {n} more.", "… and {n} more.", more)]
    blocks: tuple[Block, ...] = (
        Paragraph(said),
        Paragraph(joined(lines, "\n")),
        Paragraph(asked, quiet=True),
        *rows,
    )
    return Card(t("You are a host"), blocks, Tone.QUESTION)


def _steps(t: Translate, chat: Chat) -> Actions:
    row = str(chat.id)
    day = day_words(local(chat.starts_at, chat.zone).date(), t.locale)
    return Actions(
        (
            Button(t("Write questions for {day}", day=day), "chat.change", row, Look.PRIMARY),
            Button(t("I cannot on {day}", day=day), "season.no", row),
        )
    )


def silent(t: Translate, chat: Chat, hosts: Sequence[str]) -> Card:
    """Tell a coach that the hosts of a chat have written no questions, a day before."""
    says = t(
        "{when}: no questions yet from {names}, who were reminded.",
        when=When(chat.starts_at),
        names=names(t, hosts),
    )
    otherwise = t("If none come, there is no chat on that day.")
    row = str(chat.id)
    buttons = Actions(
        (
            Button(t("Write questions"), "chat.change", row, Look.PRIMARY),
            Button(t("A week later"), "chat.week_later", row),
            Button(t("Not this time"), "chat.discard", row, Look.DANGER),
        )
    )
    return Card(
        title_of(chat),
        (Paragraph(says), Paragraph(otherwise, quiet=True), buttons),
        Tone.CAUTION,
        t("Without questions"),
    )


def state_of(t: Translate, chat: Chat, *, asked: bool) -> Text:
    """Return where a chat of a season stands, in words."""
    match chat.run.state:
        case ChatState.DRAFT:
            return t("to be published") if asked else t("without questions")
        case ChatState.SCHEDULED:
            return t("announced")
        case ChatState.CANCELLED | ChatState.THROWN_AWAY:
            return t("called off")
        case ChatState.ARCHIVED:
            return t("over")
        case _:
            return t("Live now")
