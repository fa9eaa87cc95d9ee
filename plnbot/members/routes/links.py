"""Personal links to the pages."""

from plnbot.engine.links import personal_link
from plnbot.engine.parts import Part
from plnbot.engine.ports import SignIns
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.words import msg


def link_routes(sign_ins: SignIns) -> Routes:
    """Return the command that hands out a link, made by `sign_ins`."""
    routes = Routes()

    @routes.command(
        "web",
        needs=ANYONE,
        part=Part.YOU,
        about=msg("Get a link that opens your pages, once"),
        example=msg("/pln web"),
    )
    def web(ctx: Context, _words: str) -> Answer:
        url = sign_ins.link(ctx.tx, ctx.person.ref, "/page/home", ctx.now)
        return Reply(personal_link(ctx.t, url).card)

    return routes
