"""Sessions on the day: one says where one is, takes a part, notes, and takes something home."""

from collections.abc import Mapping
from decimal import Decimal

from plnbot.edcamps.actions import day as the_day
from plnbot.edcamps.actions import held, noting, rescuing, walking
from plnbot.edcamps.actions.held import Held
from plnbot.edcamps.actions.organising import ORGANISES
from plnbot.edcamps.cards import day as day_cards
from plnbot.edcamps.cards import session as cards
from plnbot.edcamps.model import Board, Phase
from plnbot.edcamps.model.meetings import Part, Place
from plnbot.edcamps.pages.seen import boards_seen, held_in
from plnbot.edcamps.pages.session import eyes_of, session_page, session_shown, shown_of
from plnbot.edcamps.routes.objects import A_BOARD
from plnbot.edcamps.store import boards, day, sessions
from plnbot.edcamps.store import cards as card_store
from plnbot.edcamps.store.day import KeptNote
from plnbot.engine.editing import seen_in
from plnbot.engine.objects import Object
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing, Values
from plnbot.errors import Refused
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Card
from plnbot.talk.forms import Form, NumberInput, TextInput
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import Page
from plnbot.talk.words import Sentence, msg

routes = Routes()


def session_of(tx: Tx, number: int) -> Held | None:
    """Return a session where and when it was told, also one that does not take place; None without."""
    found = sessions.get(tx, number)
    board = boards.get(tx, found.board) if found else None
    if found is None or board is None:
        return None
    slots, rooms = boards.slots_of(tx, board.id), boards.rooms_of(tx, board)
    slot = next((each for each in slots if each.id == found.shown_slot), None)
    room = next((each for each in rooms if each.id == found.shown_room), None)
    return Held(board, Place(found, slot, room)) if slot and room else None


A_SESSION: Object[Held] = Object(
    "session",
    load=lambda tx, row: session_of(tx, row_number(row)),
    network=lambda of: of.board.network,
    scope=lambda of: str(of.board.id),
    gone=msg("This session is no longer there."),
    held_in=lambda ctx, of: held_in(ctx, of.board),
)


@routes.page(cards.PAGE, needs=ANYONE, of=A_SESSION)
def page(ctx: Context, _row: str, of: Held) -> Page:
    """Show a session."""
    return session_page(ctx, of)


@routes.press(cards.GO, needs=ANYONE, of=A_SESSION)
def go(ctx: Context, _press: Press, of: Held) -> Answer:
    """Let a member be in a session."""
    return walked(ctx, of)


def walked(ctx: Context, of: Held) -> Reply:
    """Let a member be in a session, and tell them alone."""
    walking.go(ctx.tx, of.board, of.held, ctx.now, by=ctx.person)
    return Reply(cards.went(ctx.t, shown_of(eyes_of(ctx), of), ctx.now))


@routes.press(cards.LEAVE, needs=ANYONE, of=A_SESSION)
def leave(ctx: Context, _press: Press, of: Held) -> Answer:
    """Let a member be nowhere."""
    walking.leave(ctx.tx, of.board, ctx.now, by=ctx.person)
    return Reply(cards.left(ctx.t))


@routes.press(cards.PART, needs=ANYONE, of=A_SESSION)
def take_part(ctx: Context, press: Press, of: Held) -> Answer:
    """Let a member have a part, or give it up."""
    if press.value not in set(Part):
        raise Refused(msg("There is no such part."))
    has = noting.take(ctx.tx, of, Part(press.value), ctx.now, by=ctx.person)
    return Reply(cards.part_taken(ctx.t, Part(press.value), has=has))


@routes.press(cards.PROTOCOL, needs=ANYONE, of=A_SESSION)
def choose(ctx: Context, press: Press, of: Held) -> Answer:
    """Let a session go on by another protocol."""
    noting.choose(ctx.tx, of, press.value, ctx.now, by=ctx.person)
    the_day.soon(ctx.tx, of.board, ctx.now)
    return Reply(cards.begun(ctx.t, shown_of(eyes_of(ctx), of), ctx.now))


