"""What the engine does, counted, and told in Prometheus' text form.

Counting costs a few additions and no import; Prometheus' client is loaded when somebody first asks.
Labels are kinds, platforms and outcomes of ours: nothing of a member, a place or a network.
"""

import bisect
import itertools
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import timedelta
from typing import TYPE_CHECKING

from plnbot.engine.observer import Observer
from plnbot.store.database import Done, Store, Unit
from plnbot.values import dataclass

if TYPE_CHECKING:
    from prometheus_client import Metric

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_LATE = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 1800.0)
_Labels = tuple[str, ...]


@dataclass(slots=True)
class Spread:
    """How many values fell under each bound, and their sum."""

    bounds: tuple[float, ...]
    counts: list[int] = field(default_factory=list)
    total: float = 0.0

    def __post_init__(self) -> None:
        self.counts = [0] * (len(self.bounds) + 1)

    def add(self, value: float) -> None:
        """Count one value."""
        self.counts[bisect.bisect_left(self.bounds, value)] += 1
        self.total += value

    def buckets(self) -> list[tuple[str, float]]:
        """Return, for each bound, how many values are not above it."""
        names = [*(str(bound) for bound in self.bounds), "+Inf"]
        return list(zip(names, map(float, itertools.accumulate(self.counts)), strict=True))


@dataclass(slots=True)
class Tally:
    """The engine's `Observer`: counts, and nothing else."""

    interactions: defaultdict[_Labels, Spread] = field(
        default_factory=lambda: defaultdict(lambda: Spread(_QUICK))
    )
    lateness: defaultdict[_Labels, Spread] = field(
        default_factory=lambda: defaultdict(lambda: Spread(_LATE))
    )
    units: defaultdict[_Labels, Spread] = field(
        default_factory=lambda: defaultdict(lambda: Spread(_QUICK))
    )
    tries: Counter[_Labels] = field(default_factory=Counter)
    sends: Counter[_Labels] = field(default_factory=Counter)

    def handled(self, kind: str, outcome: str, seconds: float) -> None:
        """Count an interaction."""
        self.interactions[kind, outcome].add(seconds)

    def begun(self, kind: str, late: timedelta) -> None:
        """Count how late a piece of work was begun; early is not late."""
        self.lateness[(kind,)].add(max(0.0, late.total_seconds()))

    def ended(self, kind: str, outcome: str) -> None:
        """Count a try."""
        self.tries[kind, outcome] += 1

    def sent(self, platform: str, outcome: str) -> None:
        """Count a send."""
        self.sends[platform, outcome] += 1

    def unit(self, seconds: float, *, writes: bool) -> None:
        """Count a unit of work."""
        self.units[("write" if writes else "read",)].add(seconds)


@dataclass(frozen=True, slots=True)
class CountedStore:
    """A store whose units are counted."""

    store: Store
    observer: Observer

    async def run(self, unit: Unit[Done]) -> Done:
        """Run a unit that may write."""
        began = time.perf_counter()
        try:
            return await self.store.run(unit)
        finally:
            self.observer.unit(time.perf_counter() - began, writes=True)

    async def read(self, unit: Unit[Done]) -> Done:
        """Run a unit that only reads."""
        began = time.perf_counter()
        try:
            return await self.store.read(unit)
        finally:
            self.observer.unit(time.perf_counter() - began, writes=False)

    def follow(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener(topic)` after each durable change."""
        return self.store.follow(listener)

    async def close(self) -> None:
        """Finish what was begun and let go of the database."""
        await self.store.close()


@dataclass(eq=False, slots=True)
class Exposition:
    """Prometheus' view of a tally and of how much work there is."""

    tally: Tally
    backlog: Mapping[str, int] = field(default_factory=dict)

    def text(self) -> bytes:
        """Return everything in Prometheus' text form."""
        from prometheus_client import (
            CollectorRegistry,
            GCCollector,
            PlatformCollector,
            ProcessCollector,
            generate_latest,
        )

        registry = CollectorRegistry(auto_describe=False)
        for make in (ProcessCollector, PlatformCollector, GCCollector):
            make(registry=registry)
        registry.register(self)
        return generate_latest(registry)

    def collect(self) -> Iterator["Metric"]:
        """Yield the families, as Prometheus' client asks for them."""
        from prometheus_client.core import (
            CounterMetricFamily,
            GaugeMetricFamily,
            HistogramMetricFamily,
        )

        work = GaugeMetricFamily("plnbot_work", "Pieces of work by state.", labels=["state"])
        for state, many in self.backlog.items():
            work.add_metric([state], many)
        yield work
        for name, about, labels, spreads in self._spreads():
            histogram = HistogramMetricFamily(name, about, labels=labels)
            for values, spread in spreads.items():
                histogram.add_metric(values, spread.buckets(), spread.total)
            yield histogram
        for name, about, labels, counts in self._counts():
            counter = CounterMetricFamily(name, about, labels=labels)
            for values, many in counts.items():
                counter.add_metric(values, many)
            yield counter

    def _spreads(self) -> Iterator[tuple[str, str, Sequence[str], Mapping[_Labels, Spread]]]:
        yield (
            "plnbot_interaction_seconds",
            "How long taking in took, the commit included.",
            ["kind", "outcome"],
            self.tally.interactions,
        )
        yield (
            "plnbot_work_late_seconds",
            "How long after its time work was begun.",
            ["kind"],
            self.tally.lateness,
        )
        yield (
            "plnbot_unit_seconds",
            "How long units of work took, with their waiting.",
            ["how"],
            self.tally.units,
        )

    def _counts(self) -> Iterator[tuple[str, str, Sequence[str], Mapping[_Labels, int]]]:
        yield (
            "plnbot_work_tries",
            "Tries at work by how they ended.",
            ["kind", "outcome"],
            self.tally.tries,
        )
        yield (
            "plnbot_sends",
            "What platforms made of posts.",
            ["platform", "outcome"],
            self.tally.sends,
        )
