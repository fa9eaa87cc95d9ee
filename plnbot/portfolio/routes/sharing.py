"""Exemplars are shared with a person or by a link, for a time; seen, taken along, withdrawn."""

from collections.abc import Mapping, Sequence

from plnbot.engine.context import Anybody, Showing
from plnbot.engine.outside import FileOutside
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import MEMBERS, whose
from plnbot.goals import store as goals
from plnbot.portfolio import actions, papers
from plnbot.portfolio.cards import exemplar as cards
from plnbot.portfolio.cards import sharing
from plnbot.portfolio.model import LASTS, Exemplar, Share, Standing, standing
from plnbot.portfolio.papers import Paper
from plnbot.portfolio.routes.objects import A_SHARE, MY_SHARE
from plnbot.portfolio.store import exemplars, shares
from plnbot.portfolio.store.seen import Seen, seen
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Button, Card, Look, Option, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    SearchInput,
    chosen,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Downloads, File, Head, Missing, Page, PageBlock
from plnbot.talk.text import EMPTY, Style, When, verbatim
from plnbot.talk.words import Sentence, msg

routes = Routes()
SHARE = "portfolio.share"
_PERSON, _NAMED, _NAMELESS = "person", "link", "nameless"
_LASTS: Mapping[int, Sentence] = {
    7: msg("A week"),
    30: msg("A month"),
    90: msg("Three months"),
    180: msg("Half a year"),
}


@routes.press(SHARE, needs=ANYONE)
def asked(ctx: Context, _press: Press) -> Answer:
    """Ask what is shared, with whom, for how long."""
    return OpenForm(_form(ctx, ""))


def _form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    how = ChoiceInput(
        name="how",
        label=t("With whom?"),
        options=(
            Option(_PERSON, t("One person of this network")),
            Option(_NAMED, t("Whoever has the link, without an account; with my name")),
            Option(_NAMELESS, t("Whoever has the link, without an account or my name")),
        ),
        value=_PERSON,
        required=True,
    )
    lasts = tuple(Option(str(days), t.say(_LASTS[days])) for days in LASTS)
    inputs = (
        *_what_inputs(ctx),
        how,
        SearchInput(
            name="person",
            label=t("Which person?"),
            hint=t("They can ask you about it."),
            source=MEMBERS,
        ),
        ChoiceInput(
            name="days", label=t("For how long?"), options=lasts, value="30", required=True
        ),
    )
    intro = t(
        "They see what you choose, below the words of its goal, and nothing else. You can withdraw it at any time."
    )
    return Form(SHARE, t("Share"), inputs, t("Share it"), intro=intro, keeps=True)


def _what_inputs(ctx: Context) -> tuple[AnyInput, ...]:
    t, mine = ctx.t, exemplars.of_member(ctx.tx, ctx.person.id)
    options = tuple(
        Option(str(each.id), verbatim(short_words(each.told.title, limits.OPTION_LABEL)))
        for each in mine[: limits.OPTIONS]
    ) or (Option("0", t("Nothing is there")),)
    hint = t("The {n} that you changed last. Others go by their goal.", n=limits.OPTIONS)
    these = MultiChoiceInput(
        name="these",
        label=t("Which exemplars?"),
        hint=hint if len(mine) > limits.OPTIONS else EMPTY,
        options=options,
    )
    numbers = dict.fromkeys(each.told.goal for each in mine if each.told.goal is not None)
    found = [each for number in numbers if (each := goals.get_goal(ctx.tx, number)) is not None]
    if not found:
        return (these,)
    of = tuple(
        Option(str(each.id), verbatim(short_words(each.words, limits.OPTION_LABEL)))
        for each in found[: limits.OPTIONS]
    )
    return (these, MultiChoiceInput(name="goals", label=t("And all of these goals"), options=of))


