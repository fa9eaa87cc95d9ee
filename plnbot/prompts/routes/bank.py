"""What curators do: approve, decline, edit, undo, one at a time or many, and paste prompts of their own."""

from collections.abc import Mapping, Sequence

from plnbot.engine.at_home import Waiting
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.prompts import actions, cards, store
from plnbot.prompts.actions import CURATES, DecidedError
from plnbot.prompts.cards.bank import SHELVES, noted
from plnbot.prompts.model import Prompt, Status
from plnbot.prompts.model.suggesting import Decision, asks_author, decide
from plnbot.prompts.model.wording import LONGEST
from plnbot.prompts.parts import CURATING
from plnbot.prompts.routes.objects import A_PROMPT
from plnbot.prompts.routes.putting_on import with_dates
from plnbot.prompts.routes.shelves import A_SHELF, Shelf
from plnbot.prompts.routes.suggesting import entry_of
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Look,
    Option,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, Form, MultiChoiceInput, TextInput, chosen
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import LOCALES, Sentence, msg

routes = Routes()
_MOST_REASON, _MOST_NOTED, _LABEL = 400, 6, 70
_FIRST_SHOWN = 5
_DONE: Mapping[Decision, Sentence] = {
    Decision.APPROVE: msg("Approved: it will be asked"),
    Decision.DECLINE: msg("Declined"),
    Decision.RETURN: msg("Undone"),
    Decision.SET_ASIDE: msg("Set aside"),
}


@routes.command(
    "prompt bank",
    needs=CURATES,
    part=CURATING,
    about=msg("See what members suggest, and all prompts there are"),
    example=msg("/pln prompt bank"),
)
def bank(ctx: Context, _words: str) -> Answer:
    """Say how much stands where, and show what waits, to decide about it at once."""
    counts = store.counts_of(ctx.tx, ctx.network.id)
    said = joined(
        (
            ctx.t("**{shelf}**: {n}", shelf=ctx.t.say(title), n=counts[status])
            for status, title in SHELVES.items()
        ),
        " · ",
    )
    waiting = store.listed(ctx.tx, ctx.network.id, Status.SUGGESTED, most=_FIRST_SHOWN)
    buttons = Actions(
        (
            PageButton(ctx.t("Open the bank"), "prompts.bank"),
            Button(ctx.t("Search"), "prompts.search"),
            Button(ctx.t("Paste prompts"), "prompts.paste"),
            Button(ctx.t("Decide several"), "prompts.several", Status.SUGGESTED.value),
        )
    )
    card = Card(ctx.t("The bank of prompts"), (Paragraph(said), buttons))
    return Reply(card, more=tuple(cards.entry(ctx.t, entry_of(ctx, each)) for each in waiting))


@routes.press("prompts.approve", needs=CURATES, of=A_PROMPT)
def approve(ctx: Context, _press: Press, prompt: Prompt) -> Answer:
    """Take an idea into the bank, or have what was set aside asked again."""
    return _settled(ctx, prompt, Decision.APPROVE)


@routes.press("prompts.return", needs=CURATES, of=A_PROMPT)
def give_back(ctx: Context, _press: Press, prompt: Prompt) -> Answer:
    """Undo what was decided."""
    return _settled(ctx, prompt, Decision.RETURN)


@routes.press("prompts.set_aside", needs=CURATES, of=A_PROMPT)
def set_aside(ctx: Context, _press: Press, prompt: Prompt) -> Answer:
    """Have a prompt asked no more until somebody has put it in better words."""
    return _settled(ctx, prompt, Decision.SET_ASIDE)


@routes.press("prompts.decline", needs=CURATES, of=A_PROMPT)
def decline(ctx: Context, press: Press, prompt: Prompt) -> Answer:
    """Ask for the reason, which the author reads."""
    if decide(prompt, Decision.DECLINE) is None:
        return _decided_already(ctx, prompt)
    return OpenForm(_reason_form(ctx, press.row, prompt))


