"""Ideas of members: suggested by command, by form or from a prompt's card, and what becomes of them."""

from collections.abc import Sequence

from plnbot.engine.at_home import Waiting
from plnbot.engine.objects import Object
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.prompts import actions, cards, store
from plnbot.prompts.cards import BankEntry
from plnbot.prompts.model import Prompt, Status
from plnbot.prompts.model.wording import LONGEST
from plnbot.prompts.parts import PROMPTS
from plnbot.prompts.routes.looks import pack_title
from plnbot.refs import row_number
from plnbot.skills.store import carried
from plnbot.talk.cards import Actions, Button, Card, Look, Option, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Sentence, msg

routes = Routes()
_MOST_SHOWN = 8
_WITH, _WITHOUT = "with", "without"


def _of_others(ctx: Context, prompt: Prompt) -> Sentence | None:
    """Keep what one does with one's own idea to oneself."""
    return actions.GONE if prompt.author != ctx.person.id else None


MY_PROMPT: Object[Prompt] = Object(
    "own prompt",
    load=lambda tx, row: store.get_prompt(tx, row_number(row)),
    network=lambda prompt: prompt.network,
    scope=lambda prompt: str(prompt.id),
    gone=actions.GONE,
    closed=_of_others,
)


@routes.command(
    "prompt suggest",
    needs=ANYONE,
    part=PROMPTS,
    about=msg("Suggest a question that everybody could be asked"),
    example=msg(
        "/pln prompt suggest What did you borrow from a colleague lately, and how did it go?"
    ),
    argument=Argument("question", msg("Your question. Left out, a form asks for it.")),
)
def suggest(ctx: Context, words: str) -> Answer:
    """Take an idea in, or open the form for one."""
    return _taken_in(ctx, words, named=True) if words else OpenForm(_form(ctx, "", None))


@routes.command(
    "prompt mine",
    needs=ANYONE,
    part=PROMPTS,
    about=msg("See what became of the prompts you suggested"),
    example=msg("/pln prompt mine"),
)
def mine(ctx: Context, _words: str) -> Answer:
    """Show one's own ideas, newest first, each with what one can do."""
    every = store.suggested_by(ctx.tx, ctx.person.id)
    suggest_one = Actions(
        (Button(ctx.t("Suggest a prompt"), "prompts.suggest", look=Look.PRIMARY),)
    )
    title = ctx.t("Prompts you suggested")
    if not every:
        said = ctx.t("You have suggested none yet. What would you like everybody to be asked?")
        return Reply(Card(title, (Paragraph(said), suggest_one)))
    said = ctx.t.n("{n} idea of yours.", "{n} ideas of yours.", len(every))
    blocks = [Paragraph(said)]
    if len(every) > _MOST_SHOWN:
        blocks.append(Paragraph(ctx.t("The newest {n} are shown.", n=_MOST_SHOWN), quiet=True))
    shown = [cards.own(ctx.t, entry_of(ctx, each)) for each in every[:_MOST_SHOWN]]
    return Reply(Card(title, (*blocks, suggest_one)), more=tuple(shown))


@routes.press("prompts.suggest", needs=ANYONE)
def suggest_by_form(ctx: Context, _press: Press) -> Answer:
    """Open the form, from wherever one thought of something."""
    return OpenForm(_form(ctx, "", None))


@routes.press("prompts.change_own", needs=ANYONE, of=MY_PROMPT)
def change_own(ctx: Context, press: Press, prompt: Prompt) -> Answer:
    """Open the form with one's idea in it."""
    return OpenForm(_form(ctx, press.row, prompt))


def _form(ctx: Context, row: str, prompt: Prompt | None) -> Form:
    t = ctx.t
    inputs = (
        TextInput(
            name="words",
            label=t("Your question"),
            hint=t("One question of 10 to 25 words, without names of students or products"),
            long=True,
            required=True,
            most=LONGEST,
            value=next(iter(prompt.words.values())) if prompt else "",
        ),
        ChoiceInput(
            name="named",
            label=t("When it is asked"),
            options=(
                Option(_WITH, t("Say that it is my idea")),
                Option(_WITHOUT, t("Leave my name out")),
            ),
            value=_WITH if prompt is None or prompt.named else _WITHOUT,
            required=True,
        ),
    )
    title = t("Suggest a prompt") if prompt is None else t("Change your idea")
    return Form("prompts.suggest", title, inputs, t("Send"), row)


