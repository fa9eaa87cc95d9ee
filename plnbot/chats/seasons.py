"""From a document or table to a season: each line read to a chat, or all that is in the way, by line."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from plnbot.chats.paste.season import MOST_ROWS, SeasonRow, read_season
from plnbot.chats.plans import plans
from plnbot.chats.store.seasons import SeasonWish
from plnbot.schedules import Only, Schedule, SchoolDays
from plnbot.talk.forms import FieldErrors
from plnbot.talk.text import Style, Text, When, clean, joined
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass
from plnbot.walltime import instant, local

if TYPE_CHECKING:
    from plnbot.talk.times import Understood

HostNamed = Callable[[str], int | Sentence]
LONGEST_THEME = 120
_MOST_SAID = 6
_BY_VOTE = frozenset(
    (
        "?",
        "…",
        "...",
        "tbd",
        "vote",
        "by vote",
        "to be voted",
        "votación",
        "por votar",
        "por votación",
    )
)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who reads a season, and when: their zone and language, the school's days, and who is called how."""

    now: datetime
    zone: str
    locale: str
    school: SchoolDays
    host_named: HostNamed


@dataclass(frozen=True, slots=True)
class SeasonChat:
    """One chat of a season as it was read; `again` is when it runs a second time, if it does.

    Without a theme, that is voted on.
    """

    line: int
    theme: str
    hashtag: str
    hosts: tuple[int, ...]
    at: datetime
    zone: str
    again: "Understood | None" = None


@dataclass(frozen=True, slots=True)
class _When:
    """What the box says of when chats come: a schedule, or a time of day alone."""

    clock: time | None
    zone: str
    schedule: Schedule | None = None


