"""The numbers of questions: as they were written, in which order they are asked, and as they are shown."""

import re
from collections.abc import Sequence
from dataclasses import replace

from plnbot.chats.paste.said import PastedQuestion

_LABEL = re.compile(r"(\d+)([a-z]?)")


def in_order(questions: Sequence[PastedQuestion]) -> list[PastedQuestion]:
    """Return the questions by their numbers, where these are 1 to n in whatever order.

    Bonus questions come last then. Where numbers are missing or came twice nobody knows what was
    meant, and the questions stay as they stand.
    """
    found = [_LABEL.fullmatch(each.label) for each in questions]
    keys = [(int(each[1]), each[2]) for each in found if each]
    numbers = {number for number, _part in keys}
    whole = numbers == set(range(1, len(numbers) + 1)) and len(set(keys)) == len(keys)
    known = all(
        each or question.is_bonus or not question.label
        for each, question in zip(found, questions, strict=True)
    )
    if not keys or not whole or not known or keys == sorted(keys):
        return list(questions)
    last = (len(keys) + 1, "")
    by_number = [(int(each[1]), each[2]) if each else last for each in found]
    places = sorted(range(len(questions)), key=lambda place: by_number[place])
    return [questions[place] for place in places]


def numbered(questions: Sequence[PastedQuestion]) -> tuple[PastedQuestion, ...]:
    """Return the questions with labels that are unique and in order, kept where they are."""
    made: list[PastedQuestion] = []
    number, bonus = 0, 0
    for each in questions:
        if each.is_bonus:
            bonus += 1
            label = f"bonus{bonus}" if bonus > 1 else "bonus"
        elif (
            each.label[-1:].isalpha()
            and each.label[:-1] == str(number)
            and _part_follows(made, each.label)
        ):
            label = each.label
        else:
            number += 1
            label = f"{number}{each.label[-1]}" if each.label[-1:] == "a" else str(number)
        made.append(replace(each, label=label))
    return tuple(made)


def _part_follows(made: Sequence[PastedQuestion], label: str) -> bool:
    last = made[-1].label if made else ""
    return last[:-1] == label[:-1] and last[-1:].isalpha() and ord(label[-1]) == ord(last[-1]) + 1
