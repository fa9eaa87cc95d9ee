"""What the members' rooms keep: networks, members and accounts, profiles and links."""

from plnbot.members.store.networks import (
    attach,
    every_workspace,
    first_network,
    is_on,
    network_of,
    new_network,
    workspaces_in,
)
from plnbot.members.store.people import (
    any_in_workspace,
    by_id,
    by_ref,
    change_member,
    has_left,
    in_workspace,
    members_in,
    new_member,
    whose,
)
from plnbot.members.store.profiles import profile_of, save_profile
from plnbot.members.store.sign_ins import add_sign_in, take_sign_in
from plnbot.members.store.tables import account, member, network, sign_in, workspace

__all__ = [
    "account",
    "add_sign_in",
    "any_in_workspace",
    "attach",
    "by_id",
    "by_ref",
    "change_member",
    "every_workspace",
    "first_network",
    "has_left",
    "in_workspace",
    "is_on",
    "member",
    "members_in",
    "network",
    "network_of",
    "new_member",
    "new_network",
    "profile_of",
    "save_profile",
    "sign_in",
    "take_sign_in",
    "whose",
    "workspace",
    "workspaces_in",
]
