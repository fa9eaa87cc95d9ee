"""Words are found whatever their case, accents and endings are, in English and in Spanish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.fulltext.asking import Term, terms_of
from plnbot.fulltext.words import language_of, stem, words_of


@pytest.mark.parametrize(
    ("language", "alike"),
    [
        ("en", "fraction fractions"),
        ("en", "teach teaches teaching"),
        ("en", "study studies studying studied"),
        ("en", "plan plans planned planning"),
        ("en", "make makes making"),
        ("en", "quiz quizzes"),
        ("es", "fracción FRACCIONES fraccion"),
        ("es", "niño niña niños niñas nino"),
        ("es", "voz voces"),
        ("es", "lápiz lápices"),
        ("es", "clase clases"),
        ("es", "problema problemas"),
    ],
)
def test_endings_do_not_matter(language: str, alike: str) -> None:
    """What teachers take for one word is one word."""
    assert len({stem(each, language) for each in words_of(alike)}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("universe", "university"), ("need", "ned"), ("class", "clay"), ("us", "u")]
)
def test_other_words_stay_others(one: str, other: str) -> None:
    """Only endings go."""
    assert stem(one, "en") != stem(other, "en")


def test_a_language_is_told_by_its_common_words() -> None:
    """Many blogs say that they are in English because their software does."""
    assert language_of(words_of("Las fracciones en la recta numérica"), "en-US") == "es"
    assert language_of(words_of("Fractions on the number line"), "es") == "en"
    assert language_of(words_of("Fracciones"), "es-MX") == "es"
    assert language_of(words_of("Bruchrechnen"), "de") == "en"


def test_a_question_is_words_and_phrases() -> None:
    """Common words count in phrases only, or where there are no others."""
    assert terms_of("the fractions on a fractions") == [Term((("fraction",), ("fractions",)))]
    assert terms_of("“Number line”") == [Term((("number", "lin"),))]
    assert terms_of("to be") == [Term((("to",),)), Term((("be",),))]
    assert terms_of(' "" ?! ') == []


@given(st.text(max_size=600))
def test_whatever_is_typed_is_words(typed: str) -> None:
    """Terms hold letters and digits only, and are few."""
    terms = terms_of(typed)
    assert len(terms) <= 12
    assert all(word.isalnum() for term in terms for phrase in term.either for word in phrase), terms
