"""The words people say schedules with, English and Spanish, beside those of single times.

Words are plain: small letters, no accents.
"""

from collections.abc import Mapping
from enum import Enum, auto
from typing import TypeVar

from plnbot.talk.times import words

Value = TypeVar("Value")


def _set(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


def _each(value: Value, line: str) -> dict[str, Value]:
    return dict.fromkeys(line.split(), value)


class Period(Enum):
    """What a schedule steps by."""

    DAY = auto()
    WEEK = auto()
    MONTH = auto()


EVERY = _set("every each cada todos todas todo toda per")
ARTICLES = _set("the a an el la los las lo un una")
UNITS: Mapping[str, tuple[int, Period]] = {
    **_each((1, Period.DAY), "day days dia dias"),
    **_each((1, Period.WEEK), "week weeks wk wks semana semanas"),
    **_each((2, Period.WEEK), "fortnight fortnights quincena"),
    **_each((1, Period.MONTH), "month months mes meses"),
    **_each((12, Period.MONTH), "year years ano anos"),
}
ADVERBS: Mapping[str, tuple[int, Period]] = {
    **_each((1, Period.DAY), "daily diario diaria diariamente"),
    **_each((1, Period.WEEK), "weekly semanal semanalmente"),
    **_each((2, Period.WEEK), "biweekly fortnightly quincenal quincenalmente"),
    **_each((1, Period.MONTH), "monthly mensual mensualmente"),
    **_each((3, Period.MONTH), "quarterly trimestral trimestralmente"),
    **_each((12, Period.MONTH), "yearly annually anual anualmente"),
}
ONCE = _set("once vez")
OTHER = _set("other otro otra")
ALTERNATE = (("de", "por", "medio"), ("por", "medio"), ("si", "y", "otro", "no"))
"""After a day: `un jueves sí y otro no`, `jueves de por medio`."""

ORDINALS: Mapping[str, int] = {
    **_each(1, "first primer primero primera"),
    **_each(2, "second segundo segunda"),
    **_each(3, "third tercer tercero tercera"),
    **_each(4, "fourth cuarto cuarta"),
    **_each(5, "fifth quinto quinta"),
    **_each(-1, "last final ultimo ultima"),
    **_each(-2, "penultimate penultimo penultima"),
}
ORDINAL_SIGNS = words.ORDINALS | _set("a ra ª º °")
DAY_WORDS = _set("day days dia dias")
MONTH_WORDS = _set("month months mes")
WEEK_WORDS = _set("week semana")
WORKDAYS = _set("weekday weekdays workday workdays")
WEEKENDS = _set("weekend weekends")
AFTER_DAY: Mapping[str, str] = {
    **_each("school", "lectivo lectivos lectiva clase clases escuela escolar escolares"),
    **_each("work", "habil habiles laborable laborables laboral laborales"),
}
"""What a Spanish day may be: `día lectivo`, `días de clase`, `día hábil`."""
BEFORE_SCHOOL_DAY = _set("school class teaching instructional")
SCHOOL_DAY = _set("schoolday schooldays")
TO = _set("to through thru till until - – — a hasta \N{HYPHEN}")
AND = _set("and y e & , / + o or ni")
FROM = _set("from starting starts start beginning begins begin since effective")
FROM |= _set("desde empezando comenzando iniciando empieza comienza")
PARTING = _set("partir contar")
UNTIL = _set("until till til through thru ending ends end hasta termina terminando")
END_OF = _set("end fin fines final finales")
LASTING = _set("for during durante por")
TIMES = _set("times time veces sessions sesiones occasions ocasiones")
YEAR_WORDS = _set("year ano")
NOT = _set("not no except excluding without skip skipping skips outside but")
NOT |= _set("excepto menos salvo sin fuera exceptuando")
ONLY = _set("only just solo solamente unicamente")
BREAKS = _set("break breaks holiday holidays vacation vacations recess recesses")
BREAKS |= _set("vacaciones receso recesos feriado feriados festivo festivos asueto asuetos")
AROUND_BREAKS = _set("in on during the any of for school schools our")
AROUND_BREAKS |= _set("en de del las los la el durante escolar escolares dias dia periodo periodos")
HALVES: Mapping[str, str] = {
    **_each("am", "morning mornings"),
    **_each("pm", "afternoon afternoons evening evenings tarde tardes"),
    **_each("night", "night nights noche noches"),
    "mananas": "am",
}
PARTS_OF_DAYS = _set("mornings afternoons evenings nights tardes noches mananas")
FILLERS = (
    (words.FILLERS - UNTIL - DAY_WORDS)
    | AND
    | ARTICLES
    | _set(
        "repeat repeats repeating recurring that which is are be it also then only just",
        "que sea sean son se repite repiten tambien luego solo i",
    )
)
