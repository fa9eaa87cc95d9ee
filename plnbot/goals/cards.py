"""What indicators are called: by what somebody sees that something changes."""

from collections.abc import Mapping

from plnbot.goals.model import Indicator
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Sentence, Translate, msg

INDICATORS: Mapping[Indicator, Sentence] = {
    Indicator.STUDENT_WORK: msg("What students hand in"),
    Indicator.PRACTICE: msg("How I teach"),
    Indicator.ENGAGEMENT: msg("How students take part"),
    Indicator.SKILLS: msg("What I can do"),
}


def called(t: Translate, indicator: Indicator, own: str) -> Text:
    """Return what an indicator is called; one's own is called as its member called it."""
    return verbatim(own) if indicator is Indicator.OWN else t.say(INDICATORS[indicator])
