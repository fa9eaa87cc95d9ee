"""What a network offers: administrators switch capabilities off, and on again."""

from collections.abc import Mapping

from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.objects import Object
from plnbot.engine.parts import NETWORK
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import Role, needs
from plnbot.engine.routes import Context, Routes
from plnbot.members import store
from plnbot.talk.cards import Actions, Block, Button, Card, Paragraph, Tone
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.text import joined
from plnbot.talk.words import Sentence, Value, msg

routes = Routes()
ADMINISTERS = needs(Role.ADMINISTRATOR)
_OFF, _ON = "members.switch_off", "members.switch_on"
_IN_A_ROW = 3
_UNKNOWN = msg("There is nothing of that name to be switched.")


def _not_optional(ctx: Context, name: str) -> Sentence | None:
    return None if name in ctx.catalogue.optional else _UNKNOWN


A_CAPABILITY: Object[str] = Object(
    "capability",
    load=lambda _tx, row: row or None,
    network=NothingToDo("capabilities are the same for all; what is switched is one's own network"),
    scope=lambda name: name,
    gone=_UNKNOWN,
    closed=_not_optional,
)


@routes.command(
    "network parts",
    needs=ADMINISTERS,
    part=NETWORK,
    about=msg("Choose what this network offers"),
    example=msg("/pln network parts"),
)
def parts(ctx: Context, _words: str) -> Answer:
    """Show what is on and what is off."""
    t, off = ctx.t, ctx.network.off
    lines = [
        t("**{name}** is off", name=t.say(title))
        if name in off
        else t("**{name}** is on", name=t.say(title))
        for name, title in ctx.catalogue.optional.items()
    ]
    buttons = [_button(ctx, name, off=name not in off) for name in ctx.catalogue.optional]
    rows = [
        Actions(tuple(buttons[at : at + _IN_A_ROW])) for at in range(0, len(buttons), _IN_A_ROW)
    ]
    blocks: tuple[Block, ...] = (Paragraph(joined(lines, "\n")), *rows)
    return Reply(Card(t("What this network offers"), blocks))


def _button(ctx: Context, name: str, *, off: bool) -> Button:
    """Return the button that switches it."""
    t, title = ctx.t, ctx.t.say(ctx.catalogue.optional[name])
    if not off:
        return Button(t("Switch on: {name}", name=title), _ON, name)
    sure = t(
        "Its commands and buttons say that it is off, its pages are closed and nothing of it is posted,"
        " until you switch it on again. What is due meanwhile is not made up for."
    )
    return Button(t("Switch off: {name}", name=title), _OFF, name, confirm=sure)


@routes.press(_OFF, needs=ADMINISTERS, of=A_CAPABILITY)
def switched_off(ctx: Context, _press: Press, name: str) -> Answer:
    """Switch it off in this network."""
    return _switched(ctx, name, off=True)


@routes.press(_ON, needs=ADMINISTERS, of=A_CAPABILITY)
def switched_on(ctx: Context, _press: Press, name: str) -> Answer:
    """Switch it on again."""
    return _switched(ctx, name, off=False)


def _switched(ctx: Context, name: str, *, off: bool) -> Answer:
    t, title = ctx.t, ctx.t.say(ctx.catalogue.optional[name])
    if store.switch(ctx.tx, ctx.network.id, name, off=off):
        audit.record(
            ctx.tx,
            ctx.network.id,
            ctx.person.id,
            "capability.off" if off else "capability.on",
            f"capability:{name}",
            now=ctx.now,
        )
    said = (
        t("{name} is off in this network.", name=title)
        if off
        else t("{name} is on again.", name=title)
    )
    back = Actions((_button(ctx, name, off=not off),))
    return Reply(Card(t("Done"), (Paragraph(said), back), Tone.GOOD))


@routes.audit(
    {
        "capability.off": msg("{who} switched {name} off"),
        "capability.on": msg("{who} switched {name} on"),
    }
)
def told_of_a_switch(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the capability; one that is gone has only its old name."""
    name = entry.subject.partition(":")[2]
    title = ctx.catalogue.optional.get(name)
    return {"name": ctx.t.say(title) if title else name}
