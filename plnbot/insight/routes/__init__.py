"""Which command, button, page, file and work of insight leads where."""

from plnbot.engine.routes import Routes
from plnbot.insight.actions import freezing, keeping_current
from plnbot.insight.routes import assessing, own, reports

routes = Routes()
for _room in (reports, own, assessing):
    routes.include(_room.routes)
routes.when_due(keeping_current.READ)(keeping_current.read_due)
routes.when_due(freezing.FREEZE)(freezing.freeze_due)
