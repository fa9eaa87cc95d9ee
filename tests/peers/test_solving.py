"""What solving makes of plain values: the same again for the same, thirds, threes, mentors with room."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plnbot.peers.model.figures import figures
from plnbot.peers.packs import starters, starters_for, weights
from plnbot.peers.solving import solve


def person(number: int, **values: object) -> dict[str, object]:
    """Return a teacher as plain values."""
    return {
        "id": number,
        "district": number,
        "subject": "music",
        "field": "arts",
        "grades": [8],
        "topics": [],
        "languages": ["en"],
        "years": None,
        "likes": "any",
        "free": [],
        "waited": 0,
        "odd": False,
        **values,
    }


def solved(people: Sequence[Mapping[str, object]], **values: object) -> Any:
    """Return what is made of these people."""
    asked: dict[str, object] = {
        "seed": 7,
        "size": 2,
        "people": people,
        "sides": {},
        "room": {},
        "pairs": [],
        "other_district": True,
        "gap": 8,
        "avoid": [],
        "met": [],
        "weights": {name: getattr(weights(), name) for name in type(weights()).__match_args__},
        "forecast": True,
    }
    return solve({**asked, **values}, lambda _said: None)


@settings(max_examples=20)
@given(st.integers(2, 14), st.integers(0, 1 << 40))
def test_everybody_once_and_the_same_again(many: int, seed: int) -> None:
    """Each is in one group, three only where the number is odd; the same seed is the same round."""
    made = solved([person(each) for each in range(1, many + 1)], seed=seed)
    members = [each for group, _step, _met in made["groups"] for each in group]
    assert sorted(members) == list(range(1, many + 1))
    assert sum(len(group[0]) == 3 for group in made["groups"]) == many % 2
    assert made == solved([person(each) for each in range(1, many + 1)], seed=seed)


@settings(max_examples=20)
@given(st.integers(3, 20), st.integers(0, 1 << 40))
def test_in_threes_nobody_is_lost(many: int, seed: int) -> None:
    """As many threes as there can be, the rest in twos, each person once."""
    made = solved([person(each) for each in range(1, many + 1)], seed=seed, size=3)
    members = [each for group, _step, _met in made["groups"] for each in group]
    assert sorted(members) == list(range(1, many + 1))
    assert all(len(group[0]) in (2, 3) for group in made["groups"])
    assert sum(len(group[0]) == 2 for group in made["groups"]) <= 2


def test_one_left_over_joins_two_who_are_there() -> None:
    """In a repair, a single one is the third of a pair; two of them meet each other."""
    people = [person(each) for each in (1, 2, 3)]
    assert solved(people, pairs=[[1, 2]])["groups"] == [[[1, 2, 3], "ANY", None]]
    four = [person(each) for each in (1, 2, 3, 4)]
    assert solved(four, pairs=[[1, 2]])["groups"][0][0] == [3, 4]


def test_mentors_have_no_more_than_room() -> None:
    """With room for two, the third mentee is left over, and it is said that it is for want of room."""
    people = [person(each) for each in (1, 2, 3, 4)]
    sides = {"1": "guide", "2": "guided", "3": "guided", "4": "guided"}
    made = solved(people, sides=sides, room={"1": 2, "2": 0, "3": 0, "4": 0})
    assert len(made["groups"]) == 2
    assert all(group[0][1] == 1 for group in made["groups"])
    assert len(made["left"]) == 1
    found = figures({"people": people}, {**made, "standing": [], "out": []})
    assert (found.introduced, found.people) == (3, 4), "a mentor of two is one of those introduced"


def test_figures_say_what_a_round_comes_to() -> None:
    """Introduced, repeats, two districts, steps, who is left: counted from what was given and made."""
    people = [person(1), person(2, district=1), person(3), person(4)]
    made = solved(people, avoid=[[1, 3], [1, 4], [2, 3], [2, 4]], met=[[3, 4, 2]])
    found = figures({"people": people}, {**made, "standing": [], "out": [[9, "paused"]]})
    assert (found.introduced, found.people, found.repeats) == (4, 4, 1)
    assert (found.across, found.known) == (1, 2)
    assert dict(found.steps) == {"AGAIN": 1, "SAME_DISTRICT": 1}
    assert found.out == (("paused", 1),)


def test_every_subject_has_two_questions_to_begin_with() -> None:
    """In English and in Spanish, its own first."""
    for each in starters().values():
        assert set(each.words.by_language) == {"en", "es"}
        for subject in each.subjects:
            found = starters_for([subject])
            assert len(found) > 1
            assert subject in found[0].subjects
    assert len(list(combinations(starters_for([]), 2))) > 10
