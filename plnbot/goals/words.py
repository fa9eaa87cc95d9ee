"""Which words of a goal, or of a title, tell what it is about: their stems, without what everybody says."""

from functools import cache

from plnbot.fulltext.words import stems_of

_EVERYDAY_IN_ENGLISH = (
    "better class classroom first good great help improve learn learning less lesson make minutes new"
    " one other people pupil pupils school start student students teach teacher teaching three try two use"
    " using week year"
)
_EVERYDAY_IN_SPANISH = (
    "alumno alumnos alumnas aprender aprendizaje ayudar bueno buena clase clases curso docente dos"
    " enseñar escuela estudiante estudiantes hacer mejor mejorar menos minutos nuevo nueva otro otra"
    " primero primeros semana tres usar año y la de los"
)
"""What half of all goals and titles say, and what joins none of them. By the last few its language is known."""


def telling(words: str) -> frozenset[str]:
    """Return the stems of the words that tell something."""
    return stems_of(words) - _everyday()


@cache
def _everyday() -> frozenset[str]:
    return stems_of(_EVERYDAY_IN_ENGLISH) | stems_of(_EVERYDAY_IN_SPANISH)