def _note_form(ctx: Context, _row: str, of: Held) -> Form:
    if day.meeting_of(ctx.tx, of.session) is None:
        raise Refused(noting.NOT_BEGUN)
    words = TextInput(
        name="words",
        label=ctx.t("What should others read?"),
        hint=ctx.t("An idea, a link, a question that stayed open"),
        long=True,
        most=noting.LONGEST_NOTE,
        required=True,
    )
    return Form(cards.NOTE, ctx.t("A note"), (words,), ctx.t("Note it"), str(of.session))


@routes.form(cards.NOTE, build=_note_form, needs=ANYONE, of=A_SESSION, opens=True)
def noted(ctx: Context, _row: str, values: Values, of: Held) -> Answer:
    """Keep a note."""
    number = noting.note(ctx.tx, of, str(values["words"]), ctx.now, by=ctx.person)
    return Reply(cards.noted(ctx.t, shown_of(eyes_of(ctx), of), number))


_NO_NOTE = msg("This note is no longer there.")


def _not_theirs(ctx: Context, kept: KeptNote) -> Sentence | None:
    """Keep notes to who wrote them, and to organisers who may look at their board."""
    if kept.note.member == ctx.person.id:
        return None
    board = boards.get(ctx.tx, kept.board)
    theirs = ctx.may(ORGANISES, str(kept.board)) and board and boards_seen(ctx, [board])
    return None if theirs else _NO_NOTE


A_NOTE: Object[KeptNote] = Object(
    "note",
    load=lambda tx, row: day.kept_note(tx, row_number(row)),
    network=lambda kept: kept.network,
    scope=lambda kept: str(kept.board),
    gone=_NO_NOTE,
    closed=_not_theirs,
)


@routes.press(cards.UNNOTE, needs=ANYONE, of=A_NOTE)
def take_note_back(ctx: Context, _press: Press, kept: KeptNote) -> Answer:
    """Take one's own note back, or as an organiser another's away."""
    noting.take_note_away(ctx.tx, kept, ctx.now, by=ctx.person)
    return Reply(cards.unnoted(ctx.t, own=kept.note.member == ctx.person.id))


@routes.press(cards.UNTAKE, needs=ORGANISES, of=A_BOARD)
def take_takeaway_away(ctx: Context, press: Press, board: Board) -> Answer:
    """Take away what a member takes home."""
    member = seen_in(press.row)[1] or 0
    noting.take_takeaway_away(ctx.tx, board, member, ctx.now, by=ctx.person)
    return Reply(cards.untaken(ctx.t))


def _count_form(ctx: Context, _row: str, of: Held) -> Form:
    meeting = day.meeting_of(ctx.tx, of.session)
    many = meeting.attended if meeting else None
    said = NumberInput(
        name="many",
        label=ctx.t("How many were there?"),
        hint=ctx.t("A number; those who only listened count too"),
        most=noting.MOST_PEOPLE,
        such_as=14,
        value=None if many is None else Decimal(many),
        required=True,
    )
    return Form(cards.COUNT, ctx.t("How many came"), (said,), ctx.t("Keep it"), str(of.session))


@routes.form(cards.COUNT, build=_count_form, needs=ANYONE, of=A_SESSION, opens=True)
def counted(ctx: Context, _row: str, values: Values, of: Held) -> Answer:
    """Keep how many came."""
    many, organises = int(str(values["many"])), ctx.may(ORGANISES, str(of.board.id))
    noting.count(ctx.tx, of, many, by=ctx.person, organises=organises)
    return Reply(cards.counted(ctx.t, many))


def _takeaway_form(ctx: Context, _row: str, board: Board) -> Form:
    mine = [
        each.words for each in day.takeaways_of(ctx.tx, board.id) if each.member == ctx.person.id
    ]
    words = TextInput(
        name="words",
        label=ctx.t("One thing you take home"),
        hint=ctx.t("What will you try on Monday? Empty takes it back."),
        value="".join(mine),
        long=True,
        most=noting.LONGEST_TAKEAWAY,
    )
    return Form(cards.TAKEAWAY, ctx.t("My takeaway"), (words,), ctx.t("Keep it"), str(board.id))


@routes.form(cards.TAKEAWAY, build=_takeaway_form, needs=ANYONE, of=A_BOARD, opens=True)
def taken_home(ctx: Context, _row: str, values: Values, board: Board) -> Answer:
    """Keep a takeaway."""
    stands = noting.take_home(ctx.tx, board, str(values["words"]), ctx.now, by=ctx.person)
    return Reply(day_cards.takeaway_kept(ctx.t, board, stands=stands))


