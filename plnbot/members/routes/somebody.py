"""Who is meant by a name that somebody typed: one, or a choice of several."""

from collections.abc import Callable

from plnbot.engine.ports import Person
from plnbot.engine.routes import Context
from plnbot.errors import Refused
from plnbot.members import store
from plnbot.members.routes.searching import people_as_options
from plnbot.refs import MemberRef
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Card, Select
from plnbot.talk.interactions import Answer, Reply
from plnbot.talk.text import clean
from plnbot.talk.words import msg


def for_somebody(
    ctx: Context,
    words: str,
    then: Callable[[Person], Answer],
    *,
    action: str,
    left: bool = False,
) -> Answer:
    """Return what `then` answers for the one member who is meant.

    Where several fit, return a choice whose select presses `action` with the member's number. An
    account's own number, as in a mention, means that account alone. `left` looks for those too who
    have left. Raises `Refused` where it is nobody.
    """
    asked = clean(words).lstrip("@")
    if not asked:
        raise Refused(msg("Write a name behind it, like `/pln who Priya`."))
    ref = ctx.person.ref
    mentioned = store.by_ref(ctx.tx, MemberRef(ref.platform, ref.workspace, asked))
    if mentioned is not None:
        return then(mentioned)
    found = store.called_like(ctx.tx, ctx.network.id, asked, limits.OPTIONS, left=left)
    exact = [each for each in found if each.name.casefold() == asked.casefold()]
    match exact or found:
        case []:
            raise Refused(msg("Nobody of that name is here."))
        case [one]:
            return then(one)
        case several:
            t = ctx.t
            choice = Select(t("Who is meant?"), action, tuple(people_as_options(several)))
            return Reply(Card(t("Several people match"), (Actions((choice,)),)))
