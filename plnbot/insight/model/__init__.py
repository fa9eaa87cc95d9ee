"""What insight decides: a district's month, and how ready a team sees itself. Pure.

months  from who did what in a month to the figures that may be shown
stages  figures from 0 to 10, the stages they are in, and what moved
"""

from plnbot.insight.model.months import (
    OTHERS,
    REST,
    Cell,
    DistrictMonth,
    Form,
    Lot,
    Month,
    Part,
    Passed,
    Report,
    School,
    Took,
    month_of,
    part_of,
    passed,
    school_of,
)
from plnbot.insight.model.stages import (
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST,
    MOST_IN_TEAM,
    Figure,
    Spread,
    Stage,
    State,
    opens,
    range_of,
    spread_of,
    stage_of,
)

__all__ = [
    "LONGEST_TITLE",
    "LONGEST_WORDS",
    "MOST",
    "MOST_IN_TEAM",
    "OTHERS",
    "REST",
    "Cell",
    "DistrictMonth",
    "Figure",
    "Form",
    "Lot",
    "Month",
    "Part",
    "Passed",
    "Report",
    "School",
    "Spread",
    "Stage",
    "State",
    "Took",
    "month_of",
    "opens",
    "part_of",
    "passed",
    "range_of",
    "school_of",
    "spread_of",
    "stage_of",
]
