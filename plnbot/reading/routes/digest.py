"""A member's own digest: set up, seen at once, stopped."""

from collections.abc import Mapping
from datetime import time

from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Due, Routes, Showing, Values
from plnbot.reading.actions import digesting as actions
from plnbot.reading.cards import things as cards
from plnbot.reading.cards.things import Shown
from plnbot.reading.model.digests import DAYS, MOST_ITEMS, Wish
from plnbot.reading.parts import READING
from plnbot.reading.store import digests, things
from plnbot.talk.cards import Actions, Button, Card, Look, Option, Paragraph
from plnbot.talk.forms import ChoiceInput, FieldErrors, Form, MultiChoiceInput, TimeInput, chosen
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import Text, When
from plnbot.talk.words import Sentence, msg

routes = Routes()
_USUAL = Wish((4,), time(15), MOST_ITEMS)
_DAYS: Mapping[str, Sentence] = dict(
    zip(
        DAYS,
        (
            msg("Monday"), msg("Tuesday"), msg("Wednesday"), msg("Thursday"), msg("Friday"),
            msg("Saturday"), msg("Sunday"),
        ),
        strict=True,
    )
)  # fmt: skip


@routes.command(
    "feed mine",
    needs=ANYONE,
    part=READING,
    about=msg("Have a few things that fit you come on your days, each with its reason"),
    example=msg("/pln feed mine"),
    was="digest",
)
def digest(ctx: Context, _words: str) -> Answer:
    """Say when a member's digest comes, or offer one."""
    wish = digests.wish_of(ctx.tx, ctx.person.id)
    if wish is None:
        said = ctx.t(
            "You have none yet. On your days, at your hour, up to five things that fit what you teach"
            " and your goals, each with its reason. Never in your quiet hours."
        )
        buttons = (Button(ctx.t("Set it up"), "reading.digest_set", look=Look.PRIMARY), _now(ctx))
        return Reply(Card(ctx.t("Your digest"), (Paragraph(said), Actions(buttons))))
    return Reply(_standing(ctx, wish))


def _now(ctx: Context) -> Button:
    return Button(ctx.t("Show me one now"), "reading.digest_now")


def _standing(ctx: Context, wish: Wish, note: Text | None = None) -> Card:
    t = ctx.t
    at = actions.next_time(ctx.tx, ctx.directory, ctx.person, wish, ctx.now)
    said = t.n(
        "Up to {n} thing, next {when}.", "Up to {n} things, next {when}.", wish.most, when=When(at)
    )
    buttons = (
        Button(t("Change it"), "reading.digest_set"),
        _now(ctx),
        Button(t("Stop it"), "reading.digest_stop", look=Look.DANGER),
    )
    notes = (Paragraph(note),) if note else ()
    return Card(t("Your digest"), (*notes, Paragraph(said), Actions(buttons)))


@routes.press("reading.digest_set", needs=ANYONE)
def set_up(ctx: Context, _press: Press) -> Answer:
    """Open the form."""
    return OpenForm(_form(ctx, ""))


def _form(ctx: Context, _row: str) -> Form:
    t, wish = ctx.t, digests.wish_of(ctx.tx, ctx.person.id) or _USUAL
    return Form(
        "reading.digest",
        t("Your digest"),
        (
            MultiChoiceInput(
                name="days",
                label=t("On which days?"),
                options=tuple(Option(each, t.say(said)) for each, said in _DAYS.items()),
                value=tuple(DAYS[each] for each in wish.days),
                required=True,
            ),
            TimeInput(
                name="at", label=t("At what time, by your clock?"), value=wish.at, required=True
            ),
            ChoiceInput(
                name="most",
                label=t("How many things at most?"),
                options=tuple(
                    Option(str(each), t("{n}", n=each)) for each in range(1, MOST_ITEMS + 1)
                ),
                value=str(wish.most),
                required=True,
            ),
        ),
        t("Save"),
    )


@routes.form("reading.digest", build=_form, needs=ANYONE)
def wished(ctx: Context, _row: str, values: Values) -> Answer:
    """Keep when a digest is wanted."""
    days = chosen(values["days"])
    at = values["at"]
    if not days or not isinstance(at, time):
        return FieldErrors({"days": msg("Choose at least one day.")})
    wish = Wish(
        tuple(sorted(DAYS.index(each) for each in days)),
        at.replace(second=0, microsecond=0),
        int(str(values["most"])),
    )
    actions.wish(ctx.tx, ctx.person, wish, ctx.now)
    return Reply(_standing(ctx, wish, ctx.t("It comes by itself from now on.")))


@routes.press("reading.digest_stop", needs=ANYONE)
def stop(ctx: Context, _press: Press) -> Answer:
    """Send no digest any more."""
    actions.stop(ctx.tx, ctx.person, ctx.now)
    again = Button(ctx.t("Set it up"), "reading.digest_set")
    return Reply(cards.told(ctx.t("Stopped"), ctx.t("No digest comes any more."), again))


@routes.press("reading.digest_now", needs=ANYONE)
def show_now(ctx: Context, _press: Press) -> Answer:
    """Show at once what would be chosen; the next digest may hold the same."""
    t = ctx.t
    wish = digests.wish_of(ctx.tx, ctx.person.id) or _USUAL
    found = actions.choose(ctx.tx, ctx.directory, ctx.person, wish.most, ctx.now)
    if not found:
        return Reply(cards.told(t("Your digest"), t.say(_NOTHING)))
    shown = [Shown(each.worth, each.reasons) for each in found]
    return Reply(cards.listing(t, t("For you, now"), shown))


_NOTHING = msg(
    "There is nothing new for you just now. Tell what you teach with `/pln me profile`, and more fits."
)


@routes.card(actions.DIGEST)
def digest_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Show a digest, without what is gone by now."""
    issue = digests.get(to.tx, int(args["issue"]))
    if issue is None:
        return None
    there = things.listed(to.tx, issue.network, [each for each, _ in issue.things], to.now)
    shown = [Shown(there[each], why) for each, why in issue.things if each in there]
    if not shown:
        return None
    tip = to.t(
        "“More” has “Why this?” and “Less like this”. `/pln feed minutes 8` picks what fits your time."
    )
    return cards.listing(to.t, to.t("Worth your time"), shown, [tip])


@routes.when_due(actions.DUE)
def digest_due(due: Due) -> None:
    """Make a member's digest."""
    actions.due(due)
