"""Which command, button, form, page, card and work of the pulse leads where."""

from collections.abc import Mapping, Sequence

from plnbot.engine.at_home import Waiting
from plnbot.engine.audit import Entry
from plnbot.engine.needs import needs as needs_listed
from plnbot.engine.objects import of_one_member
from plnbot.engine.roles import ANYONE, Role, needs
from plnbot.engine.routes import Context, Routes, Showing, Values
from plnbot.packs import offered
from plnbot.pulse import actions, cards, packs, store
from plnbot.pulse.model import MOST, NOT_BEFORE, RHYTHMS, Because
from plnbot.pulse.offered import by_years, lately, on_offer
from plnbot.pulse.parts import PULSE
from plnbot.pulse.store import Answered, Offered
from plnbot.refs import row_number
from plnbot.singling_out import FEWEST
from plnbot.talk.cards import Actions, Button, Card, Look, Option, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    chosen,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Heading, Listing, Page, PageBlock, Rows, Table
from plnbot.talk.text import Style, Text, When, joined, verbatim
from plnbot.talk.words import Translate, Value, msg
from plnbot.visibility import Seen

routes = Routes()
ASKS = needs(Role.ORGANISER)
RHYTHM = "pulse.rhythm"
_GONE = msg("This is not offered to you any more. `/pln pulse` shows what is.")
MY_OPTION = of_one_member(
    "offered option",
    load=lambda tx, row: store.get_option(tx, row_number(row)),
    gone=_GONE,
)


@routes.command(
    "pulse",
    needs=ANYONE,
    part=PULSE,
    about=msg("Say what you need next, and get three options with why"),
    example=msg("/pln pulse"),
)
def pulse(ctx: Context, _words: str) -> Answer:
    """Show what is offered to a member, or ask what they need first."""
    if not store.answered(ctx.tx, ctx.person.id):
        return Reply(cards.invitation(ctx.t))
    return Reply(cards.options(ctx.t, actions.choose(ctx)))


@routes.press(cards.ANSWER, needs=ANYONE)
def ask(ctx: Context, _press: Press) -> Answer:
    """Ask what a member needs."""
    return OpenForm(_form(ctx, ""))


def _form(ctx: Context, _row: str) -> Form:
    t, me = ctx.t, ctx.person.id
    before = next(iter(store.answered(ctx.tx, me)), None)
    said = before.answers if before else {}
    told = ctx.directory.told(ctx.tx, [me], seen_by=Seen.ME).get(me)
    known = by_years(told.years if told else None)
    inputs = tuple(
        _input(
            t, each, said.get(each.id, (known,) if each.id == packs.EXPERIENCE and known else ())
        )
        for each in offered(packs.questions())
    )
    intro = t(
        "Leave out what you like. Only you see it; what you need is counted for your district without"
        " your name, once {n} or more say the same.",
        n=FEWEST,
    )
    return Form(cards.ANSWER, t("Two minutes"), inputs, t("Done"), intro=intro, keeps=True)


def _input(t: Translate, question: packs.Question, value: tuple[str, ...]) -> AnyInput:
    needed = needs_listed()
    options = tuple(
        Option(name, verbatim(short_words(title.said(t.locale), 75)))
        for name, title in packs.answers_to(question).items()
        if question.answers or not needed[name].retired or name in value
    )
    label = verbatim(question.title.said(t.locale))
    there = tuple(each for each in value if each in {one.value for one in options})
    if question.several:
        return MultiChoiceInput(name=question.id, label=label, options=options, value=there)
    return ChoiceInput(
        name=question.id, label=label, options=options, value=there[0] if there else ""
    )


@routes.form(cards.ANSWER, build=_form, needs=ANYONE)
def answered(ctx: Context, _row: str, values: Values) -> Answer:
    """Keep what a member answers, and offer what fits."""
    t = ctx.t
    given = {
        each.id: found
        for each in offered(packs.questions())
        if (found := _chosen(values[each.id], several=each.several))
    }
    if not given:
        first = next(iter(offered(packs.questions()))).id
        return FieldErrors({first: msg("Answer one of the questions at least.")})
    before = actions.answer(ctx.tx, ctx.person, given, ctx.now)
    card = cards.options(t, actions.choose(ctx))
    if before is None:
        return Reply(card)
    said = Paragraph(cards.answered_before(t, before.at))
    ways = Actions((PageButton(t("All of it"), cards.PAGE),))
    return Reply(Card(t("Noted"), (said, ways), Tone.GOOD), more=(card,))


