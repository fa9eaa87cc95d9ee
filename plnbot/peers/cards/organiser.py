"""What organisers see: a programme, what a round comes to, how introductions went."""

from collections.abc import Iterator

from plnbot.peers.cards.member import AIMS
from plnbot.peers.model import Programme, Round, RoundState
from plnbot.peers.model.figures import Figures, Went, percent
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Field,
    Fields,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import shortened
from plnbot.talk.text import Room, Text, When, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg

DRY, COMMIT, END, PROGRAMME_PAGE = "peers.dry", "peers.commit", "peers.end", "peers.programme"
NEW = "peers.new"
STEP_NAMES: dict[str, Sentence] = {
    "SUBJECT_AND_GRADE": msg("same subject and near grade"),
    "SUBJECT": msg("same subject"),
    "FIELD": msg("same field"),
    "ANY": msg("any subject"),
    "AGAIN": msg("met not long ago"),
    "SAME_DISTRICT": msg("same district"),
    "THIRD": msg("a third joins"),
    "MEMBER": msg("a member's idea"),
}
WHYS: dict[str, Sentence] = {
    "ALONE": msg("nobody else takes part"),
    "RULES": msg("no rule lets them meet who is left"),
    "paused": msg("paused"),
    "skips": msg("skip this round"),
    "away": msg("on leave"),
    "break": msg("without school"),
    "gone": msg("no longer here"),
    "left": msg("left"),
}
_MOST_LEFT, _MOST_SUPPLIES = 8, 6


def made(t: Translate, of: Programme, rhythm: Text) -> Card:
    """Return that there is a programme."""
    fields = [Field(t("For"), t.say(AIMS[of.aim])), Field(t("Rounds"), rhythm)]
    if of.next_at is not None:
        fields.append(Field(t("First round"), Text((When(of.next_at),))))
    ways = Actions(
        (
            PageButton(t("Open its page"), PROGRAMME_PAGE, str(of.id)),
            Button(t("Dry run"), DRY, str(of.id)),
        )
    )
    if of.place is None:
        note = t("Who takes part with `/pln peers join` or on the page of introductions is in it.")
    else:
        room = Text((Room(of.place, of.place.channel),))
        note = t(
            "Its card stands in {room}. Who presses its button takes part, and nobody else.",
            room=room,
        )
    return Card(
        t("Programme: {name}", name=of.name),
        (Fields(tuple(fields)), Paragraph(note), ways),
        Tone.GOOD,
    )


def begun(t: Translate) -> Card:
    """Return that a dry run is on its way."""
    return Card(
        t("Dry run"),
        (Paragraph(t("I write to you what it comes to. Nobody else is told anything.")),),
    )


def comes_to(
    t: Translate,
    of: Programme,
    one: Round,
    found: Figures | None,
    *,
    went: Went,
    left: Text,
    far: int,
) -> Card:
    """Return what a round comes to, for who looks after it.

    `far` is how far it is: among how many it is worked out, or how many groups are introduced by now.
    """
    title = _title(t, of, one)
    if one.state is RoundState.DROPPED:
        said = t("It could not be worked out, or another dry run took its place. Try again.")
        return Card(title, (Paragraph(said),), Tone.CAUTION)
    if found is None:
        return Card(title, (Paragraph(_not_there(t, one, far)),))
    fields = list(_fields(t, found, went))
    if one.state is RoundState.OPEN and found.groups:
        by_now = t("{n} of {of} groups", n=far, of=found.groups)
        fields.append(Field(t("Introduced by now"), by_now))
    blocks: list[Block] = [Fields(tuple(fields))]
    steps = [t("{step}: {n}", step=t.say(STEP_NAMES[name]), n=n) for name, n in found.steps]
    if steps:
        blocks.append(Paragraph(t("**Who with whom:** {steps}", steps=joined(steps, " · "))))
    if found.left:
        blocks.append(Paragraph(t("**Left over:** {names}", names=shortened(left, 800))))
    if found.out:
        out = [t("{step}: {n}", step=t.say(WHYS[why]), n=n) for why, n in found.out]
        blocks.append(Paragraph(t("**Not in it:** {why}", why=joined(out, " · ")), quiet=True))
    blocks += [Paragraph(each, quiet=True) for each in supplies(t, found)]
    if one.state is RoundState.DRY:
        sure = t.n("{n} group is introduced.", "{n} groups are introduced.", found.groups)
        again = Button(t("Another dry run"), DRY, str(of.id))
        blocks.append(
            Actions((Button(t("Commit"), COMMIT, str(one.id), Look.PRIMARY, sure), again))
        )
    else:
        blocks.append(Actions((PageButton(t("Open its page"), PROGRAMME_PAGE, str(of.id)),)))
    return Card(title, tuple(blocks), Tone.QUESTION if one.state is RoundState.DRY else Tone.GOOD)


