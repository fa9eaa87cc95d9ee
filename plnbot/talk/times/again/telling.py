"""A schedule in plain words that read back as the same schedule, and its next times."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from plnbot.schedules import WEEKDAYS, Only, RuleError, Schedule, SchoolDays
from plnbot.talk.plain import day_words, long_day_words, time_words, weekday_words
from plnbot.talk.text import Code, Text, verbatim
from plnbot.talk.times.again.asked import WORKDAYS
from plnbot.talk.times.again.meaning import NAMES
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.talk.zones import zone_title
from plnbot.values import dataclass
from plnbot.walltime import local

_ORDINALS: Mapping[int, Sentence] = {
    1: msg("first"),
    2: msg("second"),
    3: msg("third"),
    4: msg("fourth"),
    5: msg("fifth"),
    -1: msg("last"),
    -2: msg("penultimate"),
}
_PLAIN_PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "BYSCHOOLDAY", "UNTIL"}


def said(t: Translate, schedule: Schedule, now: datetime | None = None) -> Text:
    """Return a schedule in words, its zone among them, that `schedule_of` understands as the same one.

    At `now` the day on which it begins is left out where it says nothing.
    """
    rules = [_Rule.read(each, schedule.start.time()) for each in schedule.rules]
    days: dict[str, list[time]] = {}
    for rule in rules:
        days.setdefault(rule.days, []).append(rule.clock)
    school_days = schedule.only is Only.SCHOOL_DAYS
    comes = [
        t(
            "{days} at {times}",
            days=_days(t, rule, school_days=school_days),
            times=_clocks(t, clocks),
        )
        for rule, clocks in days.items()
    ]
    parts = [_listed(t, comes), verbatim(zone_title(schedule.zone, t.locale))]
    if schedule.only is Only.OUTSIDE_BREAKS:
        parts.append(t("not in breaks"))
    elif school_days and set(days) != {"FREQ=DAILY"}:
        parts.append(t("only on school days"))
    if _start_says_something(schedule, now):
        parts.append(t("from {day}", day=long_day_words(schedule.start.date(), t.locale)))
    if ends := {each.until for each in rules if each.until}:
        until = date.fromisoformat(max(ends)[:8])
        parts.append(t("until {day}", day=long_day_words(until, t.locale)))
    return _joined(parts, verbatim(", "))


def as_written_again(t: Translate, schedule: Schedule) -> str:
    """Return a schedule in words that `schedule_of` understands again, for a form that changes it."""
    return said(t, schedule).bare()


def next_times(
    t: Translate,
    schedule: Schedule,
    now: datetime,
    school: SchoolDays = WEEKDAYS,
    *,
    zones: Collection[str] = (),
    most: int = 3,
) -> tuple[Text, ...]:
    """Return lines for a card: the next times with the zone's name, and what one should know of them.

    `zones` are those of its readers: where clocks there show another time, the first of the times is said for
    each. A time that clocks skip, or show twice, is named.
    """
    coming = schedule.coming(now, most, school)
    if not coming:
        return (t("It does not come again."),)
    year = local(now, schedule.zone).year
    times = [_at(t, each, schedule.zone, year) for each in coming]
    title = verbatim(zone_title(schedule.zone, t.locale))
    lines = [t("Next: {times}, {zone}", times=_joined(times, verbatim(" · ")), zone=title)]
    first, here = coming[0], local(coming[0], schedule.zone)
    elsewhere = [
        t("{time} in {zone}", time=_at(t, first, zone, year), zone=zone_title(zone, t.locale))
        for zone in sorted({*zones})
        if local(first, zone).replace(tzinfo=None) != here.replace(tzinfo=None)
    ]
    if elsewhere:
        lines.append(t("The first of them is {times}.", times=_listed(t, elsewhere)))
    return (*lines, *_odd_clocks(t, schedule, coming))


def _odd_clocks(t: Translate, schedule: Schedule, coming: Iterable[datetime]) -> Iterator[Text]:
    """Yield a sentence for each time at which the clocks are changed."""
    clocks = sorted(_Rule.read(each, schedule.start.time()).clock for each in schedule.rules)
    for each in coming:
        there = local(each, schedule.zone)
        shown = there.time()
        day = verbatim(day_words(there.date(), t.locale))
        if shown not in clocks:
            meant = max((clock for clock in clocks if clock < shown), default=clocks[-1])
            yield t(
                "On {day} the clocks go forward and never show {clock}, so it comes at {later}.",
                day=day,
                clock=time_words(meant, t.locale),
                later=time_words(shown, t.locale),
            )
        elif there.replace(fold=1).utcoffset() != there.replace(fold=0).utcoffset():
            yield t(
                "On {day} the clocks go back and show {clock} twice; it comes the first time.",
                day=day,
                clock=time_words(shown, t.locale),
            )


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule taken apart: its days, its time and its end, as they are written."""

    days: str
    clock: time
    until: str

    @classmethod
    def read(cls, rule: str, clock: time) -> "_Rule":
        parts = _parts(rule)
        hour, minute = parts.pop("BYHOUR", None), parts.pop("BYMINUTE", "0")
        until = parts.pop("UNTIL", "")
        if hour is not None:
            clock = time(int(hour), int(minute))
        return cls(";".join(f"{name}={value}" for name, value in parts.items()), clock, until)