def _reason_form(ctx: Context, row: str, prompt: Prompt) -> Form:
    t = ctx.t
    reason = TextInput(
        name="reason",
        label=t("Why not?"),
        hint=t("The member whose idea it is reads this."),
        long=True,
        required=prompt.suggested,
        most=_MOST_REASON,
    )
    return Form("prompts.decline", t("Decline a prompt"), (reason,), t("Decline"), row)


@routes.form("prompts.decline", build=_reason_form, needs=CURATES, of=A_PROMPT)
def declined(ctx: Context, _row: str, values: Values, prompt: Prompt) -> Answer:
    """Decline an idea, with the reason."""
    return _settled(ctx, prompt, Decision.DECLINE, str(values["reason"]))


@routes.press("prompts.reword", needs=CURATES, of=A_PROMPT)
def reword(ctx: Context, press: Press, prompt: Prompt) -> Answer:
    """Open the form with a prompt's words, in each language."""
    if decide(prompt, Decision.REWORD) is None:
        return _decided_already(ctx, prompt)
    return OpenForm(_words_form(ctx, press.row, prompt))


def _words_form(ctx: Context, row: str, prompt: Prompt) -> Form:
    first = next(iter(prompt.words))
    inputs = tuple(
        TextInput(
            name=f"words_{language}",
            label=ctx.t("Words, {language}", language=called),
            long=True,
            required=language == first,
            most=LONGEST,
            value=prompt.words.get(language, ""),
        )
        for language, called in sorted(LOCALES.items(), key=lambda each: each[0] != first)
    )
    asks = prompt.author is not None and asks_author(prompt)
    intro = (
        ctx.t("The member whose idea it is will be asked whether they agree.")
        if asks and prompt.author != ctx.person.id
        else ctx.t("It is asked in these words from now on.")
    )
    return Form("prompts.reword", ctx.t("Edit a prompt"), inputs, ctx.t("Save"), row, intro)


@routes.form("prompts.reword", build=_words_form, needs=CURATES, of=A_PROMPT)
def reworded(ctx: Context, _row: str, values: Values, prompt: Prompt) -> Answer:
    """Put a prompt in other words, or propose them to its author."""
    given = {each: str(values.get(f"words_{each}") or "") for each in LOCALES}
    order = sorted(given, key=lambda each: each != next(iter(prompt.words)))
    words = {each: actions.worded(given[each]) for each in order if given[each]}
    if words == dict(prompt.words):
        return Reply(_entry(ctx, prompt, ctx.t("Its words are as they were.")))
    try:
        made = actions.reword(ctx.tx, prompt.id, words, ctx.now, ctx.directory, by=ctx.person)
    except DecidedError as error:
        return _decided_already(ctx, error.prompt)
    changed = store.the_prompt(ctx.tx, prompt.id)
    if isinstance(made, Prompt):
        return Reply(_entry(ctx, changed, ctx.t("Saved.")))
    told = ctx.t("Its author is asked. Until they agree, it stays with the suggestions.")
    return Reply(_entry(ctx, changed, told))


@routes.press("prompts.search", needs=CURATES)
def search(ctx: Context, _press: Press) -> Answer:
    """Ask what to look for."""
    return OpenForm(_search_form(ctx, ""))


def _search_form(ctx: Context, _row: str) -> Form:
    words = TextInput(
        name="words",
        label=ctx.t("Words in the prompt"),
        hint=ctx.t("In any order; accents and capitals make no difference."),
        required=True,
        most=Shelf.LONGEST,
    )
    return Form("prompts.search", ctx.t("Search the bank"), (words,), ctx.t("Search"))


@routes.form("prompts.search", build=_search_form, needs=CURATES)
def found(ctx: Context, _row: str, values: Values) -> Answer:
    """Show the first that fit, and lead to all."""
    words = str(values["words"])
    fit = store.with_words(ctx.tx, ctx.network.id, words, most=50)
    said = ctx.t.n(
        "{n} prompt has “{words}”.", "{n} prompts have “{words}”.", len(fit), words=words
    )
    row = Shelf(words=words).row
    blocks: list[Block] = [Paragraph(said)]
    if fit:
        blocks.append(Actions((PageButton(ctx.t("Show all"), "prompts.bank", row),)))
    shown = tuple(cards.entry(ctx.t, entry_of(ctx, each)) for each in fit[:_FIRST_SHOWN])
    return Reply(Card(ctx.t("Search the bank"), tuple(blocks)), more=shown)


