"""The platform of the fault tests: a server on loopback that keeps what it accepted."""

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Receiver:
    """Accepts posts. `knows` their keys, and then posts each once; or cannot tell one from another.

    `accepted` has, for each key, the lives of the bot in which it was accepted. It takes `slow`
    seconds to reply; a `silent` one accepts and never does.
    """

    knows: bool
    accepted: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    refs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    edits: int = 0
    slow: float = 0.0
    silent: bool = False
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    def told(self, asked: Mapping[str, str | int]) -> Mapping[str, str | bool]:
        """Do what is asked and return the reply."""
        key = str(asked["key"])
        if asked["what"] == "find":
            return {"cannot tell": not self.knows, "ref": self._ref(key)}
        if asked["edits"]:
            self.edits += 1
            return {"ref": str(asked["edits"])}
        if not (self.knows and self.accepted[key]):
            self.accepted[key].append(int(asked["life"]))
            self.refs[key].append(f"m{sum(map(len, self.accepted.values()))}")
        return {"ref": self._ref(key)}

    def _ref(self, key: str) -> str:
        return self.refs[key][-1] if self.refs[key] else ""

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Serve until the block ends; yields the port."""

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(ConnectionError):
                if line := await reader.readline():
                    reply = json.dumps(self.told(json.loads(line))).encode() + b"\n"
                    self.reached.set()
                    await asyncio.sleep(self.slow)
                    if self.silent:
                        await reader.read()
                    writer.write(reply)
                    await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            await server.wait_closed()
