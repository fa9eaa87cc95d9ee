"""Which roles EdCamps use, and what who has one can do."""

from collections.abc import Collection

from plnbot.edcamps.actions.organising import BOARD
from plnbot.edcamps.pages.seen import boards_seen
from plnbot.edcamps.store import boards
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.engine.routes import Context, Routes
from plnbot.talk.words import msg

ROLES = (
    RoleUse(
        Role.ORGANISER,
        (NETWORK,),
        msg("Lay EdCamps with `/pln edcamp new`, and look after any board here."),
    ),
    RoleUse(Role.ORGANISER, (BOARD,), msg("Look after this EdCamp’s board: `/pln edcamp`.")),
)
routes = Routes()


def _unseen(ctx: Context, numbers: Collection[int]) -> Collection[int]:
    found = [each for each in (boards.get(ctx.tx, number) for number in numbers) if each]
    seen = {each.id for each in boards_seen(ctx, found)}
    return [each.id for each in found if each.id not in seen]


routes.scope(BOARD, boards.titles, _unseen)