@routes.form(SHARE, build=_form, needs=ANYONE)
def shared(ctx: Context, _row: str, values: Values) -> Answer:
    """Share what was chosen."""
    how, person = str(values["how"]), ctx.person
    picked = _chosen(ctx, values)
    if not picked:
        return FieldErrors({"these": msg("Choose what you want to share.")})
    if how == _PERSON and values["person"] is None:
        return FieldErrors({"person": msg("Say with whom.")})
    if how != _PERSON and values["person"] is not None:
        return FieldErrors(
            {"person": msg("A link is for whoever has it. Leave this empty, or choose one person.")}
        )
    to = whose(ctx, values["person"]) if how == _PERSON else None
    if to is not None and to.id == person.id:
        return FieldErrors({"person": msg("That is you. You see all of it anyway.")})
    name = person.name if how != _NAMELESS else ""
    numbers = tuple(each.id for each in picked)
    new = Share(
        0, ctx.network.id, person.id, numbers, ctx.now, ctx.now,
        name=name, zone=person.zone, address=ctx.address,
    )  # fmt: skip
    made = actions.share(ctx.tx, person, new, int(str(values["days"])), to)
    return Reply(sharing.made(ctx.t, made, ctx.called))


def _chosen(ctx: Context, values: Values) -> Sequence[Exemplar]:
    these, of = set(chosen(values["these"])), set(chosen(values.get("goals")))
    mine = exemplars.of_member(ctx.tx, ctx.person.id)
    return [each for each in mine if str(each.id) in these or str(each.told.goal) in of]


@routes.press("portfolio.withdraw", needs=ANYONE, of=MY_SHARE)
def withdraw(ctx: Context, _press: Press, found: Share) -> Answer:
    """End a share at once."""
    t = ctx.t
    actions.withdraw(ctx.tx, found, ctx.now)
    said = t("Withdrawn. From now on they see nothing of it; what they took along, they have.")
    leads = Actions((PageButton(t("Your portfolio"), cards.PAGE),))
    return Reply(Card(t("Shared"), (Paragraph(said), leads)))


def _seen(ctx: Context | Anybody, found: Share) -> Sequence[Seen]:
    return seen(ctx.tx, exemplars.among(ctx.tx, found.member, found.exemplars))


@routes.page(sharing.SHARED, needs=ANYONE, of=A_SHARE)
def shared_page(ctx: Context, row: str, found: Share) -> Page:
    """Show what is shared to whom it is shared with, and to its teacher as these see it."""
    t, title = ctx.t, ctx.t("Portfolio of {name}", name=ctx.called(found.member))
    live = f"member:{ctx.person.id}"
    if standing(found, ctx.now) is not Standing.OPEN:
        return Page(title, (sharing.ended(t, found, ctx.now),), live=live)
    there = _seen(ctx, found)
    besides = {each.it.id: _questions(ctx, found, each) for each in there}
    blocks = tuple(sharing.blocks(t, there, downloads=found.to is not None, besides=besides))
    files = Downloads(
        (
            (t("PDF"), f"portfolio.shared.pdf/{row}"),
            (t("All pages, to open offline (ZIP)"), f"portfolio.shared.zip/{row}"),
        )
    )
    whom = sharing.to_whom(t, found, ctx.called)
    about = t("Seen by its teacher and by: {whom}. Nothing else is shared.", whom=whom)
    return Page(title, blocks, live=live, head=Head(about, files=files))


def _questions(ctx: Context, found: Share, one: Seen) -> Sequence[PageBlock]:
    """Return what was asked here about an exemplar; whom it is shared with asks."""
    t, mine = ctx.t, found.to == ctx.person.id
    asked = [each for each in one.questions if each.share == found.id]
    blocks: list[PageBlock] = list(cards.questions(t, asked, ctx.called, teacher=False))
    if mine:
        ask = Button(t("Ask about this"), "portfolio.ask", f"{found.id}-{one.it.id}", Look.PLAIN)
        blocks.append(Actions((ask,)))
    return blocks


