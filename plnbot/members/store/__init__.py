"""What the members' rooms keep: networks, members and accounts, profiles and links."""

from plnbot.members.store.joining import (
    add_question,
    forget_question,
    locked_question,
    question_about,
    questions,
    save_question,
)
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
    called_like,
    change_member,
    has_left,
    in_workspace,
    members_in,
    new_member,
    whose,
)
from plnbot.members.store.profiles import profile_of, save_profile
from plnbot.members.store.sign_ins import (
    add_sign_in,
    forget_sign_ins,
    sign_in_of,
    take_sign_in,
)
from plnbot.members.store.tables import (
    account,
    join_request,
    member,
    network,
    sign_in,
    workspace,
)

__all__ = [
    "account",
    "add_question",
    "add_sign_in",
    "any_in_workspace",
    "attach",
    "by_id",
    "by_ref",
    "called_like",
    "change_member",
    "every_workspace",
    "first_network",
    "forget_question",
    "forget_sign_ins",
    "has_left",
    "in_workspace",
    "is_on",
    "join_request",
    "locked_question",
    "member",
    "members_in",
    "network",
    "network_of",
    "new_member",
    "new_network",
    "profile_of",
    "question_about",
    "questions",
    "save_profile",
    "save_question",
    "sign_in",
    "sign_in_of",
    "take_sign_in",
    "whose",
    "workspace",
    "workspaces_in",
]
