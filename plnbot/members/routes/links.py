"""Personal links to the pages, and the end of all that they opened."""

from plnbot.engine.links import personal_link
from plnbot.engine.parts import YOU
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.members import store
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.words import msg

routes = Routes()
_HOME = "/page/home"


@routes.command(
    "me web",
    was="web",
    needs=ANYONE,
    part=YOU,
    about=msg("Get a link that opens your pages, once"),
    example=msg("/pln me web"),
)
def web(ctx: Context, _words: str) -> Answer:
    """Give a link that works once."""
    return Reply(personal_link(ctx.t, ctx.link(_HOME), _HOME).card)


@routes.command(
    "me sign out",
    was="sign out",
    needs=ANYONE,
    part=YOU,
    about=msg("Close your pages in every browser"),
    example=msg("/pln me sign out"),
)
def sign_out(ctx: Context, _words: str) -> Answer:
    """End every session of this member."""
    return _signed_out(ctx)


@routes.press("members.sign_out", needs=ANYONE)
def sign_out_pressed(ctx: Context, _press: Press) -> Answer:
    """End every session of this member."""
    return _signed_out(ctx)


def _signed_out(ctx: Context) -> Answer:
    whose = store.whose(ctx.tx, ctx.person.id)
    ctx.sign_ins.close(ctx.tx, whose.accounts if whose else [ctx.person.ref])
    said = ctx.t(
        "What personal links have opened is closed in every browser, and those that you have not used"
        " open nothing any more. `/pln me web` gets you a new one."
    )
    return Reply(Card(ctx.t("Signed out everywhere"), (Paragraph(said),), Tone.GOOD))
