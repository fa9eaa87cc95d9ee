"""A week of forty feeds that edit, move, fail, copy each other and come back: each story is posted once.

What the web shows is a pure function of the clock, drawn from a seed. `-s` prints what was expected
and what the room saw.
"""

import hashlib
import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from plnbot.engine.ports import Person
from plnbot.fetching import Fetched, Unreachable, Why
from plnbot.first_start import LOBBY
from plnbot.reading.actions import feeds as actions
from plnbot.reading.model.feeds import About, Manner
from plnbot.reading.store.feeds import New
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.testing import FrozenClock, HeavyHere, RecordingSender
from tests.scenarios.feeds import Post, rss
from tests.scenarios.lobby import ROOM, LobbyDriver

FEEDS, DAYS, SHOWN = 40, 7, 12
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_FIRST = "Lesson "
TOPICS = (
    *("fractions", "volcanoes", "poems", "rubrics", "chess", "rivers", "budgets", "debates"),
    *("magnets", "murals", "fables", "graphs", "seeds", "maps", "verbs", "orbits"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A story as one feed tells it: `path` on its own host, or the whole link of another."""

    story: int
    title: str
    at: datetime
    link: str
    edited_at: datetime | None = None
    away: tuple[datetime, datetime] | None = None


@dataclass(slots=True)
class Blog:
    """A feed of the made-up web, with all that will happen to it."""

    name: str
    posts: list[Told] = field(default_factory=list)
    old: list[Told] = field(default_factory=list)
    outages: list[tuple[datetime, datetime, str]] = field(default_factory=list)
    new_guids_at: datetime | None = None
    new_host_at: datetime | None = None
    archive_at: datetime | None = None
    undated: bool = False

    @property
    def address(self) -> str:
        """Where its feed lies."""
        return f"https://{self.name}.example/feed.xml"

    def shown(self, now: datetime) -> list[Post]:
        """Return what stands in its feed, the newest first."""
        there = [
            each
            for each in self.posts
            if each.at <= now and not (each.away and each.away[0] <= now < each.away[1])
        ]
        posts = [self._post(each, now) for each in sorted(there, key=lambda e: e.at)[-SHOWN:]]
        if self.archive_at is not None and self.archive_at <= now:
            posts = [*[self._post(each, now) for each in self.old], *posts]
        return posts[::-1]

    def _post(self, told: Told, now: datetime) -> Post:
        link, guid = told.link, told.link
        if self.new_host_at is not None and self.new_host_at <= now:
            link = link.replace(f"//{self.name}.", f"//new-{self.name}.")
            guid = link
        if self.new_guids_at is not None and self.new_guids_at <= now:
            guid = hashlib.sha256(f"{guid}{now:%Y%m%d}".encode()).hexdigest()
        edited = told.edited_at is not None and told.edited_at <= now
        title = f"{told.title} (updated)" if edited else told.title
        return Post(title, link, None if self.undated else told.at, guid)


@dataclass(slots=True)
class World:
    """Forty blogs, as a fetcher sees them."""

    clock: FrozenClock
    blogs: dict[str, Blog]
    asked: int = 0

    async def fetch(
        self, address: str, headers: Mapping[str, str] | None = None, *, first: int | None = None
    ) -> Fetched:
        """Return a feed as it stands now, or fail as it fails now."""
        del first
        self.asked += 1
        now = self.clock.now()
        blog = self.blogs.get(address.replace("//new-", "//"))
        if blog is None:
            return Fetched(404, {}, b"", address)
        for begins, ends, how in blog.outages:
            if begins <= now < ends:
                if how == "404":
                    return Fetched(404, {}, b"", address)
                raise Unreachable(
                    Why.TROUBLE, msg("Nothing can be read from the web here."), status=503
                )
        body = rss(blog.name, blog.shown(now))
        tag = hashlib.sha256(body).hexdigest()
        moved = blog.new_host_at is not None and blog.new_host_at <= now
        to = address if "//new-" in address else address.replace("//", "//new-")
        at, said = (to, to if to != address else "") if moved else (address, "")
        if (headers or {}).get("If-None-Match") == tag:
            return Fetched(304, {"etag": tag}, b"", at, said)
        return Fetched(200, {"etag": tag}, body, at, said)

    async def close(self) -> None:
        """Let go of nothing."""


def made(clock: FrozenClock, chance: random.Random, feeds: int, days: int) -> World:
    """Return a web in which much happens within so many days."""
    start, numbers = clock.now(), iter(range(1, 100_000))
    blogs = [Blog(f"blog{n}", undated=n % 10 == 0) for n in range(feeds)]
    told: list[Told] = []
    for hour in range(-72, days * 24):
        for blog in blogs:
            if chance.random() > 1 / 16:
                continue
            at = start + hour * HOUR + chance.randrange(3600) * timedelta(seconds=1)
            others = [
                e for e in told if timedelta() < at - e.at < 2 * DAY and blog.name not in e.link
            ]
            if others and chance.random() < 0.25 and not blog.undated:
                mine = _copied(chance.choice(others), blog, at, chance)
            else:
                n = next(numbers)
                topic = " and ".join(chance.sample(TOPICS, 3))
                title = f"Lesson {n}: {topic} in grade {n % 12}"
                mine = Told(n, title, at, f"https://{blog.name}.example/post/{n}")
            mine = _later(mine, chance) if at > start else mine
            blog.posts.append(mine)
            if mine.title.startswith(_FIRST) and "utm" not in mine.link:
                told.append(mine)
    for blog in blogs:
        _happens(blog, start, chance, days)
        blog.old = [
            Told(-n, f"Old {blog.name} number {n} of the archive", start - (100 + n) * DAY,
                f"https://{blog.name}.example/old/{n}")
            for n in range(8)
        ]  # fmt: skip
    return World(clock, {each.address: each for each in blogs})


def _copied(of: Told, blog: Blog, at: datetime, chance: random.Random) -> Told:
    """Return a story that another feed told: its own page, or a copy under nearly the same title."""
    if chance.random() < 0.5:
        return replace(
            of, at=at, link=f"{of.link}?utm_source={blog.name}", edited_at=None, away=None
        )
    title = f"A {of.title[0].lower()}{of.title[1:]}"
    return Told(of.story, title, at, f"https://{blog.name}.example/copy/{of.story}-{at:%d%H%M%S}")


def _later(told: Told, chance: random.Random) -> Told:
    if chance.random() < 0.15:
        told = replace(told, edited_at=told.at + chance.randrange(1, 40) * HOUR)
    if chance.random() < 0.1:
        gone = told.at + chance.randrange(8, 20) * HOUR
        told = replace(told, away=(gone, gone + chance.randrange(1, 20) * HOUR))
    return told


def _happens(blog: Blog, start: datetime, chance: random.Random, days: int) -> None:
    def some(first: float, last: float) -> datetime:
        return start + chance.uniform(first, last) * DAY

    if chance.random() < 0.5:
        begins = some(0.5, days - 1)
        length = chance.choice((2 * HOUR, 9 * HOUR, 30 * HOUR))
        blog.outages.append((begins, begins + length, chance.choice(("503", "404"))))
    what = chance.choice(("guids", "host", "archive", "", ""))
    if what == "guids":
        blog.new_guids_at = some(1, days - 1)
    if what == "host" and not blog.undated:
        blog.new_host_at = some(0.5, 2)
    if what == "archive" and not blog.undated:
        blog.archive_at = some(1, days - 1)


async def lived(
    lobby: LobbyDriver, feeds: int, days: int, seed: int
) -> tuple[Counter[int], set[int]]:
    """Live through so many days; return how often each story was posted, and those expected."""
    clock = lobby.clock
    world = made(clock, random.Random(seed), feeds, days)
    sender = RecordingSender("web")
    lobby.parts.runner.senders["web"] = sender
    lobby.parts.runner.tools.fetcher = world
    lobby.parts.runner.tools.heavy = HeavyHere()
    await lobby.say("maya", "/pln help")
    maya = await lobby.parts.desk.person(MemberRef("web", LOBBY, "maya"))
    assert maya is not None
    place, start = Place("web", LOBBY, ROOM), clock.now()
    for each in world.blogs.values():
        await lobby.store.run(lambda tx, each=each: _add(tx, each, place, start, maya))  # type: ignore[misc]
    await lobby.pass_time(start + (days + 2) * DAY)
    expected = {t.story for b in world.blogs.values() for t in b.posts if t.at > start}
    posts = [each for each in sender.sent if not each.edits and "/story/" in each.key]
    seen = Counter(_story(each.card.title.bare()) for each in posts)
    named = sum(
        "blog" in str(each.card) and "," in str(each.card) for each in sender.sent if each.edits
    )
    print(  # noqa: T201 - it is what `-s` is for
        f"\n{feeds} feeds, {days} days, {world.asked} polls, {named} cards that name a second feed:"
        f" posts expected {len(expected)}, seen {len(seen)},"
        f" twice {sum(many > 1 for many in seen.values())}"
    )
    return seen, expected


def _add(tx: Tx, blog: Blog, place: Place, now: datetime, by: Person) -> None:
    new = New(
        address=blog.address, key=actions.feed_key(blog.address), kind="", site="", language="en",
        about=About(title=blog.name), approval=False, last=0,
    )  # fmt: skip
    actions.add(tx, new, place, Manner.INSTANT, now, by=by)


def _story(title: str) -> int:
    found = re.search(r"[Ll]esson (\d+):", title)
    return int(found[1]) if found else -1


@pytest.mark.rows(91, 102)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_week_of_forty_feeds(lobby: LobbyDriver, request: pytest.FixtureRequest) -> None:
    """Exactly the right posts: none missing, none twice, nothing old. Without `-s`, a shorter week."""
    whole = request.config.getoption("capture") == "no"
    seen, expected = await lived(lobby, *((FEEDS, DAYS) if whole else (15, 4)), seed=7)
    assert set(seen) - expected == set(), "nothing that nobody expected"
    assert expected - set(seen) == set(), "nothing is missing"
    assert {story: many for story, many in seen.items() if many > 1} == {}
