"""How the audit log tells what administrators and approvers did about credit; decisions stand in the ledger."""

from collections.abc import Mapping
from datetime import datetime

from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.routes import Context, Routes
from plnbot.talk.text import Style, When
from plnbot.talk.words import Value, msg

routes = Routes()


@routes.audit(
    {"credit.delegated": msg("{who} let {whom} decide about hours in their place until {day}")}
)
def told_of_delegation(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name who decides meanwhile, and until when."""
    until = datetime.fromisoformat(str(entry.detail["until"]))
    return {"whom": ctx.called(audit.number_of(entry)), "day": When(until, Style.DATE)}


@routes.audit({"credit.back": msg("{who} decides about hours again, in place of {whom}")})
def told_of_return(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name who decided meanwhile."""
    return {"whom": ctx.called(audit.number_of(entry))}


@routes.audit({"credit.ring": msg("{who} allowed {decider} to decide about the hours of {whom}")})
def told_of_ring(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name both."""
    decider = int(str(entry.detail["decider"]))
    return {"whom": ctx.called(audit.number_of(entry)), "decider": ctx.called(decider)}


@routes.audit({"credit.rules": msg("{who} chose whose rules lie over the states': {rules}")})
def told_of_rules(_ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the districts."""
    return {"rules": str(entry.detail["rules"]) or "–"}
