"""What people come for: the parts in which help shows commands. Each capability declares its own.

Those here are the house's, because rooms that all capabilities share have commands in them.
"""

from enum import Enum

from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass


class Shelf(Enum):
    """For whom a part of the help is; each shelf is a card of its own, in this order."""

    EVERYBODY = msg("What you can do")
    MODERATORS = msg("For moderators")
    ADMINISTRATORS = msg("For administrators")

    @property
    def title(self) -> Sentence:
        """What stands above its parts."""
        return self.value


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the help: `title` stands above its commands, `tip` is what needs no command."""

    name: str
    title: Sentence
    shelf: Shelf = Shelf.EVERYBODY
    tip: Sentence | None = None


YOU = Part("you", msg("Your home and profile"))
DATA = Part("data", msg("Your data"))
HELP = Part("help", msg("More help"))
NETWORK = Part("network", msg("Look after the network"), Shelf.ADMINISTRATORS)
