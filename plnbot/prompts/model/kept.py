"""What is kept of prompts, as values."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.prompts.model.seasons import Season
from plnbot.refs import Place
from plnbot.schedules import Schedule
from plnbot.skills.model import Carrier
from plnbot.values import dataclass

PROMPT, SCHEDULE = "prompt", "prompt schedule"
"""As what both carry skills."""
AHEAD = 6
"""How many occurrences are planned ahead, each with its prompt."""


class Kind(StrEnum):
    """How a prompt is answered: in words, or by one tap with words besides."""

    OPEN = "open"
    SCALE = "scale"
    EMOJI = "emoji"
    CHOICE = "choice"


class Status(StrEnum):
    """Where an entry of the bank stands."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    USED = "used"
    SET_ASIDE = "set_aside"
    DECLINED = "declined"


OPEN_STATUSES = (Status.ACCEPTED, Status.USED)
"""Of which entries may be asked."""


class State(StrEnum):
    """What became of an occurrence."""

    PLANNED = "planned"
    POSTED = "posted"
    SKIPPED = "skipped"
    STALE = "stale"
    REFUSED = "refused"


class Act(StrEnum):
    """What somebody does to a schedule, or to one date of it, as the audit log has it."""

    MADE = "prompt.made"
    CHANGED = "prompt.changed"
    PAUSED = "prompt.paused"
    WENT_ON = "prompt.went_on"
    ENDED = "prompt.ended"
    BROUGHT_BACK = "prompt.brought_back"
    ROOM_JOINED = "prompt.room_joined"
    ROOM_LEFT = "prompt.room_left"
    SKIPPED = "prompt.skipped"
    UNSKIPPED = "prompt.unskipped"
    MOVED = "prompt.moved"
    MOVED_BACK = "prompt.moved_back"
    EXCHANGED = "prompt.exchanged"
    ASKED_NOW = "prompt.asked_now"


@dataclass(frozen=True, slots=True)
class Prompt:
    """An entry of a network's bank. `words` and `options` by language, English or the author's first.

    `pack` and `entry` say what it was copied from; both are empty for a network's own. `author` is the
    member who suggested it, None also where they were erased since; with `named` it is asked with their
    name. `season` is the part of the school year that it is for, and `breaks` says that it fills weeks
    without school. `uses` counts how often it was asked. `decided_by` is who last decided about it.
    """

    id: int
    network: int
    words: Mapping[str, str]
    kind: Kind = Kind.OPEN
    options: Mapping[str, tuple[str, ...]] | None = None
    pack: str = ""
    entry: str = ""
    status: Status = Status.ACCEPTED
    author: int | None = None
    reason: str = ""
    uses: int = 0
    used_at: datetime | None = None
    season: Season | None = None
    breaks: bool = False
    suggested: bool = False
    named: bool = True
    created_at: datetime | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None

    @property
    def carrier(self) -> Carrier:
        """What carries its skills."""
        return Carrier(PROMPT, self.id)

    def said(self, locale: str) -> str:
        """Return its words in this language, or in the first that there is."""
        return self.words.get(locale) or next(iter(self.words.values()))

    def choices(self, locale: str) -> tuple[str, ...]:
        """Return the options of a choice in this language, or in the first that there is."""
        if not self.options:
            return ()
        return self.options.get(locale) or next(iter(self.options.values()))


@dataclass(frozen=True, slots=True)
class PromptSchedule:
    """When a network asks, from what, and how people may answer.

    `pack` is what it draws from, empty for the network's own prompts. `answers` is the kind of answer
    where it is not each prompt's own. `fill_ins` has it ask light ones in breaks, `shuffled` has chance
    order the bank. `stale_after` is how late one may come. `runs_since` is since when it has asked at
    these times: what would have been before that, nobody missed. `version` grows with
    every change, by `edited_by`.
    """

    id: int
    network: int
    title: str
    schedule: Schedule
    pack: str
    answers: Kind | None
    anonymous: bool
    same_hour: bool
    nudge: bool
    round_up: bool
    stale_after: timedelta
    runs_since: datetime
    paused_until: datetime | None
    version: int
    edited_by: int | None
    created_by: int
    created_at: datetime
    ended_at: datetime | None
    fill_ins: bool = False
    shuffled: bool = False

    @property
    def scope(self) -> str:
        """What the audit log and live pages call it."""
        return f"prompt_schedule:{self.id}"

    @property
    def carrier(self) -> Carrier:
        """What carries the skills of all that it asks."""
        return Carrier(SCHEDULE, self.id)

    def kind_of(self, prompt: Prompt) -> Kind:
        """Return how a prompt is answered when this schedule asks it."""
        return prompt.kind if self.answers is None else self.answers


@dataclass(frozen=True, slots=True)
class PromptRoom:
    """A room in which a schedule asks, since when, and the zone of its clocks.

    `district` is whose school calendar counts for it, None the whole network's. `refused_at` is when it refused a prompt last, and `refused_why` its reason.
    """

    id: int
    schedule: int
    network: int
    place: Place
    zone: str
    since: datetime
    district: int | None = None
    refused_at: datetime | None = None
    refused_why: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which a schedule asks, by what it said first (`due`).

    `extra` ones were asked besides, at once. `asked_at` is when the first of its rooms was asked.
    """

    id: int
    schedule: int
    network: int
    due: datetime
    moved_to: datetime | None
    prompt: int | None
    state: State
    asked_at: datetime | None
    extra: bool = False

    @property
    def at(self) -> datetime:
        """When it is to be asked, or was."""
        return self.moved_to or self.due

    @property
    def carriers(self) -> tuple[Carrier, ...]:
        """What carries the skills of what it asks: its prompt, and its schedule."""
        prompt = () if self.prompt is None else (Carrier(PROMPT, self.prompt),)
        return (*prompt, Carrier(SCHEDULE, self.schedule))


@dataclass(frozen=True, slots=True)
class Turn:
    """An occurrence in one of its rooms."""

    occurrence: Occurrence
    room: PromptRoom
