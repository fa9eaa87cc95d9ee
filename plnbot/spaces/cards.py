"""What people see of spaces: how one begins and ends, and words that were carried."""

from collections.abc import Sequence

from plnbot.engine.ports.spaces import SeenBy
from plnbot.spaces.model import Kind, Member, Space, State
from plnbot.talk.cards import Actions, Button, Card, Look, Paragraph, Tone
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.forms import Form, TextInput
from plnbot.talk.limits import CARD_TITLE, INPUT_LENGTH
from plnbot.talk.text import Mention, Text, verbatim
from plnbot.talk.words import Translate
from plnbot.values import dataclass

WRITE, STOP, ROOM, ENTER, AGREE, DECLINE = (
    "spaces.write",
    "spaces.stop",
    "spaces.room",
    "spaces.enter",
    "spaces.agree",
    "spaces.decline",
)
_NAME = 60


@dataclass(frozen=True, slots=True)
class Names:
    """What people are called, for one reader."""

    others: tuple[str, ...]

    def said(self, t: Translate) -> str:
        """Return the names as one reads them."""
        names = [short_words(each, _NAME) for each in self.others]
        if not names:
            return t.words("nobody")
        if len(names) == 1:
            return names[0]
        return t.words("{names} and {name}", names=", ".join(names[:-1]), name=names[-1])


def what_private_means(t: Translate, seen_by: str) -> Text:
    """Return who can read what is written in a place, as its platform has it."""
    match seen_by:
        case SeenBy.MODERATORS:
            return t(
                "Only those who were added read this thread, and whoever may manage threads in this"
                " Discord server: its moderators can read along."
            )
        case SeenBy.OPERATOR:
            return t(
                "Only those who are in this room read it. It stands in the database of this bot, so"
                " whoever runs the bot could read it."
            )
        case _:
            return t(
                "Only those who are in it read this. Whoever may export all of this Slack workspace"
                " could read it too."
            )


def together(t: Translate, space: Space, names: Names) -> Card:
    """Say whose a place is, and who can read it."""
    if space.state is State.CLOSED:
        return _over(t, space)
    who = t("This is a place for {names}.", names=names.said(t))
    notes = t("I note that somebody spoke here, so that I can ask who has not begun; never what.")
    return Card(
        _title(space),
        (
            Paragraph(who),
            Paragraph(what_private_means(t, space.seen_by), quiet=True),
            Paragraph(notes, quiet=True),
            Actions((_stop(t, space),)),
        ),
    )


def end(t: Translate, space: Space, member: Member, names: Names) -> Card:
    """Say how one writes to the others from one's own end, who can read it, and how it ends."""
    said = names.said(t)
    title = shortened(t("You and {names}", names=said), CARD_TITLE)
    match space.state:
        case State.OPENING | State.ASKED:
            soon = t("I am making the other end ready. In a moment you can write here.")
            return Card(title, (Paragraph(soon),))
        case State.OPEN if space.kind is not Kind.RELAY:
            moved = t("You meet in a room of your own now. Nothing is carried from here any more.")
            return Card(title, (Paragraph(moved), Actions((enter(t, space),))))
        case State.OPEN:
            pass
        case _:
            return Card(title, (Paragraph(t("This has ended. Nothing is carried any more.")),))
    how = (
        t("Write in the thread below this message, and I carry it to {names}.", names=said)
        if member.below
        else t("Write here, and I carry it to {names}.", names=said)
    )
    rules = t(
        "What you change or delete changes there too. I keep nothing of it once it has arrived, and"
        " note only that somebody spoke, never what. Write `stop` alone, or press the button, and it"
        " ends for everybody."
    )
    buttons = [Button(t("Write"), WRITE, str(space.id), Look.PRIMARY)]
    waits = [each.id for each in space.inside if each.room_instead]
    if member.id not in waits:
        label = t("Yes, a room") if waits else t("A room instead")
        buttons.append(Button(label, ROOM, str(space.id)))
    asked = t("{names} would rather use a room of the lobby that you all can enter.", names=said)
    blocks: list[Paragraph | Actions] = [Paragraph(how), Paragraph(rules, quiet=True)]
    if waits and member.id not in waits:
        blocks.append(Paragraph(asked))
    if member.seen_by in {SeenBy.MODERATORS, SeenBy.OPERATOR}:
        blocks.append(Paragraph(what_private_means(t, member.seen_by), quiet=True))
    blocks.append(Actions((*buttons, _stop(t, space))))
    return Card(title, tuple(blocks))