@routes.form("prompts.suggest", build=_form, needs=ANYONE, of=MY_PROMPT, without=ANYONE)
def given(ctx: Context, _row: str, values: Values, prompt: Prompt | None) -> Answer:
    """Take an idea in, or change one."""
    words, named = str(values["words"]), values["named"] == _WITH
    if prompt is None:
        return _taken_in(ctx, words, named=named)
    changed = actions.change_own(ctx.tx, prompt, words, ctx.now, by=ctx.person, named=named)
    return _shown(ctx, changed, ctx.t("Changed"))


@routes.press("prompts.name", needs=ANYONE, of=MY_PROMPT)
def name(ctx: Context, _press: Press, prompt: Prompt) -> Answer:
    """Have one's name said with one's idea, or not any more."""
    words = next(iter(prompt.words.values()))
    changed = actions.change_own(
        ctx.tx, prompt, words, ctx.now, by=ctx.person, named=not prompt.named
    )
    told = ctx.t("It is asked with your name") if changed.named else ctx.t("Your name is left out")
    return _shown(ctx, changed, told)


@routes.press("prompts.take_back", needs=ANYONE, of=MY_PROMPT)
def take_back(ctx: Context, _press: Press, prompt: Prompt) -> Answer:
    """Take one's idea back."""
    actions.take_back_idea(ctx.tx, prompt, ctx.now)
    words = Paragraph(verbatim(next(iter(prompt.words.values()))))
    again = ctx.t("Nothing of it is kept. If you want it back, suggest it again.")
    return Reply(Card(ctx.t("Taken back"), (words, Paragraph(again, quiet=True)), Tone.CAUTION))


@routes.press("prompts.agree", needs=ANYONE, of=MY_PROMPT)
def agree(ctx: Context, _press: Press, prompt: Prompt) -> Answer:
    """Take the words that a curator proposed."""
    proposed = store.proposed(ctx.tx, prompt.id)
    if proposed is None or proposed.outcome:
        raise Refused(_OVER)
    changed = actions.agree(ctx.tx, proposed, ctx.now)
    return _shown(ctx, changed, ctx.t("Agreed: it will be asked in these words"))


@routes.press("prompts.keep", needs=ANYONE, of=MY_PROMPT)
def keep(ctx: Context, _press: Press, prompt: Prompt) -> Answer:
    """Keep one's own words."""
    proposed = store.proposed(ctx.tx, prompt.id)
    if proposed is None or proposed.outcome:
        raise Refused(_OVER)
    kept = actions.keep_own_words(ctx.tx, proposed)
    return _shown(ctx, kept, ctx.t("Your words stay: the curators decide about them"))


_OVER = msg("Those other words are no longer proposed. `/pln prompt mine` shows how it stands.")


def _taken_in(ctx: Context, words: str, *, named: bool) -> Answer:
    made = actions.suggest(ctx.tx, words, ctx.now, ctx.directory, by=ctx.person, named=named)
    title = (
        ctx.t("You suggested this already: it waits")
        if made.again
        else ctx.t("Thank you: your idea waits for a curator")
    )
    return _shown(ctx, made.prompt, title)


def _shown(ctx: Context, prompt: Prompt, title: Text) -> Answer:
    return Reply(cards.own(ctx.t, entry_of(ctx, prompt), title))


def entry_of(ctx: Context, prompt: Prompt, bank: Sequence[Prompt] | None = None) -> BankEntry:
    """Return what is shown of an entry; `bank` is all there is, where one looks at many."""
    waits = prompt.status is Status.SUGGESTED
    others = (bank or store.whole_bank(ctx.tx, prompt.network)) if waits else ()
    return BankEntry(
        prompt,
        actions.author_name(ctx.tx, ctx.directory, prompt),
        actions.remarks(prompt) if waits else (),
        actions.near_to(next(iter(prompt.words.values())), others, prompt),
        store.proposed(ctx.tx, prompt.id),
        ctx.called(prompt.decided_by) if prompt.decided_by else "",
        pack_title(ctx, prompt.pack).bare() if prompt.pack else "",
        carried(ctx.tx, prompt.carrier),
    )


def other_words_wait(ctx: Context) -> Waiting | None:
    """Tell of ideas for which a curator proposes other words."""
    open_ones = [
        each
        for each in store.suggested_by(ctx.tx, ctx.person.id)
        if (found := store.proposed(ctx.tx, each.id)) is not None and not found.outcome
    ]
    if not open_ones:
        return None
    return Waiting(
        ctx.t.n("Other words for an idea", "Other words for {n} ideas", len(open_ones)),
        len(open_ones),
        verbatim(short_words(open_ones[0].said(ctx.t.locale), 80)),
        Button(ctx.t("Look at them"), "prompts.mine"),
    )


@routes.press("prompts.mine", needs=ANYONE)
def mine_by_button(ctx: Context, _press: Press) -> Answer:
    """Show one's own ideas."""
    return mine(ctx, "")
