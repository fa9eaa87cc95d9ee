"""As which kind the title of a day is taken, in English and in Spanish. Pure.

What is not surely something is nothing: silence has to be said. A camp in the spring break, a concert
before the holidays and a meeting of the board take nobody out of school.
"""

import re
import unicodedata
from collections.abc import Mapping

from plnbot.calendars.school.model import Kind

_LONG_BREAK = 5
_LONG_TERM = 20


def _words(*patterns: str) -> str:
    """Return a pattern; `re` compiles and keeps it when it is first looked for, as most processes never do."""
    return "|".join(rf"(?<!\w)(?:{each})(?!\w)" for each in patterns)


_NO_SCHOOL = _words(
    r"no (?:school|classes|class|students?)",
    r"schools? (?:is |are |offices? )?closed",
    r"(?:districts?|offices?|campus) (?:is |are )?closed",
    r"sin (?:clases|escuela|cole)",
    r"no hay (?:clases|escuela|cole)",
    r"(?:se )?suspen\w+ (?:de )?(?:las )?(?:clases|labores)",
    r"(?:dias? )?(?:no lectivos?|inhabil\w*)",
)
_ONLY_SOME = _words(
    r"no (?:school|classes|class)(?: day)?(?: -)? (?:for )?(?:only )?(?:pre-?k|kinder\w*|k(?:-?\d+)?|grades?|\d+(?:st|nd|rd|th))",
    r"sin clases (?:para|en) (?:preescolar|infantil|primaria|secundaria|bachillerato|\d\S*)",
)
_NO_DAY_OF_SCHOOL = _words(
    r"meetings?|concerts?|camps?|fairs?|part(?:y|ies)|sales?|practices?|rehearsals?|games?|vs|assembl(?:y|ies)",
    r"registration|enrollment|fundraisers?|dance|feasts?|shops?|tryouts?|workshops?|webinars?|club|deadline|due",
    r"resumes?|returns?|reopens?|back to school night|open house|last day before|day before|conciertos?",
    r"reuni(?:on|ones)|regreso|reanuda\w*|vuelta|matricula\w*|inscripci\w+|campamentos?|ferias?|fiesta de|festival|taller(?:es)?",
)
_SCHOOL = _words(
    r"(?:snow )?make-?\s?up days?(?! if)",
    r"school (?:is )?in session",
    r"dias? recuperables?|dia de recuperacion|recuperacion de clases",
)
_HALF = _words(
    r"early (?:release|dismissal|out|closing)",
    r"half[- ]?days?",
    r"(?:minimum|abbreviated|shortened|modified) days?",
    r"noon dismissal|dismissal at (?:noon|\d)|late start|delayed (?:start|opening)|two[- ]hour delay",
    r"medio dia|media jornada|salida (?:temprana|anticipada)|jornada reducida|salida a mediodia",
)
_PD = _words(
    r"professional (?:development|learning|growth)(?: days?)?",
    r"pd(?: days?)?|p\.?d\.? days?|pl days?|inservice|in-service|inset(?: days?)?|baker days?",
    r"teachers?'?s? (?:work ?days?|planning|institute|training|in-?service|only|preparation|prep|record)(?: days?)?",
    r"staff (?:development|training|work ?days?|only|learning|institute)(?: days?)?|staff days?",
    r"(?:teacher |staff )?work ?days?|institute days?|curriculum days?|planning days?|(?:pupil|student|child)[- ]?free(?: days?)?",
    r"consejo tecnico(?: escolar)?|cte|jornadas? (?:pedagogicas?|institucional(?:es)?|de formacion|de capacitacion)",
    r"formacion (?:docente|del profesorado)|capacitacion(?: docente)?|desarrollo profesional|dia (?:de formacion|pedagogico)|reflexion pedagogica",
)
_BREAK = _words(
    r"(?:spring|winter|fall|autumn|summer|christmas|holidays?|thanksgiving|easter|mid-?winter|february|october|november|mid-?term|half[- ]?term|semester|term|intersession|ski|april|march) (?:breaks?|recess|vacations?|holidays?|pause)",
    r"breaks?|recess|vacations?|half[- ]?term|school holidays?|intersession|school vacation",
    r"vacaciones|receso(?: escolar| invernal| de \w+)?|semana santa|descanso(?: escolar)?|puente(?: de\w* .*)?",
)
_CLOSED = _words(
    r"(?:student|public|bank|federal|state|legal|national|school) holidays?|holiday|day off|snow day|inclement weather day",
    r"festivos?|feriados?|asueto|dia (?:festivo|feriado|libre)|fiesta (?:local|nacional|autonomica)",
    r"(?:labor|labour|memorial|thanksgiving|independence|christmas|boxing|new year'?s?|martin luther king(?:,? jr\.?)?|mlk) day|juneteenth|thanksgiving|good friday|easter monday",
    r"martin luther king(?:,? jr\.?)?(?: day)?|anzac day|australia day|king's birthday|melbourne cup(?: day)?",
)
_TESTING = _words(
    r"(?:state |standardized |standardised |district |map |ap |ib |naplan |staar |sat |act )?(?:testing|tests?|exams?|examinations?|assessments?)(?: (?:week|window|days?|period)s?)?",
    r"finals(?: week)?|final exams|staar|sbac|caaspp|parcc|naplan|regents",
    r"(?:semana de |periodo de )?(?:examenes|examen|evaluacion(?:es)?|pruebas?)(?: .*)?",
)
_BEGINS = _words(
    r"first (?:student )?day(?: (?:of|for) (?:the )?(?:schools?|class(?:es)?|students?|instruction|term(?: \d)?|school year|pupils).*)?",
    r"(?:schools?|class(?:es)?|instruction|term \d|term) (?:begins?|starts?|commences?)(?: for all)?",
    r"(?:inicio|comienzo|empiezan?|comienzan?|inician?)(?: de| del)?(?: las?| el)? (?:clases|curso|ciclo escolar|ano escolar|ano lectivo|(?:primer|segundo|tercer) trimestre)",
    r"primer dia(?: de(?:l)? (?:clases?|curso|escuela))?",
)
_ENDS = _words(
    r"last (?:student )?day(?: (?:of|for) (?:the )?(?:schools?|class(?:es)?|students?|instruction|term(?: \d)?|school year|pupils).*)?",
    r"(?:schools?|class(?:es)?|instruction|term \d|term) (?:ends?|finish(?:es)?|concludes?)",
    r"(?:fin|final|termino|terminan?|finalizan?|acaban?)(?: de| del)?(?: las?| el)? (?:clases|curso|ciclo escolar|ano escolar|ano lectivo|(?:primer|segundo|tercer) trimestre)",
    r"ultimo dia(?: de(?:l)? (?:clases?|curso|escuela))?",
)
_OF_A_PART = _words(
    r"quarter|semesters?|trimesters?|marking period|semestre|bimestre|\d+(?:st|nd) semester"
)
_TERM = _words(
    r"term(?: \d)?|semester(?: \d)?|quarter(?: \d)?|trimester(?: \d)?|school year|session(?: \d)?",
    r"trimestre|semestre|bimestre|curso(?: escolar)?|ciclo escolar|ano (?:escolar|lectivo)|(?:primer|segundo|tercer) trimestre",
)
_ALL_DAY_ONLY = frozenset({Kind.BREAK, Kind.CLOSED, Kind.PD, Kind.TERM})


