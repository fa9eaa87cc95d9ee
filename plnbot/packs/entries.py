"""One entry of a pack, taken out of TOML field by field: what is wrong is noted, not raised."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import field

from plnbot.talk import limits
from plnbot.values import dataclass

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
LONGEST_TITLE = limits.OPTION_LABEL
LONGEST_TEXT = 1000
_LANGUAGE = re.compile(r"[a-z]{2}")
_NO_TITLE = "?"
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a pack: its line, from 1, and a plain sentence in English."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Titles:
    """What something is called, by language; English is always there."""

    by_language: Mapping[str, str]

    def said(self, locale: str) -> str:
        """Return it in this language, or in English."""
        return self.by_language.get(locale, self.by_language["en"])


@dataclass(slots=True)
class Entry:
    """One entry as it was written. `line` and `lines` are where it and its fields stand.

    Each method returns a field, or something harmless where it is missing or wrong, which it notes.
    """

    kind: str
    values: Mapping[str, object]
    line: int
    lines: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """How it is named in a sentence: `subject biology`, or by its title where it has no id."""
        given, title = self.values.get("id"), self.values.get("name")
        if isinstance(given, str) and given:
            return f"{self.kind} {given[:_SHOWN]}"
        if isinstance(title, dict) and isinstance(title.get("en"), str):
            return f"{self.kind} “{title['en'][:_SHOWN]}”"
        return f"a {self.kind}"

    def wrong(self, key: str, words: str) -> None:
        """Note what is wrong with a field; `words` go on from its name."""
        line = self.lines.get(key, self.line)
        self.problems.append(Problem(line, f"{self.name}: `{key}` {words}"))

    def has(self, key: str) -> bool:
        """Return whether a field was written."""
        self._asked.add(key)
        return key in self.values

    def id(self) -> str:
        """Return its id, which has to be there."""
        given = self._given("id")
        if not isinstance(given, str) or not ID.fullmatch(given):
            self.wrong("id", "must be a short word of letters, digits, `_`, `-` and `.`, in quotes")
            return ""
        return given

    def titles(self, key: str, *, most: int = LONGEST_TITLE, required: bool = True) -> Titles:
        """Return words in each language, of at most `most` characters."""
        given = self._given(key)
        if given is None and not required:
            return Titles({"en": ""})
        return self._titles(key, given, most)

    def many_titles(self, key: str, *, least: int, most: int, longest: int) -> tuple[Titles, ...]:
        """Return a list of words in each language, from `least` to `most` of at most `longest`."""
        given = self._given(key)
        if not isinstance(given, list) or not least <= len(given) <= most:
            self.wrong(key, f'must be a list of {least} to {most} × {{ en = "…", es = "…" }}')
            return ()
        return tuple(self._titles(key, each, longest) for each in given)

    def text(self, key: str, *, most: int) -> str:
        """Return words that are the same in every language, which have to be there."""
        given = self._given(key)
        if not isinstance(given, str) or not _is_shown(given) or len(given) > most:
            self.wrong(key, f"must be words in quotes, of at most {most} characters")
            return ""
        return given.strip()

    def texts(self, key: str, *, most: int) -> tuple[str, ...]:
        """Return a list of such words, each once; none where it was left out."""
        given = self._given(key)
        if given is None:
            return ()

        def fits(each: object) -> bool:
            return isinstance(each, str) and _is_shown(each) and len(each) <= most

        if not isinstance(given, list) or not all(map(fits, given)):
            self.wrong(key, f'must be a list of ["words"], of at most {most} characters each')
            return ()
        return tuple(dict.fromkeys(given))

    def one_of(self, key: str, known: Sequence[str]) -> str:
        """Return one of these words, the first where it was left out."""
        given = self._given(key)
        if given is None:
            return known[0]
        if given not in known:
            said = " or ".join(f'"{each}"' for each in known if each)
            self.wrong(key, f"must be {said}, in quotes")
            return known[0]
        return str(given)

    def whole(self, key: str, *, least: int, most: int, otherwise: int) -> int:
        """Return a whole number from `least` to `most`; `otherwise` where it was left out."""
        given = self._given(key)
        if given is None:
            return otherwise
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            self.wrong(key, f"must be a whole number from {least} to {most}")
            return otherwise
        return given

    def whole_numbers(
        self, key: str, *, least: int, most: int, each_once: bool = True
    ) -> tuple[int, ...]:
        """Return a list of whole numbers; none where it was left out."""
        given = self._given(key)
        if given is None:
            return ()

        def fits(each: object) -> bool:
            return isinstance(each, int) and not isinstance(each, bool) and least <= each <= most

        if not isinstance(given, list) or not all(map(fits, given)):
            self.wrong(key, f"must be a list of whole numbers from {least} to {most}")
            return ()
        if each_once and len(set(given)) < len(given):
            self.wrong(key, "has a number twice")
        return tuple(given)

    def flag(self, key: str) -> bool:
        """Return true or false; false where it was left out."""
        given = self._given(key)
        if given is not None and not isinstance(given, bool):
            self.wrong(key, "must be true or false, without quotes")
        return given is True

    def done(self) -> None:
        """Note the fields that nobody asked for, which are mistyped most often."""
        for key in self.values.keys() - self._asked:
            near = difflib.get_close_matches(key, sorted(self._asked), 1)
            meant = f"; `{near[0]}` is meant?" if near else ""
            known = ", ".join(f"`{each}`" for each in sorted(self._asked))
            self.wrong(key, f"is no field of a {self.kind}{meant or f': it has {known}'}")

    def _titles(self, key: str, given: object, most: int) -> Titles:
        if not isinstance(given, dict) or "en" not in given:
            self.wrong(key, 'must be { en = "…", es = "…" }, English at least')
            return Titles({"en": _NO_TITLE})
        for language, words in given.items():
            if not _LANGUAGE.fullmatch(language):
                self.wrong(key, f"names a language “{language[:20]}”: use two letters, such as es")
            elif not isinstance(words, str) or not _is_shown(words):
                self.wrong(key, f"has no words in {language} that can be shown on one line")
            elif len(words) > most:
                self.wrong(key, f"is longer in {language} than {most} characters: {len(words)}")
        return Titles({name: str(words).strip() for name, words in given.items()})

    def _given(self, key: str) -> object:
        self._asked.add(key)
        return self.values.get(key)


def _is_shown(words: str) -> bool:
    return bool(words.strip()) and all(
        unicodedata.category(each) not in {"Cc", "Cs", "Zl", "Zp"} for each in words
    )
