"""A team's self-assessment: begin, invite, rate alone, agree together, do it again."""

from collections.abc import Mapping
from decimal import Decimal

from plnbot.engine.at_home import Waiting
from plnbot.engine.objects import Object
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Showing, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.insight.actions import assessing
from plnbot.insight.actions.assessing import INVITED, LEADS
from plnbot.insight.cards import assessments as cards
from plnbot.insight.cards.assessments import AGREE
from plnbot.insight.model import LONGEST_TITLE, LONGEST_WORDS, MOST, Figure, State
from plnbot.insight.packs import Element, elements
from plnbot.insight.parts import INSIGHT
from plnbot.insight.store import assessments as store
from plnbot.insight.store.assessments import Assessment
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Button, Card, Field, Look, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import Form, NumberInput, SearchInput, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Downloads, File, Head, Page, PageBlock, Rows
from plnbot.talk.spreadsheets import as_csv
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

routes = Routes()
PAGE = "assessment"
_BEGIN, _INVITE, _RATE = "insight.begin", "insight.invite", "insight.rate"
_OPEN, _FINISH, _AGAIN = "insight.open", "insight.finish", "insight.again"
_GONE = msg("There is no such self-assessment, or you are not in its team.")
_LEADERS = msg("That is for who leads the self-assessment.")


@dataclass(frozen=True, slots=True)
class Agreeing:
    """An element of an assessment."""

    it: Assessment
    element: Element


def _of_others(ctx: Context, it: Assessment) -> Sentence | None:
    return None if ctx.person.id in it.alone else _GONE


def _not_leading(ctx: Context, it: Assessment) -> Sentence | None:
    if ctx.person.id not in it.alone:
        return _GONE
    # Where the leader was erased, whoever is in the team may bring it to its end.
    return None if it.leader in (None, ctx.person.id) else _LEADERS


def _agreeing(tx: Tx, row: str) -> Agreeing | None:
    number, _, element = row.partition("-")
    it = store.get(tx, row_number(number))
    return Agreeing(it, elements()[element]) if it and element in elements() else None


AN_ASSESSMENT: Object[Assessment] = Object(
    "self-assessment",
    load=lambda tx, row: store.get(tx, row_number(row)),
    network=lambda it: it.network,
    scope=lambda it: str(it.id),
    gone=_GONE,
    closed=_of_others,
)
LED: Object[Assessment] = Object(
    "self-assessment that one leads",
    load=lambda tx, row: store.get(tx, row_number(row)),
    network=lambda it: it.network,
    scope=lambda it: str(it.id),
    gone=_GONE,
    closed=_not_leading,
)
AN_ELEMENT: Object[Agreeing] = Object(
    "element of a self-assessment",
    load=_agreeing,
    network=lambda agreeing: agreeing.it.network,
    scope=lambda agreeing: str(agreeing.it.id),
    gone=_GONE,
    closed=lambda ctx, agreeing: _not_leading(ctx, agreeing.it),
)


@routes.command(
    "insight assess",
    needs=ANYONE,
    part=INSIGHT,
    about=msg("Say with your team how ready your professional learning is, and see what moved"),
    example=msg("/pln insight assess"),
)
def assess(ctx: Context, _words: str) -> Answer:
    """Show the self-assessments that one takes part in, and begin one where one may."""
    t, mine = ctx.t, store.of_member(ctx.tx, ctx.person.id)
    ways: list[Button | PageButton] = []
    said = t("You are in no team. Staff of a district or a school begin one, and invite you.")
    if mine:
        latest = mine[0]
        said = joined([verbatim(latest.title), t.say(cards.STATES[latest.state])], "\n")
        ways.append(PageButton(t("Open it"), PAGE, str(latest.id)))
        ways += [Button(t("Rate"), _RATE, str(latest.id))] if _waits_for(ctx, latest) else []
    if ctx.may_somewhere(LEADS):
        said = said if mine else t("A team rates five elements from 0 to {n}: first each alone, then together.", n=MOST)  # fmt: skip
        ways.append(Button(t("Begin one"), _BEGIN))
    return Reply(Card(t("How ready are we?"), (Paragraph(said), *_ways(ways))))


