"""`./run faults`: the long run, and the table for docs/reliability.md."""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.faults.conftest import Row


def main(words: Sequence[str]) -> int:
    """Run every fault test, long, and print what was tried; return pytest's status."""
    with tempfile.TemporaryDirectory() as folder:
        tally = Path(folder) / "tally"
        tally.touch()
        environment = {
            **os.environ,
            "PLNBOT_TEST_FAULTS": "long",
            "PLNBOT_TEST_FAULTS_TALLY": str(tally),
        }
        command = [sys.executable, "-m", "pytest", "tests/faults", "-n", "logical", *words]
        status = subprocess.call(command, env=environment)
        lines = tally.read_text(encoding="utf-8").splitlines()
        for line in table(Row(**json.loads(each)) for each in lines):
            print(line)
    return status


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
