"""Which word, button, form, page, file and work of micro-credentials leads where."""

from plnbot.badges.actions import issuing
from plnbot.badges.routes import applying, assessing, awards, bringing, curating, reading, told
from plnbot.engine.routes import Routes

routes = Routes()
for part in (reading, applying, assessing, awards, bringing, curating, told):
    routes.include(part.routes)
routes.reseals.append(issuing.reseal)
