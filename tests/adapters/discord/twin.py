"""A digital twin of Discord from npm, unmodified, behind the strict proxy; made in a temporary folder."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.adapters.slack.strict import free_port, wait_for
from tests.conftest import without

GUILD, GENERAL = "900000000000000001", "900000000000000002"
ALICE, BOB = "900000000000000010", "900000000000000011"
TOKEN = "OTAwMDAwMDAwMDAwMDAwMDIw.fake.token"


@dataclass(slots=True)
class Twin:
    """A running twin: where calls go, where its gateway is, and how a test plays its members."""

    api: str
    gateway: str
    control: str
    log: Path

    async def do(self, method: str, **given: Any) -> Any:
        """Let something happen, or ask for something."""
        async with aiohttp.ClientSession() as session:
            answer = await session.post(self.control, json={"m": method, "a": given})
            found = await answer.json()
            assert answer.status == 200, found
            return found

    def violations(self) -> list[dict[str, Any]]:
        """Return the calls that Discord would have refused."""
        calls = [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]
        return [each for each in calls if each["errs"]]

    def calls(self) -> list[tuple[str, str]]:
        """Return every call: its method and the description's path."""
        lines = self.log.read_text("utf-8").splitlines()
        return [(each["m"], each["spec"]) for each in map(json.loads, lines)]


@contextlib.contextmanager
def twin(peers: Path, folder: Path) -> Iterator[Twin]:
    """Run a twin with its proxy, or skip where Node or npm's packages are not to be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        without("there is no Node here")
    shutil.copy(peers / "twin-package.json", folder / "package.json")
    shutil.copy(peers / "discord_twin_driver.mjs", folder / "driver.mjs")
    installed = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    if installed.returncode:
        without(f"npm does not give the twin: {installed.stderr[-200:]}")
    port, control, front = free_port(), free_port(), free_port()
    log = folder / "calls.log"
    log.touch()
    ports = {"TWIN_PORT": str(port), "CTL_PORT": str(control)}
    with contextlib.ExitStack() as running:
        running.enter_context(_running([node, "driver.mjs"], control, folder, ports))
        up = f"http://127.0.0.1:{port}"
        proxy = [sys.executable, str(peers / "discord_strict.py"), str(front), up, str(log)]
        running.enter_context(_running(proxy, front, folder, {}))
        yield Twin(
            f"http://127.0.0.1:{front}/api/v10",
            f"ws://127.0.0.1:{port}/gateway",
            f"http://127.0.0.1:{control}",
            log,
        )


@contextlib.contextmanager
def _running(command: list[str], port: int, folder: Path, more: dict[str, str]) -> Iterator[None]:
    with (folder / f"{port}.txt").open("w") as told:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **more}, stdout=told, stderr=told
        )
        try:
            wait_for(port, process)
            yield
        finally:
            process.terminate()
            process.wait()
