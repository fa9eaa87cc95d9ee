"""The Slack driver: people in a workspace, played through everything between Slack and the core."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adapters.slack.connection import SlackConnection
from adapters.slack.text import Json
from plnbot.app import Parts
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.slack.fake import BOT, ROOM, TEAM, FakeSlack
from tests.adapters.slack.seen import actions_of, label_of, words_of
from tests.scenarios.browsing import Browsing, InBrowser
from tests.scenarios.driver import Direct, Document, Given, InTime

USERS = {
    "maya": "U0MAYA",
    "sam": "U0SAM",
    "priya": "U0PRIYA",
    "luis": "U0LUIS",
    "emma": "U0EMMA",
    "dwayne": "U0DWAYNE",
}
NAMES = (
    "Maya Torres",
    "Sam Okafor",
    "Priya Nair",
    "Luis Herrera",
    "Emma Lindqvist",
    "Dwayne Carter",
)


@dataclass(slots=True)
class SlackDriver(Direct, InTime, InBrowser):
    """Plays people in a workspace; where pages have an address, they open them in a browser."""

    slack: FakeSlack
    connection: SlackConnection
    parts: Parts
    store: Store
    clock: FrozenClock
    browsing: Browsing = field(init=False)
    _there: set[str] = field(default_factory=set)
    _said: list[Json] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def say(self, who: str, words: str, *, under: str = "") -> None:
        """Write in the channel or a thread, or type a command."""
        await self.come(who)
        if words.startswith("/pln"):
            await self.command(who, words.removeprefix("/pln").strip())
            return
        message: Json = {
            "type": "message",
            "user": USERS[who],
            "ts": self.slack.ts(),
            "text": words,
        }
        if under:
            message["thread_ts"] = await self._thread(who, under)
        self._said.append(message)
        await self.event({**message, "channel": ROOM, "channel_type": "channel"})

    async def edit(self, who: str, words: str, into: str) -> None:
        """Change one's own message, as Slack tells of it."""
        before = self._own(who, words)
        after = {**before, "text": into}
        self._said[self._said.index(before)] = after
        await self._changed("message_changed", message=after, previous_message=before)

    async def delete(self, who: str, words: str) -> None:
        """Delete one's own message; with replies below, Slack leaves a tombstone."""
        gone = self._own(who, words)
        self._said.remove(gone)
        if any(each.get("thread_ts") == gone["ts"] for each in self._said):
            left = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "ts": gone["ts"],
                    "text": "This message was deleted.", "thread_ts": gone["ts"]}  # fmt: skip
            await self._changed("message_changed", message=left, previous_message=gone)
        else:
            await self._changed("message_deleted", deleted_ts=gone["ts"], previous_message=gone)

    def _own(self, who: str, words: str) -> Json:
        mine = [each for each in self._said if each["user"] == USERS[who]]
        return next(each for each in mine if each["text"] == words)

    async def _changed(self, subtype: str, **told: object) -> None:
        event = {"type": "message", "subtype": subtype, "hidden": True, "ts": self.slack.ts()}
        await self.event({**event, "channel": ROOM, "channel_type": "channel", **told})

    async def command(self, who: str, text: str) -> None:
        """Type a command in the channel."""
        user = USERS[who]
        payload = {
            "command": "/pln",
            "text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            "team_id": TEAM,
            "channel_id": ROOM,
            "user_id": user,
            "user_name": who,
            "trigger_id": self._trigger(user),
            "response_url": self.slack.respond_url(user),
        }
        acknowledged = await self.slack.deliver("slash_commands", payload)
        if acknowledged:
            self.slack.shown[user] = acknowledged
        await self.settle()

    async def press(self, who: str, label: str, *, choose: str = "") -> None:
        """Press the newest button of this label: what is theirs alone, the room, direct messages."""
        await self.come(who)
        user = USERS[who]
        alone = self.slack.shown.get(user, {})
        spots = [(ROOM, alone), *self._standing(ROOM), *self._standing(self._direct(user))]
        for channel, body in spots:
            for element, block in actions_of(body):
                if label_of(element) == label:
                    await self._act(user, channel, body, element, block, choose)
                    return
        raise AssertionError(f"{who} sees no button {label!r} in: {await self.see(who)}")

    async def submit(self, who: str, **values: Given) -> None:
        """Fill in the form that is open, in Slack or in the browser."""
        if await self.filled_in_browser(who, values):
            return
        user = USERS[who]
        view = self.slack.views[user]
        state = {
            block["block_id"]: {"value": await self._given(user, view, block, values)}
            for block in _inputs(view)
        }
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": user, "name": who, "team_id": TEAM},
            "trigger_id": self._trigger(user),
            "view": {**view, "hash": "1", "state": {"values": state}},
        }
        acknowledged = await self.slack.deliver("interactive", payload)
        match acknowledged.get("response_action"):
            case "errors":
                known = {block["block_id"] for block in _inputs(view)}
                assert set(acknowledged["errors"]) <= known, "Slack knows no such input"
                said = "\n".join(acknowledged["errors"].values())
                self.slack.shown[user] = {**view, "text": said, "blocks": [_plain(said)]}
            case "update":
                self.slack.shown[user] = {**acknowledged["view"], "id": view["id"]}
                self.slack.views[user] = self.slack.shown[user]
            case _:
                del self.slack.views[user]
        await self.settle()

    async def _given(self, user: str, view: Json, block: Json, values: Mapping[str, Given]) -> Json:
        """Return an input's state; what is found by typing is chosen from what Slack is told."""
        element, typed = block["element"], values.get(block["block_id"])
        if element["type"] == "file_input":
            files = [self.slack.keep(user, typed)] if isinstance(typed, Document) else []
            return {"type": "file_input", "files": files}
        if element["type"] != "external_select" or typed is None:
            return _filled(block, values)
        payload = {
            "type": "block_suggestion",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "value": typed,
            "view": view,
        }
        found = (await self.slack.deliver("interactive", payload))["options"]
        fits = [each for each in found if str(typed) in each["text"]["text"]]
        chosen = next(iter(fits or found), None)
        return {"type": "external_select", "selected_option": chosen}

    async def see(self, who: str) -> str:
        """Return the channel, the direct messages and what is theirs alone."""
        await self.come(who)
        zone = await self._zone(who)
        room = [words_of(body, zone) for _place, body in reversed(list(self._standing(ROOM)))]
        return " ".join([*room, await self.messages(who), await self.alone(who)])

    async def alone(self, who: str) -> str:
        """Return the newest thing that only this person sees."""
        if who in self.browsing.sheets:
            return self.browsing.alone(who)
        return words_of(self.slack.shown.get(USERS[who], {}), await self._zone(who))

    async def messages(self, who: str) -> str:
        """Return what the bot wrote to them directly."""
        zone, direct = await self._zone(who), self._direct(USERS[who])
        standing = list(self._standing(direct))
        return " ".join(words_of(body, zone) for _place, body in reversed(standing))

    async def come(self, who: str) -> None:
        """Let somebody come into the channel, once."""
        if who not in self._there:
            self._there.add(who)
            came = {"type": "member_joined_channel", "user": USERS[who], "channel": ROOM}
            await self.event({**came, "team": TEAM})

    async def event(self, event: Json) -> None:
        """Let something happen in the workspace."""
        told = {"event_ts": self.slack.ts(), **event}
        self.slack.stands(told)
        payload = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{next(self._numbers)}",
            "event_time": int(self.clock.real(self.clock.now()).timestamp()),
            "event": told,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }
        if self.slack.silent:
            self.slack.untold.append(payload)
            return
        await self.slack.deliver("events_api", payload)
        await self.settle()

    async def settle(self) -> None:
        """Let what follows from something happen: answers after it, and work that is due."""
        await self.parts.runner.run_all_due()  # what is shown after it may wait for it
        await self.connection.app.finish(10)
        await self.parts.runner.run_all_due()

    async def _act(
        self, user: str, channel: str, body: Json, element: Json, block: Json, choose: str
    ) -> None:
        acted = {"type": element["type"], "action_id": element["action_id"]}
        if choose:
            option = next(each for each in element["options"] if each["value"] == choose)
            acted["selected_option"] = option
        payload: Json = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "trigger_id": self._trigger(user),
            "actions": [{**acted, "block_id": block.get("block_id", "b1")}],
        }
        if "type" in body and body["type"] in {"modal", "home"}:
            payload["view"] = body
        else:
            payload["channel"] = {"id": channel}
            payload["message"] = {"ts": body.get("ts", "1.1")}
            payload["response_url"] = self.slack.respond_url(user)
        assert await self.slack.deliver("interactive", payload) == {}
        await self.settle()

    def _standing(self, channel: str) -> Sequence[tuple[str, Json]]:
        """Return the messages of a channel, newest first."""
        standing = self.slack.messages[channel]
        return [(channel, each.told(metadata=False)) for each in reversed(standing)]

    def _direct(self, user: str) -> str:
        return f"D{user[1:]}"

    def _trigger(self, user: str) -> str:
        return f"{user}.{next(self._numbers)}"

    async def _zone(self, who: str) -> str:
        # Everybody's Slack is set to the zone that they told us.
        person = await self.parts.desk.person(MemberRef("slack", TEAM, USERS[who]))
        return person.zone if person else "UTC"

    async def _thread(self, who: str, shown: str) -> str:
        zone = await self._zone(who)
        found = [b for _place, b in self._standing(ROOM) if shown in words_of(b, zone)]
        found += [each for each in self._said if shown in each["text"]]
        assert found, f"{who} sees no message with {shown!r}"
        return str(found[0]["ts"])

    async def link(self, who: str) -> str:
        """Ask for a personal link; what was theirs alone before is seen again."""
        before = self.slack.shown.get(USERS[who])
        await self.command(who, "web")
        link = next(e["url"] for e, _block in actions_of(self.slack.shown[USERS[who]]))
        if before is not None:
            self.slack.shown[USERS[who]] = before
        return str(link)


def _inputs(view: Json) -> list[Json]:
    return [block for block in view["blocks"] if block["type"] == "input"]


def _plain(words: str) -> Json:
    return {"type": "context", "elements": [{"type": "plain_text", "text": words}]}


def _filled(block: Json, values: Mapping[str, Given]) -> Json:
    """Return an input's state: what is filled in now, else what stood in it."""
    element = block["element"]
    kind, given = element["type"], values.get(block["block_id"])
    match kind:
        case "static_select" | "external_select":
            chosen = element.get("initial_option")
            if given is not None:
                chosen = next((o for o in element["options"] if o["value"] == given), None)
            return {"type": kind, "selected_option": chosen}
        case "multi_static_select":
            chosen = element.get("initial_options", [])
            if given is not None:
                assert not isinstance(given, Document)
                chosen = [o for o in element["options"] if o["value"] in given]
            return {"type": kind, "selected_options": chosen}
        case _:
            value = element.get("initial_value") if given is None else given
            return {"type": kind, "value": value or None}
