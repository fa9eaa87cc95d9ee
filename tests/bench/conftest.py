"""What measurements share: percentiles, the longest block of the loop, a database that is durable."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

Print = Callable[[str], None]
_TICK_SECONDS = 0.001


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave the measurements unread where none is wanted: what they compare with is long to load."""
    return True if config.option.markexpr == "not bench" else None


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Print:
    """Return what prints a line although pytest captures."""

    def line(words: str) -> None:
        with capsys.disabled():
            print(words)

    return line


@pytest.fixture
def durable_url(database_url: str) -> str:
    """Return the test's database, which waits for the disk at each commit, as in production."""
    if database_url.startswith("postgresql"):
        engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(text(f"ALTER SYSTEM SET {setting} = on"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()
    return database_url


def waited() -> float:
    """Return for how many seconds threads of this process could have run and had no processor.

    On a machine with other work that is most of what a loop stands still for, and none of it is ours.
    """
    total = 0
    for each in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):  # a thread that has ended meanwhile
            total += int((each / "schedstat").read_text().split()[1])
    return total / 1e9


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass(slots=True)
class Lateness:
    """How late things happened, in seconds, and for how long the loop stood still meanwhile."""

    late: list[float] = field(default_factory=list)
    blocks: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        p50, p99 = (percentile(self.late, share) * 1000 for share in (0.5, 0.99))
        worst, blocked = max(self.late) * 1000, max(self.blocks) * 1000
        return (
            f"p50 {p50:8,.1f}   p99 {p99:8,.1f}   last {worst:8,.1f}   "
            f"longest loop block {blocked:8,.1f} ms"
        )

    @contextlib.contextmanager
    def watching_the_loop(self) -> Iterator[None]:
        """Keep how long the loop takes for anything, inside the block."""

        async def tick() -> None:
            before = time.perf_counter()
            while True:
                await asyncio.sleep(_TICK_SECONDS)
                now = time.perf_counter()
                self.blocks.append(now - before - _TICK_SECONDS)
                before = now

        task = asyncio.get_running_loop().create_task(tick())
        try:
            yield
        finally:
            task.cancel()
