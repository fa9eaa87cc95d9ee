"""The house of two networks after each phase, played once for all processes of a run."""

import asyncio
import fcntl
import json
from datetime import datetime
from pathlib import Path

from plnbot.testing import FrozenClock
from tests.scenarios.two_networks import ON_BUTTONS, PHASES, Snapshot, snapshots


def kept_snapshots(empty: Path, folder: Path, clock: FrozenClock) -> tuple[Snapshot, ...]:
    """Return what the house is like after each phase; whoever asks first plays it, for all processes."""
    folder.mkdir(exist_ok=True)
    told = folder / "told.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            phases = asyncio.run(snapshots(empty, folder, clock))
            instants = [each.at.isoformat() for each in phases]
            told.write_text(json.dumps([instants, sorted(ON_BUTTONS)]), "utf-8")
    instants, rows = json.loads(told.read_text("utf-8"))
    ON_BUTTONS.update(rows)
    return tuple(
        Snapshot(folder / f"{phase}.sqlite3", datetime.fromisoformat(at))
        for phase, at in zip(PHASES, instants, strict=True)
    )
