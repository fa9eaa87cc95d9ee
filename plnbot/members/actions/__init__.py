"""What is done with networks, members and their accounts."""

from plnbot.members.actions.directory import Members, attach_workspace, make_network, tidy_name
from plnbot.members.actions.giving_roles import end_role, give_role
from plnbot.members.actions.sign_in_links import LINK_LASTS, SignInLinks

__all__ = [
    "LINK_LASTS",
    "Members",
    "SignInLinks",
    "attach_workspace",
    "end_role",
    "give_role",
    "make_network",
    "tidy_name",
]
