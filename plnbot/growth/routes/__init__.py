"""Which command, button, form, page, card and work of growth leads where."""

from plnbot.engine.routes import Routes
from plnbot.growth import actions
from plnbot.growth.routes import looking_back, pages, setting, skills, tying

routes = Routes()
for _room in (setting, tying, looking_back, pages, skills):
    routes.include(_room.routes)
routes.when_due(actions.DUE)(actions.look_back_due)
