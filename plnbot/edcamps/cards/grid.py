"""What organisers read of a grid: how good it is, why things stand there, what a move would cost."""

from collections.abc import Mapping, Sequence

from plnbot.edcamps.cards.board import open_board
from plnbot.edcamps.model import Board
from plnbot.grids import (
    Broken,
    Cost,
    Quality,
    Range,
    Reason,
    Rule,
    WhyNot,
    WhyThen,
    WhyThere,
)
from plnbot.talk.cards import Actions, Block, Button, Card, Look, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.text import EMPTY, Text, When, joined
from plnbot.talk.words import Translate, Value
from plnbot.values import dataclass

PAGE, PIECE, PLACE = "edcamp.grid", "edcamp.piece", "edcamp.place"
SUGGEST, PUBLISH, UNDO, MOVE, OUT, OFF = (
    "edcamp.suggest",
    "edcamp.publish",
    "edcamp.undo",
    "edcamp.move",
    "edcamp.take_out",
    "edcamp.session_off",
)
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Names:
    """What people and cards of a grid are called, by their numbers."""

    people: Mapping[int, str]
    cards: Mapping[int, str]

    def card(self, number: int | None) -> str:
        """Return what a card says, in short."""
        return short_words(self.cards.get(number or 0, ""), _SHORT)

    def person(self, number: int | None) -> str:
        """Return a member's name, in short."""
        return short_words(self.people.get(number or 0, ""), _SHORT)


def sentences(of: Sequence[Text]) -> Text:
    """Return sentences one after another."""
    return joined([each for each in of if each], " ")


def quality(t: Translate, of: Quality) -> Text:
    """Say how good a grid is."""
    if not of.interests:
        return t(
            "Nobody has said yet where they would go, so the grid only looks at times and rooms."
        )
    kept = of.interests - of.lost
    said = t(
        "{kept} of {all} wishes are kept: {percent} %.",
        kept=kept,
        all=of.interests,
        percent=_percent(kept, of.interests),
    )
    others = t(
        "Placing the most wanted first would keep {greedy} %, drawing lots {chance} %.",
        greedy=_percent(of.interests - of.greedy, of.interests),
        chance=_percent(of.interests - of.at_random, of.interests),
    )
    stand = (
        t.n(
            "If all came who want to, {n} would find no seat.",
            "If all came who want to, {n} would find no seat.",
            of.standing,
        )
        if of.standing
        else EMPTY
    )
    return sentences((said, others, stand))


def _percent(some: int, of: int) -> int:
    return round(100 * some / of)


def broken(t: Translate, one: Broken, names: Names) -> Text:
    """Say what stands against a card at a place."""
    match one.rule:
        case Rule.BEGUN:
            return t("What has begun stays where it is.")
        case Rule.CLOSED:
            return t("The room is closed then.")
        case Rule.HOST_TWICE:
            host, card = names.person(one.host), names.card(one.other)
            return t("{name} leads “{card}” then.", name=host, card=card)
        case Rule.AWAY:
            return t("{name} cannot lead then.", name=names.person(one.host))
        case Rule.NEED:
            return t("The room has no {need}.", need=one.need or "")


def lacks(t: Translate, one: Broken, names: Names) -> Text:
    """Say which rule was waived for a card, for nothing else was free."""
    if one.rule is Rule.NEED:
        return t("It needs {need}, and no room with that was free.", need=one.need or "")
    return t("{name} cannot lead then, and no other time was free.", name=names.person(one.host))


def reason(t: Translate, why: Reason) -> Text:
    """Say why a card stands where it does."""
    return sentences((_then(t, why), _there(t, why)))


