"""Curators lay pathways: a menu in lines, and what is on offer by a choice."""

from collections.abc import Mapping, Sequence

from plnbot.engine.audit import Entry
from plnbot.engine.offers import OnOffer, offered_to
from plnbot.engine.routes import Context, Routes, Values
from plnbot.pathways import actions, cards, store
from plnbot.pathways.model import (
    LONGEST_ABOUT,
    LONGEST_MENU,
    LONGEST_TITLE,
    AskedError,
    Menu,
    MenuError,
    Plan,
    read_menu,
    written,
)
from plnbot.pathways.parts import LAYING
from plnbot.pathways.routes.objects import A_PATHWAY, LAYS
from plnbot.pathways.routes.walking import told
from plnbot.pathways.store import Pathway
from plnbot.talk.cards import Option
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import AnyInput, FieldErrors, Form, MultiChoiceInput, TextInput, chosen
from plnbot.talk.interactions import Answer, OpenForm, Press
from plnbot.talk.text import Bold, Text, joined, verbatim
from plnbot.talk.words import Value, msg

routes = Routes()
_MOST_OFFERED, _LONGEST = 25, 75
_SHOWN_MISTAKES = 5


@routes.command(
    "pathways new",
    needs=LAYS,
    part=LAYING,
    about=msg("Lay a pathway: a menu of choices towards something"),
    example=msg("/pln pathways new"),
)
def new(ctx: Context, _words: str) -> Answer:
    """Ask for a pathway."""
    return OpenForm(_form(ctx, ""))


@routes.press(cards.LAY, needs=LAYS)
def lay(ctx: Context, _press: Press) -> Answer:
    """Ask for a pathway."""
    return OpenForm(_form(ctx, ""))


def _form(ctx: Context, _row: str) -> Form:
    return Form(
        cards.LAY, ctx.t("A pathway"), _inputs(ctx, "", "", ()), ctx.t("Save"), intro=_intro(ctx),
        keeps=True,
    )  # fmt: skip


def _intro(ctx: Context) -> Text:
    return ctx.t(
        "A heading says what is asked for: “Required: …” or “Choose 2: …”. Steps stand below it, each"
        " behind “-”. Behind a colon a step may have several ways, parted by “|”: an address, a page"
        " such as chat/12, “pathway 3”, or words."
    )


def _inputs(ctx: Context, title: str, about: str, menu: Menu) -> tuple[AnyInput, ...]:
    t = ctx.t
    inputs: list[AnyInput] = [
        TextInput(
            name="title",
            label=t("What is it called?"),
            value=title,
            most=LONGEST_TITLE,
            required=True,
        ),
        TextInput(
            name="about", label=t("What is it for?"), value=about, long=True, most=LONGEST_ABOUT
        ),
        TextInput(
            name="menu",
            label=t("The menu, line by line"),
            hint=t("Choose 2: Try something"),
            value=written(menu, t.locale),
            long=True,
            most=LONGEST_MENU,
            required=True,
        ),
    ]
    if found := _offers(ctx):
        options = tuple(
            Option(each.page, verbatim(short_words(each.said(t.locale), _LONGEST)))
            for each in found
        )
        label = t("Add what is on offer, as last steps")
        inputs.append(MultiChoiceInput(name="offered", label=label, options=options))
    return tuple(inputs)


def _offers(ctx: Context) -> Sequence[OnOffer]:
    """Return what everybody may be offered, each once."""
    found = {
        each.page: each
        for each in offered_to(ctx)
        if each.held_in is None or not ctx.closed(each.held_in)
    }
    return list(found.values())[:_MOST_OFFERED]


def _read(ctx: Context, values: Values, one: Pathway | None) -> Plan | FieldErrors:
    """Return what was written, with what was chosen from what is on offer, or what is wrong."""
    t, offers = ctx.t, {each.page: each for each in _offers(ctx)}
    picked = [offers[each] for each in chosen(values.get("offered") or ()) if each in offers]
    lines = [
        str(values["menu"]),
        *(
            f"- {' '.join(each.said(t.locale).replace(': ', ' – ').split())}: {each.page}"
            for each in picked
        ),
    ]
    before, last = (one.menu, store.last_step(ctx.tx, one.id)) if one else ((), 0)
    try:
        menu = read_menu("\n".join(lines), before, last)
    except MenuError as error:
        said = [cards.problem(t, each) for each in error.problems[:_SHOWN_MISTAKES]]
        return FieldErrors({"menu": joined(said, "\n")})
    title = " ".join(str(values["title"]).split())
    return Plan(title, str(values["about"]).strip(), menu)


@routes.form(cards.LAY, build=_form, needs=LAYS)
def is_laid(ctx: Context, _row: str, values: Values) -> Answer:
    """Lay a pathway."""
    plan = _read(ctx, values, None)
    if isinstance(plan, FieldErrors):
        return plan
    t = ctx.t
    try:
        made = actions.lay(ctx.tx, ctx.person, plan, offered_to(ctx), ctx.now)
    except AskedError as wrong:
        return FieldErrors({"menu": cards.asked(t, wrong)})
    said = t(
        "“{title}” is pathway {number}, and on offer to everybody.",
        title=made.title,
        number=made.id,
    )
    return told(ctx, made, t("Laid"), said)


@routes.press(cards.CHANGE, needs=LAYS, of=A_PATHWAY)
def change(ctx: Context, press: Press, one: Pathway) -> Answer:
    """Ask how a pathway is to be laid."""
    return OpenForm(_change_form(ctx, press.row, one))


def _change_form(ctx: Context, row: str, one: Pathway) -> Form:
    inputs = _inputs(ctx, one.title, one.about, one.menu)
    return Form(
        cards.CHANGE, ctx.t("A pathway"), inputs, ctx.t("Save"), row, _intro(ctx), keeps=True
    )


@routes.form(cards.CHANGE, build=_change_form, needs=LAYS, of=A_PATHWAY)
def is_changed(ctx: Context, _row: str, values: Values, one: Pathway) -> Answer:
    """Lay a pathway anew."""
    plan = _read(ctx, values, one)
    if isinstance(plan, FieldErrors):
        return plan
    t = ctx.t
    try:
        actions.lay_anew(ctx.tx, ctx.person, one, plan, offered_to(ctx), now=ctx.now)
    except AskedError as wrong:
        return FieldErrors({"menu": cards.asked(t, wrong)})
    now = store.get(ctx.tx, one.id) or one
    said = t("Laid anew. Steps of the same name are the same: what people did of them stays done.")
    return told(ctx, now, t("Noted"), said)


@routes.press(cards.CLOSE, needs=LAYS, of=A_PATHWAY)
def close(ctx: Context, _press: Press, one: Pathway) -> Answer:
    """Offer a pathway no more, or again."""
    actions.close(ctx.tx, ctx.person, one, ctx.now)
    t, now = ctx.t, store.get(ctx.tx, one.id) or one
    again = t("“{title}” is on offer again.", title=one.title)
    gone = t("“{title}” is offered no more. Who walks it walks on.", title=one.title)
    return told(ctx, now, t("Noted"), again if one.closed else gone)


@routes.audit(
    {
        "pathway.laid": msg("{who} laid the pathway {title}"),
        "pathway.changed": msg("{who} laid the pathway {title} anew"),
        "pathway.closed": msg("{who} offers the pathway {title} no more"),
        "pathway.opened": msg("{who} offers the pathway {title} again"),
    }
)
def told_of_a_pathway(_ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the pathway."""
    return {"title": Bold(str(entry.detail.get("title", "")))}
