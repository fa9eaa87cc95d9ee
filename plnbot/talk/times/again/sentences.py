"""From what somebody wrote to a schedule, or to an instant, or to a sentence that says why not."""

from datetime import datetime

from plnbot.schedules import WEEKDAYS, SchoolDays
from plnbot.talk.text import clean
from plnbot.talk.times.again import days, words
from plnbot.talk.times.again.meaning import ScheduleUnderstood, UnclearError, meant
from plnbot.talk.times.again.reading import read
from plnbot.talk.times.grammar import read as read_single
from plnbot.talk.times.meaning import LONGEST, Understood, parse_when
from plnbot.talk.times.said import NotUnderstoodError, Reason
from plnbot.talk.times.sentences import why_not
from plnbot.talk.times.tokens import Cursor
from plnbot.talk.times.words import WordKind
from plnbot.talk.words import Sentence, msg

_SHOWN = 80
_OFTEN = words.EVERY | words.ADVERBS.keys() | words.BREAKS | words.PARTS_OF_DAYS


def schedule_of(
    said: str, now: datetime, zone: str, locale: str = "en", *, school: SchoolDays = WEEKDAYS
) -> ScheduleUnderstood | Sentence:
    """Return the schedule that somebody in `zone` wrote, or a sentence for them that says why not.

    `11/5` is in November, in a Spanish `locale` in May; zones may be named in either language. `school` counts
    where it is to come so many times.
    """
    plain = clean(said)
    if len(plain) > LONGEST:
        return _why_no_schedule(NotUnderstoodError(Reason.WHAT, plain[:_SHOWN]))
    try:
        return meant(read(plain, locale), now, zone, school, by_24=locale.startswith("es"))
    except UnclearError as error:
        return error.said
    except NotUnderstoodError as error:
        return _why_no_schedule(error)
    except OverflowError:
        return msg("That is more than ten years away.")


def when_of(
    said: str, now: datetime, zone: str, locale: str = "en", *, school: SchoolDays = WEEKDAYS
) -> Understood | ScheduleUnderstood | Sentence:
    """Return the instant or the schedule that somebody wrote, or a sentence that says why neither.

    Words that say that it comes again (“every”, “Mondays”, “first Monday”, several weekdays, “not in breaks”) are a
    schedule, all others a single time.
    """
    if comes_again(said):
        return schedule_of(said, now, zone, locale, school=school)
    try:
        return parse_when(clean(said), now, zone, locale)
    except NotUnderstoodError as error:
        return why_not(error)


def comes_again(said: str) -> bool:
    """Return whether words say of a time that it comes again."""
    cursor = Cursor(clean(said)[:LONGEST])
    weekdays = set()
    while cursor.left:
        word, after_month = cursor.peek().word, cursor.kind(-1) is WordKind.MONTH
        plural = (
            word.endswith("s") and cursor.kind() is None and days.weekday_at(cursor) is not None
        )
        each_one = word in ("los", "las") and days.weekday_at(cursor, 1) is not None
        often = word in _OFTEN or days.weekend(cursor)
        number, used = days.ordinal_at(cursor)
        counted = number and not after_month and _is_counted(cursor, used)
        if (
            plural
            or each_one
            or often
            or counted
            or days.school_day(cursor)
            or days.workdays(cursor)
        ):
            return True
        weekday = days.weekday_at(cursor)
        weekdays |= set() if weekday is None else {weekday}
        cursor.at += 1
    return len(weekdays) > 1 and not _is_single(said)


def _is_single(said: str) -> bool:
    """Return whether words say one time, perhaps on several clocks: `8 pm ET Thursday / 1 am GMT Friday`."""
    try:
        read_single(clean(said)[:LONGEST])
    except NotUnderstoodError:
        return False
    return True


def _is_counted(cursor: Cursor, used: int) -> bool:
    weekday = days.weekday_at(cursor, used) is not None
    if weekday and _of_one_month(cursor, used + 1):
        return False
    return weekday or cursor.peek(used).word in words.DAY_WORDS | words.BEFORE_SCHOOL_DAY


def _of_one_month(cursor: Cursor, used: int) -> bool:
    """Return whether a month follows that makes it one day: `of December`, and no `September to May`."""
    first = used
    while cursor.peek(used).word in ("of", "in", "de", "en", "del"):
        used += 1
    word, month = cursor.peek(used + 1).word, cursor.kind(used + 2) is WordKind.MONTH
    ranges = word in words.UNTIL or (word in words.TO and month)
    return used > first and cursor.kind(used) is WordKind.MONTH and not ranges


def _why_no_schedule(error: NotUnderstoodError) -> Sentence:
    match error.reason:
        case Reason.WHAT:
            return msg(
                "I do not understand “{words}”. Write it like “every Tuesday 8 am” or “first Monday 3:45 pm until"
                " May, not in breaks”.",
                words=error.words,
            )
        case Reason.NO_TIME:
            return msg("At what time? Write it like “every Tuesday 8 am Eastern”.")
        case _:
            return why_not(error)
