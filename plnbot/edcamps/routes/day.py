"""The day: now and next, what organisers tell, the wall and the pages for everybody, doors, what is left."""

from collections.abc import Mapping
from dataclasses import replace

from plnbot.calendars import ics
from plnbot.edcamps.actions import announcing, held, laying, rolling, sharing_out, walking
from plnbot.edcamps.actions import day as the_day
from plnbot.edcamps.actions.organising import ORGANISES
from plnbot.edcamps.actions.walking import Door
from plnbot.edcamps.cards import day as cards
from plnbot.edcamps.cards.board import open_board
from plnbot.edcamps.model import Board
from plnbot.edcamps.pages import day as pages
from plnbot.edcamps.pages.seen import boards_seen
from plnbot.edcamps.pages.session import Eyes, eyes_of, session_page, session_shown
from plnbot.edcamps.parts import BOARD
from plnbot.edcamps.routes.objects import A_BOARD
from plnbot.edcamps.routes.sessions import session_of, walked
from plnbot.edcamps.routes.shown import board_here
from plnbot.edcamps.store import boards, day, sessions
from plnbot.edcamps.store import cards as card_store
from plnbot.engine.context import Anybody
from plnbot.engine.editing import seen_in
from plnbot.engine.objects import Object
from plnbot.engine.ports import Argument
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Due, Routes, Showing, Values
from plnbot.errors import Refused
from plnbot.talk.cards import Actions, Button, Card, Look, PageButton, Paragraph
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import File, Missing, Page
from plnbot.talk.text import verbatim
from plnbot.talk.words import Sentence, msg

routes = Routes()
HERE = "edcamp.here"
_OTHERS = msg("This code belongs to an EdCamp of another network than yours.")


@routes.command(
    "edcamp now",
    needs=ANYONE,
    part=BOARD,
    about=msg("See where you are at the EdCamp, and what is next"),
    example=msg("/pln edcamp now"),
)
def now(ctx: Context, _words: str) -> Answer:
    """Show now and next on one card."""
    board = board_here(ctx)
    there = sessions.places_of(ctx.tx, board)
    if not there:
        raise Refused(msg("The grid is not there yet. `/pln edcamp` shows the board."))
    return Reply(cards.now_and_next(ctx.t, pages.now_shown(ctx, board, there)))


A_DOOR: Object[Door] = Object(
    "door",
    load=walking.door_of,
    network=NothingToDo("a code of another network gets a sentence of its own"),
    scope=lambda door: str(door.board.id),
    gone=walking.NO_DOOR,
)


@routes.command(
    "edcamp here",
    needs=ANYONE,
    part=BOARD,
    about=msg("Say that you are in the room whose door has this code"),
    example=msg("/pln edcamp here 12-k7wq3"),
    argument=Argument("code", msg("What stands below the code at the door.")),
)
def here(ctx: Context, words: str) -> Answer:
    """Let a member be where they typed that they are."""
    door = walking.door_of(ctx.tx, words)
    if door is None:
        raise Refused(walking.NO_DOOR)
    return _behind(ctx, door)


@routes.press(HERE, needs=ANYONE, of=A_DOOR)
def scanned(ctx: Context, _press: Press, door: Door) -> Answer:
    """Let a member be where they scanned that they are."""
    return _behind(ctx, door)


def _behind(ctx: Context, door: Door) -> Reply:
    if why := _not_theirs(ctx, door):
        raise Refused(why)
    place = walking.behind(ctx.tx, door, ctx.now)
    of = session_of(ctx.tx, place.session.id) if place else None
    if of is None:
        raise Refused(msg("Nothing is on in {room} now, or within minutes.", room=door.room.name))
    return walked(ctx, of)


def _not_theirs(ctx: Context, door: Door) -> Sentence | None:
    """Say why a door is not for a member, where that is so."""
    if door.board.network != ctx.network.id:
        return _OTHERS
    return None if boards_seen(ctx, [door.board]) else walking.NO_DOOR


@routes.page(pages.DOOR, needs=ANYONE, of=A_DOOR)
def my_door(ctx: Context, _row: str, door: Door) -> Page:
    """Show the session behind a door to a member who has scanned its code, and let them be there."""
    if why := _not_theirs(ctx, door):
        return Page(ctx.t("Another door"), (Paragraph(ctx.t.say(why)),))
    place = walking.behind(ctx.tx, door, ctx.now)
    of = session_of(ctx.tx, place.session.id) if place else None
    if of is None:
        there = msg("Nothing is on in {room} now, or within minutes.", room=door.room.name)
        way = Actions((open_board(ctx.t, door.board),))
        return Page(verbatim(door.room.name), (Paragraph(ctx.t.say(there)), way))
    press = Button(ctx.t("I am here"), HERE, door.code, Look.PRIMARY)
    return replace(session_page(ctx, of), at_once=press)


@routes.public_page(pages.DOOR)
def door(anybody: Anybody, row: str) -> Page:
    """Show what to send to the bot to be behind a door; what is on there, where all may read that."""
    t, found = anybody.t, walking.door_of(anybody.tx, row)
    if found is None:
        return Page(t("Another door"), (Paragraph(t.say(walking.NO_DOOR)),))
    eyes, title = Eyes(anybody.tx, t, anybody.now), ""
    place = walking.behind(anybody.tx, found, anybody.now)
    if found.board.public and place is not None:
        card = card_store.get(anybody.tx, place.session.card)
        title = card.words if card else ""
    room = verbatim(found.room.name) if found.board.public else t("A door")
    way = PageButton(t("Open the session"), pages.DOOR, found.code)
    blocks = pages.door_blocks(eyes, found.code, title)
    return Page(room, blocks, zone=found.board.zone, door=way)


