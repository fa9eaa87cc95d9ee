"""What people come for: the parts that commands are shown in, the most needed first."""

from enum import Enum

from plnbot.talk.words import Message, msg


class Part(Enum):
    """A part of the help. The order here is the order in which people read them."""

    CHAT = msg("Take part in a chat")
    YOU = msg("Your home and profile")
    PEERS = msg("Meet other teachers")
    DATA = msg("Your data")
    HELP = msg("More help")
    PLANNING = msg("Plan a chat")
    STEERING = msg("Run a chat")
    NETWORK = msg("Look after the network")

    @property
    def title(self) -> Message:
        """What stands above its commands."""
        return self.value
