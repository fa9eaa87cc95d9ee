"""Makes the cards of spaces when they are sent, from what is true then."""

from collections.abc import Mapping

from plnbot.engine.routes import Routes, Showing
from plnbot.refs import MemberRef
from plnbot.spaces import cards, carrying, posting, store
from plnbot.spaces.cards import Names
from plnbot.spaces.model import Space, State
from plnbot.talk.cards import Card
from plnbot.talk.text import Mention
from plnbot.talk.words import Translate


def card_routes() -> Routes:
    """Return what makes the cards of spaces."""
    routes = Routes()
    routes.card(posting.ABOUT)(_about)
    routes.card(posting.SESSION)(_session)
    routes.card(posting.WORD)(_word)
    routes.card(posting.CLOSED)(_closed)
    routes.card(posting.LOST)(_lost)
    routes.card(posting.ASKED)(_ask)
    routes.card(posting.THERE)(_there)
    routes.card(posting.WAITS)(_waits)
    return routes


def _about(showing: Showing, args: Mapping[str, str | int]) -> Card | None:
    space = _space_of(showing, args)
    if space is None:
        return None
    number = posting.number(args, posting.MEMBER)
    t = _words_for(showing, number)
    if not number:
        return cards.together(t, space, _names(showing, space))
    member = next((each for each in space.members if each.id == number), None)
    return cards.end(t, space, member, _names(showing, space, number)) if member else None


def _session(showing: Showing, args: Mapping[str, str | int]) -> Card | None:
    space = _space_of(showing, args)
    return cards.session(showing.t, space) if space else None


def _word(showing: Showing, args: Mapping[str, str | int]) -> Card | None:
    space = _space_of(showing, args)
    word = store.word(showing.tx, posting.number(args, posting.WORDS))
    to = posting.number(args, posting.MEMBER)
    member = next((each for each in space.members if each.id == to), None) if space else None
    if space is None or word is None or member is None:
        return None
    t, by = _words_for(showing, to), _called(showing, word.member)
    if word.gone:
        return cards.taken_back(t, by)
    if not word.words or space.state is not State.OPEN:
        return None
    parts, part = carrying.parts(word.words), posting.number(args, posting.PART)
    if part >= len(parts):
        return cards.taken_back(t, by)
    you = Mention(
        MemberRef(member.who.platform, member.who.workspace, member.who.user),
        _called(showing, to),
    )
    return cards.word(t, space, by, you, parts[part], changed=bool(word.version))


def _lost(showing: Showing, args: Mapping[str, str | int]) -> Card | None:
    t = _words_for(showing, posting.number(args, posting.MEMBER))
    return cards.lost(t, _called(showing, posting.number(args, "to")))


def _closed(showing: Showing, args: Mapping[str, str | int]) -> Card | None:
    space = _space_of(showing, args)
    if space is None:
        return None
    by = posting.number(args, posting.MEMBER)
    return cards.closed(showing.t, space, _called(showing, by) if by else "")


def _ask(showing: Showing, args: Mapping[str, str | int]) -> Card | None:
    space, to = _space_of(showing, args), posting.number(args, posting.MEMBER)
    if space is None or space.state is not State.ASKED:
        return None
    return cards.ask(showing.t, space, _names(showing, space, to))


def _there(showing: Showing, args: Mapping[str, str | int]) -> Card | None:
    space, to = _space_of(showing, args), posting.number(args, posting.MEMBER)
    if space is None or space.state is not State.OPEN:
        return None
    return cards.room(showing.t, space, _names(showing, space, to))


def _waits(showing: Showing, args: Mapping[str, str | int]) -> Card | None:
    space = _space_of(showing, args)
    by = _called(showing, posting.number(args, "by"))
    return cards.waits(showing.t, space, by) if space and space.state is State.OPEN else None


def _space_of(showing: Showing, args: Mapping[str, str | int]) -> Space | None:
    return store.get(showing.tx, posting.number(args, posting.SPACE))


def _words_for(showing: Showing, member: int) -> Translate:
    """Return a member's own language: an end in a channel is read by them alone."""
    found = showing.directory.by_id(showing.tx, member) if member else None
    return Translate(found.locale) if found else showing.t


def _names(showing: Showing, space: Space, but: int = 0) -> Names:
    return Names(tuple(_called(showing, each.id) for each in space.inside if each.id != but))


def _called(showing: Showing, member: int) -> str:
    found = showing.directory.by_id(showing.tx, member)
    return found.name if found else showing.t.words("Former member {number}", number=member)
