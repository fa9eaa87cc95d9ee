"""Members: what they tell, home, language, links, their data, roles and help, in one."""

from plnbot.engine.routes import Routes
from plnbot.members.routes import (
    administering,
    helping,
    home,
    joining,
    language,
    links,
    own_data,
    telling,
)

__all__ = ["routes"]

routes = Routes()
for part in (home, telling, language, links, own_data, joining, administering, helping):
    routes.include(part.routes)