def _paper(of: Context | Anybody, found: Share, name: str, zone: str) -> Paper:
    t, until = of.t, When(found.until, Style.DATE)
    title = t("Portfolio of {name}", name=name) if name else t("A portfolio of practice")
    about = t("Shared by its teacher, until {day}.", day=until)
    return Paper(title, [about], _seen(of, found), zone)


@routes.file("portfolio.shared.zip", needs=ANYONE, of=A_SHARE)
def shared_zip(ctx: Context, _row: str, found: Share) -> File | Missing:
    """Give what is shared as pages that open offline."""
    if standing(found, ctx.now) is not Standing.OPEN:
        return Missing()
    paper = _paper(ctx, found, ctx.called(found.member), ctx.person.zone)
    return papers.zipped(ctx.tx, ctx.t, paper)


@routes.file("portfolio.shared.pdf", needs=ANYONE, of=A_SHARE)
def shared_pdf(ctx: Context, _row: str, found: Share) -> FileOutside | Missing:
    """Give what is shared as a tagged PDF."""
    if standing(found, ctx.now) is not Standing.OPEN:
        return Missing()
    paper = _paper(ctx, found, ctx.called(found.member), ctx.person.zone)
    return papers.printed(ctx.t, paper)


def _linked(anybody: Anybody, row: str) -> Share | None:
    found = shares.by_code(anybody.tx, row) if row.isalnum() else None
    return found if found and not shares.switched_off(anybody.tx, found.network) else None


@routes.public_page(sharing.PUBLIC)
def public(anybody: Anybody, row: str) -> Page:
    """Show what is shared to whoever has the link, and once it has ended, that it has."""
    t, found = anybody.t, _linked(anybody, row)
    title = t("A portfolio of practice")
    if found is None:
        return Page(title, (Paragraph(t("There is nothing at this address.")),))
    live = actions.open_topic(found.code)
    if standing(found, anybody.now) is not Standing.OPEN:
        return Page(title, (sharing.ended(t, found, anybody.now),), live=live, zone=found.zone)
    blocks = sharing.blocks(t, _seen(anybody, found), downloads=False, besides={})
    until = When(found.until, Style.DATE)
    about = t("Seen by whoever has the link, until {day}.", day=until)
    if found.name:
        about = t("By {name}.", name=found.name) + verbatim(" ") + about
    head = Head(about, actions=sharing.links(t, found))
    return Page(title, tuple(blocks), live=live, zone=found.zone, head=head)


@routes.public_file(f"{sharing.PUBLIC}/portfolio.zip")
def public_zip(anybody: Anybody, row: str) -> File | Missing:
    """Give what is shared to whoever has the link, as pages that open offline."""
    found = _linked(anybody, row)
    if found is None or standing(found, anybody.now) is not Standing.OPEN:
        return Missing()
    paper = _paper(anybody, found, found.name, found.zone)
    return papers.zipped(anybody.tx, anybody.t, paper)


@routes.public_file(f"{sharing.PUBLIC}/portfolio.pdf")
def public_pdf(anybody: Anybody, row: str) -> FileOutside | Missing:
    """Give what is shared to whoever has the link, as a tagged PDF."""
    found = _linked(anybody, row)
    if found is None or standing(found, anybody.now) is not Standing.OPEN:
        return Missing()
    paper = _paper(anybody, found, found.name, found.zone)
    return papers.printed(anybody.t, paper)


@routes.card(actions.SHARED)
def shared_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Tell somebody that some of a portfolio is shared with them."""
    found = shares.get(to.tx, row_number(str(args["share"])))
    if found is None or standing(found, to.now) is not Standing.OPEN:
        return None
    t, teacher = to.t, to.directory.by_id(to.tx, found.member)
    said = t(
        "{name} shares some of their portfolio with you, until {day}. You can ask about each exemplar;"
        " whether they answer is theirs to decide.",
        name=teacher.name if teacher else "",
        day=When(found.until, Style.DATE),
    )
    leads = Actions((PageButton(t("Open"), sharing.SHARED, str(found.id)),))
    return Card(t("A portfolio is shared with you"), (Paragraph(said), leads))
