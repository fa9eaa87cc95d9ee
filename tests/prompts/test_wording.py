"""How a prompt is worded: what is a mistake, what is not, and when two are the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.likeness import likeness, near_pairs, nearest
from plnbot.prompts.model.wording import Flaw, flaws, seems_invitation

GOOD = "Which question of yours got better answers than you had hoped for, and why?"
BUENA = "¿Qué pregunta tuya dio más de sí de lo que esperabas, y por qué?"


def flawed(words: str, language: str = "en", *, invites: bool = False) -> list[str]:
    """Return the flaws in words, with what shows them."""
    found = flaws(words, language, invites=invites)
    return [f"{each.flaw}:{each.shown}" if each.shown else each.flaw for each in found]


def test_sound_ones() -> None:
    """A question in each language, and an invitation."""
    assert flawed(GOOD) == []
    assert flawed(BUENA, "es") == []
    invitation = "Tell us about something small that went well this week in your room."
    assert flawed(invitation, invites=True) == []
    assert flawed(invitation) == [Flaw.NO_QUESTION]


@pytest.mark.parametrize(
    ("words", "flaw"),
    [
        ("What worked this week, and why?", "short:6"),
        (f"What {'really ' * 24}worked?", "long:26"),
        ("What worked this week in your own room? And what did not work there?", "questions:2"),
        ("Do you ever find that group work takes more time than it gives back?", Flaw.YES_OR_NO),
        ("When you plan group work, do you choose the groups yourself beforehand?", Flaw.YES_OR_NO),
        ("Have you tried to teach outside of your room when the weather is fine?", Flaw.YES_OR_NO),
        ("Didn't they say that group work takes more time than it gives back?", Flaw.YES_OR_NO),
        (
            "Your students like group work better than they like working alone, right?",
            Flaw.YES_OR_NO,
        ),
        (
            "Which question did you ask in Kahoot that started the best conversation?",
            "product:Kahoot",
        ),
        ("What would you say to Sofía when she has not done her homework?", "pupil:Sofía"),
        ("What would you have said to Jayden’s mother on the day after that?", "pupil:Jayden’s"),
    ],
)
def test_what_is_wrong_in_english(words: str, flaw: str) -> None:
    """Each rule is broken by itself, and said with what shows it."""
    assert flawed(words) == [flaw]


@pytest.mark.parametrize(
    "words",
    [
        "¿Has probado alguna vez a dar clase fuera del aula con buen tiempo?",
        "¿Crees que el trabajo en grupo quita más tiempo del que da a la larga?",
        "¿Puedes contarnos qué hiciste la semana pasada con tu grupo de la mañana?",
        "Cuando planificas trabajo en grupo, ¿decides tú quién va con quién de antemano?",
    ],
)
def test_yes_or_no_in_spanish(words: str) -> None:
    """A question in Spanish that asks nothing with a word of its own is answered by yes or no."""
    yes_or_no = words.replace("quién va con quién", "los grupos")
    assert flawed(yes_or_no, "es") == [Flaw.YES_OR_NO]


def test_what_is_no_mistake() -> None:
    """Words that look like a name or an auxiliary where they are none."""
    assert (
        flawed("Mark your calmest hour of the school day and say what makes it so.", invites=True)
        == []
    )
    assert flawed("Which of these would you drop first, and what would take its place?") == []
    assert flawed("¿En qué te fijas para notar pronto que alguien se queda fuera?", "es") == []
    assert (
        flawed("Quelle question a fait parler toute la classe cette semaine, et pourquoi ?", "fr")
        == []
    )


def test_near_ones() -> None:
    """Other order, case, accents and a slip make no other prompt; another thought does."""
    same = "this week, which QUESTION of yours got beter answers than you hoped?"
    assert nearest(same, [(7, "What do you do with ten free minutes?"), (9, GOOD)]) == 9
    assert nearest("¿Qué pregunta tuya dio mas de si?", [(3, BUENA)]) == 3
    assert nearest("What do you keep in your drawer for a bad day?", [(9, GOOD)]) is None
    assert nearest(GOOD, []) is None
    assert list(near_pairs([GOOD, BUENA, same])) == [(0, 2)]


WORDS = st.text(max_size=80)


@given(WORDS, WORDS)
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    """It lies between 0 and 1, is the same both ways, and whole with itself."""
    found = likeness(one, other)
    assert 0 <= found <= 1
    assert found == likeness(other, one)
    assert likeness(one, one) == 1


@given(WORDS, st.sampled_from(["en", "es", "fr"]))
def test_whatever_it_is_it_is_answered(words: str, language: str) -> None:
    """Nothing is ever raised, and an empty prompt is always too short."""
    found = flaws(words, language, invites=seems_invitation(words))
    assert found or words.strip()
