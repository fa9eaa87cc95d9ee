"""What a member reads of what they told."""

import pytest

from plnbot.engine.ports import Network, Person
from plnbot.members import cards
from plnbot.members.model import Profile
from plnbot.refs import MemberRef
from plnbot.talk.plain import card_as_text
from plnbot.talk.words import Translate

NETWORK = Network(1, "Ours", "en", "America/New_York")
PRIYA = Person(1, NETWORK, MemberRef("web", "w", "priya"), "Priya Nair", "en", "America/New_York")


@pytest.mark.parametrize(
    ("locale", "hours"), [("en", "8:00 AM to 3:30 PM"), ("es", "de 08:00 a 15:30")]
)
def test_quiet_hours_are_told_as_all_times_are(locale: str, hours: str) -> None:
    """They read like the clock of the rooms, in either language."""
    shown = card_as_text(cards.profile(Translate(locale), PRIYA, Profile()), locale=locale)
    assert hours in shown.replace("\u202f", " ")


def test_what_is_shown_apart_is_not_said_to_be_missing() -> None:
    """The home shows goals in a card of their own, so the profile beside it says nothing of them."""
    told = Profile(goals=("Better lab talk",))
    assert "Goals" in card_as_text(cards.profile(Translate(), PRIYA, told))
    assert "Goals" not in card_as_text(cards.profile(Translate(), PRIYA, told, apart=("goals",)))
