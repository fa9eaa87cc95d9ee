"""Members: what they tell, home, language, links, their data, roles and help, in one."""

from plnbot.engine.ports import SignIns
from plnbot.engine.routes import Routes
from plnbot.members.joining import joining
from plnbot.members.personal import PERSONAL
from plnbot.members.routes import administering, helping, home, language, own_data, telling
from plnbot.members.routes.links import link_routes


def member_routes(sign_ins: SignIns) -> Routes:
    """Return the routes of this capability."""
    routes = Routes()
    for part in (home, telling, language):
        routes.include(part.routes)
    routes.include(link_routes(sign_ins))
    routes.include(own_data.routes)
    routes.include(joining)
    for part in (administering, helping):
        routes.include(part.routes)
    routes.personal.append(PERSONAL)
    return routes
