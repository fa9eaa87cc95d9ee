"""Who may lay boards, and who looks after one."""

from plnbot.edcamps.model import Board
from plnbot.engine.roles import Role, needs
from plnbot.talk.words import msg

OVER = msg("This EdCamp is over, or was called off.")
BOARD = "edcamp"
"""The kind of thing in which an organiser has the role for one board."""
LAYS = needs(
    Role.ORGANISER,
    otherwise=msg("Boards are laid by organisers. An administrator can make you one."),
)
ORGANISES = needs(
    Role.ORGANISER, within=BOARD, otherwise=msg("That is for the organisers of this board.")
)


def topic_of(network: int) -> str:
    """Return what changes of a network's list of boards are announced as."""
    return f"edcamps:{network}"


def key_of(board: Board) -> str:
    """Return what the keys of a board's work and posts begin with."""
    return f"edcamp/{board.id}"
