"""The day as people see it: now and next, what organisers tell, what hosts can do, what is taken home."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.edcamps.cards.board import open_board
from plnbot.edcamps.cards.session import GO, TAKEAWAY, SessionShown, open_page, where_and_when
from plnbot.edcamps.model import Board, Slot
from plnbot.edcamps.model.meetings import Announcement
from plnbot.talk import limits
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
from plnbot.talk.text import EMPTY, Style, Text, When, bold, joined, verbatim, with_links
from plnbot.talk.words import Translate
from plnbot.values import dataclass

WALK, AGAIN, CHANCE, OVER_THERE = "edcamp.walk", "edcamp.second_run", "edcamp.chance", "edcamp.over"
ANNOUNCE = "edcamp.announce"
WALL, PAPER, DOORS, NOTES_PAGE = "edcamp_wall", "edcamp_paper", "edcamp_doors", "edcamp_notes"
_MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class NowShown:
    """Where a member is and what comes: `here` is the session they are in, `on` what is held now.

    `mine` are the coming sessions that they lead or were interested in; `now` is when it is shown.
    """

    board: Board
    here: SessionShown | None
    on: Sequence[SessionShown]
    next: Slot | None
    mine: Sequence[SessionShown]
    now: datetime
    coming: int = 0


def now_and_next(t: Translate, shown: NowShown, *, named: bool = True) -> Card:
    """Show on one card where a member is, and what is next; on its own page a board needs no name."""
    blocks: list[Block] = []
    if shown.here is not None:
        said = joined((_title(shown.here), where_and_when(t, shown.here)), " · ")
        blocks.append(Paragraph(t("**Now:** {session}", session=said)))
    elif shown.on:
        many = t.n("{n} session is on.", "{n} sessions are on.", len(shown.on))
        blocks.append(Paragraph(t("**Now:** {many} Where are you?", many=many)))
    else:
        blocks.append(Paragraph(t("**Now:** time to walk and talk.")))
    blocks.append(Paragraph(_next(t, shown)))
    if shown.on:
        options = tuple(
            Option(each.row, verbatim(short_words(f"{each.place.room.name}: {each.title}", 75)))
            for each in shown.on[: limits.OPTIONS]
        )
        label = t("Walk over to …") if shown.here else t("I am in …")
        blocks.append(Actions((Select(label, WALK, options, str(shown.board.id)),)))
    ways = (open_page(t, shown.here),) if shown.here is not None else ()
    if named:
        ways = (*ways, open_board(t, shown.board))
    if ways:
        blocks.append(Actions(ways))
    if not named:
        return Card(t("Now and next"), tuple(blocks), Tone.QUESTION)
    title = verbatim(short_words(shown.board.title, limits.CARD_TITLE))
    return Card(title, tuple(blocks), Tone.QUESTION, t("Now and next"))


def _next(t: Translate, shown: NowShown) -> Text:
    if shown.next is None:
        ends = When(shown.board.ends_at, Style.TIME)
        return t("**Next:** the share-out, until {ends}.", ends=ends)
    at = When(shown.next.starts_at, Style.COUNTDOWN, shown.now)
    if not shown.mine:
        many = t.n("{n} session", "{n} sessions", shown.coming)
        return t("**Next:** {many}, {at}.", many=many, at=at)
    names = joined(
        (joined((_title(each), verbatim(each.place.room.name)), ", ") for each in shown.mine[:3]),
        " · ",
    )
    return t("**Next:** {at}: {sessions}", at=at, sessions=names)


def announced(t: Translate, board: Board | None, said: Announcement) -> Card:
    """Tell everybody what organisers say; on its own page a board needs no name."""
    label = verbatim(short_words(board.title, limits.FIELD_LABEL)) if board else EMPTY
    return Card(t("From the organisers"), (Paragraph(with_links(said.words)),), Tone.CAUTION, label)


def opened(t: Translate, board: Board, *, public: bool) -> Card:
    """Tell an organiser who reads their board from now on."""
    said = (
        t(
            "Whoever has the address reads the cards, the grid, what you tell everybody and what people take home,"
            " without names. The wall has a code that leads there."
        )
        if public
        else t("Its address leads nowhere any more.")
    )
    title = t("Anybody may read it now") if public else t("Members alone read it now")
    return Card(title, (Paragraph(said), Actions((open_board(t, board),))), Tone.GOOD)


def rolls(t: Translate, board: Board, *, again: bool) -> Card:
    """Tell an organiser whether their board comes again."""
    said = (
        t("Once it is over it is laid anew a week later, with its slots and rooms, blank.")
        if again
        else t("It is laid once, and that is it.")
    )
    title = t("It comes again every week") if again else t("It comes again no more")
    return Card(title, (Paragraph(said), Actions((open_board(t, board),))), Tone.GOOD)


def told(t: Translate, board: Board, places: int) -> Card:
    """Tell an organiser where their words went."""
    said = t.n(
        "It is on its way to {n} place, the wall and every open page.",
        "It is on its way to {n} places, the wall and every open page.",
        places,
    )
    return Card(t("Told"), (Paragraph(said), Actions((open_board(t, board),))), Tone.GOOD)


def empty(t: Translate, of: SessionShown, others: Sequence[SessionShown]) -> Card:
    """Tell a host that nobody has come, and what they can do."""
    said = t(
        "Nobody has tapped that they are with you yet. Whoever was interested and is nowhere has been asked. You can also:"
    )
    blocks: list[Block] = [
        Paragraph(said),
        Actions((Button(t("Give it a second chance later"), CHANCE, of.row),)),
    ]
    if others:
        options = tuple(
            Option(each.row, verbatim(short_words(f"{each.place.room.name}: {each.title}", 75)))
            for each in others
        )
        blocks.append(Actions((Select(t("Go over to …"), OVER_THERE, options, of.row),)))
    return Card(_heading(of), tuple(blocks), Tone.CAUTION, t("Your session"))


def full(t: Translate, of: SessionShown, here: int) -> Card:
    """Tell a host that more came than fit, and offer a second run."""
    said = t.n(
        "{here} are here, and {room} has {n} seat.",
        "{here} are here, and {room} has {n} seats.",
        of.place.room.seats or 0,
        here=here,
        room=of.place.room.name,
    )
    again = Actions((Button(t("Hold it a second time"), AGAIN, of.row, Look.PRIMARY),))
    return Card(_heading(of), (Paragraph(said), again), Tone.CAUTION, t("Your session"))


def invited(t: Translate, of: SessionShown) -> Card:
    """Tell a member that a session they were interested in still waits for people."""
    said = t("You were interested, and there is room: {where}.", where=where_and_when(t, of))
    go = Actions((Button(t("I go there"), GO, of.row, Look.PRIMARY), open_page(t, of)))
    return Card(_heading(of), (Paragraph(said), go), Tone.QUESTION, t("It waits for you"))


def moved_on(t: Translate, of: SessionShown) -> Card:
    """Tell who asked for it when and where a session is held once more."""
    said = where_and_when(t, of)
    return Card(t("It is on the board"), (Paragraph(joined((_title(of), said), " · ")),), Tone.GOOD)


def takeaway_kept(t: Translate, board: Board, *, stands: bool) -> Card:
    """Tell a member that what they take home stands, or stands no more."""
    title = t("Kept for the share-out") if stands else t("Taken back")
    way = PageButton(t("All notes and takeaways"), NOTES_PAGE, str(board.id))
    return Card(title, (Actions((way,)),), Tone.GOOD)


def recap(
    t: Translate, board: Board, was: Sequence[tuple[SessionShown, int]], takeaway: str
) -> Card:
    """Tell a member at the end where they were and what they take home."""
    lines = [
        joined((_title(each), t.n("{n} minute", "{n} minutes", minutes)), " · ")
        for each, minutes in was
    ]
    blocks: list[Block] = [Paragraph(joined(lines, "\n"))] if lines else []
    if takeaway:
        blocks.append(Paragraph(t("You take home: {words}", words=short_words(takeaway, 400))))
    else:
        blocks.append(Paragraph(t("One thing that you take home? It is not too late."), quiet=True))
    notes = PageButton(t("All notes and takeaways"), NOTES_PAGE, str(board.id))
    mine = Button(t("My takeaway"), TAKEAWAY, str(board.id))
    blocks.append(Actions((notes, mine)))
    return Card(_heading_of(board), tuple(blocks), Tone.GOOD, t("Your day"))


def _title(of: SessionShown) -> Text:
    return bold(short_words(of.title, _MOST_WORDS))


def _heading(of: SessionShown) -> Text:
    return verbatim(short_words(of.title, limits.CARD_TITLE))


def _heading_of(board: Board) -> Text:
    return verbatim(short_words(board.title, limits.CARD_TITLE))
