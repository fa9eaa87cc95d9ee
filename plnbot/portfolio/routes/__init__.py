"""Which command, button, form, page, file and card of the portfolio leads where."""

from plnbot.engine.routes import Routes
from plnbot.portfolio.routes import asking, evidence, own, sharing, writing

routes = Routes()
for _room in (own, writing, evidence, sharing, asking):
    routes.include(_room.routes)
