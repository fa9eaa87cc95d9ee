"""A board's head: what goes on and until when, the one next step, and behind a sign what is done now and then."""

from plnbot.edcamps.actions.organising import LAYS, ORGANISES
from plnbot.edcamps.cards import day as the_day
from plnbot.edcamps.cards.board import BAD_TIMES, add_card, vote
from plnbot.edcamps.cards.grid import open_grid
from plnbot.edcamps.cards.session import TAKEAWAY
from plnbot.edcamps.model import Board, Phase
from plnbot.edcamps.pages.seen import standing
from plnbot.edcamps.store import day
from plnbot.edcamps.words import PHASE_NAMES
from plnbot.engine.routes import Context
from plnbot.talk.cards import Button, Divider, Field, Look, PageButton
from plnbot.talk.pages import Downloads, Head
from plnbot.talk.text import Style, Text, When, joined, verbatim
from plnbot.talk.words import Translate, msg

_CALL_OFF = msg("No phase begins any more, and the room is told. The cards stay.")
_CALL_OFF_ONE = msg(
    "No phase of this one begins any more, and the room is told. It comes again a week later."
)
_LOOKED_BACK_AT = frozenset({Phase.SHARE_OUT, Phase.OVER})
"""When notes and takeaways are what one comes for."""
Way = Button | PageButton


def head_of(ctx: Context, board: Board) -> Head:
    """Return the head of a board's page as this reader sees it."""
    t, stands = ctx.t, standing(ctx.tx, board)
    facts = [Field(t("Cards"), verbatim(str(stands.cards)))]
    if board.phase is Phase.VOTE:
        facts.append(Field(t("Have voted"), verbatim(str(stands.voters))))
    organises = ctx.may(ORGANISES, str(board.id))
    more: list[Way | Divider] = [*_ways(ctx, board)]
    if seldom := _seldom(ctx, board, organises=organises):
        more += [Divider(), *seldom] if more else seldom
    mine = ((t("To my calendar"), f"edcamp.ics/{board.id}"),)
    return Head(
        stands_at(t, board),
        tuple(facts),
        tuple(_next(ctx, board, organises=organises)),
        tuple(more),
        files=Downloads(mine) if board.version and not board.ended and not ctx.whole else None,
    )


def stands_at(t: Translate, board: Board) -> Text:
    """Say what goes on and until when, and before the day when that is; of one that is over, when it was."""
    if board.ended:
        over = (
            t("The EdCamp is called off")
            if board.phase is Phase.CALLED_OFF
            else t("The EdCamp is over")
        )
        return joined((over, Text((When(board.starts_at, Style.DAY),))), " · ")
    until = (
        min(board.times.values())
        if board.phase is Phase.PLANNED
        else board.ends_phase(board.phase) or board.ends_at
    )
    said = t("{phase} until {when}", phase=t.say(PHASE_NAMES[board.phase]), when=When(until))
    if until >= board.starts_at:
        return said
    return joined((said, t("the day begins {when}", when=When(board.starts_at))), " · ")


def _next(ctx: Context, board: Board, *, organises: bool) -> list[Way]:
    """Return what there is to do in this phase, the likeliest first."""
    t, row, found = ctx.t, str(board.id), list[Way]()
    if board.phase is Phase.VOTE:
        found.append(vote(t, board))
    if board.phase is Phase.SHARE_OUT:
        found.append(Button(t("My takeaway"), TAKEAWAY, row, Look.PRIMARY))
    if board.version and board.phase in _LOOKED_BACK_AT:
        found.append(_notes(t, board))
    if board.takes_cards:
        found.append(add_card(t, board, Look.PLAIN if found else Look.PRIMARY))
    if organises and board.phase is Phase.LIVE:
        found.append(Button(t("Tell everybody"), the_day.ANNOUNCE, row))
    if organises and board.phase in {Phase.GRID, Phase.LIVE}:
        found.append(open_grid(t, board))
    return found


def _ways(ctx: Context, board: Board) -> list[Way]:
    """Return where else a board is read, and what its people do with it now and then."""
    t, row = ctx.t, str(board.id)
    found: list[Way] = [PageButton(t("The wall"), the_day.WALL, row)]
    if board.version:
        if board.phase not in _LOOKED_BACK_AT:
            found.append(_notes(t, board))
        found.append(PageButton(t("For the printer"), the_day.PAPER, row))
    if not board.ended:
        found.append(Button(t("When I cannot lead"), BAD_TIMES, row))
    return found


def _notes(t: Translate, board: Board) -> PageButton:
    return PageButton(t("Notes and takeaways"), the_day.NOTES_PAGE, str(board.id))


def _seldom(ctx: Context, board: Board, *, organises: bool) -> list[Way]:
    """Return what organisers do with their board now and then; what cannot be undone stands last."""
    t, row = ctx.t, str(board.id)
    copy: list[Way] = (
        [Button(t("Lay another like it"), "edcamp.copy", row)] if ctx.may(LAYS) else []
    )
    label = t("Only members read it") if board.public else t("Let anybody read it")
    public = Button(label, "edcamp.public", f"{row}.{int(not board.public)}")
    if not organises:
        return copy
    if board.ended:
        return [public, *copy] if board.public else copy
    rolls = day.rolls_every(ctx.tx, board.id) is not None
    again = t("Let it come no more") if rolls else t("Let it come every week")
    found: list[Way] = [
        Button(t("Change the board"), "edcamp.change", row),
        PageButton(t("Cards that are alike"), "edcamp.alike", row),
        PageButton(t("Codes for doors"), the_day.DOORS, row),
        public,
        Button(t("Organise it together"), "edcamp.add_organiser", row),
        Button(again, "edcamp.roll", f"{row}.{int(not rolls)}"),
    ]
    if board.phase is not Phase.LIVE:
        found.insert(0, Button(t("Tell everybody"), the_day.ANNOUNCE, row))
    sure = t.say(_CALL_OFF_ONE if rolls else _CALL_OFF)
    return [
        *found,
        *copy,
        Button(t("Call it off"), "edcamp.call_off", row, Look.DANGER, sure),
    ]
