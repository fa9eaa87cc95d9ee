"""Who sets prompts up, and who looks after what they draw from."""

from plnbot.engine.roles import Role, needs
from plnbot.talk.words import msg

ORGANISES = needs(
    Role.ORGANISER,
    otherwise=msg("Setting up prompts is for organisers. An administrator can make you one."),
)
