"""Personal links: what a member gets who opens one of our pages from a chat."""

from plnbot.talk.cards import Actions, Card, LinkButton, Paragraph
from plnbot.talk.interactions import OpenPage
from plnbot.talk.words import Translate


def personal_link(t: Translate, url: str, path: str) -> OpenPage:
    """Return a one-time link to `path` as an answer."""
    said = t("This link works once, within ten minutes, and only for you.")
    button = Actions((LinkButton(t("Open"), url),))
    return OpenPage(url, Card(t("Your link"), (Paragraph(said), button)), path)