def plain(title: str) -> str:
    """Return a title as it is compared: small letters without accents, on one line."""
    apart = unicodedata.normalize("NFKD", title.casefold())
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(bare.replace("’", "'").replace("–", "-").replace("—", "-").split())


def taken_as(title: str, days: int = 1, *, short: bool = False, typed: bool = False) -> Kind:
    """Return as what something of this title is taken that lasts so many days.

    `short` is what takes up only some hours of a day. Who `typed` a line into a school calendar means
    a day without school unless it says otherwise.
    """
    words = plain(title)[:200]
    found = _kind(words, days)
    if found is Kind.NOTHING and typed:
        found = Kind.CLOSED
    if short and found in _ALL_DAY_ONLY and not re.search(_NO_SCHOOL, words):
        return Kind.NOTHING
    if found is Kind.CLOSED and days >= _LONG_BREAK:
        return Kind.BREAK
    return found


def _kind(words: str, days: int) -> Kind:
    if re.search(_ONLY_SOME, words):
        return Kind.NOTHING
    if re.search(_SCHOOL, words):
        return Kind.SCHOOL
    if re.search(_NO_SCHOOL, words):
        return next(
            (kind for kind in (Kind.BREAK, Kind.PD) if re.search(_SAY[kind], words)), Kind.CLOSED
        )
    if re.search(_NO_DAY_OF_SCHOOL, words):
        return Kind.NOTHING
    if days >= _LONG_TERM and re.search(_TERM, words) and not re.search(_BREAK, words):
        return Kind.TERM
    for kind, said in _SAY.items():
        if re.search(said, words):
            of_a_part = kind in (Kind.BEGINS, Kind.ENDS) and re.search(_OF_A_PART, words)
            return Kind.NOTHING if of_a_part else kind
    return Kind.NOTHING


_SAY: Mapping[Kind, str] = {
    Kind.HALF: _HALF,
    Kind.BEGINS: _BEGINS,
    Kind.ENDS: _ENDS,
    Kind.PD: _PD,
    Kind.BREAK: _BREAK,
    Kind.TESTING: _TESTING,
    Kind.CLOSED: _CLOSED,
}
"""What each kind is called, in the order in which they are looked for."""
