"""`./run faults`: the long run, and the two tables for docs/reliability.md."""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.attacks import running as attacks
from tests.faults.conftest import Row

_MACHINES = ("tests/credit/test_model.py", "tests/credit/test_ledger.py")
"""Also what walks a million steps, and five thousand on each database."""
_IN_TURN = (
    "tests/browser/test_pages.py",
    "tests/browser/test_whole_chat.py",
    "tests/scenarios/test_isolation.py",
    "tests/scenarios/test_rooms.py",
)
"""And what takes turns in a short run (`tests/turns.py`)."""
_NOTHING_CHOSEN = 5
"""Pytest's status where `-k` chose no test at all."""


def main(words: Sequence[str]) -> int:
    """Run every fault and every attack, long, and print what was tried; return pytest's status."""
    with tempfile.TemporaryDirectory() as folder:
        tally = Path(folder) / "tally"
        tally.touch()
        environment = {
            **os.environ,
            "PLNBOT_TEST_FAULTS": "long",
            "PLNBOT_TEST_FAULTS_TALLY": str(tally),
        }
        command = [sys.executable, "-m", "pytest", "tests/faults", *_MACHINES, *_IN_TURN]
        command += ["-n", "logical", *words]
        statuses = [subprocess.call(command, env=environment)]
        # By themselves, one after another: they fill the machine, and waits are measured.
        command = [sys.executable, "-m", "pytest", "tests/attacks", *words]
        statuses.append(subprocess.call(command, env=environment))
        told = [json.loads(each) for each in tally.read_text(encoding="utf-8").splitlines()]
        for line in table(Row(**each) for each in told if "fault" in each):
            print(line)
        for line in attack_table(attacks.Row(**each) for each in told if "attack" in each):
            print(line)
    return max((each for each in statuses if each != _NOTHING_CHOSEN), default=_NOTHING_CHOSEN)


def table(rows: Iterable[Row]) -> Iterable[str]:
    """Yield the lines of a Markdown table, one a fault, with everything that was tried summed up."""
    by_fault: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_fault[row.fault].append(row)
    yield "| fault | tried | lost | doubled | worst recovery |"
    yield "|---|---:|---:|---:|---:|"
    for fault, several in sorted(by_fault.items()):
        tried, lost, doubled = (
            sum(getattr(each, name) for each in several) for name in ("tried", "lost", "doubled")
        )
        recoveries = [each.recovery for each in several if each.recovery is not None]
        worst = f"{max(recoveries):.1f} s" if recoveries else ""
        yield f"| {fault} | {tried:,} | {lost} | {doubled} | {worst} |"


def attack_table(rows: Iterable[attacks.Row]) -> Iterable[str]:
    """Yield the lines of a Markdown table, one an attack."""
    yield ""
    yield "| attack | tried | another client waited at most |"
    yield "|---|---:|---:|"
    for row in sorted(rows, key=lambda each: each.attack):
        yield f"| {row.attack} | {row.tried:,} | {row.waited:.2f} s |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
