"""What a button, form, page or file of answers to prompts is about."""

from collections.abc import Collection

from plnbot.engine.objects import Object, of_one_member
from plnbot.engine.routes import Context
from plnbot.prompts import store
from plnbot.prompts.actions import PromptTalk
from plnbot.prompts.model import Occurrence, Prompt, PromptSchedule, choices
from plnbot.refs import Place, row_number
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass

_GONE = msg("This is no longer there.")


@dataclass(frozen=True, slots=True)
class AskedPrompt:
    """An occurrence that was asked, with what it asks and for whom."""

    occurrence: Occurrence
    schedule: PromptSchedule
    prompt: Prompt

    @property
    def row(self) -> str:
        """The row by which it is named."""
        return str(self.occurrence.id)

    def options(self, locale: str) -> tuple[str, ...]:
        """Return what can be tapped, in a language."""
        return choices(self.schedule.kind_of(self.prompt), self.prompt, locale)

    def talk(self, ctx: Context) -> PromptTalk:
        """Return it as gathering sees it."""
        return PromptTalk(ctx.tx, ctx.now, self.occurrence)


def asked_prompt(tx: Tx, number: int) -> AskedPrompt | None:
    """Return an occurrence that was asked, or None."""
    found = store.get_occurrence(tx, number)
    schedule = store.get_schedule(tx, found.schedule) if found and found.asked_at else None
    prompt = store.get_prompt(tx, found.prompt) if found and found.prompt else None
    return AskedPrompt(found, schedule, prompt) if found and schedule and prompt else None


def held_in(tx: Tx, number: int) -> Collection[Place]:
    """Return the rooms in which an occurrence was asked: who may look into one may read and answer it."""
    rooms = (store.get_room(tx, each) for each in store.asked_in(tx, number))
    return [each.place for each in rooms if each is not None]


def _asked(tx: Tx, row: str) -> AskedPrompt | None:
    """Look it up; behind a dot, a row may say what was tapped, or where in its answers to begin."""
    return asked_prompt(tx, row_number(row.partition(".")[0]))


AN_ASKED_PROMPT: Object[AskedPrompt] = Object(
    "prompt that was asked",
    load=_asked,
    network=lambda this: this.occurrence.network,
    scope=lambda this: str(this.schedule.id),
    gone=msg("This prompt is not there to be answered."),
    held_in=lambda ctx, this: held_in(ctx.tx, this.occurrence.id),
)


A_REFLECTION = of_one_member(
    "reflection",
    load=lambda tx, row: store.get_reflection(tx, row_number(row)),
    gone=_GONE,
)
