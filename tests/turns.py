"""What a run of all tests tries of something long: each day another part; `./run faults` tries all of it.

A run says at its beginning which turn it is, and `PLNBOT_TEST_TURN` chooses the same again.
"""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

LONG = os.environ.get("PLNBOT_TEST_FAULTS") == "long"
"""Whether this is `./run faults`, where nothing is left out."""
# Processes that share a run have it from the first of them, also around midnight.
TURN = int(os.environ.setdefault("PLNBOT_TEST_TURN", str(datetime.now(UTC).toordinal())))

One = TypeVar("One")


def in_turn(everything: Sequence[One], parts: int, offset: int = 0) -> Sequence[One]:
    """Return one of `parts` parts, which all came up after as many days; or everything in the long run."""
    return everything if LONG else everything[(TURN + offset) % parts :: parts]
