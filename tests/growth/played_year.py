"""Attacks the reports of a year that was played: `python -m tests.growth.played_year FOLDER`.

The year is the one that `./run --data-dir FOLDER demo year --leave` has played; the attack is that of `test_subtraction`.
"""

import asyncio
import sys
from pathlib import Path

from config.settings import Settings
from plnbot.app import wired
from plnbot.engine.ports import Directory
from plnbot.insight.actions.freezing import lot_of
from plnbot.insight.model import DistrictMonth, Month, passed
from plnbot.insight.store import reports
from plnbot.store.database import Tx
from tests.growth.test_subtraction import Found, attacked


def attacked_year(tx: Tx, directory: Directory, since: Month) -> Found:
    """Return what subtracting every two things of the first district's reports comes to."""
    frozen = reports.of_district(tx, 1, 1, since)
    lots = [lot_of(tx, directory, DistrictMonth(1, 1, each.month)) for each in frozen]
    return attacked([passed(each) for each in lots])


async def _attacked(folder: Path) -> Found:
    async with wired(Settings(data_dir=folder, port=0)) as bot:
        return await bot.store.read(
            lambda tx: attacked_year(tx, bot.desk.directory, Month(2026, 8))
        )


if __name__ == "__main__":
    found = asyncio.run(_attacked(Path(sys.argv[1]) / "demo"))
    sys.stdout.write(
        f"reports {found.reports} · pairs {found.pairs:,} · revealed {found.revealed}\n"
    )