def _then(t: Translate, why: Reason) -> Text:
    clash = (
        t.n(
            "{n} of {all} who want to come wants something else too at this time",
            "{n} of {all} who want to come want something else too at this time",
            why.clash,
            all=why.interested,
        )
        if why.clash
        else t("Nobody who wants to come wants anything else at this time")
    )
    least = why.elsewhere or 0
    match why.then:
        case WhyThen.BEGUN:
            return t("It has begun.")
        case WhyThen.BY_HAND:
            return sentences((t("It was put here by hand."), t("{clash}.", clash=clash)))
        case WhyThen.ONLY_TIME:
            return t("Those who lead it can come at no other time.")
        case WhyThen.FEWEST:
            return t("{clash}; at any other it would be {least} or more.", clash=clash, least=least)
        case WhyThen.FOR_OTHERS:
            return t(
                "{clash}. At another it would be {least}, but others would lose more by that.",
                clash=clash,
                least=least,
            )
        case WhyThen.NO_VOTES:
            return t("Nobody said that they would come; there was room here.")


def _there(t: Translate, why: Reason) -> Text:
    said = {
        WhyThere.ONLY_ROOM: t("No other room has what it needs."),
        WhyThere.NEEDS: t("The room has what it needs."),
        WhyThere.SEATS: t("The room has a seat for everybody who wants to come."),
        WhyThere.MOST_SEATS: t("Not all who want to come would find a seat."),
    }
    return said.get(why.there, EMPTY)


def why_not(t: Translate, why: WhyNot) -> Text:
    """Say why a card has no place."""
    said = {
        WhyNot.NO_ROOM: t("No room has all that it needs."),
        WhyNot.NO_TIME: t("There is no time left at which all can come who lead it."),
        WhyNot.HOSTS_BUSY: t("Who leads it leads something else whenever they can come."),
        WhyNot.ROOMS_TAKEN: t("The rooms that would do are taken."),
        WhyNot.FULL: t("All places are taken, by what more would have missed."),
    }
    return said[why]


def comes(t: Translate, of: Range) -> Text:
    """Say how many will come."""
    return t("{low} to {high} will come.", low=of.low, high=of.high)


def costs(t: Translate, of: Cost, names: Names) -> list[Text]:
    """Say what a move would do, one sentence for each thing."""
    said = []
    if of.other is not None:
        said.append(t("It changes places with “{card}”.", card=names.card(of.other)))
    said.append(clashes(t, of.clash))
    if of.standing:
        said.append(t.n("{n} would find no seat.", "{n} would find no seat.", of.standing))
    if of.other is not None and of.other_clash:
        said.append(
            t.n(
                "{n} who wants to come to that one would clash.",
                "{n} who want to come to that one would clash.",
                of.other_clash,
            )
        )
    if of.lost:
        said.append(lost(t, of.lost))
    return said


def lost(t: Translate, more: int) -> Text:
    """Say how many wishes more a move would lose, or fewer."""
    if more > 0:
        return t.n("In all {n} wish more is lost.", "In all {n} wishes more are lost.", more)
    return t.n("In all {n} wish fewer is lost.", "In all {n} wishes fewer are lost.", -more)


def clashes(t: Translate, many: int) -> Text:
    """Say how many would want to be in two places at once."""
    return (
        t.n("{n} who wants to come would clash.", "{n} who want to come would clash.", many)
        if many
        else t("Nobody who wants to come would clash.")
    )


def on_its_way(t: Translate, done: int, of: int) -> Card:
    """Tell that a grid is being made, and how far it is."""
    far = t("{percent} % done.", percent=_percent(done, of)) if of else EMPTY
    said = t("I show it to organisers alone. You decide what becomes of it.")
    return Card(t("A grid is being made"), (Paragraph(sentences((far, said))),))


def as_it_is(
    t: Translate, board: Board, made: Quality | None, counts: tuple[int, int, int]
) -> Card:
    """Tell an organiser how a grid stands: what has a place, what has none, what nobody was told of."""
    placed, left, unpublished = counts
    many = t.n("{n} session has a place.", "{n} sessions have a place.", placed)
    without = t.n("{n} card has none.", "{n} cards have none.", left) if left else EMPTY
    blocks: list[Block] = [Paragraph(sentences((many, without)))]
    if made is not None:
        blocks.append(Paragraph(quality(t, made)))
    waits = t.n(
        "{n} change waits to be published.", "{n} changes wait to be published.", unpublished
    )
    if unpublished:
        blocks.append(Paragraph(waits))
    ways = (publish(t, board),) if unpublished else ()
    blocks.append(Actions((open_grid(t, board), *ways, suggest(t, board))))
    return Card(t("The grid of “{title}”", title=short_words(board.title, _SHORT)), tuple(blocks))


