"""The errors people meet, in two kinds: theirs to mend, and somebody else's to wait for."""

from datetime import timedelta


class PlnError(Exception):
    """Root of everything plnbot raises on purpose."""


class Refused(PlnError):  # noqa: N818 - it says what happened to the person
    """The person can mend it. `message` is a `Sentence` or `Text` of `plnbot.talk`, for them."""

    def __init__(self, message: object) -> None:
        super().__init__(str(message))
        self.message = message


class Unavailable(PlnError):  # noqa: N818 - it says what the other side is
    """Something outside is not there for now; `retry_after` says when to try again, if known."""

    def __init__(self, reason: str, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
