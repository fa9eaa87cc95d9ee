"""The line of a document that names skills: `Skills: critical thinking, collaboration`."""

import re
import unicodedata
from collections.abc import Mapping

from plnbot.packs import Named
from plnbot.values import dataclass

_LINE = re.compile(
    r"^\W*(?:skills?|competencias?|habilidades|destrezas)\W*:\W*(.+)$", re.IGNORECASE | re.MULTILINE
)
_BETWEEN = re.compile(r"\s*[,;·•/]\s*")


@dataclass(frozen=True, slots=True)
class NamedSkills:
    """A document without its line of skills, the skills by id, and names that no framework knows."""

    words: str
    skills: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def named_skills(words: str, known: Mapping[str, Named]) -> NamedSkills:
    """Take out the first line that names skills; one that names none of those known is left as it is."""
    by_name = {
        _plain(name): each.id
        for each in known.values()
        if not each.retired
        for name in (each.id, *each.title.by_language.values())
    }
    for line in _LINE.finditer(words):
        names = [each for each in _BETWEEN.split(line[1].strip(" .*_")) if each]
        found = tuple(dict.fromkeys(by_name[n] for each in names if (n := _plain(each)) in by_name))
        if found:
            unknown = tuple(each for each in names if _plain(each) not in by_name)
            return NamedSkills(words[: line.start()] + words[line.end() :], found, unknown)
    return NamedSkills(words)


def _plain(name: str) -> str:
    """Return a name without accents, capitals and what stands between its words."""
    apart = unicodedata.normalize("NFD", name.casefold())
    return " ".join(
        re.findall(r"[^\W_]+", "".join(c for c in apart if not unicodedata.combining(c)))
    )
