"""Which question is which when a document is written anew."""

from hypothesis import given
from hypothesis import strategies as st

from plnbot.chats.rewriting import same_questions

WHERE, HOW, WHY = (
    "Where does feedback go to die?",
    "How do you make time for it?",
    "Why do pupils read it?",
)
DOCUMENTS = st.lists(
    st.sampled_from([WHERE, HOW, WHY, "How do you make time?", "Why?"]), max_size=6
)


def test_a_question_moved_is_the_same_question() -> None:
    """Its words say which it is, not its place."""
    assert same_questions([WHERE, HOW, WHY], [WHY, WHERE]) == {0: 2, 1: 0}


def test_a_question_reworded_is_the_same_question() -> None:
    """Most of its words stand."""
    assert same_questions([WHERE, HOW], [HOW, "Where does feedback go to live?"]) == {0: 1, 1: 0}


def test_another_question_in_its_place_is_another_question() -> None:
    """What somebody prepared for one is not put under the other."""
    assert same_questions([WHERE, HOW], [WHY, HOW]) == {1: 1}


def test_the_question_after_one_taken_out_keeps_its_own() -> None:
    """Reworded, it does not get the answers of the one before it."""
    assert same_questions([WHERE, HOW, WHY], [WHERE, "Why do pupils not read it?"]) == {0: 0, 1: 2}


@given(DOCUMENTS, DOCUMENTS)
def test_no_question_is_two(before: list[str], after: list[str]) -> None:
    """Each is found once at most, and the same words are always found."""
    found = same_questions(before, after)
    assert len(set(found.values())) == len(found)
    for words in set(before) & set(after):
        kept = sum(after[place] == words == before[was] for place, was in found.items())
        assert kept == min(before.count(words), after.count(words))
