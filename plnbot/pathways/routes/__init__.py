"""Which command, button, form and page of pathways leads where."""

from plnbot.engine.routes import Routes
from plnbot.pathways.routes import laying, walking

routes = Routes()
for _room in (walking, laying):
    routes.include(_room.routes)
