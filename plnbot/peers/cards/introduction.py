"""What two who are introduced see: why they two, how to begin, when, and how it went."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from plnbot.peers.model import TWO, Cause, Introduction, Said, Seat, Side
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Field,
    Fields,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.text import EMPTY, Text, When, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

MET, PLANNED, NOT_YET, NOT_NOW = "peers.met", "peers.planned", "peers.not_yet", "peers.not_now"
WROTE, TOOK, KEEP, NO_MORE = "peers.wrote", "peers.took", "peers.keep", "peers.not_again"
GOALS, REFLECT, OUT, MEETING_PAGE = (
    "peers.goals",
    "peers.reflect",
    "peers.step_out",
    "peers.meeting",
)
MINUTES = (10, 15, 20, 30, 45, 60, 75, 90, 120)
_PRESSES = {
    MET: msg("We met"),
    PLANNED: msg("We have a date"),
    NOT_YET: msg("Not yet"),
    NOT_NOW: msg("Not this time"),
}
SAID = {MET: Said.MET, PLANNED: Said.PLANNED, NOT_YET: Said.NOT_YET, NOT_NOW: Said.NOT_NOW}
STEPS: Mapping[str, Sentence] = {
    "SUBJECT_AND_GRADE": msg(
        "You teach the same subject at nearly the same grade, in different districts."
    ),
    "SUBJECT": msg(
        "You teach the same subject in different districts. Nobody of a nearer grade was left, so the grade differs."
    ),
    "FIELD": msg(
        "You teach in the same field in different districts. Nobody of your very subject was left this time."
    ),
    "ANY": msg(
        "You teach different things in different districts: nobody of your field was left, and nobody was to be left out."
    ),
    "AGAIN": msg(
        "You have met not long ago. Nobody new was left for you, and rather again than nobody."
    ),
    "SAME_DISTRICT": msg(
        "Nobody who fits the programme's rules better was left, and nobody was to be left out."
    ),
    "THIRD": msg("One of you was left over: better three than one alone."),
    "MEMBER": msg(
        "Somebody who knows both of you thought that you should meet, and you both said yes."
    ),
}
_ANYWHERE: Mapping[str, Sentence] = {
    "SUBJECT_AND_GRADE": msg("You teach the same subject at nearly the same grade."),
    "SUBJECT": msg(
        "You teach the same subject. Nobody of a nearer grade was left, so the grade differs."
    ),
    "FIELD": msg("You teach in the same field. Nobody of your very subject was left this time."),
    "ANY": msg(
        "You teach different things: nobody of your field was left, and nobody was to be left out."
    ),
}
_FIELD_ONLY = msg("You teach in the same field, in different districts.")


@dataclass(frozen=True, slots=True)
class Partner:
    """One whom the reader is introduced to. `about` is what may be shown of them."""

    seat: Seat
    name: Text
    about: Text


@dataclass(frozen=True, slots=True)
class Shown:
    """An introduction for one of its people. `begins` is who is asked to begin, None for the reader."""

    one: Introduction
    programme: str
    partners: tuple[Partner, ...]
    begins: Text | None
    starters: tuple[str, ...]
    by: str = ""
    across: bool = True
    withheld: bool = False
    mine: Seat | None = None
    talk: Text = EMPTY
    has_place: bool = False
    way_in: Button | None = None


def why(t: Translate, shown: Shown) -> Text:
    """Return why these: their step of the ladder, and the reason where it is not the first."""
    step = shown.one.step
    if shown.one.cause is Cause.STANDING and step != "THIRD":
        return t("You both wanted to keep going, so you are introduced to each other again.")
    if shown.withheld and step in ("SUBJECT_AND_GRADE", "SUBJECT"):
        return t.say(_FIELD_ONLY)
    said = STEPS if shown.across else {**STEPS, **_ANYWHERE}
    return t.say(said.get(step, STEPS["ANY"]))


def introduced(t: Translate, shown: Shown) -> Card:
    """Return who somebody meets, why, how to begin and when."""
    names = joined([each.name for each in shown.partners], t.words(" and "))
    blocks: list[Block] = [Paragraph(why(t, shown))]
    if shown.by:
        blocks.append(Paragraph(t("It was {name}'s idea.", name=shown.by)))
    blocks.append(Fields(tuple(_fields(t, shown))[:10]))
    questions = "\n".join(f"• {each}" for each in shown.starters)
    blocks.append(Paragraph(t("**To begin with**\n{questions}", questions=questions)))
    if shown.one.ended_at is not None:
        blocks.append(Paragraph(t("This introduction is over."), quiet=True))
    else:
        blocks += [Paragraph(shown.talk), *_ways(t, shown)]
    return Card(t("Meet {names}", names=names), tuple(blocks), Tone.GOOD)


def _fields(t: Translate, shown: Shown) -> list[Field]:
    found = [Field(each.name, each.about) for each in shown.partners]
    first = shown.begins or t("You, please: two lines are enough.")
    found.append(Field(t("Who begins"), first))
    if shown.one.times:
        found.append(_suits(t, shown))
    if shown.one.goals:
        found.append(Field(t("What you agreed on"), verbatim(shown.one.goals[:380])))
    if shown.mine is not None and shown.mine.side is not Side.PEER:
        found.append(Field(t("Until"), Text((When(shown.one.ends_at),))))
    return found


def _suits(t: Translate, shown: Shown) -> Field:
    label = t("Suits all of you") if len(shown.partners) >= TWO else t("Suits you both")
    return Field(label, _times(shown.one.times))


def _times(times: Sequence[datetime]) -> Text:
    return joined([Text((When(each),)) for each in times], "\n")


def _ways(t: Translate, shown: Shown) -> list[Block]:
    row = str(shown.one.id)
    first: list[Button | PageButton] = [shown.way_in] if shown.way_in else []
    if shown.one.spoke_at is None and not shown.has_place:
        first.append(Button(t("I have written"), WROTE, row))
    guided = shown.mine is not None and shown.mine.side is not Side.PEER
    if guided:
        first.append(Button(t("What we agreed on"), GOALS, row))
    first.append(PageButton(t("Times for my calendar"), MEETING_PAGE, row))
    note = t(
        "What you say to each other is yours: I note only that somebody wrote."
        " How it went, each of you says for themselves."
    )
    return [
        Actions(tuple(first)),
        *_said_so_far(t, shown.mine),
        answers(t, row),
        Paragraph(note, quiet=True),
    ]


def _said_so_far(t: Translate, mine: Seat | None) -> list[Block]:
    """Return what the reader has said of it; each press below says otherwise."""
    press = next((each for each, what in SAID.items() if mine and mine.answer is what), None)
    return [Paragraph(t("You said: {answer}", answer=t.say(_PRESSES[press])))] if press else []


def answers(t: Translate, row: str) -> Actions:
    """Return the ways to say how it goes, each one press."""
    return Actions(tuple(Button(t.say(said), press, row) for press, said in _PRESSES.items()))


def begin(t: Translate, shown: Shown, first: Text) -> Card:
    """Return how to begin, for the place in which two talk."""
    questions = "\n".join(f"• {each}" for each in shown.starters)
    blocks: list[Block] = [
        Paragraph(t("{name}, would you begin? Two lines are enough.", name=first))
    ]
    blocks.append(Paragraph(t("**To begin with**\n{questions}", questions=questions)))
    if shown.one.times:
        blocks.append(Fields((_suits(t, shown),)))
    note = t("I note only that somebody wrote here, never what.")
    return Card(t("Here you are among yourselves"), (*blocks, Paragraph(note, quiet=True)))


def third(t: Translate, shown: Shown, name: str) -> Card:
    """Return that somebody joins two who were introduced before."""
    said = t("{name} was left over and meets you two: better three than one alone.", name=name)
    return Card(t("One more joins you"), (Paragraph(said), answers(t, str(shown.one.id))))


def nudge(t: Translate, shown: Shown) -> Card:
    """Ask somebody to begin."""
    names = joined([each.name for each in shown.partners], t.words(" and "))
    said = t("Nobody has written since you were introduced. Would you begin? Two lines are enough.")
    blocks: list[Block] = [Paragraph(said)]
    if shown.starters:
        blocks.append(Paragraph(t("For example: {question}", question=shown.starters[0])))
    row = str(shown.one.id)
    blocks += [Actions((Button(t("I have written"), WROTE, row),)), answers(t, row)]
    return Card(t("A word to {names}?", names=names), tuple(blocks), Tone.QUESTION)


def check(t: Translate, shown: Shown) -> Card:
    """Ask how it goes."""
    names = joined([each.name for each in shown.partners], t.words(" and "))
    note = t(
        "One press is enough, and any answer is fine. Who looks after the programme sees it too."
    )
    blocks = (answers(t, str(shown.one.id)), Paragraph(note, quiet=True))
    return Card(t("You and {names}: how is it going?", names=names), blocks, Tone.QUESTION)


def said(t: Translate, one: Introduction, what: Said) -> Card:
    """Return what follows an answer."""
    row = str(one.id)
    if what is Said.MET:
        options = tuple(Option(str(n), t.n("{n} minute", "{n} minutes", n)) for n in MINUTES)
        blocks: tuple[Block, ...] = (
            Paragraph(t("Good! How long was it for you? It counts among what you did.")),
            Actions((Select(t("Minutes"), TOOK, options, row),)),
            Paragraph(t("And again? Nobody sees what you press here.")),
            again(t, row),
        )
        return Card(t("You met"), blocks, Tone.GOOD)
    words = {
        Said.PLANNED: t("Good. I ask once more when this round ends."),
        Said.NOT_YET: t("There is time. I ask once more when this round ends."),
        Said.NOT_NOW: t(
            "That is fine, and counts against nobody. You are asked no more this time."
        ),
    }
    out = Actions(
        (Button(t("Take me out of it"), OUT, row, confirm=t("The other is matched anew.")),)
    )
    blocks = (Paragraph(words[what]), *((out,) if what is Said.NOT_NOW else ()))
    return Card(t("Thank you"), blocks, Tone.GOOD)


def again(t: Translate, row: str) -> Actions:
    """Return the private ways to meet again, or not."""
    return Actions(
        (
            Button(t("Let us keep going"), KEEP, row, Look.PRIMARY),
            Button(t("Not again"), NO_MORE, row),
        )
    )


def took(t: Translate, minutes: int, row: str) -> Card:
    """Return that a meeting counts."""
    many = t.n("{n} minute", "{n} minutes", minutes)
    told = t(
        "It is among what you did, with {minutes}. Press another number to change it.", minutes=many
    )
    return Card(t("Written down"), (Paragraph(told), again(t, row)), Tone.GOOD)


def wished(t: Translate, *, keeps: bool, together: bool) -> Card:
    """Return what becomes of a private wish."""
    if together:
        return standing(t)
    if keeps:
        told = t("If the other wants it too, you are standing partners. If not, nobody is told.")
    else:
        told = t("You two are not introduced again. Nobody is told, and `/pln peers` undoes it.")
    return Card(t("Noted"), (Paragraph(told),))


def standing(t: Translate) -> Card:
    """Return that two are standing partners."""
    told = t(
        "You both want to keep going: from now on you are introduced to each other in every round."
        " “Not again” by either of you ends that, and either may skip a round."
    )
    return Card(t("Standing partners"), (Paragraph(told),), Tone.GOOD)


def gone(t: Translate, name: str, *, alone: bool) -> Card:
    """Return that somebody has gone from an introduction."""
    who = t("{name} is no longer part of it.", name=name) if name else t("The other has left.")
    then = (
        t("You did nothing wrong. I look for somebody else now, and you come first.")
        if alone
        else t("You two go on.")
    )
    return Card(t("A change"), (Paragraph(who + verbatim(" ") + then),))


def closing(t: Translate, shown: Shown) -> Card:
    """Ask for a closing reflection."""
    names = joined([each.name for each in shown.partners], t.words(" and "))
    told = t("Your time together is over. What did you take from it? A sentence is enough.")
    blocks = (Paragraph(told), Actions((Button(t("Look back"), REFLECT, str(shown.one.id)),)))
    return Card(t("You and {names}: the end", names=names), blocks, Tone.QUESTION)


def thanks(t: Translate, name: str, words: str) -> Card:
    """Return a thank-you, which stays."""
    blocks = (
        Paragraph(verbatim(words)),
        Paragraph(t("It stays for you on the page of your introductions."), quiet=True),
    )
    return Card(t("{name} thanks you", name=name), blocks, Tone.GOOD)


def stepped_out(t: Translate) -> Card:
    """Return that somebody is out of an introduction."""
    return Card(
        t("You are out of it"),
        (Paragraph(t("The other meets somebody else. You stay in the programme.")),),
    )


def noted(t: Translate, words: Text) -> Card:
    """Return that something was kept."""
    return Card(t("Noted"), (Paragraph(words),), Tone.GOOD)
