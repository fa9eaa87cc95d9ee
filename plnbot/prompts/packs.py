"""Packs of prompts: each a file in `config/packs/prompts`, with questions for one purpose.

What a prompt has to be is in `model.wording`; in a pack each of its rules has to be kept, in every
language, and no two prompts may be near one another, in one pack or between them.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from plnbot.likeness import near_pairs
from plnbot.packs import Entry, PackFile, PackFolder, Problem, Titles
from plnbot.packs.frameworks import known_skills
from plnbot.prompts.model import Kind
from plnbot.prompts.model.seasons import Season
from plnbot.prompts.model.wording import LONGEST, Flaw, flaws
from plnbot.talk import limits
from plnbot.values import dataclass

LANGUAGES = ("en", "es")
MOST_OPTIONS = limits.BUTTONS_IN_ROW
_INVITATION = "invitation"
_MOODS = ("question", _INVITATION)
_SEPARATE = 40


@dataclass(frozen=True, slots=True)
class PackHead:
    """What a pack is called and is for. `breaks`: its prompts fill weeks in which there is no school.

    `skills` are carried by all of its prompts.
    """

    name: Titles
    about: Titles
    breaks: bool
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackPrompt:
    """A prompt of a pack. `options` are what can be tapped, by language; `hint` stands in an empty field.

    `skills` are carried besides those of its pack.
    """

    id: str
    words: Titles
    kind: Kind
    options: Mapping[str, tuple[str, ...]]
    season: Season | None
    hint: Titles
    retired: bool
    skills: tuple[str, ...]


PromptPack = PackFile[PackHead, PackPrompt]


def _head(entry: Entry) -> PackHead:
    return PackHead(
        _in_each(entry, "name", entry.titles("name")),
        _in_each(entry, "about", entry.titles("about", most=400)),
        entry.flag("breaks"),
        known_skills(entry),
    )


def _prompt(entry: Entry) -> PackPrompt:
    words = _in_each(entry, "words", entry.titles("words", most=LONGEST))
    invites = entry.one_of("mood", _MOODS) == _INVITATION
    for language, said in words.by_language.items():
        for each in flaws(said, language, invites=invites):
            entry.wrong("words", f"{_SAID[each.flaw].format(shown=each.shown)} (in {language})")
    kind = Kind(entry.one_of("kind", tuple(Kind)))
    season = entry.one_of("season", ("", *Season))
    return PackPrompt(
        entry.id(),
        words,
        kind,
        _options(entry, kind),
        Season(season) if season else None,
        entry.titles("hint", most=limits.INPUT_HINT, required=False),
        entry.flag("retired"),
        known_skills(entry),
    )


_SAID = {
    Flaw.SHORT: "is too short to be a prompt: {shown} words",
    Flaw.LONG: "is too long to be read at a glance: {shown} words",
    Flaw.QUESTIONS: "asks {shown} questions: ask one",
    Flaw.YES_OR_NO: "can be answered by yes or no: begin with what, which, how, when, where or who",
    Flaw.NO_QUESTION: 'ends without a question mark: say mood = "invitation" where it asks nothing',
    Flaw.PRODUCT: "names a product: {shown}",
    Flaw.PUPIL: "names somebody: {shown}",
}


def _options(entry: Entry, kind: Kind) -> Mapping[str, tuple[str, ...]]:
    """Read what can be tapped, which is there for every kind but one in words."""
    if kind is Kind.OPEN:
        if entry.has("options"):
            entry.wrong("options", 'can be tapped: say kind = "scale", "emoji" or "choice" too')
        return {}
    many = entry.many_titles("options", least=2, most=MOST_OPTIONS, longest=limits.BUTTON_LABEL)
    for each in many:
        _in_each(entry, "options", each)
        if kind is Kind.EMOJI and any(said[:1].isascii() for said in each.by_language.values()):
            entry.wrong("options", f"begins without an emoji: {each.said('en')}")
    return {language: tuple(each.said(language) for each in many) for language in LANGUAGES}


def _in_each(entry: Entry, key: str, titles: Titles) -> Titles:
    for language in LANGUAGES:
        if language not in titles.by_language:
            entry.wrong(key, f"has no words in {language}")
    return titles


def _between(packs: Mapping[str, PromptPack]) -> Iterator[tuple[str, Problem]]:
    """Yield each prompt that is near an earlier one, in any language."""
    there = [(name, each) for name, pack in packs.items() for each in pack.entries.values()]
    told = set()
    for language in LANGUAGES:
        for earlier, later in near_pairs([each.words.said(language) for _, each in there]):
            (its_pack, its), (name, one) = there[earlier], there[later]
            if later in told:
                continue
            told.add(later)
            same = f"prompt {one.id}: is near “{its.words.said(language)[:_SEPARATE]}…”"
            yield name, Problem(packs[name].lines[one.id], f"{same} ({its_pack}, {its.id})")


PROMPT_PACKS = PackFolder("prompts", "prompt", _head, _prompt, _between)


@cache
def prompt_packs() -> Mapping[str, PromptPack]:
    """Return every pack of prompts that is sound, by its name; where one is not, the log says so."""
    return PROMPT_PACKS.sound()
