"""Rate limits of members: who sends too much at once is asked to wait, in one sentence and with what they wrote."""

from plnbot.engine.routes import Routes
from plnbot.engine.uploads import AGAIN
from plnbot.talk.cards import Card, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import (
    Answer,
    Command,
    Interaction,
    Opened,
    Press,
    Reply,
    Said,
    Submit,
)
from plnbot.talk.text import Code, Text
from plnbot.talk.words import Translate

MOST_A_MINUTE = 60
"""What one member may send within a minute: three times as much as in the liveliest chat."""
MOST_PRESSES = 300
"""How often one member may press within a minute, or steer: five times a second, all the while."""
_LONGEST = 1500


def counts(routes: Routes, given: Interaction) -> bool:
    """Return whether this adds to what a member sends, so that a flood of it would be one.

    Buttons do not (`presses`), nor what asks for a role, nor taking words back, nor what was said
    during a gap and is told all at once.
    """
    match given.what:
        case Said(words=words):
            return bool(words) and not given.missed
        case Submit(form=form):
            again = form == AGAIN  # which may be any
            return again or (form in routes.forms and routes.forms[form].needs.anyone)
        case Command(words=words):
            name, _rest = routes.typed(words)
            return name in routes.commands and routes.commands[name].needs.anyone
        case _:
            return False


def presses(given: Interaction) -> bool:
    """Return whether this adds, where it does not count as words, to how often a member presses.

    Steering does too. Who takes words back or leaves is never held.
    """
    return isinstance(given.what, Press | Opened | Command | Submit) and not given.missed


def asked_to_wait(t: Translate, given: Interaction, seconds: int) -> Answer:
    """Return what is said: in a form, which stays open with all that was typed, or as a card."""
    if isinstance(given.what, Submit) and given.what.values:
        return FieldErrors({next(iter(given.what.values)): _sentence(t, seconds)})
    return card(t, given, seconds)


def card(t: Translate, given: Interaction, seconds: int) -> Reply:
    """Return what is said as a card, with a command as it was typed.

    Words that were said still stand where they were said.
    """
    pressed = isinstance(given.what, Press | Opened)
    blocks = [Paragraph(_press_later(t, seconds) if pressed else _sentence(t, seconds))]
    if isinstance(given.what, Command):
        typed = short_words(f"/pln {given.what.words}", _LONGEST)
        blocks.append(Paragraph(Text((Code(typed),))))
    return Reply(Card(t("Just a moment"), tuple(blocks), Tone.CAUTION))


def _sentence(t: Translate, seconds: int) -> Text:
    return t.n(
        "That was quick: wait a second, then send it again.",
        "That was quick: wait {n} seconds, then send it again.",
        seconds,
    )


def _press_later(t: Translate, seconds: int) -> Text:
    return t.n(
        "That was quick: wait a second, then press it again.",
        "That was quick: wait {n} seconds, then press it again.",
        seconds,
    )
