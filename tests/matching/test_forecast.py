"""When repeats begin, said before the first round."""

from plnbot.matching import Person, Rules, supplies


def test_three_band_teachers() -> None:
    """Three pairs, one a round: new faces for three rounds, repeats from round four."""
    people = [Person(number, number, "band") for number in range(3)]
    (supply,) = supplies(people, Rules())
    assert (supply.people, supply.districts, supply.rounds) == (3, 3, 3)
    assert supply.one_more == 3  # four of four districts have six pairs, two a round


def test_colleagues_of_one_district_are_no_new_faces() -> None:
    """Who may not meet is not counted, nor is who met before."""
    people = [
        Person(1, 1, "band"),
        Person(2, 1, "band"),
        Person(3, 2, "band"),
        Person(4, 2, "band"),
    ]
    (supply,) = supplies(people, Rules())
    assert supply.rounds == 2
    (anywhere,) = supplies(people, Rules(other_district=False))
    assert anywhere.rounds == 3
    (later,) = supplies(people, Rules(met={(1, 3): 1, (2, 4): 1}))
    assert later.rounds == 1


def test_the_scarcest_subject_comes_first() -> None:
    """Who is the only one of a kind has nobody to meet in it."""
    people = [Person(number, number, "maths") for number in range(10)]
    found = supplies([*people, Person(99, 99, "latin")], Rules())
    assert [(each.subject, each.rounds) for each in found] == [("latin", 0), ("maths", 9)]
