"""What phases, kinds of cards and of rooms, and votes are called."""

from collections.abc import Mapping

from plnbot.edcamps.model import CardKind, Phase, RoomKind, Vote
from plnbot.talk.words import Sentence, msg

PHASE_NAMES: Mapping[Phase, Sentence] = {
    Phase.PLANNED: msg("Planned"),
    Phase.REQUEST: msg("Requests"),
    Phase.PROPOSE: msg("Cards"),
    Phase.VOTE: msg("Votes"),
    Phase.GRID: msg("Grid"),
    Phase.LIVE: msg("The day"),
    Phase.SHARE_OUT: msg("Share-out"),
    Phase.OVER: msg("End"),
    Phase.CALLED_OFF: msg("Called off"),
}
KIND_NAMES: Mapping[CardKind, Sentence] = {
    CardKind.LEARN: msg("Want to learn"),
    CardKind.SHARE: msg("Can share"),
    CardKind.DISCUSS: msg("Discuss"),
    CardKind.MAKE: msg("Make together"),
}
VOTE_NAMES: Mapping[Vote, Sentence] = {
    Vote.INTERESTED: msg("Interested"),
    Vote.MAYBE: msg("Maybe"),
    Vote.SKIP: msg("Skip"),
}
ROOM_KINDS: Mapping[RoomKind, Sentence] = {
    RoomKind.REAL: msg("A room with a door"),
    RoomKind.CHANNEL: msg("A channel of its own"),
    RoomKind.THREAD: msg("A thread"),
    RoomKind.VOICE: msg("A voice room"),
}