def _ways(ways: list[Button | PageButton]) -> tuple[Actions, ...]:
    return (Actions(tuple(ways)),) if ways else ()


def _waits_for(ctx: Context, it: Assessment) -> bool:
    return it.state is State.ALONE and ctx.person.id in it.alone and not it.alone[ctx.person.id]


@routes.press(_BEGIN, needs=ANYONE)
def begin(ctx: Context, _press: Press) -> Answer:
    """Ask what it is called."""
    return OpenForm(_begin_form(ctx, ""))


def _begin_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    title = TextInput(
        name="title",
        label=t("Which team, and which term?"),
        hint=t("Such as: Lincoln, spring 2027"),
        most=LONGEST_TITLE,
        required=True,
    )
    return Form(_BEGIN, t("Self-assessment"), (title,), t("Begin"))


@routes.form(_BEGIN, build=_begin_form, needs=ANYONE)
def begun(ctx: Context, _row: str, values: Values) -> Answer:
    """Begin one, led by who does it."""
    if not ctx.may_somewhere(LEADS):
        said = ctx.t("Staff of a district or a school begin a self-assessment.")
        return Reply(Card(ctx.t("Not yours to begin"), (Paragraph(said),)))
    return _shown(ctx, assessing.begin(ctx, str(values["title"])))


@routes.press(_INVITE, needs=ANYONE, of=LED)
def invite(ctx: Context, press: Press, it: Assessment) -> Answer:
    """Ask who is to be in the team."""
    return OpenForm(_invite_form(ctx, press.row, it))


def _invite_form(ctx: Context, row: str, _it: Assessment) -> Form:
    who = SearchInput(name="member", label=ctx.t("Who joins the team?"), source=MEMBERS, required=True)  # fmt: skip
    return Form(_INVITE, ctx.t("The team"), (who,), ctx.t("Invite"), row)


@routes.form(_INVITE, build=_invite_form, needs=ANYONE, of=LED)
def invited(ctx: Context, _row: str, values: Values, it: Assessment) -> Answer:
    """Let somebody be in the team."""
    assessing.invite(ctx.tx, it, whose(ctx, values["member"]), ctx.now)
    return _shown(ctx, it.id)


@routes.press(_RATE, needs=ANYONE, of=AN_ASSESSMENT)
def rate(ctx: Context, press: Press, it: Assessment) -> Answer:
    """Ask for a figure for each element."""
    return OpenForm(_rate_form(ctx, press.row, it))


def _rate_form(ctx: Context, row: str, it: Assessment) -> Form:
    t = ctx.t
    mine = it.alone.get(ctx.person.id) or {}
    inputs = tuple(
        NumberInput(
            name=each.id,
            label=verbatim(short_words(each.title.said(t.locale), limits.INPUT_LABEL)),
            hint=cards.scale(t),
            least=0,
            most=MOST,
            value=Decimal(mine[each.id]) if each.id in mine else None,
            required=True,
        )
        for each in elements().values()
        if not each.retired
    )
    intro = t("From 0 to {n}. Nobody sees it until all have said theirs, and then without names.", n=MOST)  # fmt: skip
    return Form(_RATE, t("Each alone"), inputs, t("Say it"), row, intro, keeps=True)


@routes.form(_RATE, build=_rate_form, needs=ANYONE, of=AN_ASSESSMENT)
def rated(ctx: Context, _row: str, values: Values, it: Assessment) -> Answer:
    """Keep what somebody says alone."""
    figures = {each: int(str(values[each])) for each in elements() if values.get(each) is not None}
    assessing.rate(ctx.tx, it, ctx.person.id, figures, ctx.now)
    return _shown(ctx, it.id)


@routes.press(_OPEN, needs=ANYONE, of=LED)
def open_up(ctx: Context, _press: Press, it: Assessment) -> Answer:
    """Have seen together what was said so far."""
    assessing.open_up(ctx.tx, it)
    return _shown(ctx, it.id)


