"""What those see who set prompts up."""

from plnbot.prompts.model import PromptSchedule
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.text import verbatim
from plnbot.talk.words import Translate


def not_posted(t: Translate, asks: PromptSchedule, why: str) -> Card:
    """Tell that a room does not take a prompt, and what happens now."""
    said = t(
        "A room did not take the prompt of “{title}”: {why}", title=asks.title, why=verbatim(why)
    )
    then = t("I ask there again as soon as the room lets me. You are told of this once.")
    return Card(t("A prompt could not be posted"), (Paragraph(said), Paragraph(then)), Tone.CAUTION)
