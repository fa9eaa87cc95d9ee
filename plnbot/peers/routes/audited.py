"""How the audit log tells what organisers did with programmes."""

from collections.abc import Mapping

from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.routes import Context, Routes
from plnbot.peers.store import programmes
from plnbot.talk.text import Bold
from plnbot.talk.words import Value, msg

routes = Routes()


@routes.audit(
    {
        "peers.made": msg("{who} opened the programme {name}"),
        "peers.committed": msg("{who} committed a round of the programme {name}"),
        "peers.ended": msg("{who} ended the programme {name}"),
    }
)
def told_of_a_programme(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the programme."""
    number = audit.number_of(entry)
    of = programmes.get(ctx.tx, number)
    return {"name": Bold(of.name if of else str(number))}
