"""The packs of the pulse: its questions, and the rules that choose; what one may need is a list for all."""

from collections.abc import Mapping, Sequence
from functools import cache

from plnbot.engine.needs import needs
from plnbot.packs import Entry, Pack, Titles
from plnbot.pulse.model import Rule, Shares, Used
from plnbot.talk import limits
from plnbot.talk.forms import RESERVED
from plnbot.values import dataclass

_MOST_ANSWERS, _MOST_MINUTES, _LONGEST_WORD, _LONGEST_WHY, _MOST_POINTS = 12, 1440, 40, 120, 100
NEED, TIME, EXPERIENCE = "need", "time", "experience"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the pulse. `answers` are by id; without any it is asked with what one may need.

    `minutes` is how long something may take, answer by answer, empty for other questions; `years` up to
    how many years of experience an answer is that of who told so many.
    """

    id: str
    title: Titles
    several: bool
    answers: Mapping[str, Titles]
    minutes: Mapping[str, int]
    years: Mapping[str, int]
    retired: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A rule, and what people read where it gave something."""

    id: str
    rule: Rule
    why: Titles
    retired: bool


def _question(entry: Entry) -> Question:
    title, several = entry.titles("name", most=limits.INPUT_LABEL), entry.flag("several")
    names = entry.texts("answers", most=_LONGEST_WORD)
    said: tuple[Titles, ...] = ()
    if names or entry.has("said"):
        said = entry.many_titles("said", least=2, most=_MOST_ANSWERS, longest=limits.OPTION_LABEL)
    if len(said) != len(names):
        entry.wrong("said", f"has {len(said)} answers, and `answers` has {len(names)}")
    minutes, years = _numbers(entry, "minutes", names), _numbers(entry, "years", names)
    number = entry.id()
    if number in RESERVED:
        entry.wrong("id", f"cannot be {number}: pages use that word themselves")
    return Question(
        number,
        title,
        several,
        dict(zip(names, said, strict=False)),
        minutes,
        years,
        entry.flag("retired"),
    )


def _numbers(entry: Entry, key: str, names: Sequence[str]) -> Mapping[str, int]:
    given = entry.whole_numbers(key, least=1, most=_MOST_MINUTES)
    if given and len(given) != len(names):
        entry.wrong(key, f"has {len(given)} numbers, and `answers` has {len(names)}")
    return dict(zip(names, given, strict=False))


def _rule(entry: Entry) -> Said:
    number = entry.id()
    rule = Rule(
        id=number,
        points=entry.whole("points", least=-_MOST_POINTS, most=_MOST_POINTS, otherwise=0),
        answers=_wanted(entry),
        kinds=frozenset(entry.texts("kinds", most=_LONGEST_WORD)),
        shares=Shares(entry.one_of("shares", [each.value for each in Shares])),
        fits=entry.flag("fits"),
        within=entry.whole("within", least=1, most=365, otherwise=0),
        used=Used(entry.one_of("used", [each.value for each in Used])),
    )
    if not rule.points:
        entry.wrong("points", "must be a whole number other than 0")
    return Said(number, rule, entry.titles("why", most=_LONGEST_WHY), entry.flag("retired"))


def _wanted(entry: Entry) -> Mapping[str, frozenset[str]]:
    """Return the answers that a rule names, by their questions."""
    known, found = _answers(), dict[str, frozenset[str]]()
    for each in entry.texts("answers", most=2 * _LONGEST_WORD):
        question, _, answer = each.partition(".")
        if answer not in known.get(question, ()):
            entry.wrong("answers", f"names what nobody can answer: {each}")
        found[question] = found.get(question, frozenset()) | {answer}
    return found


def _answers() -> Mapping[str, Sequence[str]]:
    return {each.id: list(answers_to(each)) for each in questions().values()}


QUESTIONS = Pack("pulse.toml", "question", _question, limits.FORM_FIELDS_IN_STEP)
RULES = Pack("suggestions.toml", "rule", _rule)
PACKS = (QUESTIONS, RULES)


@cache
def questions() -> Mapping[str, Question]:
    """Return the questions by id; raises `PackError`."""
    return QUESTIONS.load()


@cache
def rules() -> Mapping[str, Said]:
    """Return the rules by id; raises `PackError`."""
    return RULES.load()


def answers_to(question: Question) -> Mapping[str, Titles]:
    """Return the answers to a question by id, retired needs too."""
    return question.answers or {each.id: each.title for each in needs().values()}