@routes.press(day_cards.WALK, needs=ANYONE, of=A_BOARD)
def walk(ctx: Context, press: Press, board: Board) -> Answer:
    """Let a member go to the session that they chose."""
    of = session_of(ctx.tx, row_number(press.value))
    if of is None or of.board.id != board.id:
        raise Refused(A_SESSION.gone)
    return walked(ctx, of)


def _led(ctx: Context, of: Held) -> None:
    """Refuse whoever neither leads a session nor looks after its board."""
    card = card_store.get(ctx.tx, of.place.session.card)
    leads = card is not None and ctx.person.id in card.hosts
    if not (leads or ctx.may(ORGANISES, str(of.board.id))):
        raise Refused(msg("Whoever leads this session decides about that."))


@routes.press(day_cards.AGAIN, needs=ANYONE, of=A_SESSION)
def again(ctx: Context, _press: Press, of: Held) -> Answer:
    """Hold a session a second time."""
    _led(ctx, of)
    return _moved_on(ctx, of, rescuing.second_run(ctx.tx, of, ctx.now))


@routes.press(day_cards.CHANCE, needs=ANYONE, of=A_SESSION)
def second_chance(ctx: Context, _press: Press, of: Held) -> Answer:
    """Hold an empty session later instead."""
    _led(ctx, of)
    return _moved_on(ctx, of, rescuing.second_chance(ctx.tx, of, ctx.now))


def _moved_on(ctx: Context, of: Held, to: Place) -> Answer:
    the_day.soon(ctx.tx, of.board, ctx.now)
    shown = session_shown(eyes_of(ctx), to, card_store.get(ctx.tx, to.session.card))
    return Reply(day_cards.moved_on(ctx.t, shown))


@routes.press(day_cards.OVER_THERE, needs=ANYONE, of=A_SESSION)
def go_over(ctx: Context, press: Press, of: Held) -> Answer:
    """End an empty session and go to another."""
    _led(ctx, of)
    to = session_of(ctx.tx, row_number(press.value))
    if to is None or to.board.id != of.board.id or to.held is None:
        raise Refused(walking.NOT_HELD)
    rescuing.go_over(ctx.tx, of, to.place, ctx.now, by=ctx.person.id)
    return Reply(cards.went(ctx.t, shown_of(eyes_of(ctx), to), ctx.now))


@routes.card(held.MEETING)
def meeting(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Show a session in its place."""
    of = A_SESSION.told(to, args["session"])
    return cards.meeting_card(to.t, shown_of(eyes_of(to), of), to.now) if of else None


@routes.card(held.CLOSING)
def closing(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Say in its place that a session ends."""
    of = A_SESSION.told(to, args["session"])
    if of is None:
        return None
    off = of.board.phase is Phase.CALLED_OFF
    return cards.closing_card(to.t, shown_of(eyes_of(to), of), all_off=off)


@routes.card(rescuing.EMPTY)
def empty(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a host that nobody has come."""
    of = A_SESSION.told(to, args["session"])
    if of is None or of.place.closes_at <= to.now:
        return None
    eyes = eyes_of(to)
    there = sessions.places_of(to.tx, of.board)
    beside = [
        session_shown(eyes, each, card_store.get(to.tx, each.session.card))
        for each in rescuing.others(to.tx, of, there)
    ]
    return day_cards.empty(to.t, shown_of(eyes, of), beside)


@routes.card(rescuing.FULL)
def full(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a host that more came than fit."""
    of = A_SESSION.told(to, args["session"])
    if of is None or of.place.closes_at <= to.now:
        return None
    here = len(day.who_is_in(to.tx, of.board.id).get(of.session, ()))
    return day_cards.full(to.t, shown_of(eyes_of(to), of), here)


@routes.card(rescuing.INVITED)
def invited(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell a member of a session that waits for them."""
    of = A_SESSION.told(to, args["session"])
    if of is None or of.held is None or of.place.closes_at <= to.now:
        return None
    return day_cards.invited(to.t, shown_of(eyes_of(to), of))
