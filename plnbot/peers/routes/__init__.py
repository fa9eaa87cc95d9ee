"""Which command, button, form, page, card and work of peers leads where."""

from plnbot.engine.routes import Routes
from plnbot.peers.actions import following, introducing, keys, opening, rounds
from plnbot.peers.actions.introducing import REPAIRING
from plnbot.peers.actions.rounds import SOLVING
from plnbot.peers.routes import audited, meeting, member, mine, organiser, told

routes = Routes()
for _room in (mine, member, meeting, organiser, told, audited):
    routes.include(_room.routes)
routes.outside(SOLVING)
routes.outside(REPAIRING)
routes.when_due(keys.DUE)(rounds.due)
routes.when_due(keys.INTRODUCE)(introducing.introduce)
routes.when_due(keys.OPENING)(opening.go_on)
routes.when_due(keys.LEFT)(opening.tell_left)
routes.when_due(keys.FOLLOW)(following.follow)
routes.when_due(keys.PAUSED)(following.tell_paused)
routes.when_due(keys.HAS_GONE)(following.has_gone)
