"""What can happen to a chat, and what it then has to do."""

from datetime import timedelta
from enum import StrEnum

from plnbot.chats.model.run import Moment, Run, Told
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Publish:
    """The plan stands; announce it. Also plans a scheduled chat anew, which need not be `news`."""

    moments: tuple[Moment, ...]
    news: bool = True


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed. `told` is the present question, or what came before the first, if known."""

    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Wait."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after a hold."""


@dataclass(frozen=True, slots=True)
class Extend:
    """Give the present question more time."""

    by: timedelta


@dataclass(frozen=True, slots=True)
class GoOn:
    """Do what comes next now, unless the room has not heard what came before, which is `told`."""

    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave the next question out; the others share its time."""


@dataclass(frozen=True, slots=True)
class Insert:
    """Ask question `number` (a bonus, or one that was skipped) after the others."""

    number: int


@dataclass(frozen=True, slots=True)
class PutBack:
    """Question `number` was skipped by mistake: it comes where it stood, or last where that is past.

    `plan` is what was to come before: where nothing has happened since, that is restored.
    """

    number: int
    plan: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class EndNow:
    """Close and archive at once."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """It will not take place."""


@dataclass(frozen=True, slots=True)
class Restore:
    """It was thrown away by mistake: a draft again."""


Event = (
    Publish
    | Tick
    | Hold
    | Resume
    | Extend
    | GoOn
    | Skip
    | Insert
    | PutBack
    | EndNow
    | Cancel
    | Restore
)


@dataclass(frozen=True, slots=True)
class Begin:
    """Say welcome; `late` when the bot was not there on time."""

    late: bool = False


@dataclass(frozen=True, slots=True)
class WarmUp:
    """Ask the warm-up question."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask question `number`; `late` when the bot was not there on time."""

    number: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """Say the closing words."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Make the archive known."""


@dataclass(frozen=True, slots=True)
class Announce:
    """Tell the room about the chat."""


@dataclass(frozen=True, slots=True)
class Reword:
    """What the room was told about the chat is no longer how things stand."""


@dataclass(frozen=True, slots=True)
class CallOff:
    """Tell the room that it will not take place."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Question `number` was left out."""

    number: int


@dataclass(frozen=True, slots=True)
class PlanMoved:
    """The times of what is to come have changed; moderators are told."""


Effect = Begin | WarmUp | Ask | Close | Archive | Announce | Reword | CallOff | Skipped | PlanMoved


@dataclass(frozen=True, slots=True)
class Outcome:
    """The chat after an event, and what it has to do."""

    run: Run
    effects: tuple[Effect, ...] = ()


class Impossible(StrEnum):
    """Why an event cannot happen now; the words are said elsewhere."""

    NOT_NOW = "not_now"
    HELD_ALREADY = "held_already"
    NOT_HELD = "not_held"
    NO_QUESTION_LEFT = "no_question_left"
    NO_PLAN = "no_plan"
    UNHEARD = "unheard"
    OVER = "over"
