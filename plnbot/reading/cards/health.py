"""How it goes with a feed, in words."""

from collections.abc import Mapping

from plnbot.reading.model.feeds import Poll
from plnbot.talk.text import EMPTY, Text, When, joined
from plnbot.talk.words import Sentence, Translate, msg

_WHY: Mapping[str, Sentence] = {
    "name": msg("there is no computer of that name"),
    "connection": msg("nobody takes calls there"),
    "certificate": msg("its certificate is not in order"),
    "time": msg("it takes too long to answer"),
    "answer": msg("what it answers cannot be read"),
    "redirects": msg("it sends readers on and on"),
    "busy": msg("it asks for a pause"),
    "trouble": msg("its server has trouble of its own"),
    "no_feed": msg("what stands there is no feed any more"),
}
_STATUS: Mapping[int, Sentence] = {
    401: msg("it asks for a sign-in"),
    403: msg("it does not let this server in"),
    404: msg("nothing stands there any more"),
    410: msg("its server says that it is gone for good"),
}


def why(t: Translate, poll: Poll) -> Text:
    """Return why a feed cannot be read."""
    if poll.why != "status":
        return t.say(_WHY.get(poll.why, _WHY["answer"]))
    said = _STATUS.get(poll.status)
    number = t("status {status}", status=poll.status)
    return joined((t.say(said), number), ", ") if said else number


def health(t: Translate, poll: Poll) -> Text:
    """Return how it goes with a feed, in a sentence; nothing where all is well."""
    if poll.failing_since is None:
        return t("It has been silent for long.") if poll.silent_told_at else EMPTY
    since = When(poll.failing_since)
    return t("It does not answer since {when}: {why}.", when=since, why=why(t, poll))