def _days(t: Translate, rule: str, *, school_days: bool) -> Text:
    parts = _parts(rule)
    number = int(parts.get("INTERVAL", "1"))
    named = _which(t, parts) if _PLAIN_PARTS.issuperset(parts) else None
    match parts["FREQ"], number:
        case "DAILY", 1 if len(parts) == 1:
            return t("every school day") if school_days else t("every day")
        case "DAILY", _ if len(parts) <= len(("FREQ", "INTERVAL")):
            return t("every {n} days", n=number)
        case "WEEKLY", 1 if named and _weekdays(parts.get("BYDAY", "MO")) == WORKDAYS:
            return named
        case "WEEKLY", 1 if named and "BYDAY" in parts:
            return t("every {days}", days=named)
        case (("WEEKLY" | "MONTHLY"), 1) if named:
            return named
        case "WEEKLY", _ if named:
            return t("every {n} weeks on {days}", n=number, days=named)
        case "MONTHLY", _ if named:
            return t("every {n} months on {days}", n=number, days=named)
    return t("by the rule {rule}", rule=Code(rule))


def _which(t: Translate, parts: Mapping[str, str]) -> Text | None:
    """Return which days of each week or month; None for what nobody writes in words."""
    monthly = parts["FREQ"] == "MONTHLY"
    match parts:
        case {"BYSCHOOLDAY": number} if int(number) in _ORDINALS:
            nth = t.say(_ORDINALS[int(number)])
            if monthly:
                return t("the {nth} school day of the month", nth=nth)
            return t("the {nth} school day of the week", nth=nth)
        case {"BYMONTHDAY": "-1"}:
            return t("the last day of the month")
        case {"BYMONTHDAY": days}:
            return t("day {days} of the month", days=_listed(t, map(verbatim, days.split(","))))
        case {"BYDAY": days, "BYSETPOS": places} if _weekdays(days) == WORKDAYS:
            nths = _nths(t, map(int, places.split(",")))
            return nths and t("the {nth} weekday of the month", nth=nths)
        case {"BYDAY": days} if monthly and "BYSETPOS" not in parts:
            return _nth_weekdays(t, days.split(","))
        case {"BYDAY": days} if not monthly:
            return _weekly(t, _weekdays(days))
        case _:
            return None


def _weekly(t: Translate, days: tuple[int, ...]) -> Text:
    if days == WORKDAYS:
        first, last = (weekday_words(each, t.locale) for each in (days[0], days[-1]))
        return t("{first} to {last}", first=first, last=last)
    return _listed(t, (verbatim(weekday_words(each, t.locale)) for each in days))


def _nth_weekdays(t: Translate, days: Sequence[str]) -> Text | None:
    numbers = [int(each[:-2] or "0") for each in days]
    weekdays = [NAMES.index(each[-2:]) for each in days]
    nths = _nths(t, dict.fromkeys(numbers))
    if nths is None:
        return None
    names = (verbatim(weekday_words(each, t.locale)) for each in dict.fromkeys(weekdays))
    return t("the {nth} {days} of the month", nth=nths, days=_listed(t, names))


def _nths(t: Translate, numbers: Iterable[int]) -> Text | None:
    known = [_ORDINALS.get(each) for each in numbers]
    return None if None in known else _listed(t, (t.say(each) for each in known if each))


def _weekdays(days: str) -> tuple[int, ...]:
    return tuple(NAMES.index(each[-2:]) for each in days.split(","))


def _clocks(t: Translate, clocks: Iterable[time]) -> Text:
    """Return times that read back as they are: `8:00` could be of either half of the day."""
    by_12 = t.locale.startswith("en")
    said = (time_words(each, t.locale) if by_12 else f"{each:%H:%M}" for each in clocks)
    return _listed(t, map(verbatim, said))


def _at(t: Translate, at: datetime, zone: str, year: int) -> Text:
    there = local(at, zone)
    day = day_words(there.date(), t.locale, with_year=there.year != year)
    return verbatim(f"{day}, {time_words(there.time(), t.locale)}")


def _start_says_something(schedule: Schedule, now: datetime | None) -> bool:
    if now is None or any(int(_parts(each).get("INTERVAL", "1")) > 1 for each in schedule.rules):
        return True
    try:
        today = local(now, schedule.zone).date()
        begun = replace(schedule, start=datetime.combine(today, schedule.start.time()))
    except RuleError:
        return True
    return begun.after(now) != schedule.after(now)


def _parts(rule: str) -> dict[str, str]:
    pairs = rule.upper().removeprefix("RRULE:").rstrip(";").split(";")
    return {name: value for name, _, value in (each.partition("=") for each in pairs)}


def _listed(t: Translate, items: Iterable[Text]) -> Text:
    """Return `one, two and three`."""
    *most, last = items
    if not most:
        return last
    return t("{items} and {last}", items=_joined(most, verbatim(", ")), last=last)


def _joined(parts: Iterable[Text], by: Text) -> Text:
    whole = Text()
    for each in parts:
        whole = whole + by + each if whole else each
    return whole
