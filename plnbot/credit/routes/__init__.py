"""Which word, button, form, page and work of credit leads where."""

from plnbot.credit.routes import (
    approving,
    audited,
    district_rules,
    documents,
    drafting,
    evidence,
    licensing,
    own,
    several,
    told,
    years,
)
from plnbot.engine.routes import Routes

routes = Routes()
for part in (
    drafting,
    own,
    licensing,
    documents,
    evidence,
    approving,
    several,
    told,
    audited,
    years,
    district_rules,
):
    routes.include(part.routes)