@routes.press(AGREE, needs=ANYONE, of=AN_ELEMENT)
def agree(ctx: Context, press: Press, agreeing: Agreeing) -> Answer:
    """Ask what the team agreed on for an element."""
    return OpenForm(_agree_form(ctx, press.row, agreeing))


def _agree_form(ctx: Context, row: str, agreeing: Agreeing) -> Form:
    t, element = ctx.t, agreeing.element
    before = agreeing.it.figures.get(element.id)
    inputs = (
        NumberInput(
            name="figure",
            label=t("Figure, 0 to {n}", n=MOST),
            least=0,
            most=MOST,
            value=Decimal(before.figure) if before else None,
            required=True,
        ),
        TextInput(
            name="words",
            label=t("Why, with the evidence"),
            long=True,
            most=LONGEST_WORDS,
            value=before.words if before else "",
            required=True,
        ),
    )
    title = verbatim(short_words(element.title.said(t.locale), limits.FORM_TITLE))
    return Form(AGREE, title, inputs, t("Agreed"), row, keeps=True)


@routes.form(AGREE, build=_agree_form, needs=ANYONE, of=AN_ELEMENT)
def agreed(ctx: Context, _row: str, values: Values, agreeing: Agreeing) -> Answer:
    """Keep what the team agreed on."""
    said = Figure(int(str(values["figure"])), str(values["words"]))
    assessing.agree(ctx.tx, agreeing.it, agreeing.element.id, said)
    return _shown(ctx, agreeing.it.id)


@routes.press(_FINISH, needs=ANYONE, of=LED)
def finish(ctx: Context, _press: Press, it: Assessment) -> Answer:
    """Keep all that was agreed for good."""
    assessing.finish(ctx.tx, it, ctx.now)
    return _shown(ctx, it.id)


@routes.press(_AGAIN, needs=ANYONE, of=LED)
def again(ctx: Context, _press: Press, it: Assessment) -> Answer:
    """Begin the next one with the same team."""
    return _shown(ctx, assessing.begin(ctx, it.title, it))


def _shown(ctx: Context, number: int) -> Answer:
    """Say in short how it stands now, with what comes next."""
    t, it = ctx.t, AN_ASSESSMENT.find(ctx, str(number))
    lines = [t.say(cards.STATES[it.state]), _who(ctx, it)]
    lines += [
        joined([verbatim(each.title.said(t.locale)), cards.figure(t, it.figures[each.id].figure)], ": ")
        for each in elements().values()
        if each.id in it.figures
    ]  # fmt: skip
    ways: tuple[PageButton | Button, ...] = (
        PageButton(t("Open it"), PAGE, str(it.id)),
        *_buttons(ctx, it),
    )
    title = verbatim(short_words(it.title, LONGEST_TITLE))
    return Reply(Card(title, (Paragraph(joined(lines, "\n")), Actions(ways)), Tone.GOOD))


def _who(ctx: Context, it: Assessment) -> Text:
    t = ctx.t
    said = t("{rated} of {all} have said theirs.", rated=it.rated, all=len(it.alone))
    return joined([t("The team: {names}.", names=_names(ctx, it)), said], " ")


def _names(ctx: Context, it: Assessment) -> str:
    return ", ".join(assessing.called(ctx.directory, ctx.tx, it.alone))


def _said(ctx: Context, it: Assessment) -> Text:
    return ctx.t("{rated} of {all}", rated=it.rated, all=len(it.alone))


def _buttons(ctx: Context, it: Assessment) -> tuple[Button, ...]:
    """Return what this reader can do next."""
    t, row = ctx.t, str(it.id)
    found: list[Button] = []
    if it.state is State.ALONE:
        found.append(Button(t("Rate"), _RATE, row, Look.PRIMARY))
    if _not_leading(ctx, it) is None:
        if it.state is State.ALONE:
            found.append(Button(t("Invite somebody"), _INVITE, row))
            sure = t(
                "What was said so far is seen by all of the team, and nobody can join in any more."
            )
            found.append(Button(t("See it together now"), _OPEN, row, Look.PLAIN, sure))
        elif it.state is State.TOGETHER:
            found.append(Button(t("That is what we agreed on"), _FINISH, row))
        else:
            found.append(Button(t("Do it again"), _AGAIN, row))
    return tuple(found)


