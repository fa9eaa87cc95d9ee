"""What a document is about: the words of its headline, without hashtag, date and name of the document."""

import re
import unicodedata
from collections.abc import Sequence

from plnbot.talk.times import without_times

LONGEST = 90
_LEADS_IN = re.compile(r"\b(?:we|us|let['’]s|hablamos|vamos|nos)\b.*:\s*$", re.IGNORECASE)
_LINES = 4
_WORDS_OF_A_TITLE = 4
_WHOSE = re.compile(r"\b(?:tonight|today|this\s+(?:week|month))['’]s\b", re.IGNORECASE)
_FIELD = re.compile(
    r"(?:(?:tonight|today|this\s+(?:week|month))['’]s\s+)?"
    r"(?:topic|theme|title|subject|tema(?:\s+de\s+hoy)?|t[ií]tulo|asunto)\s*[:–—-]\s*(?P<theme>.+)",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\b(?:topic|theme|tema)\s*:\s*(?P<theme>.+)", re.IGNORECASE)
# Other fields, and the head of a table.
_OTHER = re.compile(
    r"(?:when|where|date|day|time|hosts?|moderators?|guests?|who|hashtag|link|start|length|place|room"
    r"|cu[aá]ndo|d[oó]nde|fecha|hora|lugar|modera(?:dor[ae]?s?|n)?|invitad[oa]s?)\b\s*[:–—-]"
    r"|(?:time|hora)\s+(?:what|questions?|qu[eé]|preguntas?)$|@",
    re.IGNORECASE,
)
_CLOCK_FIRST = re.compile(r"\d{1,2}[:.]\d{2}\b")
_ANOTHER_FIELD = re.compile(r"\s+[|•·]\s+.*")
_TAG = re.compile(r"#\w{2,60}")
_APART = re.compile(r"\s+[|•·–—-]+\s+|\s*[|•]\s*|^[\s:–—-]+|:\s*$")
_NOISE = re.compile(
    r"(?:(?:planning|plan|agenda|discussion|guiding|essential|draft|doc(?:ument)?|sheet|script|outline|questions?|q&a|chat|charla|live"
    r"|twitter|slack|discord|slow|our|the|a|an|on|at|for|of|and|in|from|weekly|monthly|next|tonight|preguntas?|documento|borrador"
    r"|plan(?:ificaci[oó]n)?|de|del|la|el|para|y|week|day|semana|[-–\d]+)\b[\s:,.()]*)+",
    re.IGNORECASE,
)
_PICTURES = frozenset(("So", "Sk", "Mn", "Cf"))
_EDGES = ' \t:,.;|•·–—-()[]*_"“”'


def theme_of(opening: Sequence[str]) -> str:
    """Return the theme that the lines before the questions name, or nothing."""
    for line in opening:
        if found := _FIELD.match(line):
            return _field(found["theme"])
    for line in opening:
        if found := _WITHIN.search(line):
            return _field(without_times(found["theme"]))
    for line in opening[:_LINES]:
        if _OTHER.match(line):
            continue
        bare = _timeless(line)
        if bare.strip(_EDGES) and _starts_elsewhere(line, bare):
            return ""
        theme = _headline(_TAG.sub(" ", bare)) or _asking_headline(bare)
        if theme:
            return theme
        if not _nothing_left(bare):
            return ""
    return ""


def _timeless(line: str) -> str:
    """Return a line without the words that say when, and without the comma that parted them off."""
    timed = _WHOSE.sub(" ", line)
    bare = without_times(timed)
    return bare if bare == timed else bare.rstrip(" ,;")


def _field(words: str) -> str:
    """Return what a field says, up to the next on its line."""
    return _ANOTHER_FIELD.sub("", _TAG.sub("", words)).strip(_EDGES)[:LONGEST]


def _starts_elsewhere(line: str, bare: str) -> bool:
    """Return whether a line begins with a time, as the lines of a schedule do."""
    return line[:1].isdigit() and (line != bare or _CLOCK_FIRST.match(line) is not None)


def _headline(line: str) -> str:
    """Return the words of a line that reads like a title."""
    lead_in = line.rstrip().endswith(":") and len(line.split()) > _WORDS_OF_A_TITLE
    if line.rstrip().endswith((".", "!", "?", ",", ";")) or lead_in or _LEADS_IN.search(line):
        return ""
    pieces = [_behind_a_name(each).strip(_EDGES) for each in _APART.split(line) if each]
    kept = [each for each in pieces if each and not _NOISE.fullmatch(each)]
    theme = " – ".join(kept)
    while theme and unicodedata.category(theme[0]) in _PICTURES:
        theme = theme[1:].lstrip(_EDGES)
    while theme and unicodedata.category(theme[-1]) in _PICTURES:
        theme = theme[:-1].rstrip(_EDGES)
    return theme if len(theme) <= LONGEST and any(map(str.isalpha, theme)) else ""


def _behind_a_name(piece: str) -> str:
    """Return what stands behind the document's own name: `Chat plan: Reading aloud`."""
    name, colon, theme = piece.partition(":")
    return theme if colon and theme.strip(_EDGES) and _NOISE.fullmatch(name.strip()) else piece


def _asking_headline(line: str) -> str:
    """Return a headline that asks, such as `Homework: help or harm?`; a mere call asks less."""
    words = _TAG.sub(" ", line).strip(_EDGES)
    long = len(words.split()) >= _WORDS_OF_A_TITLE and words.count("?") == 1 and "." not in words
    return words if words.endswith("?") and long and len(words) <= LONGEST else ""


def _nothing_left(line: str) -> bool:
    """Return whether a line is a date or a hashtag and nothing else, so that the next may be the theme."""
    words = _TAG.sub("", line).strip(_EDGES)
    return not words or _NOISE.fullmatch(words) is not None