def _not_there(t: Translate, one: Round, many: int) -> Text:
    """Return why there is nothing to show of a round."""
    if one.state not in (RoundState.SOLVING, RoundState.OPENING):
        return t("This round is over.")
    if not many:
        return t("It is being worked out …")
    return t.n(
        "{n} takes part. It is being worked out …", "{n} take part. It is being worked out …", many
    )


def _title(t: Translate, of: Programme, one: Round) -> Text:
    if one.number is not None:
        return t("Round {n}: {name}", n=one.number, name=of.name)
    return t("Dry run: {name}", name=of.name)


def _fields(t: Translate, found: Figures, went: Went) -> Iterator[Field]:
    whole = percent(found.introduced, found.people)
    yield Field(
        t("Introduced"),
        t("{n} of {of} ({percent} %)", n=found.introduced, of=found.people, percent=whole),
    )
    threes = t("{n}, of these {threes} of three", n=found.groups, threes=found.trios)
    yield Field(t("Groups"), threes if found.trios else verbatim(str(found.groups)))
    yield Field(t("Repeats"), verbatim(str(found.repeats)))
    yield Field(t("Two districts"), _share(t, found.across, found.known))
    yield Field(t("Met so far"), _share(t, went.met, went.seats))


def _share(t: Translate, part: int, whole: int) -> Text:
    return t("{n} %", n=percent(part, whole)) if whole else t("not known yet")


def supplies(t: Translate, found: Figures) -> Iterator[Text]:
    """Yield for the scarcest subjects when repeats begin, and what would help."""
    for name, people, districts, rounds, one_more in found.supplies[:_MOST_SUPPLIES]:
        who = t.n("{subject}: {n} teacher", "{subject}: {n} teachers", people, subject=name)
        where = t.n("{n} district", "{n} districts", districts)
        if rounds:
            when = t("repeats begin in round {n} from now", n=rounds + 1)
        else:
            when = t("nobody new is left in the subject")
        helps = t("with one more from another district, in round {n}", n=one_more + 1)
        yield joined([who, where, when, *((helps,) if one_more > rounds else ())])


def left_line(t: Translate, names: list[tuple[str, str]]) -> Text:
    """Return who would be left over, and why."""
    shown = [
        verbatim(f"{name} (") + t.say(WHYS.get(why, WHYS["RULES"])) + verbatim(")")
        for name, why in names[:_MOST_LEFT]
    ]
    if len(names) > _MOST_LEFT:
        shown.append(t.n("{n} more", "{n} more", len(names) - _MOST_LEFT))
    return joined(shown)


def committed(t: Translate, of: Programme, one: Round) -> Card:
    """Return that a round goes out."""
    said = t("Everybody is being introduced now, each as things are at that moment.")
    ends = Field(t("Until"), Text((When(one.ends_at),))) if one.ends_at else None
    blocks = (
        Paragraph(said),
        *((Fields((ends,)),) if ends else ()),
        Actions((PageButton(t("Open its page"), PROGRAMME_PAGE, str(of.id)),)),
    )
    return Card(t("Round {n} is open", n=one.number or 0), blocks, Tone.GOOD)


def went(t: Translate, of: Went) -> Fields:
    """Return how introductions went, in numbers."""
    return Fields(
        (
            Field(t("Introductions"), verbatim(str(of.groups))),
            Field(t("Answered"), _share(t, of.answered, of.seats)),
            Field(t("Met"), _share(t, of.met, of.seats)),
            Field(t("Repeats"), _share(t, of.repeats, of.groups)),
            Field(t("Minutes together"), verbatim(str(of.minutes))),
        )
    )


def ended(t: Translate, of: Programme) -> Card:
    """Return that a programme is over."""
    said = t("Nobody is introduced any more. Who was introduced goes on as they like.")
    return Card(t("Over: {name}", name=of.name), (Paragraph(said),))
