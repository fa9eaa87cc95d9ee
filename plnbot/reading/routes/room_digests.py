"""A room's digest: when it comes, and what it shows."""

from collections.abc import Mapping

from plnbot.engine.ports import Argument
from plnbot.engine.routes import Context, Routes, Showing, Values
from plnbot.errors import Refused
from plnbot.reading.actions import room_digests as actions
from plnbot.reading.actions.keys import CURATES
from plnbot.reading.actions.room_digests import CARD, DUE
from plnbot.reading.cards import room_digest as cards
from plnbot.reading.model.items import Standing
from plnbot.reading.parts import FEEDS
from plnbot.reading.routes.shown import story_of
from plnbot.reading.store import items
from plnbot.reading.store import room_digests as store
from plnbot.schedules import Schedule
from plnbot.talk.cards import Card
from plnbot.talk.forms import FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Reply
from plnbot.talk.words import Sentence, msg

routes = Routes()
routes.when_due(DUE)(actions.due)
USUAL = msg("every school day 3:30 pm")
_NAME = "reading.room_digest_when"


@routes.command(
    "feed digest",
    needs=CURATES,
    part=FEEDS,
    about=msg("Choose when this room gets its digest"),
    example=msg("/pln feed digest Fridays 3 pm"),
    argument=Argument("when", msg("When, in words; left out, a form asks")),
)
def digest(ctx: Context, words: str) -> Answer:
    """Set when it comes, or ask."""
    if not ctx.where.channel:
        raise Refused(msg("Type this in the room that is to get it."))
    if not words.strip():
        return OpenForm(_form(ctx, ""))
    said = schedule_in(ctx, words)
    if isinstance(said, Sentence):
        raise Refused(said)
    return _set_up(ctx, said)


def _form(ctx: Context, _row: str) -> Form:
    return Form(_NAME, ctx.t("Digest of this room"), (when_input(ctx),), ctx.t("Save"))


def when_input(ctx: Context, *, required: bool = True) -> TextInput:
    """Return the question when a room's digest comes, with when it comes now."""
    from plnbot.talk.times import as_written_again  # only who sets one up needs it

    now = store.of_room(ctx.tx, ctx.where.channel_itself())
    value = as_written_again(ctx.t, now.schedule) if now else ctx.t.say(USUAL).bare()
    return TextInput(
        name="when",
        label=ctx.t("When does its digest come?"),
        hint=ctx.t("every school day 3:30 pm · Fridays 3 pm"),
        most=200,
        value=value[:200],
        required=required,
    )


@routes.form(_NAME, build=_form, needs=CURATES)
def given(ctx: Context, _row: str, values: Values) -> Answer:
    """Set when it comes."""
    said = schedule_in(ctx, str(values["when"]))
    return FieldErrors({"when": said}) if isinstance(said, Sentence) else _set_up(ctx, said)


def schedule_in(ctx: Context, words: str) -> Schedule | Sentence:
    """Return the schedule that somebody wrote, or why it is none that comes."""
    from plnbot.talk.times import schedule_of

    understood = schedule_of(words, ctx.now, ctx.person.zone, ctx.t.locale)
    if isinstance(understood, Sentence):
        return understood
    if understood.schedule.after(ctx.now) is None:
        return msg("That never comes: all of its times are over.")
    return understood.schedule


def _set_up(ctx: Context, schedule: Schedule) -> Answer:
    from plnbot.talk.times import said

    actions.set_up(ctx.tx, ctx.network, ctx.where.channel_itself(), schedule, ctx.now)
    return Reply(cards.set_up(ctx.t, said(ctx.t, schedule, ctx.now)))


@routes.card(CARD)
def digest_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Show what a digest brings, as it is told by now; None where all of it was taken back."""
    shown = []
    for number in store.shown_by(to.tx, str(args["post"])):
        story = items.get_story(to.tx, number)
        if story is not None and story.standing is Standing.OPEN:
            shown.append(story_of(to.tx, number))
    told = [each for each in shown if each is not None]
    return cards.digest(to.t, told) if told else None
