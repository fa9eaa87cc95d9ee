"""The port of files: those that lie with a platform are read as work, before a form is handled."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from plnbot.talk.uploads import AwaitedFile

ReadsFile = Callable[[str, AwaitedFile, int], Awaitable[bytes]]
"""Returns the bytes of a file of a workspace, of which there may be so many at most.

Raises `Unavailable` where the platform does not let us for now, and `Refused` where it never will or
where there are more.
"""


class FilesIn(Protocol):
    """What adapters say of files that lie with their platform."""

    def read_by(self, platform: str, read: ReadsFile) -> None:
        """Let this read files of a platform."""
        ...
