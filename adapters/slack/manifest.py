"""What the app may do in a workspace, and why: the one list that manifest, install and doctor share."""

from collections.abc import Mapping
from typing import Final

SCOPES: Final[Mapping[str, str]] = {
    "commands": "/pln and the shortcuts",
    "chat:write": "posts questions, reminders and answers, and keeps them current",
    "users:read": "names, time zones, languages, and who administers the workspace",
    "channels:history": "reads answers such as `A2 …` in public channels it was invited to",
    "groups:history": "the same in private channels it was invited to",
    "channels:read": "notices who comes into a public channel while a chat goes on",
    "groups:read": "the same in private channels",
    "im:history": "answers what people write to it directly, and finds its own lost posts there",
    "im:write": "opens direct messages for reminders and the moderator's panel",
    "mpim:write": "opens a group message for a few people who agreed to be introduced",
    "mpim:read": "finds that group message again",
    "mpim:history": "notices that somebody spoke there, never what",
    "groups:write": "opens a private channel where more are to talk than fit a group message",
    "reactions:write": "shows quietly beside a message that it counts as an answer",
    "files:read": "reads a file that somebody sends with a form, such as a document with questions",
    "files:write": "hands out archives as files where pages have no address",
}
EVENTS: Final[tuple[str, ...]] = (
    "app_home_opened",
    "app_uninstalled",
    "channel_unarchive",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "tokens_revoked",
    "user_change",
)
