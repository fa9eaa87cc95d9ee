"""Draws the pictures of a district's year: `python -m tests.browser.year_pictures FOLDER`.

The year is the one that `./run --data-dir FOLDER demo year --leave` has played.
"""

import asyncio
import sys
from pathlib import Path

from plnbot.demo_year.people import EVALUATOR, HERO, STAFF
from tests.browser.conftest import started
from tests.browser.pictures import DESKTOP, Drawn, drawn

_TALL, _LONG = (1280, 1500), (390, 1200)
DRAWN: Drawn = {
    "insight-month": (STAFF.handle, "page/insight", _TALL, ""),
    "insight-year": (STAFF.handle, "page/insight#year", DESKTOP, ""),
    "insight-phone": (STAFF.handle, "page/insight", _LONG, ""),
    "assessment-time": (STAFF.handle, "page/assessment/2", _TALL, ""),
    "year-home": (HERO.handle, "page/home", DESKTOP, ""),
    "year-goals": (HERO.handle, "page/goals", DESKTOP, ""),
    "year-skills": (HERO.handle, "page/skills", DESKTOP, ""),
    "year-shared": (EVALUATOR.handle, "page/portfolio.shared/1", DESKTOP, ""),
}


if __name__ == "__main__":
    with started(Path(sys.argv[1]) / "demo") as printed:
        asyncio.run(drawn(printed, DRAWN))
