"""Solving a round, in a child process: plain values in, plain values out.

The same values make the same round on every machine, which is how a round is replayed. `given` has `people`,
each as the fields of a `Person` by name, `sides` and `room` where some accompany others, what the programme
rules, and the `seed`; `pairs` are there already, and others may join one as a third. That somebody was set
aside is never why one is left: it would be told to whom it is about.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from plnbot.engine.heavy import Plain, Told
from plnbot.peers.model import TWO


def solve(given: Mapping[str, Any], tell: Told) -> Plain:
    """Return groups with step and rounds since they met, who is left and why, and each subject's supply."""
    from plnbot.matching import Weights, supplies

    people = [_person(each) for each in given["people"]]
    rules, weights = _rules(given), Weights(**given["weights"])
    tell({"done": 0, "of": len(people)})
    made = (_guided if given["sides"] else _peers)(given, people, rules, weights)
    tell({"done": len(people), "of": len(people)})
    found = supplies(people, rules) if given["forecast"] else ()
    made["supplies"] = [
        [each.subject, each.people, each.districts, each.rounds, each.one_more] for each in found
    ]
    return made


def _peers(
    given: Mapping[str, Any], people: Sequence[Any], rules: Any, weights: Any
) -> dict[str, Any]:
    from plnbot.matching import Step, Why, joined, match

    seed, size = int(given["seed"]), int(given["size"])
    known = {each.id: each for each in people}
    pairs = [tuple(each) for each in given["pairs"]]
    taken = {each for pair in pairs for each in pair}
    free = [each for each in people if each.id not in taken]
    done = match(free, rules, seed, weights=weights, threes=size > TWO)
    groups = [[list(each.members), each.step.name, each.met] for each in done.groups]
    left = {each.id: "ALONE" if each.why is Why.ALONE else "RULES" for each in done.left}
    if pairs and left:
        there = [known[each] for pair in pairs for each in pair]
        thirds = joined(
            [*there, *(known[each] for each in left)], rules, seed, pairs, weights=weights
        )
        for third, pair in thirds.items():
            groups.append([[*pair, third], Step.ANY.name, None])
            del left[third]
    return {"groups": groups, "left": sorted([one, why] for one, why in left.items())}


def _guided(
    given: Mapping[str, Any], people: Sequence[Any], rules: Any, weights: Any
) -> dict[str, Any]:
    from plnbot.matching import Offer, ties

    guides = [
        Offer(each, given["room"][str(each.id)])
        for each in people
        if given["sides"][str(each.id)] == "guide"
    ]
    guided = [each for each in people if given["sides"][str(each.id)] == "guided"]
    made = ties(guides, guided, rules, int(given["seed"]), weights=weights)
    found = {each.mentee for each in made}
    why = "RULES" if any(each.room for each in guides) else "ALONE"
    return {
        "groups": [[[each.mentee, each.mentor], each.step.name, None] for each in made],
        "left": [[each.id, why] for each in guided if each.id not in found],
    }


def _person(said: Mapping[str, Any]) -> Any:
    from plnbot.matching import Likes, Person

    sets = {name: frozenset(said[name]) for name in ("grades", "topics", "languages", "free")}
    return Person(**{**said, **sets, "likes": Likes[said["likes"].upper()]})


def _rules(given: Mapping[str, Any]) -> Any:
    from plnbot.matching import Rules

    met = {(a, b): ago for a, b, ago in given["met"]}
    avoid = frozenset((a, b) for a, b in given["avoid"])
    return Rules(given["other_district"], given["gap"], avoid, met)