@routes.page(PAGE, needs=ANYONE, of=AN_ASSESSMENT, without=ANYONE)
def assessment_page(ctx: Context, _row: str, it: Assessment | None) -> Page:
    """Show a self-assessment, or without a row those that the reader takes part in."""
    t = ctx.t
    if it is None:
        return _mine(ctx)
    beside = assessing.evidence(ctx.tx, it)
    leads = _not_leading(ctx, it) is None
    series = store.agreed_in(ctx.tx, it.series)
    blocks: list[PageBlock] = [
        *cards.over_time(t, series),
        *cards.element_blocks(t, it, beside, agrees=leads),
    ]
    source = t(
        "Elements and stages: Future Ready Framework, gear “Personalized Professional Learning”"
        " (Alliance for Excellent Education, futureready.org). The words about them are ours."
    )
    blocks.append(Paragraph(source, quiet=True))
    seen = t("Only the team sees this page.")
    files = Downloads(((t("As a table (CSV)"), f"assessment.csv/{it.id}"),))
    head = Head(
        joined([t.say(cards.STATES[it.state]), seen], " "),
        (
            Field(t("The team"), verbatim(_names(ctx, it))),
            Field(t("Have said theirs"), _said(ctx, it)),
        ),
        _buttons(ctx, it),
        files=files,
        prints=True,
    )
    title = verbatim(short_words(it.title, LONGEST_TITLE))
    return Page(title, tuple(blocks), live=f"assessment:{it.id}", head=head)


def _mine(ctx: Context) -> Page:
    t, mine = ctx.t, store.of_member(ctx.tx, ctx.person.id)
    rows = tuple(
        Card(
            verbatim(short_words(each.title, LONGEST_TITLE)),
            (
                Paragraph(t.say(cards.STATES[each.state])),
                Actions((PageButton(t("Open it"), PAGE, str(each.id)),)),
            ),
        )
        for each in mine
    )
    leads, look = ctx.may_somewhere(LEADS), Look.PLAIN if mine else Look.PRIMARY
    none = cards.no_team_yet(t, leads=leads)
    actions = (Button(t("Begin one"), _BEGIN, look=look),) if leads else ()
    head = Head(t("How ready a team sees its professional learning."), actions=actions)
    live = f"member:{ctx.person.id}"
    return Page(t("How ready are we?"), (Rows(rows),) if rows else (none,), head=head, live=live)


@routes.file("assessment.csv", needs=ANYONE, of=AN_ASSESSMENT)
def assessment_csv(ctx: Context, _row: str, it: Assessment) -> File:
    """Give what a team agreed on over time."""
    series = store.agreed_in(ctx.tx, it.series)
    content = as_csv(cards.spreadsheet(ctx.t, series, it))
    return File(f"self-assessment-{it.id}.csv", "text/csv; charset=utf-8", content)


@routes.card(INVITED)
def invited_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Ask somebody to rate, while there is still time."""
    it = store.get(to.tx, int(args["assessment"]))
    if it is None or it.state is not State.ALONE:
        return None
    row = str(it.id)
    ways = (
        Button(to.t("Rate"), _RATE, row, Look.PRIMARY),
        PageButton(to.t("Read what it is about"), PAGE, row),
    )
    return cards.asked(to.t, it, Actions(ways))


def waits(ctx: Context) -> Waiting | None:
    """Say which self-assessments wait for a member's figures."""
    mine = [each for each in store.of_member(ctx.tx, ctx.person.id) if _waits_for(ctx, each)]
    if not mine:
        return None
    t = ctx.t
    title = t.n("Rate with your team", "Rate with {n} of your teams", len(mine))
    line = joined([verbatim(short_words(each.title, LONGEST_TITLE)) for each in mine], " · ")
    return Waiting(title, len(mine), line, PageButton(t("Open it"), PAGE, str(mine[0].id)))
