"""Personal links to the pages."""

from plnbot.engine.links import personal_link
from plnbot.engine.parts import YOU
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.words import msg

routes = Routes()


@routes.command(
    "web",
    needs=ANYONE,
    part=YOU,
    about=msg("Get a link that opens your pages, once"),
    example=msg("/pln web"),
)
def web(ctx: Context, _words: str) -> Answer:
    """Give a link that works once."""
    return Reply(personal_link(ctx.t, ctx.link("/page/home")).card)
