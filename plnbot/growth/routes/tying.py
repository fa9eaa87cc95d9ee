"""An activity fed a goal, or did not: one tap, and taken back with another."""

from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.growth import actions, cards
from plnbot.growth.routes.objects import MY_PAIR, Pair
from plnbot.talk.cards import Button, Card
from plnbot.talk.fallback import short_words
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.words import Sentence, msg

routes = Routes()
_LONGEST = 100


@routes.press("growth.fed", needs=ANYONE, of=MY_PAIR)
def fed(ctx: Context, press: Press, pair: Pair) -> Answer:
    """Tie an activity to a goal."""
    actions.tie(ctx.tx, pair.goal, pair.activity, ctx.now, fed=True)
    off = Button(ctx.t("Take it off"), "growth.off", press.row)
    return Reply(_told(ctx, pair, msg("“{title}” fed “{goal}”."), off))


@routes.press("growth.not_fed", needs=ANYONE, of=MY_PAIR)
def not_fed(ctx: Context, press: Press, pair: Pair) -> Answer:
    """Keep that an activity did not feed a goal, so that nobody asks again."""
    actions.tie(ctx.tx, pair.goal, pair.activity, ctx.now, fed=False)
    after_all = Button(ctx.t("It did"), "growth.fed", press.row)
    said = msg("“{title}” did not feed “{goal}”. I do not ask again.")
    return Reply(_told(ctx, pair, said, after_all))


@routes.press("growth.off", needs=ANYONE, of=MY_PAIR)
def off(ctx: Context, press: Press, pair: Pair) -> Answer:
    """Take a tie back."""
    actions.take_off(ctx.tx, pair.goal, pair.activity)
    again = Button(ctx.t("Put it back"), "growth.fed", press.row)
    return Reply(_told(ctx, pair, msg("“{title}” is off “{goal}”."), again))


def _told(ctx: Context, pair: Pair, said: Sentence, *more: Button) -> Card:
    title = short_words(pair.activity.done.title, _LONGEST)
    words = ctx.t(said.source, title=title, goal=cards.short(pair.goal))
    return cards.told(ctx.t, ctx.t("Noted"), words, pair.goal, *more)
