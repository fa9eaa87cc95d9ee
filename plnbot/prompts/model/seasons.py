"""Which part of the school year it is, for prompts that fit one alone; pure."""

from datetime import date
from enum import StrEnum


class Season(StrEnum):
    """A part of the school year: August, January and May where it begins in August."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


AUGUST, FEBRUARY = 8, 2
_IN_SOUTH = ("Australia/", "Pacific/Auckland", "America/Argentina", "America/Buenos_Aires",
    "America/Santiago", "America/Sao_Paulo", "America/Montevideo", "America/Asuncion",
    "America/Bogota", "Africa/Johannesburg")  # fmt: skip
_MONTHS = {0: Season.START, 1: Season.START, 5: Season.MIDDLE, 6: Season.MIDDLE, 8: Season.END,
    9: Season.END, 10: Season.END, 11: Season.START}  # fmt: skip
"""By how many months the school year has gone on, or is about to begin."""


def first_month(zone: str) -> int:
    """Return the month in which school years begin where clocks show this zone."""
    return FEBRUARY if zone.startswith(_IN_SOUTH) else AUGUST


def season_of(day: date, begins: int) -> Season | None:
    """Return the part of the school year on a day, where that begins in the month `begins`.

    None in the months between, when only prompts for any time are asked.
    """
    return _MONTHS.get((day.month - begins) % 12)
