"""Two who are called the same are told apart, wherever what they said stands together."""

from collections import Counter
from collections.abc import Iterable, Mapping


def told_apart(authors: Iterable[tuple[int, str]]) -> Mapping[int, str]:
    """Return what each member is called among these, given by number and name in a fixed order.

    The first of a name has it plain, the next ones with their number: `Sam Lee`, `Sam Lee (2)`.
    """
    taken: Counter[str] = Counter()
    called: dict[int, str] = {}
    for member, name in authors:
        if member not in called:
            same = name.casefold()
            taken[same] += 1
            called[member] = name if taken[same] == 1 else f"{name} ({taken[same]})"
    return called
