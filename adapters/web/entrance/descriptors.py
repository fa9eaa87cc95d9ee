"""How many connections this process has descriptors for, beside what else it has open."""

import contextlib
import resource
from typing import Final

_ENOUGH: Final = 10_240
"""More are never of use, and macOS gives no more, whatever it says."""
_KEPT: Final = 256
"""For the database, the platforms, and files: many times what they are seen to use."""
_MOST: Final = 2_000


def raise_limit() -> None:
    """Raise this process's limit as far as it may go and is of use."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _ENOUGH if hard == resource.RLIM_INFINITY else min(hard, _ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def connections() -> int:
    """Return how many connections fit in, by the limit as it is now."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _fitting(_ENOUGH if soft == resource.RLIM_INFINITY else soft)


def _fitting(descriptors: int) -> int:
    return min(_MOST, descriptors - min(_KEPT, descriptors // 2))
