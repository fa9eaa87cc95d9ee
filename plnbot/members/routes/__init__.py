"""Members: what they tell, home, language, links, their data, roles and help, in one."""

from plnbot.engine.routes import Routes
from plnbot.members.routes import (
    administering,
    districts,
    doing,
    helping,
    home,
    joining,
    language,
    leave,
    links,
    notices,
    own_data,
    roles,
    searching,
    switching,
    telling,
)

__all__ = ["leave", "notices", "routes"]

routes = Routes()
for part in (
    home,
    telling,
    notices,
    leave,
    language,
    links,
    own_data,
    joining,
    administering,
    roles,
    helping,
):
    routes.include(part.routes)
routes.include(doing.routes)
routes.include(searching.routes)
routes.include(districts.routes)
routes.include(switching.routes)
