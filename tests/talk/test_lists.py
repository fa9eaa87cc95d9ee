"""Lists as people paste them, and names one after another."""

from plnbot.talk.lists import lines_of, names
from plnbot.talk.words import Translate

PASTED = """• Library, 30 seats
•Gym
  - Den, voice
– Hall
1. Lab 3
(2) Roof
Q3: Yard
*

3 calls home a week
9:00–9:45 Opening
9.30–10.15
-5 degrees
"""


def test_marks_of_a_list_are_no_words() -> None:
    """Bullets, dashes and numbers go, however they are written; what begins a line as a word stays."""
    assert lines_of(PASTED) == [
        "Library, 30 seats",
        "Gym",
        "Den, voice",
        "Hall",
        "Lab 3",
        "Roof",
        "Yard",
        "3 calls home a week",
        "9:00–9:45 Opening",
        "9.30–10.15",
        "-5 degrees",
    ]


def test_names_are_counted_where_they_are_many() -> None:
    """Nobody, one, two, four, six."""
    t = Translate("en")
    people = ["Ana", "Bo", "Cy", "Di", "Ed", "Flo"]
    said = [names(t, people[:many]).bare() for many in (0, 1, 2, 4, 6)]
    assert said == ["", "Ana", "Ana and Bo", "Ana, Bo, Cy and Di", "Ana, Bo, Cy, Di and 2 more"]
