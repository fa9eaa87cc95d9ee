"""Members: what they tell, home, language, links, their data, roles and help, in one."""

from plnbot.engine.routes import Routes
from plnbot.members.joining import joining
from plnbot.members.routes import administering, helping, home, language, links, own_data, telling

__all__ = ["routes"]

routes = Routes()
for part in (home.routes, telling.routes, language.routes, links.routes, own_data.routes):
    routes.include(part)
routes.include(joining)
for part in (administering.routes, helping.routes):
    routes.include(part)