@routes.page(cards.WALL, needs=ANYONE, of=A_BOARD, alike=lambda _ctx, _row, _board: ())
def wall(ctx: Context, _row: str, board: Board) -> Page:
    """Show a board for the projector."""
    return pages.wall_page(eyes_of(ctx), board)


@routes.public_page(cards.WALL)
def public_wall(anybody: Anybody, row: str) -> Page | Missing:
    """Show a board for the projector to whoever has its address."""
    board = boards.by_secret(anybody.tx, row)
    eyes = Eyes(anybody.tx, anybody.t, anybody.now)
    return pages.wall_page(eyes, board) if board else Missing()


@routes.public_page(pages.PHONE)
def public_board(anybody: Anybody, row: str) -> Page | Missing:
    """Show a board to whoever has its address."""
    board = boards.by_secret(anybody.tx, row)
    eyes = Eyes(anybody.tx, anybody.t, anybody.now)
    return pages.phone_page(eyes, board) if board else Missing()


@routes.page(cards.PAPER, needs=ANYONE, of=A_BOARD)
def paper(ctx: Context, _row: str, board: Board) -> Page:
    """Show a board for the printer."""
    return pages.paper_page(ctx, board)


@routes.page(cards.DOORS, needs=ORGANISES, of=A_BOARD)
def doors(ctx: Context, _row: str, board: Board) -> Page:
    """Show the signs for doors."""
    return pages.doors_page(ctx, board)


@routes.page(cards.NOTES_PAGE, needs=ANYONE, of=A_BOARD)
def notes(ctx: Context, _row: str, board: Board) -> Page:
    """Show all notes and takeaways."""
    return pages.notes_page(ctx, board)


@routes.file("edcamp.ics", needs=ANYONE, of=A_BOARD)
def calendar(ctx: Context, _row: str, board: Board) -> File:
    """Give a member their own sessions for their calendar."""
    own = sharing_out.own_happenings(ctx.tx, board, ctx.person.id)
    content = ics.entries(ctx.tx, board.network, own, ctx.now)
    return File(f"edcamp-{board.id}.ics", ics.MEDIA_TYPE, content)


@routes.press("edcamp.public", needs=ORGANISES, of=A_BOARD)
def let_read(ctx: Context, press: Press, board: Board) -> Answer:
    """Let anybody with its address read a board, or members alone again."""
    wanted = _wanted(press)
    board = laying.let_read(ctx.tx, board, ctx.now, public=wanted, by=ctx.person)
    return Reply(cards.opened(ctx.t, board, public=board.public))


def _wanted(press: Press) -> bool | None:
    """Return whether a button says yes or no behind the board's number: two may press the same at once."""
    said = seen_in(press.row)[1]
    return None if said is None else bool(said)


@routes.press("edcamp.roll", needs=ORGANISES, of=A_BOARD)
def let_roll(ctx: Context, press: Press, board: Board) -> Answer:
    """Let a board come again every week, or no more."""
    again = rolling.switch(ctx.tx, board, ctx.now, rolls=_wanted(press), by=ctx.person)
    return Reply(cards.rolls(ctx.t, board, again=again))


@routes.when_due(the_day.ROLL)
def roll(due: Due) -> None:
    """Lay a board anew that is over and comes again."""
    rolling.roll(due.tx, int(str(due.payload["board"])), due.now)


def _announce_form(ctx: Context, _row: str, board: Board) -> Form:
    words = TextInput(
        name="words",
        label=ctx.t("What should everybody know?"),
        hint=ctx.t("Lunch is at 12:15 in the hall."),
        long=True,
        most=announcing.LONGEST,
        required=True,
    )
    return Form(cards.ANNOUNCE, ctx.t("Tell everybody"), (words,), ctx.t("Tell"), str(board.id))


@routes.form(cards.ANNOUNCE, build=_announce_form, needs=ORGANISES, of=A_BOARD, opens=True)
def announced(ctx: Context, _row: str, values: Values, board: Board) -> Answer:
    """Tell everybody."""
    said = str(values["words"])
    places = announcing.announce(ctx.tx, board, said, ctx.now, by=ctx.person)
    return Reply(cards.told(ctx.t, board, places))


@routes.card(announcing.ANNOUNCED)
def told(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a place what organisers say."""
    found = day.announcement_of(to.tx, int(args["announcement"]))
    board = A_BOARD.told(to, found[0]) if found else None
    return cards.announced(to.t, board, found[1]) if found and board else None


@routes.card(sharing_out.RECAP)
def recap(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a member where they were and what they take home."""
    board = A_BOARD.told(to, args["board"])
    if board is None:
        return None
    eyes, member = eyes_of(to), int(args["member"])
    was = sharing_out.day_of(to.tx, board, member)
    shown = []
    for number, minutes in was:
        of = session_of(to.tx, number)
        if of is not None:
            card = card_store.get(to.tx, of.place.session.card)
            shown.append((session_shown(eyes, of.place, card), minutes))
    mine = [each.words for each in day.takeaways_of(to.tx, board.id) if each.member == member]
    return cards.recap(to.t, board, shown, "".join(mine))


@routes.when_due(the_day.DAY)
def look_after(due: Due) -> None:
    """Do what a board's day has come to."""
    the_day.look_after(due.tx, due.directory, int(str(due.payload["board"])), due.now)


@routes.when_due(held.ELSEWHERE)
def elsewhere(due: Due) -> None:
    """Give a session a thread because the channel that was to be its room refused its card."""
    held.elsewhere(due.tx, due.directory, int(str(due.payload["session"])), due.now)
