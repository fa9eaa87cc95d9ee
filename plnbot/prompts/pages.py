"""Pages of prompts: one with all its answers, and what a member alone said became of theirs."""

from plnbot import gathering
from plnbot.engine.routes import Context
from plnbot.gathering import anonymous
from plnbot.gathering.not_heard import words as not_heard
from plnbot.gathering.pages import Shelf, quotes
from plnbot.prompts import actions, cards, store
from plnbot.prompts.cards.answering import Ways
from plnbot.prompts.model import Occurrence, Prompt, PromptSchedule, choices
from plnbot.skills.cards import told
from plnbot.skills.store import carried
from plnbot.talk.cards import Actions, Button, Paragraph
from plnbot.talk.pages import Downloads, Head, Heading, Page, PageBlock, Quote
from plnbot.talk.text import EMPTY, Style, Text, When, verbatim, with_links

LATEST = 50


def prompt_page(
    ctx: Context,
    occurrence: Occurrence,
    asks: PromptSchedule,
    prompt: Prompt,
    *,
    before: str,
    moderates: bool,
    grows: Text,
) -> Page:
    """Return a prompt with its answers, the latest or those before one."""
    number, t = occurrence.id, ctx.t
    options = choices(asks.kind_of(prompt), prompt, t.locale)
    blocks: list[PageBlock] = [Paragraph(with_links(prompt.said(t.locale)))]
    asked: Text = EMPTY
    if occurrence.asked_at is not None:
        asked = t("Asked {when}", when=When(occurrence.asked_at, Style.DAY))
    blocks += [Paragraph(not_heard(t, each)) for each in actions.not_heard(ctx.tx, occurrence)]
    chosen = gathering.tally(ctx.tx, actions.KIND, number).chosen
    blocks += cards.ways(t, Ways(str(number), options, chosen, asks.anonymous, page=False))
    files = Downloads(((t("Spreadsheet (CSV)"), f"prompt.csv/{number}"),)) if moderates else None
    shelf = Shelf(actions.KIND, number, number, "prompt", "prompt.hide" if moderates else "")
    said = quotes(
        ctx, shelf, LATEST, before=before,
        worded=lambda given: cards.read_as(options, given.choice, given.words),
    )  # fmt: skip
    blocks.append(Heading(t("Answers"), "answers"))
    blocks += said or [Paragraph(t("No answer to read yet. Yours is welcome."), quiet=True)]
    blocks += _unnamed(ctx, number, options, hide="prompt.hide_unnamed" if moderates else "")
    if moderates:
        blocks += _hidden(ctx, number, options)
    if moderates and grows:
        blocks.append(Actions((Button(grows, "prompt.grow", str(number)),)))
    facts = told(t, carried(ctx.tx, *occurrence.carriers))
    head, live = Head(asked, facts, files=files), actions.topic(number)
    return Page(verbatim(asks.title), tuple(blocks), live=live, head=head)


def _unnamed(ctx: Context, number: int, options: tuple[str, ...], *, hide: str) -> list[PageBlock]:
    found = anonymous.blocks(
        ctx,
        actions.KIND,
        number,
        lambda given: cards.read_as(options, given.choice, given.words),
        hide=hide,
    )
    if not found:
        return []
    why = ctx.t(
        "In a mixed order, at least five together. Nobody here can find out whose they are."
    )
    return [Heading(ctx.t("Without a name"), "unnamed"), Paragraph(why, quiet=True), *found]


def _hidden(ctx: Context, number: int, options: tuple[str, ...]) -> list[PageBlock]:
    t, blocks = ctx.t, list[PageBlock]()
    for each in gathering.hidden(ctx.tx, actions.KIND, number):
        said = verbatim(cards.read_as(options, each.choice, each.words))
        why = t("Hidden: {why}", why=each.hidden_reason)
        show = Actions((Button(t("Show it again"), "prompt.show", str(each.id)),))
        blocks.append(Quote(verbatim(each.author), each.at, said, f"a{each.id}", why, (show,)))
    for one in gathering.hidden_unnamed(ctx.tx, actions.KIND, number):
        said = verbatim(cards.read_as(options, one.choice, one.words))
        why = t("Hidden: {why}", why=one.hidden_reason)
        show = Actions((Button(t("Show it again"), "prompt.show_unnamed", str(one.id)),))
        blocks += [Paragraph(said), Paragraph(why, quiet=True), show]
    if not blocks:
        return []
    return [Heading(t("Hidden: only organisers and moderators see this"), "hidden"), *blocks]


def reflections_page(ctx: Context) -> Page:
    """Return what a member said became of what they had said; nobody else sees it."""
    t, blocks = ctx.t, list[PageBlock]()
    for each in store.reflections_of(ctx.tx, ctx.person.id):
        found = store.get_occurrence(ctx.tx, each.occurrence)
        prompt = store.get_prompt(ctx.tx, found.prompt) if found and found.prompt else None
        title: Text = verbatim(prompt.said(t.locale)) if prompt else verbatim("?")
        said = each.said or actions.said_then(ctx.tx, each)
        blocks.append(Heading(title, f"r{each.id}"))
        if said:
            blocks.append(Paragraph(t("You answered: “{said}”", said=said), quiet=True))
        if each.words:
            blocks.append(Paragraph(with_links(each.words)))
        label = t("Change it") if each.words else t("Tell what became of it")
        blocks.append(Actions((Button(label, "prompt.reflect", str(each.id)),)))
    first = Paragraph(t("Only you see this page."), quiet=True)
    none = Paragraph(t("Months after you answered a prompt I ask you what became of it."))
    return Page(t("Looking back"), (first, *(blocks or [none])), live=f"member:{ctx.person.id}")
