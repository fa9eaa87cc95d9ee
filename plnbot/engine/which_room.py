"""In which room: asked of who begins something from a page, where the rooms are known."""

from plnbot.engine.routes import Context, Values
from plnbot.errors import Refused
from plnbot.refs import Place
from plnbot.talk import limits
from plnbot.talk.cards import Option
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg

ROOM = "in_room"
_LABEL = 70


def room_input(ctx: Context, first: Place | None = None) -> ChoiceInput:
    """Ask which of the rooms that there are; `first` is chosen already, where it is one of them."""
    found = ctx.rooms()
    if not found:
        raise Refused(msg("I do not know the rooms here. Type the command in the room itself."))
    options = tuple(
        Option(place.channel, verbatim(f"#{short_words(name, _LABEL)}"))
        for place, name in [*found.items()][: limits.OPTIONS]
    )
    wanted = first.channel if first else ""
    chosen = next((each.value for each in options if each.value == wanted), options[0].value)
    return ChoiceInput(
        name=ROOM, label=ctx.t("In which room?"), options=options, value=chosen, required=True
    )


def room_in(ctx: Context, values: Values) -> Place:
    """Return the room that was chosen; raises `Refused` where it is there no more."""
    for place in ctx.rooms():
        if place.channel == values[ROOM]:
            return place
    raise Refused(msg("That room is no longer here. Choose another."))