class _LineError(ValueError):
    """What is in the way of one line."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(str(why))
        self.why = why


def read(wish: SeasonWish, by: Asker) -> tuple[SeasonChat, ...] | FieldErrors:
    """Return the chats of a season in the order of their lines; all that is in the way is said at once."""
    when = _when(wish.starts, by)
    if isinstance(when, Sentence):
        return FieldErrors({"starts": when})
    words = clean(wish.words)
    # Of far too many lines no day is looked for: they are only counted.
    few = words.count("\n") <= 2 * MOST_ROWS
    rows = read_season(words, lambda cell: few and _is_day(cell, by))
    if not rows:
        return FieldErrors({"words": msg("Write a chat on each line, with its theme.")})
    if len(rows) > MOST_ROWS:
        return FieldErrors(
            {
                "words": msg(
                    "There are {n} lines; {most} fit in a season.", n=len(rows), most=MOST_ROWS
                )
            }
        )
    chats, wrong = _read_rows(rows, when, by)
    if wrong:
        return FieldErrors({"words": _all_of(wrong, by.locale)})
    again = _again(wish.again, chats, by)
    if isinstance(again, Sentence):
        return FieldErrors({"again": again})
    wrong = _in_each_others_way(again, plans()[wish.plan].minutes)
    return FieldErrors({"words": _all_of(wrong, by.locale)}) if wrong else again


def _when(words: str, by: Asker) -> _When | Sentence:
    from plnbot.talk.times import ScheduleUnderstood, comes_again, schedule_of, start_of

    if not words:
        return _When(None, by.zone)
    if not comes_again(words):
        found = start_of(words, by.now, by.zone, by.locale)
        if isinstance(found, Sentence):
            return found
        return _When(local(found.at, found.zone).time(), found.zone)
    often = schedule_of(words, by.now, by.zone, by.locale, school=by.school)
    if not isinstance(often, ScheduleUnderstood):
        return often
    first = often.schedule.after(by.now, by.school)
    if first is None:
        return msg("That would never come: please check its days and its end.")
    return _When(local(first, often.zone).time(), often.zone, often.schedule)


def _is_day(words: str, by: Asker) -> bool:
    from plnbot.talk.times import day_of, start_of

    if not words.strip() or len(words) > LONGEST_THEME:
        return False
    found = start_of(words, by.now, by.zone, by.locale), day_of(words, by.now, by.zone, by.locale)
    return not all(isinstance(each, Sentence) for each in found) or _is_past_day(words, by)


def _is_past_day(words: str, by: Asker) -> bool:
    """Return whether words say a day that has passed, with its year: it is a day all the same."""
    from plnbot.talk.times import day_of

    a_year_ago = by.now - timedelta(days=364)
    return not isinstance(day_of(words, a_year_ago, by.zone, by.locale), Sentence)


def _read_rows(
    rows: Sequence[SeasonRow], when: _When, by: Asker
) -> tuple[list[SeasonChat], list[tuple[int, Sentence]]]:
    chats: list[SeasonChat] = []
    wrong: list[tuple[int, Sentence]] = []
    taken: set[datetime] = set()
    last = by.now
    for row in rows:
        try:
            at, zone = _time_of(row, when, by, last, taken)
            taken.add(at)
            last = at
            hosts, theme = _hosts_of(row, by), _theme_of(row)
            chats.append(SeasonChat(row.line, theme, row.hashtag[:80], hosts, at, zone))
        except _LineError as error:
            wrong.append((row.line, error.why))
    return chats, wrong


def _theme_of(row: SeasonRow) -> str:
    """Return the theme of a line, or nothing where it is voted on."""
    if row.theme.casefold() in _BY_VOTE:
        return ""
    if not row.theme:
        raise _LineError(msg("there is no theme."))
    if len(row.theme) > LONGEST_THEME:
        raise _LineError(
            msg(
                "the theme is {length} characters long; {most} fit here.",
                length=len(row.theme),
                most=LONGEST_THEME,
            )
        )
    return row.theme


def _hosts_of(row: SeasonRow, by: Asker) -> tuple[int, ...]:
    found = [by.host_named(each) for each in row.hosts]
    why = next((each for each in found if isinstance(each, Sentence)), None)
    if why is not None:
        raise _LineError(why)
    return tuple(dict.fromkeys(each for each in found if isinstance(each, int)))


def _time_of(
    row: SeasonRow, when: _When, by: Asker, last: datetime, taken: set[datetime]
) -> tuple[datetime, str]:
    """Return when the chat of a line begins: when it says, or the next time of those that come again."""
    if row.date:
        return _dated(row.date, when, by)
    if when.schedule is None:
        raise _LineError(msg("it says no day, and the start says none that comes again."))
    at = when.schedule.after(last, by.school)
    while at is not None and at in taken:
        at = when.schedule.after(at, by.school)
    if at is None:
        raise _LineError(msg("no day is left for it before the end."))
    return at, when.zone


def _dated(words: str, when: _When, by: Asker) -> tuple[datetime, str]:
    from plnbot.talk.times import day_of, start_of

    found = start_of(words, by.now, by.zone, by.locale)
    if not isinstance(found, Sentence):
        at, zone = found.at, found.zone
    else:
        day = day_of(words, by.now, when.zone, by.locale)
        if isinstance(day, Sentence):
            raise _LineError(day)
        if when.clock is None:
            raise _LineError(msg("it says no time, and neither does the start."))
        zone = when.zone
        at = instant(datetime.combine(local(day, zone).date(), when.clock), zone)
    if at <= by.now:
        raise _LineError(msg("that time has passed."))
    only = when.schedule.only if when.schedule else Only.ANY_DAY
    on = local(at, zone).date()
    broken = by.school.is_break(on) or (
        only is Only.SCHOOL_DAYS and not by.school.is_school_day(on)
    )
    if only is not Only.ANY_DAY and broken:
        raise _LineError(msg("{day} is out of school.", day=When(at, Style.DAY)))
    return at, zone


def _again(words: str, chats: Sequence[SeasonChat], by: Asker) -> tuple[SeasonChat, ...] | Sentence:
    """Return the chats with their second runs: the next such time after each."""
    from dataclasses import replace

    from plnbot.talk.times import start_after

    if not words:
        return tuple(chats)
    found: list[SeasonChat] = []
    for each in chats:
        again = start_after(words, each.at, by.now, by.zone, by.locale)
        if isinstance(again, Sentence):
            return again
        if again.at <= each.at:
            return msg("Write a time alone, like “8 pm Pacific”: each chat runs again at the next.")
        found.append(replace(each, again=again))
    return tuple(found)


def _in_each_others_way(chats: Sequence[SeasonChat], minutes: int) -> list[tuple[int, Sentence]]:
    """Return the lines whose chats, or their second runs, would begin while another goes on there."""
    long = timedelta(minutes=minutes)
    times = [(each.at, each.line) for each in chats]
    times += [(each.again.at, each.line) for each in chats if each.again is not None]
    wrong: dict[int, Sentence] = {}
    for (before, _line), (at, line) in pairwise(sorted(times)):
        if at < before + long:
            said = msg("another chat of the list goes on at {when}.", when=When(at))
            wrong.setdefault(line, said)
    return list(wrong.items())


def _all_of(wrong: Sequence[tuple[int, Sentence]], locale: str) -> Text:
    """Return all that is in the way, line by line, as a form shows it."""
    t = Translate(locale)
    said = [t("Line {n}: {why}", n=line, why=t.say(why)) for line, why in wrong[:_MOST_SAID]]
    more = len(wrong) - len(said)
    if more:
        said.append(
            t.n(
                "{n} more line has something to mend.",
                "{n} more lines have something to mend.",
                more,
            )
        )
    return joined(said, " ")
