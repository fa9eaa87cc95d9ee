"""Addresses that people type: what leads to a page of the web, or why it is refused."""

from urllib.parse import urlsplit

from plnbot.talk.words import Sentence, msg

LONGEST = 2_000


def read_link(typed: str) -> str | Sentence:
    """Return an address of the web as it was typed, or what is wrong with it, in words for who typed it.

    Only http and https lead on; an address that carries a name or a password before its host does not,
    for it hides where it leads.
    """
    words = typed.strip()
    try:
        parts = urlsplit(words)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return _NONE
    if parts.scheme and parts.scheme not in {"http", "https"} and "." not in parts.scheme:
        return msg("Only addresses of the web lead on from here: https:// and then the page.")
    sound = parts.scheme in {"http", "https"} and "." in host.strip(".")
    if not sound or any(each.isspace() for each in words) or len(words) > LONGEST:
        return _NONE
    if parts.username is not None or parts.password is not None:
        return msg("This address hides where it leads. Take out what stands before the @.")
    return words


_NONE = msg("That is no web address, such as https://example.org.")
