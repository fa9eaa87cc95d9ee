"""What something that a member did means for what stands of them. Pure.

Every function takes what stands of one member already, as far as it may be concerned, and returns what
is to be written, emptied and dropped. Doing the same again changes nothing.
"""

from collections.abc import Mapping, Sequence

from plnbot.values import dataclass

OWN = "form/"
"""What the source of a member's own slot begins with: what a form or a tap gave."""


def own_source(member: int) -> str:
    """Return the source of what a member gives by form or tap."""
    return f"{OWN}{member}"


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer that stands: what it is under, where it came from, what it says.

    `choice` is what was tapped, if anything. One that is hidden may be empty: its author unsaid it.
    """

    id: int
    under: int
    source: str
    words: str
    choice: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What a form (`words`) or a tap (`choice`) gives; None leaves what was there."""

    under: int
    words: str | None = None
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An answer to be written, over the one that stands from the same source."""

    under: int
    words: str
    choice: str = ""
    new: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be written, and the ids of what is to be emptied or dropped."""

    write: tuple[Written, ...] = ()
    empty: tuple[int, ...] = ()
    drop: tuple[int, ...] = ()


def said(
    mine: Sequence[Standing], source: str, answers: Mapping[int, str], *, once: bool
) -> Outcome:
    """Return what a message means that answers this now, by what it is under; no words are empty.

    `mine` is what stands from this message, and, where each counts `once`, of all that it answers.
    Words after a mere tap are the sentence to it: there the message is the answer from now on.
    """
    from_here = {each.under: each for each in mine if each.source == source}
    others = [each for each in mine if each.source != source and not each.hidden]
    elsewhere = {each.under: each for each in others} if once else {}
    write: list[Written] = []
    taken: list[Standing] = []
    for under, words in answers.items():
        before, other = from_here.get(under), elsewhere.get(under)
        if before is not None:
            if before.words != words:
                write.append(Written(under, words, before.choice, new=False))
        elif other is None:
            write.append(Written(under, words))
        elif not other.words:
            write.append(Written(under, words, other.choice))
            taken.append(other)
    unsaid = [each for under, each in from_here.items() if under not in answers]
    return _without([*unsaid, *taken], write)


def given(mine: Sequence[Standing], source: str, gift: Given, *, once: bool) -> Outcome:
    """Return what a form or a tap means.

    `source` is the member's own slot; `mine` is all that they said under this, or at least what stands
    from that slot. Nothing at all takes it back.
    """
    under = gift.under
    before = next((each for each in mine if each.source == source and each.under == under), None)
    words, choice = (before.words, before.choice) if before else ("", "")
    words = words if gift.words is None else gift.words
    choice = choice if gift.choice is None else gift.choice
    if not (words or choice):
        return taken_back([before] if before else [])
    others = [each for each in mine if each is not before and each.under == under]
    replaced = [each for each in others if once and not each.hidden]
    same = before is not None and (before.words, before.choice) == (words, choice)
    write = [] if same else [Written(under, words, choice, new=before is None)]
    return _without(replaced, write)


def taken_back(these: Sequence[Standing]) -> Outcome:
    """Return what it means that a member takes these back: hidden ones stay hidden, and empty."""
    return _without(these, ())


def deleted(these: Sequence[Standing]) -> Outcome:
    """Return what it means that the messages of these are gone for good."""
    return Outcome(drop=tuple(each.id for each in these))


def _without(gone: Sequence[Standing], write: Sequence[Written]) -> Outcome:
    return Outcome(
        tuple(write),
        tuple(each.id for each in gone if each.hidden and (each.words or each.choice)),
        tuple(each.id for each in gone if not each.hidden),
    )
