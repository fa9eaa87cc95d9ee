"""The check of sentences finds what a translator would never see."""

import pytest

from tests.lint.sentences import in_code, in_template, problems


@pytest.mark.parametrize(
    "source",
    [
        'Paragraph(verbatim("Please try again"))',
        'verbatim(f"Hello {name}, welcome")',
        'raise Refused("That is not yours")',
        'bold("Moderators only")',
        'Translate(locale)("Chat on {day}", day=day)',
    ],
)
def test_code_sentences_are_found(source: str) -> None:
    """A sentence that is not translated is found wherever it hides."""
    assert [line for line, _ in in_code(source)] == [1]


@pytest.mark.parametrize(
    "source",
    ['t("Please try again")', "verbatim(chat.title)", 'verbatim(f"Q{label}")', 'msg("Hello")'],
)
def test_code_translated_is_fine(source: str) -> None:
    """Translated sentences, names and marks are left in peace."""
    assert not list(in_code(source))


def test_template_sentences_are_found() -> None:
    """Bare words and words in attributes that are read aloud are found, with their lines."""
    source = '{% if a %}\n<p>Hello there</p>\n<img alt="A picture">{% endif %}'
    assert list(in_template(source)) == [(2, "Hello there"), (3, "A picture")]


def test_template_translated_is_fine() -> None:
    """What goes through say() is fine, and so are class names and addresses."""
    source = '<p class="quiet" data-x="words">{{ say("Hello there") }} · {{ v.name }}</p>'
    assert not list(in_template(source))


def test_nothing_is_left_untranslatable() -> None:
    """The project itself holds no such sentence."""
    assert problems() == []
