"""What a curator says of a feed and how a room gets it: asked when it is added, and changed afterwards."""

from collections.abc import Mapping

from plnbot.engine.routes import Context, Routes, Values
from plnbot.packs.teaching import grades, subjects
from plnbot.reading.actions import feeds as actions
from plnbot.reading.actions import room_digests
from plnbot.reading.actions.keys import CURATES
from plnbot.reading.cards import feeds as cards
from plnbot.reading.cards.feeds import CHANGE, MANNERS
from plnbot.reading.model.feeds import About, Audience, Feed, Manner
from plnbot.reading.routes.feeds import shown_of
from plnbot.reading.routes.objects import A_FEED
from plnbot.reading.routes.room_digests import USUAL, schedule_in, when_input
from plnbot.reading.routes.teaching import several
from plnbot.reading.store import feeds as store
from plnbot.reading.store.rules import rules_of
from plnbot.refs import Place
from plnbot.talk.cards import Option
from plnbot.talk.forms import AnyInput, ChoiceInput, FieldErrors, Form, TextInput, chosen
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

routes = Routes()
_AUDIENCES: Mapping[Audience, Sentence] = {
    Audience.TEACHERS: msg("For me, as a teacher"),
    Audience.PUPILS: msg("For my pupils"),
}
_YES, _NO, _USUAL = "yes", "no", "usual"
_LONGEST_TITLE, _LONGEST_NOTE, _LABEL = 120, 500, 70


@dataclass(frozen=True, slots=True)
class Described:
    """What was filled in."""

    about: About
    approval: bool | None
    manner: Manner


def room_inputs(ctx: Context, manner: Manner) -> tuple[AnyInput, ...]:
    """Return the questions how this room gets it."""
    t = ctx.t
    how = ChoiceInput(
        name="manner",
        label=t("How does this room get it?"),
        options=tuple(Option(each.value, t.say(said)) for each, said in MANNERS.items()),
        value=manner.value,
        required=True,
    )
    return (how, when_input(ctx, required=False))


def about_inputs(ctx: Context, about: About, *, approval: bool | None) -> tuple[AnyInput, ...]:
    """Return the questions what it is, for whom, and why it is worth it."""
    t = ctx.t
    return (
        TextInput(
            name="note",
            label=t("Why is it worth it?"),
            hint=t("One or two lines; readers see them."),
            long=True,
            most=_LONGEST_NOTE,
            value=about.note,
        ),
        ChoiceInput(
            name="audience",
            label=t("For whom?"),
            options=tuple(Option(each.value, t.say(said)) for each, said in _AUDIENCES.items()),
            value=about.audience.value,
            required=True,
        ),
        several(t, "subjects", t("Subjects"), subjects(), about.subjects),
        several(t, "grades", t("Grades"), grades(), about.grades),
        ChoiceInput(
            name="paywall",
            label=t("Does it need a subscription?"),
            options=(Option(_NO, t("No")), Option(_YES, t("Yes: readers are told"))),
            value=_YES if about.paywall else _NO,
            required=True,
        ),
        _approval(ctx, approval=approval),
    )


def _approval(ctx: Context, *, approval: bool | None) -> ChoiceInput:
    t, rules = ctx.t, rules_of(ctx.tx, ctx.network.id)
    usual = t("As for all feeds: yes") if rules.approval else t("As for all feeds: no")
    return ChoiceInput(
        name="approval",
        label=t("Does a curator look at each post first?"),
        options=(
            Option(_USUAL, usual),
            Option(_NO, t("No")),
            Option(_YES, t("Yes: it waits for approval")),
        ),
        value=_USUAL if approval is None else _YES if approval else _NO,
        required=True,
    )


def title_input(t: Translate, title: str) -> TextInput:
    """Return the question what it is called here."""
    return TextInput(
        name="title",
        label=t("Its name here"),
        value=title[:_LONGEST_TITLE],
        most=_LONGEST_TITLE,
        required=True,
    )


def described(values: Values) -> Described:
    """Return what was filled in."""
    about = About(
        title=str(values["title"]),
        subjects=chosen(values["subjects"]),
        grades=chosen(values["grades"]),
        audience=Audience(str(values["audience"])),
        note=str(values["note"]),
        paywall=values["paywall"] == _YES,
    )
    approval = {_YES: True, _NO: False}.get(str(values["approval"]))
    return Described(about, approval, Manner(str(values["manner"])))


def digest_set_up(ctx: Context, place: Place, manner: Manner, words: str) -> Sentence | None:
    """Set when a room gets its digest, where it gets one; return what is wrong with the words."""
    if manner is not Manner.DIGEST:
        return None
    schedule = schedule_in(ctx, words or ctx.t.say(USUAL).bare())
    if isinstance(schedule, Sentence):
        return schedule
    room_digests.set_up(ctx.tx, ctx.network, place, schedule, ctx.now)
    return None


@routes.press(CHANGE, needs=CURATES, of=A_FEED)
def change(ctx: Context, press: Press, feed: Feed) -> Answer:
    """Open the form with all of it as it is."""
    return OpenForm(_form(ctx, press.row, feed))


def _form(ctx: Context, row: str, feed: Feed) -> Form:
    here = store.manner_in(ctx.tx, feed.id, ctx.where.channel_itself())
    inputs = (
        title_input(ctx.t, feed.about.title),
        *room_inputs(ctx, here),
        *about_inputs(ctx, feed.about, approval=feed.approval),
    )
    return Form(CHANGE, ctx.t("Change a feed"), inputs, ctx.t("Save"), row)


@routes.form(CHANGE, build=_form, needs=CURATES, of=A_FEED)
def changed(ctx: Context, _row: str, values: Values, feed: Feed) -> Answer:
    """Keep it as it was filled in."""
    given, place = described(values), ctx.where.channel_itself()
    if place.channel:
        if wrong := digest_set_up(ctx, place, given.manner, str(values["when"])):
            return FieldErrors({"when": wrong})
        actions.put_in_room(ctx.tx, feed, place, given.manner)
    actions.describe(ctx.tx, feed, given.about, ctx.now, by=ctx.person, approval=given.approval)
    feed = store.the_feed(ctx.tx, feed.id)
    return Reply(cards.one(ctx.t, shown_of(ctx.tx, feed), ctx.t("Saved.")))
