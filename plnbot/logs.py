"""Logs: which lines there are, how they look, and that nobody's words or secrets are in them.

Every line that belongs to an interaction or a piece of work carries its id (`correlated`). An
error is shown by where it happened and of what kind it was, never by its message: a message may
quote what a member wrote. Other people's libraries are held to warnings, without what they filled
into them, for the same reason.
"""

import contextlib
import json
import logging
import sys
import threading
import time
import traceback
from collections.abc import Hashable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from plnbot.errors import PlnError, Refused

_OURS = ("plnbot", "adapters", "feeds", "config")
# These write what members said into their warnings themselves.
_QUOTE_PEOPLE = ("slack_bolt", "slack_sdk")
_WITHHELD = "(its words are withheld: they may quote members)"
_SELDOM_SECONDS = 60
_about: ContextVar[str] = ContextVar("plnbot_about", default="")


@contextlib.contextmanager
def correlated(name: str) -> Iterator[None]:
    """Mark every line of this block, and of the tasks it begins, as belonging to `name`."""
    token = _about.set(name)
    try:
        yield
    finally:
        _about.reset(token)


def cause(error: BaseException) -> str:
    """Return what may be said of an error in a log: its kind, and its words where they are ours.

    A refusal's are ours too, but they quote the one who is refused.
    """
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    if isinstance(error, PlnError) and not isinstance(error, Refused):
        return f"{name}: {error}"
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}"
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    return f"{name} (SQLSTATE {state})" if state else name


def trouble(log: logging.Logger, told: str, error: Exception) -> None:
    """Log an error that is being handled; with its trace where it is a mistake of ours."""
    ours = not isinstance(error, PlnError)
    log.log(
        logging.ERROR if ours else logging.WARNING,
        told,
        cause(error),
        exc_info=error if ours else None,
    )


class GoesOn:
    """A block after whose errors things go on: each is told as `trouble` tells it, and that is all.

    `failed` says so afterwards. Being cancelled, and whatever else is no `Exception`, goes through.
    """

    def __init__(self, log: logging.Logger, told: str) -> None:
        self._log, self._told = log, told
        self.failed = False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> bool:
        """Tell an error, and keep it here."""
        if not isinstance(error, Exception):
            return False
        self.failed = True
        trouble(self._log, self._told, error)
        return True


class Seldom:
    """Writes one line of each kind within a minute, however often it happens.

    What can happen a thousand times a second by somebody else's doing would fill the disk.
    """

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._kinds: dict[Hashable, tuple[float, int]] = {}

    def info(self, told: str, *args: object) -> None:
        """Write how something went that is nobody's fault here."""
        self._write(logging.INFO, told, told, args)

    def warning(self, told: str, *args: object) -> None:
        """Write what an operator may have to look after."""
        self._write(logging.WARNING, told, told, args)

    def exception(self, told: str, error: BaseException) -> None:
        """Write an error of ours with its trace; its kind is where it happened."""
        last = traceback.extract_tb(error.__traceback__)[-1:]
        kind = (told, type(error), *((each.filename, each.lineno) for each in last))
        self._write(logging.ERROR, kind, told, (), error)

    def _write(
        self,
        level: int,
        kind: Hashable,
        told: str,
        args: tuple[object, ...],
        error: BaseException | None = None,
    ) -> None:
        now = time.monotonic()
        at, more = self._kinds.get(kind, (now - _SELDOM_SECONDS, 0))
        if now - at < _SELDOM_SECONDS:
            self._kinds[kind] = at, more + 1
            return
        self._kinds[kind] = now, 0
        if more:
            told, args = f"{told} (and %d times more since the line before)", (*args, more)
        self._log.log(level, told, *args, exc_info=error, stacklevel=3)


def begin(level: str, form: str) -> None:
    """Write log lines to standard error from now on; `level` is ours, `form` is text or json."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(form))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(level.upper())
    sys.excepthook = _last_words
    threading.excepthook = _last_words_of_a_thread


def formatter(form: str) -> logging.Formatter:
    """Return the formatter for `text` or `json`."""
    return JsonLines() if form == "json" else TextLines()


class Lines(logging.Formatter):
    """What both forms share: the words of a record, and of an error, without anybody's."""

    def words(self, record: logging.LogRecord) -> str:
        """Return the message; of another's library, what it wrote itself and filled nothing into."""
        top = record.name.partition(".")[0]
        if top in _OURS:
            return _filled(record)
        if top in _QUOTE_PEOPLE:
            return f"{record.module}.{record.funcName}:{record.lineno} {_WITHHELD}"
        # asyncio puts the task, with its error's message, on further lines.
        return str(record.msg).partition("\n")[0]

    def formatException(  # noqa: N802 - the name that logging calls
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Return the traceback without the error's message."""
        return "\n".join(_told(ei[1])) if ei[1] is not None else ""


class TextLines(Lines):
    """A line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and the traceback below it."""
        at = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        about = f" [{_about.get()}]" if _about.get() else ""
        line = f"{at} {record.levelname} {record.name}{about}: {self.words(record)}"
        if record.exc_info:
            line = f"{line}\n{self.formatException(record.exc_info)}"
        return line


class JsonLines(Lines):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.words(record),
        }
        if _about.get():
            line["about"] = _about.get()
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _filled(record: logging.LogRecord) -> str:
    """Return our own message; an error in it is told as everywhere."""
    if not isinstance(record.args, tuple) or not record.args:
        return record.getMessage()
    args = tuple(cause(each) if isinstance(each, BaseException) else each for each in record.args)
    return str(record.msg) % args


def _told(
    error: BaseException, *, following: str = "", after: tuple[BaseException, ...] = ()
) -> Iterator[str]:
    """Yield an error's traceback, what it came from first, as Python shows it but for the words.

    `after` holds the errors on the way here: one may have come from itself.
    """
    way = (*after, error)
    if error.__cause__ is not None:
        if error.__cause__ not in way:
            yield from _told(error.__cause__, following="which led to:", after=way)
    elif error.__context__ is not None and not error.__suppress_context__:
        yield from _told(error.__context__, following="while handling it:", after=way)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    yield cause(error)
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _told(each)
    if following:
        yield following


def _last_words(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("plnbot").critical("plnbot ends by an error", exc_info=(kind, error, where))


def _last_words_of_a_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        _last_words(ended.exc_type, ended.exc_value, ended.exc_traceback)