def _chosen(value: object, *, several: bool) -> tuple[str, ...]:
    if several:
        return chosen(value)  # type: ignore[arg-type] # checked by its input
    return (str(value),) if value else ()


@routes.press(cards.CHOOSE, needs=ANYONE)
def look(ctx: Context, _press: Press) -> Answer:
    """Choose anew."""
    return Reply(cards.options(ctx.t, actions.choose(ctx)))


def _no(ctx: Context, one: Offered, because: Because) -> Answer:
    """Take no for an answer, say what was learned, and offer what comes instead."""
    actions.say_no(ctx.tx, one, because, ctx.now)
    now = store.get_option(ctx.tx, one.id) or one
    return Reply(cards.told_no(ctx.t, now), more=(cards.options(ctx.t, actions.choose(ctx)),))


@routes.press("pulse.not_topic", needs=ANYONE, of=MY_OPTION)
def not_topic(ctx: Context, _press: Press, one: Offered) -> Answer:
    """Leave out what somebody is not interested in."""
    return _no(ctx, one, Because.TOPIC)


@routes.press("pulse.not_kind", needs=ANYONE, of=MY_OPTION)
def not_kind(ctx: Context, _press: Press, one: Offered) -> Answer:
    """Leave out what is of a kind."""
    return _no(ctx, one, Because.KIND)


@routes.press("pulse.too_long", needs=ANYONE, of=MY_OPTION)
def too_long(ctx: Context, _press: Press, one: Offered) -> Answer:
    """Leave out what takes as long."""
    return _no(ctx, one, Because.LONG)


@routes.press("pulse.not_now", needs=ANYONE, of=MY_OPTION)
def not_now(ctx: Context, _press: Press, one: Offered) -> Answer:
    """Leave something out for four weeks."""
    return _no(ctx, one, Because.NOW)


@routes.press(cards.BACK, needs=ANYONE, of=MY_OPTION)
def back(ctx: Context, _press: Press, one: Offered) -> Answer:
    """Forget what was learned from a no."""
    t = ctx.t
    actions.take_back(ctx.tx, one, ctx.now)
    said = t("“{title}” can be offered to you again.", title=short_words(one.title, 100))
    ways = Actions((PageButton(t("All of it"), cards.PAGE),))
    card = Card(t("Taken back"), (Paragraph(said), ways), Tone.GOOD)
    return Reply(card, more=(cards.options(t, actions.choose(ctx)),))


@routes.page(cards.PAGE, needs=ANYONE)
def pulse_page(ctx: Context, _row: str) -> Page:
    """Show what is offered to a member, what was learned from their noes, and what they answered."""
    t, me = ctx.t, ctx.person.id
    kept, given = store.options_of(ctx.tx, me), store.answered(ctx.tx, me)
    there = on_offer(ctx, lately(ctx))
    stand = [each for each in kept if each.because is None and each.page in there][:MOST]
    blocks: list[PageBlock] = [
        Rows(tuple(cards.option_row(t, there[each.page], each) for each in stand))
        if stand
        else Paragraph(cards.nothing(t) if given else t("Answer first: it takes two minutes."))
    ]
    if noes := [each for each in kept if each.because is not None]:
        blocks.append(Heading(t("What I learned from your no"), "learned"))
        blocks.append(Rows(tuple(cards.learned_row(t, each) for each in noes)))
    blocks += _said(t, given)
    answer = Button(
        t("Answer again") if given else t("Answer now"), cards.ANSWER, look=Look.PRIMARY
    )
    again = (Button(t("Look again"), cards.CHOOSE),) if given else ()
    how = PageButton(t("How I choose"), cards.RULES)
    head = Head(t("Only you see this page."), actions=(answer, *again, how))
    return Page(t("What you need next"), tuple(blocks), live=f"member:{me}", head=head)


def _said(t: Translate, given: Sequence[Answered]) -> list[PageBlock]:
    if not given:
        return []
    latest, *before = given
    day = When(latest.at, Style.DATE)
    blocks: list[PageBlock] = [
        Heading(t("What you said on {day}", day=day), "said"),
        Listing(tuple(cards.answers(t, latest))),
    ]
    if before:
        lines = [
            joined([Text((When(each.at, Style.DATE),)), *cards.answers(t, each)], " · ")
            for each in before
        ]
        blocks += [Heading(t("What you said before"), "before"), Listing(tuple(lines))]
    return blocks


