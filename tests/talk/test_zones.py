"""Time zones in the reader's language: read as they are called there, and found by either name."""

import pytest

from plnbot.talk.zones import zone_title, zones_like
from plnbot.walltime import zones


@pytest.mark.parametrize(
    ("name", "locale", "title"),
    [
        ("America/New_York", "en", "Eastern (New York)"),
        ("America/New_York", "es", "Este (Nueva York)"),
        ("America/Mexico_City", "es", "Ciudad de México"),
        ("America/Argentina/Buenos_Aires", "es", "Buenos Aires (Argentina)"),
        ("Europe/London", "es", "Londres"),
    ],
)
def test_a_zone_is_called_as_its_readers_do(name: str, locale: str, title: str) -> None:
    """Cities and everyday names are those of the language."""
    assert zone_title(name, locale) == title


@pytest.mark.parametrize("typed", ["nueva y", "new y", "este", "eastern", "EST"])
def test_either_name_leads_to_it(typed: str) -> None:
    """Who reads Spanish finds a zone by its Spanish name, and by what they hear it called."""
    assert "America/New_York" in zones_like(typed, 5, "es")


@pytest.mark.parametrize("locale", ["en", "es"])
def test_no_two_are_called_the_same(locale: str) -> None:
    """Whoever reads a title knows the zone, and the title typed leads back to it."""
    titles = [zone_title(each, locale) for each in zones()]
    assert len(titles) == len(set(titles))
    assert all(each in zones_like(zone_title(each, locale), 25, locale) for each in zones())
