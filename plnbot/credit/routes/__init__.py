"""Which word, button, form, page and work of credit leads where."""

from plnbot.credit.routes import approving, audited, drafting, own, several, told
from plnbot.engine.routes import Routes

routes = Routes()
for part in (drafting, own, approving, several, told, audited):
    routes.include(part.routes)
