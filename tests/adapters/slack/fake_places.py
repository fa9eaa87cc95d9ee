"""Conversations for a few in the counterpart of Slack: group messages, and private channels."""

import itertools

from adapters.slack.text import Json

BOT = "U0BOT"


class SlackRefusesError(Exception):
    """An answer of `ok: false`."""


class Places:
    """Who is in which conversation that was opened or made here."""

    def __init__(self) -> None:
        self.users: dict[str, Json] = {}
        self.private: dict[str, set[str]] = {}
        self.groups: dict[str, frozenset[str]] = {}
        self.named: dict[str, str] = {}  # private channels that were made here
        self.archived: set[str] = set()
        self._numbers = itertools.count(1)

    def _conversations_open(self, form: Json) -> Json:
        users = str(form["users"]).split(",")
        for each in users:
            if self.users.get(each, {}).get("deleted"):
                raise SlackRefusesError("user_disabled")
        if len(users) == 1:
            return {"channel": {"id": f"D{users[0][1:]}"}}
        group = "G" + "".join(sorted(each[1:] for each in users))
        self.groups.setdefault(group, frozenset(users))
        self.private.setdefault(group, set(users))
        return {"channel": {"id": group}}

    def _conversations_create(self, form: Json) -> Json:
        if form["name"] in self.named.values():
            raise SlackRefusesError("name_taken")
        made = f"C{next(self._numbers)}PRIVATE"
        self.named[made] = str(form["name"])
        self.private[made] = {BOT}
        return {"channel": {"id": made, "name": form["name"]}}

    def _conversations_invite(self, form: Json) -> Json:
        users = set(str(form["users"]).split(","))
        if users & self.private[form["channel"]]:
            raise SlackRefusesError("already_in_channel")
        self.private[form["channel"]] |= users
        return {"channel": {"id": form["channel"]}}

    def _conversations_archive(self, form: Json) -> Json:
        if form["channel"] in self.groups:
            raise SlackRefusesError("method_not_supported_for_channel_type")
        self.archived.add(str(form["channel"]))
        return {}
