"""Who is meant by a name that somebody typed."""

from plnbot.engine.ports import Person
from plnbot.engine.routes import Context
from plnbot.errors import Refused
from plnbot.talk.text import clean
from plnbot.talk.words import msg

_MOST_NAMES = 10


def somebody(ctx: Context, words: str) -> Person:
    """Return the one person here who is meant; `Refused` where it is nobody, or several."""
    asked = clean(words).lstrip("@").casefold()
    if not asked:
        raise Refused(msg("Write a name behind it, like `/pln who Priya`."))
    ref = ctx.person.ref
    here = ctx.directory.in_workspace(ctx.tx, ref.platform, ref.workspace)
    found = [each for each in here if asked in each.name.casefold()]
    exact = [each for each in here if asked in {each.name.casefold(), each.ref.user}]
    match exact or found:
        case []:
            raise Refused(msg("Nobody of that name is here."))
        case [one]:
            return one
        case several:
            names = ", ".join(each.name for each in several[:_MOST_NAMES])
            raise Refused(msg("Several people match: {names}. Write more of it.", names=names))