@routes.press("prompts.several", needs=CURATES, of=A_SHELF)
def several(ctx: Context, press: Press, shelf: Shelf) -> Answer:
    """Open the form in which one decides about many at once."""
    if not _on(ctx, shelf):
        raise Refused(msg("There is nothing to decide about here."))
    return OpenForm(_several_form(ctx, press.row, shelf))


def _on(ctx: Context, shelf: Shelf) -> Sequence[Prompt]:
    return store.listed(ctx.tx, ctx.network.id, shelf.status, most=limits.OPTIONS)


def _several_form(ctx: Context, row: str, shelf: Shelf) -> Form:
    t, here = ctx.t, _on(ctx, shelf)
    can = [each for each in _DONE if any(decide(one, each) for one in here)]
    options = tuple(
        Option(str(each.id), verbatim(short_words(each.said(t.locale), _LABEL))) for each in here
    )
    what = tuple(Option(each.value, t.say(_WHAT[each])) for each in can)
    empty = (Option("none", t("Nothing is here")),)
    return Form(
        "prompts.several",
        t("Decide several"),
        (
            MultiChoiceInput(
                name="which", label=t("Which ones?"), options=options or empty, required=True
            ),
            ChoiceInput(name="what", label=t("What becomes of them?"), options=what or empty,
                required=True),
            TextInput(
                name="reason",
                label=t("Why, if you decline them"),
                hint=t("Each author reads this."),
                most=_MOST_REASON,
            ),
        ),
        t("Do it"),
        row,
    )  # fmt: skip


_WHAT: Mapping[Decision, Sentence] = {
    Decision.APPROVE: msg("They will be asked"),
    Decision.DECLINE: msg("They are declined"),
    Decision.RETURN: msg("Undo: they wait again"),
    Decision.SET_ASIDE: msg("They are set aside"),
}


@routes.form("prompts.several", build=_several_form, needs=CURATES, of=A_SHELF)
def several_given(ctx: Context, _row: str, values: Values, _shelf: Shelf) -> Answer:
    """Decide about many; what another decided meanwhile is said, and stays."""
    which = chosen(values["which"])
    what, reason = str(values["what"]), str(values["reason"] or "")
    if what not in _WHAT:
        raise Refused(msg("There is nothing to decide about here."))
    decision = Decision(what)
    numbers = [A_PROMPT.find(ctx, each).id for each in which]
    done, late = actions.settle_all(
        ctx.tx, numbers, decision, ctx.now, ctx.directory, by=ctx.person, reason=reason
    )
    blocks: list[Block] = [
        Paragraph(ctx.t.n("{n} prompt is decided.", "{n} prompts are decided.", len(done)))
    ]
    blocks += [Paragraph(_by_whom(ctx, each), quiet=True) for each in late[:_MOST_NOTED]]
    blocks.append(Actions((PageButton(ctx.t("Open the bank"), "prompts.bank"),)))
    return Reply(Card(ctx.t.say(_DONE[decision]), tuple(blocks), Tone.GOOD))


@routes.press("prompts.paste", needs=CURATES)
def paste(ctx: Context, _press: Press) -> Answer:
    """Open the form for many prompts."""
    return OpenForm(_paste_form(ctx, ""))


def _paste_form(ctx: Context, _row: str) -> Form:
    lines = TextInput(
        name="lines",
        label=ctx.t("Prompts, one on each line"),
        hint=ctx.t("Numbers and bullets before them are left out."),
        long=True,
        required=True,
        most=limits.INPUT_LENGTH,
    )
    return Form("prompts.paste", ctx.t("Paste prompts"), (lines,), ctx.t("Add them"))


