"""What carries skills."""

from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Carrier:
    """A thing that may carry skills: the name of its kind of object, such as `chat`, and its number."""

    kind: str
    row: int
