"""One date of a schedule: skipped, moved, exchanged, each with its way back."""

from collections.abc import Callable, Mapping

from plnbot.engine.routes import Context, Routes
from plnbot.prompts import actions, cards, store
from plnbot.prompts.actions import ORGANISES
from plnbot.prompts.cards import Date
from plnbot.prompts.model import Occurrence, State
from plnbot.prompts.parts import ASKING
from plnbot.prompts.routes.objects import A_DATE
from plnbot.prompts.routes.organising import asked_here
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.text import Text
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

routes = Routes()


def date_of(ctx: Context, found: Occurrence, note: Text | None = None) -> Answer:
    """Answer with a date as it is now."""
    asks = actions.again(ctx.tx, found.schedule)
    prompt = store.get_prompt(ctx.tx, found.prompt) if found.prompt else None
    return Reply(cards.date(ctx.t, asks, Date(found, prompt), note))


@routes.press("prompts.date", needs=ORGANISES)
def chosen(ctx: Context, press: Press) -> Answer:
    """Show the date that was chosen."""
    return date_of(ctx, A_DATE.find(ctx, press.value))


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to a date, and said of it then."""

    do: Callable[[Context, Occurrence], Occurrence]
    said: Sentence


_STEPS: Mapping[str, Step] = {
    "skip": Step(
        lambda ctx, found: actions.skip(ctx.tx, found, ctx.now, by=ctx.person),
        msg("Skipped. Its prompt comes on a later date."),
    ),
    "unskip": Step(
        lambda ctx, found: actions.unskip(ctx.tx, found, ctx.now, by=ctx.person),
        msg("It is asked after all."),
    ),
    "move": Step(
        lambda ctx, found: actions.move(ctx.tx, found, ctx.now, by=ctx.person),
        msg("Moved by a week. All other dates stay."),
    ),
    "move_back": Step(
        lambda ctx, found: actions.move_back(ctx.tx, found, ctx.now, by=ctx.person),
        msg("Back on its own day."),
    ),
    "earlier": Step(
        lambda ctx, found: actions.swap(ctx.tx, found, -1, ctx.now, by=ctx.person),
        msg("It comes one date earlier."),
    ),
    "later": Step(
        lambda ctx, found: actions.swap(ctx.tx, found, 1, ctx.now, by=ctx.person),
        msg("It comes one date later."),
    ),
    "another": Step(
        lambda ctx, found: actions.another(ctx.tx, found, ctx.now, by=ctx.person),
        msg("Another prompt comes that day; the one before may come later."),
    ),
}


def _stepping(name: str, step: Step) -> None:
    @routes.press(f"prompts.{name}", needs=ORGANISES, of=A_DATE)
    def press(ctx: Context, _press: Press, found: Occurrence) -> Answer:
        return date_of(ctx, step.do(ctx, found), ctx.t.say(step.said))


for _name, _step in _STEPS.items():
    _stepping(_name, _step)


@routes.command(
    "prompt skip",
    needs=ORGANISES,
    part=ASKING,
    about=msg("Skip the next prompt of this room"),
    example=msg("/pln prompt skip"),
)
def skip_next(ctx: Context, _words: str) -> Answer:
    """Skip what comes next here, with the way back."""
    coming = []
    for asks in asked_here(ctx):
        actions.plan_ahead(ctx.tx, asks, ctx.now)
        # What its rooms were handed a moment ahead comes next as well.
        planned = store.occurrences_of(ctx.tx, asks.id, (State.PLANNED, State.POSTED))
        coming += [date for date in planned if date.at > ctx.now]
    if not coming:
        return Reply(cards.schedules(ctx.t, ()))
    first = min(coming, key=lambda date: date.at)
    step = _STEPS["skip"]
    return date_of(ctx, step.do(ctx, first), ctx.t.say(step.said))
