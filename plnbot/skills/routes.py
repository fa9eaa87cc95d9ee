"""The question which skills something carries: one button, one choice, whatever capability asks it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from plnbot.engine.objects import Object
from plnbot.engine.roles import Needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.packs import choices
from plnbot.packs.frameworks import skills_in
from plnbot.skills import cards, store
from plnbot.skills.model import Carrier
from plnbot.skills.personal import PERSONAL
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import Form, MultiChoiceInput, chosen
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Translate
from plnbot.values import dataclass

routes = Routes()
routes.personal.append(PERSONAL)
Thing = TypeVar("Thing")
_TITLE = 140


@dataclass(frozen=True, slots=True)
class Carries(Generic[Thing]):
    """Things of a kind that carry skills: who may say which, what each is called, who shows it now."""

    action: str
    of: Object[Thing]
    needs: Needs
    carrier: Callable[[Thing], Carrier]
    called: Callable[[Thing, str], str]
    topic: Callable[[Thing], str]


def carries(routes: Routes, kind: Carries[Thing]) -> None:
    """Let a button of this action ask which skills a thing carries."""

    def build(ctx: Context, row: str, thing: Thing) -> Form:
        t, its = ctx.t, store.carried(ctx.tx, kind.carrier(thing))
        asked = skills_input(ctx, t("Which skills does it touch?"), its)
        intro = t(
            "What members do with it has them by itself; each can change that for themselves."
        )
        return Form(kind.action, t("Skills"), (asked,), t("Save"), row, intro)

    @routes.form(kind.action, build=build, needs=kind.needs, of=kind.of, opens=True)
    def given(ctx: Context, _row: str, values: Values, thing: Thing) -> Answer:
        its = chosen(values["skills"])
        store.carry(ctx.tx, ctx.network.id, kind.carrier(thing), its)
        ctx.tx.announce(kind.topic(thing))
        title = verbatim(short_words(kind.called(thing, ctx.t.locale), _TITLE))
        return Reply(Card(title, (Paragraph(_said(ctx.t, its)),), Tone.GOOD))


def skills_input(ctx: Context, label: Text, its: tuple[str, ...]) -> MultiChoiceInput:
    """Return the question which skills of the network's framework it is."""
    options = choices(skills_in(ctx.network.name), ctx.t.locale, its)
    there = {each.value for each in options}
    value = tuple(each for each in its if each in there)
    return MultiChoiceInput(name="skills", label=label, options=options, value=value)


def _said(t: Translate, its: tuple[str, ...]) -> Text:
    if not its:
        return t("It carries no skills now.")
    return t(
        "It carries: {skills}. What is done there from now on has them.",
        skills=cards.all_called(t, its),
    )