def word(t: Translate, space: Space, by: str, to: Mention, words: Text, *, changed: bool) -> Card:
    """Show words that were carried, marked whose they are. Nothing in them can call anybody."""
    title = t("{name} writes", name=short_words(by, _NAME))
    note = t("To {you}, changed since", you=to) if changed else t("To {you}", you=to)
    buttons = (Button(t("Answer"), WRITE, str(space.id)), _stop(t, space))
    return Card(title, (Paragraph(words), Paragraph(note, quiet=True), Actions(buttons)))


def lost(t: Translate, to: str) -> Card:
    """Tell somebody that their words did not reach another."""
    said = t("I could not reach {name} just now. Your last words did not arrive.", name=to)
    return Card(t("That did not arrive"), (Paragraph(said),), Tone.CAUTION)


def taken_back(t: Translate, by: str) -> Card:
    """Stand where words stood that their author took back, or made shorter."""
    title = t("{name} took this back", name=short_words(by, _NAME))
    return Card(title, (Paragraph(t("What stood here is gone.")),))


def session(t: Translate, space: Space) -> Card:
    """Begin a session's own thread."""
    if space.state is State.CLOSED:
        return _over(t, space)
    said = t("Whoever wants to take part writes in the thread below this message.")
    return Card(_title(space), (Paragraph(said),))


def closed(t: Translate, space: Space, by: str) -> Card:
    """Say that a space has ended; `by` is who ended it, or empty."""
    said = t("{name} has ended this.", name=short_words(by, _NAME)) if by else t("This has ended.")
    left = (
        t("Nothing is carried any more.")
        if space.kind is Kind.RELAY
        else t(
            "I read nothing here any more. What was said stays where it is, as far as you keep it."
        )
    )
    return Card(_title(space), (Paragraph(said + verbatim(" ") + left),))


def ask(t: Translate, space: Space, names: Names) -> Card:
    """Ask somebody whether words may be carried between them and others."""
    said = names.said(t)
    why = t(
        "You share no place with {names}. I can carry words between you: what you write to me is"
        " posted where they are, and theirs where you are, each marked whose it is.",
        names=said,
    )
    rules = t(
        "Nothing is carried unless all of you agree. I keep no word once it has arrived, and each of"
        " you can stop at any time."
    )
    buttons = (
        Button(t("Yes, carry words"), AGREE, str(space.id), Look.PRIMARY),
        Button(t("No, thanks"), DECLINE, str(space.id)),
    )
    return Card(
        shortened(t("You and {names}", names=said), CARD_TITLE),
        (Paragraph(why), Paragraph(rules, quiet=True), Actions(buttons)),
        Tone.QUESTION,
    )


def room(t: Translate, space: Space, names: Names) -> Card:
    """Tell somebody of a room of the lobby that is theirs too."""
    said = t(
        "A room of the lobby for you and {names}. Nobody else can look in.", names=names.said(t)
    )
    return Card(_title(space), (Paragraph(said), Actions((enter(t, space),))))


def waits(t: Translate, space: Space, by: str) -> Card:
    """Tell somebody who reads at our pages that words have come."""
    said = t("{name} has written to you.", name=short_words(by, _NAME))
    return Card(_title(space), (Paragraph(said), Actions((enter(t, space),))))


def noted(title: Text, said: Text) -> Card:
    """Answer a press or a word."""
    return Card(title, (Paragraph(said),), Tone.GOOD)


def writing(t: Translate, space: Space, names: Sequence[str]) -> Form:
    """Ask for words to carry."""
    hint = t("To {names}", names=Names(tuple(names)).said(t))
    words = TextInput(
        name="words",
        label=t("Your words"),
        hint=shortened(hint, 100),
        required=True,
        long=True,
        most=INPUT_LENGTH,
    )
    return Form(WRITE, t("Write"), (words,), t("Send"), str(space.id), unkept=True)


def _over(t: Translate, space: Space) -> Card:
    return Card(_title(space), (Paragraph(t("This has ended.")),))


def _title(space: Space) -> Text:
    return shortened(verbatim(space.title), CARD_TITLE)


def _stop(t: Translate, space: Space) -> Button:
    sure = t("It ends for all of you, and does not open again.")
    return Button(t("Stop"), STOP, str(space.id), confirm=sure)


def enter(t: Translate, space: Space) -> Button:
    """Return the way into a room of the lobby."""
    return Button(t("Open the room"), ENTER, str(space.id), Look.PRIMARY)
