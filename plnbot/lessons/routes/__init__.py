"""Which command, button, form, page, file and card of lessons leads where."""

from plnbot.engine.routes import Routes
from plnbot.lessons.routes import changing, curating, finding, sharing, together, using

routes = Routes()
for _room in (finding, sharing, changing, together, using, curating):
    routes.include(_room.routes)
