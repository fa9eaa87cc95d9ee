"""A pasted document, and what its coach reads of how it was taken."""

import pytest

from tests.scenarios.driver import Driver

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("Q1: one?\vQ2: two?\vQ3: three?", ["3 questions"]),
        ("Welcome!\nQ1: one? Q2: two?\n\nThanks!", ["opening words, 2 questions, closing words"]),
        ("Q2: two?\nQ1: one?", ["2 questions", "in the order 2, 1", "Q1 one?"]),
        ("We talk about books.", ["1 question", "neither numbers nor question marks"]),
        ("Who is in?\nQ1: one?", ["opening words, 1 question", "This line asks", "“Who is in?”"]),
    ],
)
async def test_the_preview_says_what_was_taken_for_what(
    driver: Driver, document: str, told: list[str]
) -> None:
    """How many questions, and what stands around them; every doubt in a sentence."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=document, starts="today 8 pm Eastern", plan="classic60")
    shown = await driver.alone("maya")
    assert [each for each in told if each not in shown] == [], shown
    assert "\ufffd" not in shown
