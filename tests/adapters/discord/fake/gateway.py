"""The gateway: what happens in the server, told to the bot."""

import copy
import json

from aiohttp import WSMsgType, web

from tests.adapters.discord.fake.server import APPLICATION, GUILD, Json, Server


class Gateway(Server):
    """The server's side of every connection."""

    async def tell(self, event: str, data: Json) -> None:
        """Let the gateway tell something, unless it is silent."""
        if self.silent and event.startswith(("MESSAGE_", "GUILD_MEMBER_")):
            self.untold.append((event, copy.deepcopy(data)))
            return
        for socket in self._sockets[:1] if self.shards > 1 else self._sockets:
            await self._told_to(socket, event, data)

    async def frame(self, words: str) -> None:
        """Let the gateway send anything."""
        for socket in self._sockets:
            await socket.send_str(words)

    async def drop(self, code: int = 4000) -> None:
        """Close every connection of the gateway."""
        for socket in list(self._sockets):
            await socket.close(code=code)
        self._sockets.clear()

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.shut:
            self.turned_away += 1
            self._told.set()
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 41250}}))
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            await self._heard(socket, json.loads(message.data))
        return socket

    async def _told_to(self, socket: web.WebSocketResponse, event: str, data: Json) -> None:
        self._sequence += 1
        if not socket.closed:
            words = {"op": 0, "t": event, "s": self._sequence, "d": data}
            await socket.send_str(json.dumps(words))

    async def _heard(self, socket: web.WebSocketResponse, said: Json) -> None:
        match said["op"]:
            case 1:
                await socket.send_str(json.dumps({"op": 11}))
            case 2 if self.closes_with:
                self.identified += 1
                self._told.set()
                await socket.close(code=self.closes_with)
            case 2:
                self.identified += 1
                self._told.set()
                self._sockets.append(socket)
                ready = {
                    "v": 10,
                    "user": self._bot(),
                    "guilds": [{"id": GUILD, "unavailable": True}],
                    "session_id": f"s{self.identified}",
                    "resume_gateway_url": self.gateway,
                    "application": {"id": APPLICATION, "flags": 0},
                    "shard": said["d"].get("shard", [0, 1]),
                }
                first = ready["shard"][0] == 0  # the server is told of on one connection alone
                ready["guilds"] = ready["guilds"] if first else []
                await self._told_to(socket, "READY", ready)
                if first:
                    await self._told_to(socket, "GUILD_CREATE", self._guild())
            case 6:  # every resume is refused
                await socket.send_str(json.dumps({"op": 9, "d": False}))
            case _:
                pass
