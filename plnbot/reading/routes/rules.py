"""What holds for all feeds of a network: whether posts wait, pictures, and when two stories are one."""

from collections.abc import Mapping
from decimal import Decimal

from plnbot.engine.audit import Entry
from plnbot.engine.routes import Context, Routes, Values
from plnbot.reading.actions import rules as actions
from plnbot.reading.actions.keys import CURATES
from plnbot.reading.cards import rules as cards
from plnbot.reading.cards.rules import RULES
from plnbot.reading.model.feeds import Deed
from plnbot.reading.model.rules import LEAST_ALIKE, MOST_HOURS, Rules
from plnbot.reading.parts import FEEDS
from plnbot.reading.store import approving
from plnbot.reading.store import rules as store
from plnbot.talk.cards import Card, Option
from plnbot.talk.forms import ChoiceInput, Form, NumberInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import Text
from plnbot.talk.words import Value, msg

routes = Routes()


@routes.command(
    "feed rules",
    needs=CURATES,
    part=FEEDS,
    about=msg("Say what holds for all feeds: approval, pictures, copies"),
    example=msg("/pln feed rules"),
)
def rules(ctx: Context, _words: str) -> Answer:
    """Show what holds."""
    return Reply(_shown(ctx))


def _shown(ctx: Context, note: Text | None = None) -> Card:
    return cards.rules(
        ctx.t,
        store.rules_of(ctx.tx, ctx.network.id),
        otherwise=store.otherwise(ctx.tx, ctx.network.id),
        waiting=approving.how_many_wait(ctx.tx, ctx.network.id),
        note=note,
    )


@routes.press(RULES, needs=CURATES)
def change(ctx: Context, _press: Press) -> Answer:
    """Open the form with what holds now."""
    return OpenForm(_form(ctx, ""))


def _form(ctx: Context, _row: str) -> Form:
    t, now = ctx.t, store.rules_of(ctx.tx, ctx.network.id)
    inputs = (
        ChoiceInput(
            name="approval",
            label=t("Does a curator look at each post first?"),
            hint=t("Each feed can say otherwise."),
            options=(Option("no", t("No")), Option("yes", t("Yes: it waits for approval"))),
            value="yes" if now.approval else "no",
            required=True,
        ),
        ChoiceInput(
            name="pictures",
            label=t("Do cards show the pictures of posts?"),
            hint=t("They are loaded from the blogs, who may see that."),
            options=(Option("no", t("No")), Option("yes", t("Yes, from where they lie"))),
            value="yes" if now.pictures else "no",
            required=True,
        ),
        NumberInput(
            name="likeness",
            label=t("How alike are titles of one story, in %?"),
            least=LEAST_ALIKE,
            most=100,
            value=Decimal(now.likeness),
            required=True,
        ),
        NumberInput(
            name="within",
            label=t("Within how many hours of each other?"),
            hint=t("0: only what leads to one page is one story."),
            most=MOST_HOURS,
            value=Decimal(now.within),
            required=True,
        ),
    )
    return Form(RULES, t("All feeds"), inputs, t("Save"))


@routes.form(RULES, build=_form, needs=CURATES)
def changed(ctx: Context, _row: str, values: Values) -> Answer:
    """Keep what holds from now on."""
    wanted = Rules(
        approval=values["approval"] == "yes",
        pictures=values["pictures"] == "yes",
        likeness=int(str(values["likeness"])),
        within=int(str(values["within"])),
    )
    actions.change(ctx.tx, wanted, ctx.now, by=ctx.person)
    return Reply(_shown(ctx, ctx.t("Saved. It holds for what comes from now on.")))


@routes.audit({Deed.RULES: msg("{who} changed what holds for all feeds")})
def told_of_rules(_ctx: Context, _entry: Entry) -> Mapping[str, Value]:
    """Name nothing more."""
    return {}
