"""The cards that are written to members and rooms, made when they are sent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from plnbot.engine import work
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.packs.teaching import subjects
from plnbot.peers.actions import keys
from plnbot.peers.cards import introduction as cards
from plnbot.peers.cards import member as words
from plnbot.peers.cards import organiser
from plnbot.peers.cards.introduction import Shown
from plnbot.peers.model import TWO, Programme, Round, RoundState
from plnbot.peers.model import figures as numbers
from plnbot.peers.routes.shown import Eyes, named, shown, subject_said
from plnbot.peers.store import private, programmes, rounds
from plnbot.talk.cards import Card
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Text
from plnbot.talk.words import Translate

routes = Routes()
Args = Mapping[str, str | int]


def rhythm(t: Translate, of: Programme, now: datetime) -> Text:
    """Return when rounds come, in words."""
    from plnbot.talk.times import said  # only who reads a programme needs it

    return said(t, of.schedule, now)


def eyes_of(to: Showing, member: int) -> Eyes:
    """Return the eyes of a member to whom something is written."""
    reader = to.directory.by_id(to.tx, member)
    return Eyes(to.tx, to.directory, to.network, to.t, reader)


def _introduction(to: Showing, args: Args) -> Shown | None:
    one = rounds.introduction_of(to.tx, int(args["introduction"]))
    of = programmes.get(to.tx, one.programme) if one else None
    member = int(args["member"])
    if one is None or of is None or one.seat_of(member) is None:
        return None
    return shown(eyes_of(to, member), one, of, member)


@routes.card(keys.INTRODUCED)
def introduced_card(to: Showing, args: Args) -> Card | None:
    """Show somebody whom they meet."""
    found = _introduction(to, args)
    return cards.introduced(to.t, found) if found and found.partners else None


@routes.card(keys.BEGIN)
def begin_card(to: Showing, args: Args) -> Card | None:
    """Say in their place how to begin."""
    one = rounds.introduction_of(to.tx, int(args["introduction"]))
    of = programmes.get(to.tx, one.programme) if one else None
    if one is None or of is None or not one.here:
        return None
    first = to.directory.by_id(to.tx, one.here[0].member)
    name = named(eyes_of(to, one.here[-1].member), first)
    return cards.begin(
        to.t, shown(eyes_of(to, one.here[0].member), one, of, one.here[0].member), name
    )


@routes.card(keys.THIRD)
def third_card(to: Showing, args: Args) -> Card | None:
    """Show two that somebody joins them."""
    found, name = _introduction(to, args), _name(to, int(args["third"]))
    return cards.third(to.t, found, name) if found and name else None


@routes.card(keys.NUDGE)
def nudge_card(to: Showing, args: Args) -> Card | None:
    """Ask somebody to begin; not where somebody has by now."""
    found = _introduction(to, args)
    begun = found is None or found.one.spoke_at is not None or found.one.ended_at is not None
    return None if begun or found is None else cards.nudge(to.t, found)


@routes.card(keys.CHECK)
def check_card(to: Showing, args: Args) -> Card | None:
    """Ask how it goes."""
    found = _introduction(to, args)
    return cards.check(to.t, found) if found and found.one.ended_at is None else None


@routes.card(keys.GONE)
def gone_card(to: Showing, args: Args) -> Card | None:
    """Tell somebody that another has gone."""
    one = rounds.introduction_of(to.tx, int(args["introduction"]))
    if one is None:
        return None
    alone = len(one.here) < TWO
    return cards.gone(to.t, _name(to, int(args["gone"])), alone=alone)


@routes.card(keys.STANDING)
def standing_card(to: Showing, _args: Args) -> Card:
    """Tell two that they are standing partners."""
    return cards.standing(to.t)


@routes.card(keys.CLOSING)
def closing_card(to: Showing, args: Args) -> Card | None:
    """Ask for a closing reflection."""
    found = _introduction(to, args)
    return cards.closing(to.t, found) if found else None


@routes.card(keys.THANKS)
def thanks_card(to: Showing, args: Args) -> Card | None:
    """Hand a thank-you over."""
    one = rounds.introduction_of(to.tx, int(args["introduction"]))
    if one is None or not one.thanks:
        return None
    by = next((each.member for each in one.others(int(args["member"]))), 0)
    return cards.thanks(to.t, _name(to, by) or to.t.words("Somebody"), one.thanks)


@routes.card(keys.LEFT)
def left_card(to: Showing, args: Args) -> Card | None:
    """Tell somebody why they meet nobody."""
    one = rounds.get(to.tx, int(args["round"]))
    of = programmes.get(to.tx, one.programme) if one else None
    return words.left_over(to.t, of, str(args["why"])) if of else None


@routes.card(keys.PAUSED)
def paused_card(to: Showing, args: Args) -> Card | None:
    """Tell somebody kindly that they pause; not where they go on by now."""
    one = programmes.of_number(to.tx, int(args["membership"]))
    if one is None or one.paused_until is None or one.left_at is not None:
        return None
    return words.kindly(to.t, one.paused_until, str(one.id))


@routes.card(keys.NAMED)
def named_card(to: Showing, args: Args) -> Card | None:
    """Ask somebody whether their subject may be named; not where that was answered by now."""
    one = programmes.of_number(to.tx, int(args["membership"]))
    if one is None or one.left_at is not None or one.may_be_named:
        return None
    return words.may_name(to.t, one, subject_said(to, one))


@routes.card(keys.OFFER)
def offer_card(to: Showing, args: Args) -> Card | None:
    """Offer a programme in a room."""
    of = programmes.get(to.tx, int(args["programme"]))
    if of is None:
        return None
    many = len(programmes.in_programme(to.tx, of.id))
    over = of.ended_at is not None
    return words.offered(to.t, of, rhythm(to.t, of, to.now), many, over=over)


@routes.card(keys.ROUND)
def round_card(to: Showing, args: Args) -> Card | None:
    """Show who looks after a programme what a round comes to."""
    one = rounds.get(to.tx, int(args["round"]))
    of = programmes.get(to.tx, one.programme) if one else None
    return None if one is None or of is None else comes_to(to, of, one)


def comes_to(to: Showing | Context, of: Programme, one: Round) -> Card:
    """Return what a round comes to."""
    given, made = rounds.given_and_made(to.tx, one.id)
    found = numbers.figures(given, made) if given and made else None
    if found is not None:
        found = replace(found, supplies=tuple(_titled(to.t, each) for each in found.supplies))
    went = numbers.went(rounds.in_programme(to.tx, of.id))
    left = [(_name(to, who), why) for who, why in found.left] if found else []
    names = organiser.left_line(to.t, left)
    return organiser.comes_to(to.t, of, one, found, went=went, left=names, far=_far(to, one))


def _far(to: Showing | Context, one: Round) -> int:
    """Return among how many a round is being solved, or how many of its groups are introduced."""
    if one.state is RoundState.OPEN:
        return rounds.introduced_in(to.tx, one.id)
    solving = work.progress(to.tx, keys.solve_key(one.id))
    return solving.of if solving else 0


def _titled(t: Translate, supply: tuple[str, int, int, int, int]) -> tuple[str, int, int, int, int]:
    known = subjects()
    title = known[supply[0]].title.said(t.locale) if supply[0] in known else supply[0]
    return (title, *supply[1:])


@routes.card(keys.REPORTED)
def reported_card(to: Showing, args: Args) -> Card | None:
    """Show an organiser a quiet report, while nobody has answered it."""
    one = private.report_of(to.tx, int(args["report"]))
    if one is None or one.answered_at is not None:
        return None
    who, about = _name(to, one.by or 0), _name(to, one.about or 0)
    return words.reported(to.t, (who, about), one.words, str(one.id))


@routes.card(keys.ANSWERED)
def answered_card(to: Showing, args: Args) -> Card | None:
    """Show somebody what was answered to their report."""
    one = private.report_of(to.tx, int(args["report"]))
    if one is None or not one.answer:
        return None
    return words.answered(
        to.t, _name(to, one.answered_by or 0) or to.t.words("Somebody"), one.answer
    )


@routes.card(keys.PROPOSED)
def proposed_card(to: Showing, args: Args) -> Card | None:
    """Ask one of two whether they want to be introduced."""
    one = private.proposal_of(to.tx, int(args["proposal"]))
    if one is None or one.introduction is not None:
        return None
    other = one.other if int(args["member"]) == one.one else one.one
    by, name = _name(to, one.by), _name(to, other)
    return words.proposed(to.t, (by, name), one.note, str(one.id)) if by and name else None


def _name(to: Showing | Context, member: int) -> str:
    """Return a member's name, an empty string for who is no longer here."""
    found = to.directory.by_id(to.tx, member) if member else None
    return short_words(found.name, 60) if found else ""