@routes.form("prompts.paste", build=_paste_form, needs=CURATES)
def pasted(ctx: Context, _row: str, values: Values) -> Answer:
    """Put each line into the bank, and say what there is to see to."""
    t = ctx.t
    made = actions.paste(ctx.tx, str(values["lines"]), ctx.now, by=ctx.person)
    blocks: list[Block] = [Paragraph(t.n("{n} prompt is in the bank now.",
        "{n} prompts are in the bank now.", len(made.lines)))]  # fmt: skip
    if made.known:
        said = t.n("{n} was there already.", "{n} were there already.", len(made.known))
        blocks.append(Paragraph(said))
    doubtful = [each for each in made.lines if each.flaws or each.near]
    for each in doubtful[:_MOST_NOTED]:
        words = short_words(each.prompt.said(t.locale), _LABEL)
        blocks.append(Paragraph(t("“{words}”", words=words)))
        blocks += noted(t, each.flaws[:1], each.near)
    if len(doubtful) > _MOST_NOTED:
        more = len(doubtful) - _MOST_NOTED
        blocks.append(Paragraph(t.n("{n} more could be worded better.",
            "{n} more could be worded better.", more), quiet=True))  # fmt: skip
    buttons: list[Button | PageButton] = [
        PageButton(t("Open the bank"), "prompts.bank", Shelf(Status.ACCEPTED).row)
    ]
    if made.lines:
        row = str(made.lines[0].prompt.id)
        buttons.append(Button(t("Take them out again"), "prompts.undo_paste", row, Look.DANGER))
    return Reply(Card(t("Pasted"), (*blocks, Actions(tuple(buttons))), Tone.GOOD))


@routes.press("prompts.undo_paste", needs=CURATES, of=A_PROMPT)
def undo_paste(ctx: Context, _press: Press, prompt: Prompt) -> Answer:
    """Take out what was pasted together, but what was asked."""
    many = actions.undo_paste(ctx.tx, prompt, ctx.now, by=ctx.person)
    said = ctx.t.n("{n} prompt is out again.", "{n} prompts are out again.", many)
    return Reply(Card(ctx.t("Taken out"), (Paragraph(said),), Tone.CAUTION))


def suggestions_wait(ctx: Context) -> Waiting | None:
    """Tell curators of what members suggest, and of what is set aside."""
    if not ctx.may(CURATES):
        return None
    counts = store.counts_of(ctx.tx, ctx.network.id)
    waiting = store.listed(ctx.tx, ctx.network.id, Status.SUGGESTED, most=1)
    if not waiting:
        return None
    many = counts[Status.SUGGESTED]
    return Waiting(
        ctx.t.n("{n} prompt suggested", "{n} prompts suggested", many),
        many,
        verbatim(short_words(waiting[0].said(ctx.t.locale), 80)),
        PageButton(ctx.t("Look at them"), "prompts.bank"),
    )


def _settled(ctx: Context, prompt: Prompt, decision: Decision, reason: str = "") -> Answer:
    try:
        done = actions.settle(
            ctx.tx, prompt.id, decision, ctx.now, ctx.directory, by=ctx.person, reason=reason
        )
    except DecidedError as error:
        return _decided_already(ctx, error.prompt)
    card = _entry(ctx, done, ctx.t.say(_DONE[decision]))
    return Reply(with_dates(ctx, card, done) if decision is Decision.APPROVE else card)


def _decided_already(ctx: Context, prompt: Prompt) -> Answer:
    return Reply(_entry(ctx, prompt, _by_whom(ctx, prompt)))


def _by_whom(ctx: Context, prompt: Prompt) -> Text:
    words = short_words(prompt.said(ctx.t.locale), _LABEL)
    where = ctx.t.say(SHELVES[prompt.status])
    if prompt.decided_by is None:
        return ctx.t("It stands elsewhere by now ({shelf}): “{words}”", shelf=where, words=words)
    return ctx.t(
        "{name} has decided about it already ({shelf}): “{words}”",
        name=ctx.called(prompt.decided_by),
        shelf=where,
        words=words,
    )


def _entry(ctx: Context, prompt: Prompt, note: Text) -> Card:
    return cards.with_note(cards.entry(ctx.t, entry_of(ctx, prompt)), note)