def not_made(t: Translate, board: Board) -> Card:
    """Tell an organiser that no grid came of it."""
    ways = Actions((Button(t("Try again"), SUGGEST, str(board.id)), open_grid(t, board)))
    return Card(t("No grid came of it"), (Paragraph(t("Something broke off.")), ways), Tone.CAUTION)


def open_grid(t: Translate, board: Board) -> PageButton:
    """Return the way to the grid as organisers have it."""
    return PageButton(t("Arrange the grid"), PAGE, str(board.id))


def suggest(t: Translate, board: Board, look: Look = Look.PLAIN) -> Button:
    """Return the way to have a grid suggested."""
    return Button(t("Suggest a grid"), SUGGEST, str(board.id), look)


def undo(t: Translate, board: Board, label: Text = EMPTY) -> Button:
    """Return the way to take the newest step back."""
    return Button(label or t("Undo"), UNDO, str(board.id))


def publish(t: Translate, board: Board) -> Button:
    """Return the way to let everybody see the grid."""
    sure = (
        t("Everybody sees it, and those whom a change concerns are told.")
        if board.version
        else t("Everybody sees it, and the room is told.")
    )
    return Button(t("Publish it"), PUBLISH, str(board.id), Look.PRIMARY, sure)


def published(t: Translate, board: Board, many: int) -> Card:
    """Tell an organiser that everybody sees the grid now."""
    said = t.n(
        "{n} session is where you put it, for everybody to see.",
        "{n} sessions are where you put them, for everybody to see.",
        many,
    )
    note = t("Those whom it concerns read it in one message.")
    title = t("The grid is published, version {n}", n=board.version)
    return Card(
        title, (Paragraph(sentences((said, note))), Actions((open_board(t, board),))), Tone.GOOD
    )


def there_is_a_grid(t: Translate, board: Board, sessions: int) -> Card:
    """Tell a board's room that the grid is there."""
    many = t.n(
        "{n} session has a time and a room.", "{n} sessions have a time and a room.", sessions
    )
    begins = t("The day begins {when}.", when=When(board.starts_at))
    about = sentences((many, begins))
    return Card(
        t("The grid is there"), (Paragraph(about), Actions((open_board(t, board),))), Tone.QUESTION
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a session: where it is now, or that it is called off; `comes` where one leads it."""

    card: str
    begins: When
    room: str
    off: bool = False
    leads: bool = False
    comes: Range | None = None


_MOST_CHANGES = 12


def changed(t: Translate, board: Board, of: Sequence[Change]) -> Card:
    """Tell a member what became of what concerns them, all at once."""
    blocks: list[Block] = [Paragraph(_change(t, each)) for each in of[:_MOST_CHANGES]]
    if len(of) > _MOST_CHANGES:
        more = len(of) - _MOST_CHANGES
        blocks.append(Paragraph(t.n("And {n} more.", "And {n} more.", more), quiet=True))
    blocks.append(Actions((open_board(t, board),)))
    title = t("“{title}”: what is where now", title=short_words(board.title, _SHORT))
    return Card(title, tuple(blocks), Tone.CAUTION if any(each.off for each in of) else Tone.GOOD)


def _change(t: Translate, of: Change) -> Text:
    values: dict[str, Value] = {"card": of.card, "when": of.begins, "room": of.room}
    if of.off:
        return t("“{card}” does not take place.", card=of.card)
    if not of.leads:
        return t("“{card}” is {when} in {room}.", **values)
    said = t("You lead “{card}” {when} in {room}.", **values)
    return sentences((said, comes(t, of.comes))) if of.comes else said
