"""What our buttons, selects and dialogs are called on Discord, so that they outlive a restart.

A custom id is `kind|action|row`, and in direct messages also the server that it is about.
"""

from plnbot.values import dataclass

LONGEST = 100
PRESS = "p"
ASK_FIRST = "c"
PAGE = "o"
STEP = "n"
DIALOG = "f"
_FEWEST_PARTS, _MOST_PARTS = 3, 5


@dataclass(frozen=True, slots=True)
class Name:
    """A custom id, taken apart. `kind` is one of the letters above; `guild` may be empty."""

    kind: str
    action: str
    row: str = ""
    guild: str = ""


def written(name: Name, taken: frozenset[str] | set[str] = frozenset()) -> str:
    """Return a custom id that is not among `taken`; the server is left out where it does not fit."""
    made = f"{name.kind}|{name.action}|{name.row}"
    if name.guild and len(made) + 1 + len(name.guild) <= LONGEST:
        made = f"{made}|{name.guild}"
    alike = made
    number = 2
    while alike in taken:
        # Two buttons to one page mean the same; Discord wants their names to differ.
        alike = f"{made}{'|' * (4 - made.count('|'))}{number}"
        number += 1
    return alike


def read(custom_id: str) -> Name | None:
    """Return a custom id taken apart, or None where it is none of ours.

    Clients may send what no message of ours holds: a server that is no number is none.
    """
    parts = custom_id.split("|")
    known = parts[0] in {PRESS, ASK_FIRST, PAGE, STEP, DIALOG}
    if not known or not _FEWEST_PARTS <= len(parts) <= _MOST_PARTS:
        return None
    kind, action, row, guild = [*parts, ""][:4]
    return Name(kind, action, row, guild if guild.isascii() and guild.isdigit() else "")