@routes.page(cards.RULES, needs=ANYONE)
def rules_page(ctx: Context, _row: str) -> Page:
    """Explain how options are chosen: every rule with its points."""
    t = ctx.t
    said = t(
        "I look at everything that the network has on offer and that you may see, and leave out what you"
        " did, joined or said no to. Each rule that holds gives its points; what has most comes first, each"
        " kind once before any comes twice, and never more than five. There is no other score."
    )
    table = Table(
        t("Every rule, with its points"),
        (t("Rule"), t("When you answered"), t("Points")),
        tuple(cards.rule_row(t, each) for each in offered(packs.rules())),
    )
    noes = t(
        "A no takes away and nothing else: this one, its kind, what takes as long, or for four weeks. Each"
        " stands on your page in words, and can be taken back there."
    )
    lead = (PageButton(t("What you need next"), cards.PAGE),)
    blocks: tuple[PageBlock, ...] = (table, Heading(t("Your no"), "no"), Paragraph(noes))
    return Page(t("How I choose"), blocks, head=Head(said, actions=lead))


@routes.command(
    "pulse ask",
    needs=ASKS,
    part=PULSE,
    about=msg("Have everybody asked what they need, twice a term or so"),
    example=msg("/pln pulse ask"),
)
def rhythm(ctx: Context, _words: str) -> Answer:
    """Ask in which rhythm everybody is to be asked."""
    return OpenForm(_rhythm_form(ctx, ""))


def _rhythm_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    there = store.rhythm_of(ctx.tx, ctx.network.id)
    options = (
        Option("0", t("Ask nobody")),
        *(Option(str(each), t("Every {n} weeks", n=each)) for each in RHYTHMS),
    )
    asked = ChoiceInput(
        name="weeks",
        label=t("How often shall I ask everybody?"),
        hint=t("Twice a term is every six weeks or so"),
        options=options,
        value=str(there.weeks) if there else "0",
        required=True,
    )
    intro = t(
        "On school days alone, never in quiet hours, and nobody who answered in the last three weeks."
        " Everybody can switch it off for themselves. You never see who answered what."
    )
    return Form(RHYTHM, t("Ask everybody"), (asked,), t("Save"), intro=intro)


@routes.form(RHYTHM, build=_rhythm_form, needs=ASKS)
def rhythm_set(ctx: Context, _row: str, values: Values) -> Answer:
    """Have everybody asked in a rhythm, or no more."""
    t = ctx.t
    made = actions.ask_everybody(ctx.tx, ctx.person, int(str(values["weeks"])), ctx.now)
    if made is None:
        return Reply(Card(t("Ask everybody"), (Paragraph(t("I ask nobody any more.")),), Tone.GOOD))
    said = t(
        "I ask everybody what they need every {n} weeks, for the first time on {day}.",
        n=made.weeks,
        day=When(made.next_at, Style.DAY_AND_TIME),
    )
    return Reply(Card(t("Ask everybody"), (Paragraph(said),), Tone.GOOD))


routes.when_due(actions.DUE)(actions.ask_due)


@routes.card(actions.ASKED)
def asked_card(to: Showing, _args: Mapping[str, str | int]) -> Card:
    """Ask a member what they need."""
    return cards.invitation(to.t)


def waits(ctx: Context) -> Waiting | None:
    """Say that the pulse waits for a member who was asked and has not answered."""
    there = store.rhythm_of(ctx.tx, ctx.network.id)
    if there is None or there.asked_at is None or there.asked_at + NOT_BEFORE < ctx.now:
        return None
    if store.answered_since(ctx.tx, [ctx.person.id], there.asked_at - NOT_BEFORE):
        return None
    t = ctx.t
    line = t("Two minutes, and three things for you")
    return Waiting(t("What do you need next?"), 1, line, Button(t("Answer now"), cards.ANSWER))


@routes.audit(
    {
        "pulse.on": msg("{who} has everybody asked what they need every {weeks} weeks"),
        "pulse.off": msg("{who} has nobody asked any more what they need"),
    }
)
def told_of_a_rhythm(_ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Say how often."""
    return {"weeks": str(entry.detail.get("weeks", ""))}
