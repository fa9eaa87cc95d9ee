"""What can arrive from Slack, once it is read."""

from datetime import datetime
from enum import StrEnum

from adapters.slack.payload import Payload, text_of
from adapters.slack.text import PLATFORM
from plnbot.refs import MemberRef, Place
from plnbot.talk.interactions import Interaction
from plnbot.values import dataclass

KEY = 200
"""The longest key of an interaction."""


class Surface(StrEnum):
    """Where somebody did something, which says how they can be answered."""

    COMMAND = "command"
    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"
    FORM = "form"
    SHORTCUT = "shortcut"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer can go: what Slack gave us to answer with."""

    surface: Surface
    workspace: str
    user: str
    channel: str = ""
    thread: str = ""
    trigger: str = ""
    respond: str = ""
    view: str = ""
    fields: tuple[str, ...] = ()
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """An interaction, and where its answer can go.

    `stranger` says that somebody of another organisation did it. `otherwise` is what it was where it
    means nothing to anybody so: words to the bot itself.
    """

    interaction: Interaction
    origin: Origin
    stranger: bool = False
    otherwise: "Taken | None" = None

    @property
    def of_somebody(self) -> bool:
        """Whether it says who did it; Slack always does."""
        return bool(self.interaction.who.workspace and self.interaction.who.user)


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message was deleted, by its author or by somebody who may."""

    where: Place
    message: str


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """Somebody looks at the App Home."""

    who: MemberRef


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody's profile changed, and perhaps what they are called."""

    key: str
    who: MemberRef
    user: Payload


@dataclass(frozen=True, slots=True)
class Deactivated:
    """An administrator deactivated somebody's account."""

    key: str
    who: MemberRef


@dataclass(frozen=True, slots=True)
class Gone:
    """The workspace took the bot out, or its token away, at `at`."""

    workspace: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Accepts:
    """A channel that may have refused us takes us in, or is there again."""

    where: Place


@dataclass(frozen=True, slots=True)
class Out:
    """The bot was taken out of a channel."""

    where: Place


@dataclass(frozen=True, slots=True)
class Searched:
    """Somebody types into a search of a form; `free` where words of their own will do too."""

    who: MemberRef
    where: Place
    source: str
    typed: str
    free: bool


Arrival = Taken | Deleted | HomeOpened | Changed | Deactivated | Gone | Accepts | Out | Searched


def member(workspace: str, user: str) -> MemberRef:
    """Return a member of a workspace."""
    return MemberRef(PLATFORM, workspace, user)


def thread_of(message: Payload) -> str:
    """Return the thread a message stands in; the first message of one stands in the channel."""
    thread = text_of(message, "thread_ts")
    return "" if thread == text_of(message, "ts") else thread
