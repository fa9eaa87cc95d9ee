"""As what the titles of real school calendars are taken; what is not surely silent is not."""

import pytest

from plnbot.calendars.school.model import Kind
from plnbot.calendars.school.taken import taken_as

TITLES: dict[Kind, list[str]] = {
    Kind.BREAK: [
        "Spring Break",
        "SPRING BREAK - NO SCHOOL",
        "Winter Recess",
        "No School - Thanksgiving Break",
        "Mid-Winter Break (schools closed)",
        "School Holidays",
        "Half term",
        "February half-term",
        "Summer Vacation",
        "Vacaciones de Navidad",
        "Semana Santa",
        "Receso escolar",
        "Puente de la Constitución",
        "Intersession",
    ],
    Kind.CLOSED: [
        "No School",
        "No School for Students",
        "Schools Closed: Presidents' Day",
        "Labor Day",
        "Labor Day Holiday - District Closed",
        "Student Holiday",
        "Martin Luther King, Jr. Day",
        "MLK Day",
        "Bank Holiday",
        "Public holiday: Melbourne Cup Day",
        "Snow Day",
        "No hay clases",
        "Sin clases: Día de la Raza",
        "Festivo local",
        "Feriado",
        "Día no lectivo",
        "Suspensión de labores docentes",
        "Parent-Teacher Conferences – No School",
    ],
    Kind.PD: [
        "PD Day",
        "Professional Development",
        "No School: Teacher Work Day",
        "Teacher Workday (no students)",
        "Teacher In-Service",
        "Staff Development Day",
        "Pupil Free Day",
        "Student-free day",
        "Curriculum Day",
        "INSET day",
        "Institute Day",
        "Consejo Técnico Escolar",
        "CTE",
        "Jornada de formación docente",
    ],
    Kind.HALF: [
        "Early Release",
        "Early Dismissal @ 12:30",
        "Minimum Day",
        "Half Day for Students",
        "PD - Early Release",
        "Late Start Wednesday",
        "Medio día",
        "Salida temprana",
    ],
    Kind.TESTING: ["State Testing", "STAAR", "Final Exams", "Finals Week", "Testing Window", "Semana de exámenes"],
    Kind.BEGINS: [
        "First Day of School",
        "First day for students",
        "School begins",
        "Term 2 begins",
        "Inicio de clases",
        "Primer día de clases",
        "Inicio del ciclo escolar",
    ],
    Kind.ENDS: ["Last Day of School", "Term 1 ends", "Fin de clases", "Último día de clases", "Fin del curso"],
    Kind.SCHOOL: ["Snow Make-Up Day", "Makeup day"],
    Kind.NOTHING: [
        "School Board Meeting",
        "Holiday Concert",
        "Spring Break Camp registration opens",
        "Basketball vs. Lincoln",
        "Picture Day",
        "No School for Kindergarten",
        "No school grades 6-8",
        "Sin clases para preescolar",
        "Classes resume",
        "Regreso a clases",
        "PTA Meeting",
        "Last day before winter break",
        "End of first quarter",
        "Last day of 1st semester",
        "Breakfast with Santa",
        "Staff Meeting",
        "Thanksgiving Feast",
        "Veterans Day Assembly",
        "Feria de ciencias",
        "Reunión de padres",
        "Report cards go home",
        "",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "kind"), [(title, kind) for kind, titles in TITLES.items() for title in titles]
)
def test_a_title(title: str, kind: Kind) -> None:
    """Each as a teacher would."""
    assert taken_as(title) is kind


def test_how_long_something_lasts_says_what_it_is() -> None:
    """A week without school is a break, a term takes months, and an hour takes nobody out of school."""
    assert taken_as("No School", 7) is Kind.BREAK
    assert taken_as("Term 1", 60) is Kind.TERM
    assert taken_as("Term 1") is Kind.NOTHING
    assert taken_as("Quarter 2", 45) is Kind.TERM
    assert taken_as("Professional Development", short=True) is Kind.NOTHING
    assert taken_as("Early Release", short=True) is Kind.HALF
    assert taken_as("No School", short=True) is Kind.CLOSED


def test_who_types_a_day_means_one_without_school() -> None:
    """A line in a school calendar that says nothing else is a day that is closed."""
    assert taken_as("Founders' Day", typed=True) is Kind.CLOSED
    assert taken_as("Founders' Week", 5, typed=True) is Kind.BREAK
    assert taken_as("testing", typed=True) is Kind.TESTING
