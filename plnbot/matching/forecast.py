"""For how long everybody of a subject can meet somebody new, and what would help."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from plnbot.matching.people import Person, Rules, ordered
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Supply:
    """How many teach a subject, in how many districts, and for how many rounds they meet new faces.

    After those, a repeat within the subject or a step down the ladder is needed. `one_more` is for how many
    rounds it would be with one more teacher, from a district that has none yet.
    """

    subject: str
    people: int
    districts: int
    rounds: int
    one_more: int


def supplies(people: Sequence[Person], rules: Rules) -> tuple[Supply, ...]:
    """Return the supply of each subject, the scarcest first."""
    by_subject: dict[str, list[Person]] = defaultdict(list)
    for each in people:
        if each.subject:
            by_subject[each.subject].append(each)
    found = (_supply(subject, those, rules) for subject, those in by_subject.items())
    return tuple(sorted(found, key=lambda each: (each.rounds, each.people, each.subject)))


def _supply(subject: str, people: Sequence[Person], rules: Rules) -> Supply:
    ids = {each.id for each in people}
    district = {each.id: each.district for each in people}
    gone = {pair for pair in {*rules.avoid, *rules.met} if ids.issuperset(pair)}
    apart = {
        (a, b)
        for a, b in gone
        if not rules.other_district or district[a] != district[b] or district[a] is None
    }
    new = _all_pairs(people, rules) - len({ordered(*pair) for pair in apart})
    many = len(people)
    return Supply(
        subject,
        many,
        len({each.district for each in people} - {None}),
        new // max(1, many // 2),
        (new + many) // max(1, (many + 1) // 2),
    )


def _all_pairs(people: Sequence[Person], rules: Rules) -> int:
    many = len(people)
    every = many * (many - 1) // 2
    if not rules.other_district:
        return every
    homes = Counter(each.district for each in people if each.district is not None)
    return every - sum(each * (each - 1) // 2 for each in homes.values())
