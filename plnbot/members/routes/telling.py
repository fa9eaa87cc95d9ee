"""Telling of oneself: the guided start, the profile, who sees what, and what others see of it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from plnbot.engine import notices
from plnbot.engine.parts import YOU, Part
from plnbot.engine.ports import Argument, ArgumentKind, On, Person, Shortcut
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import DISTRICTS, ZONES, whose
from plnbot.goals import store as goals_store
from plnbot.goals.model import LONGEST, MOST, tidy
from plnbot.members import cards, store
from plnbot.members.actions import districts, settling
from plnbot.members.cards import FIELD_NAMES, seen_by
from plnbot.members.model import FIELDS, Organisation, Profile, Seen
from plnbot.members.routes.searching import SCHOOLS, organisation_option, zone_option
from plnbot.members.routes.somebody import for_somebody
from plnbot.members.store import organisations
from plnbot.packs import choices
from plnbot.packs.teaching import grades, languages, subjects
from plnbot.quiet import Quiet
from plnbot.refs import row_number
from plnbot.talk.cards import Option
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    NumberInput,
    Picked,
    SearchInput,
    TextInput,
    chosen,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.lists import lines_of
from plnbot.talk.words import Sentence, Translate, msg

routes = Routes()
PEERS = Part("peers", msg("Meet other teachers"))
QUIET: dict[str, Quiet] = {
    "class_and_night": Quiet(),
    "night": Quiet(in_class=None),
    "none": Quiet(None, None),
}


def _start_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    told, at = store.profile_of(ctx.tx, ctx.person.id)
    return Form(
        "members.start",
        t("About you"),
        (
            *_what_they_teach(t, told),
            _what_they_speak(ctx, told if at else None),
            *_where_they_teach(ctx, told),
            *_when_to_write(ctx, told),
            TextInput(
                name="goals",
                label=t("Up to three goals, one a line"),
                long=True,
                most=MOST * (LONGEST + 1),
                value="\n".join(told.goals),
            ),
        ),
        t("Save"),
    )


def _what_they_teach(t: Translate, told: Profile) -> Sequence[AnyInput]:
    return (
        MultiChoiceInput(
            name="subjects",
            label=t("What do you teach?"),
            options=choices(subjects(), t.locale, told.subjects),
            value=told.subjects,
            required=True,
        ),
        MultiChoiceInput(
            name="grades",
            label=t("Which grades?"),
            options=choices(grades(), t.locale, told.grades),
            value=told.grades,
        ),
    )


def _what_they_speak(ctx: Context, told: Profile | None) -> AnyInput:
    """Ask for languages; who has told nothing yet speaks the one they read."""
    speaks = told.languages if told else tuple({ctx.person.locale} & set(languages()))
    return MultiChoiceInput(
        name="languages",
        label=ctx.t("Which languages do you speak?"),
        options=choices(languages(), ctx.t.locale, speaks),
        value=speaks,
    )


def _where_they_teach(ctx: Context, told: Profile) -> Sequence[AnyInput]:
    t = ctx.t
    district, school = organisations.of_member(ctx.tx, ctx.person.id)
    return (
        _belongs(
            SearchInput(
                name="district",
                label=t("District"),
                hint=t("Used to introduce you to people elsewhere"),
                source=DISTRICTS,
                words=told.district,
                free=True,
            ),
            district,
        ),
        TextInput(name="state", label=t("State or country"), value=told.state, most=60),
        _belongs(
            SearchInput(
                name="school",
                label=t("School"),
                hint=t("Only you see it until you allow more"),
                source=SCHOOLS,
                words=told.school,
                free=True,
            ),
            school,
        ),
        NumberInput(
            name="years",
            label=t("Years of experience"),
            least=0,
            most=70,
            value=None if told.years is None else Decimal(told.years),
        ),
    )


def _when_to_write(ctx: Context, told: Profile) -> Sequence[AnyInput]:
    t = ctx.t
    quiet = next((name for name, each in QUIET.items() if each == told.quiet), "class_and_night")
    return (
        SearchInput(
            name="zone",
            label=t("Your time zone"),
            hint=t("Type a city or what you call it, such as Eastern"),
            source=ZONES,
            chosen=zone_option(ctx.person.zone, t.locale),
            required=True,
        ),
        ChoiceInput(
            name="quiet",
            label=t("When shall I be quiet?"),
            options=(
                Option("class_and_night", t("In class and after nine")),
                Option("night", t("After nine in the evening")),
                Option("none", t("Never: write any time")),
            ),
            value=quiet,
            required=True,
        ),
    )


def _belongs(asked: SearchInput, there: Organisation | None) -> SearchInput:
    """Let a field show where somebody belongs, once that is settled; till then what they typed."""
    if there is None or not there.settled:
        return asked
    return replace(asked, chosen=organisation_option(there, alone=False), words="")


def _words_of(ctx: Context, picked: object) -> str:
    """Return what a district or school is called that was found, or typed."""
    if not isinstance(picked, Picked):
        return ""
    row = row_number(picked.row)
    return organisations.name_of(ctx.tx, row) if row else picked.words


def _told(ctx: Context, before: Profile, values: Values) -> Profile:
    years = values["years"]
    lines = map(tidy, lines_of(str(values["goals"])))
    return replace(
        before,
        subjects=chosen(values["subjects"]),
        grades=chosen(values["grades"]),
        languages=chosen(values["languages"]),
        district=_words_of(ctx, values["district"]),
        state=str(values["state"]),
        school=_words_of(ctx, values["school"]),
        years=int(years) if isinstance(years, Decimal) else None,
        quiet=QUIET[str(values["quiet"])],
        goals=tuple(line for line in lines if line),
    )


def _wrong_goals(goals: Sequence[str]) -> Sentence | None:
    if len(goals) > MOST:
        return goals_store.TOO_MANY
    longest = max(map(len, goals), default=0)
    if longest > LONGEST:
        return msg("A goal of {length} characters: {most} fit.", length=longest, most=LONGEST)
    return None


def _row_of(picked: object) -> str:
    return picked.row if isinstance(picked, Picked) else ""


def _seen_form(ctx: Context, _row: str) -> Form:
    told, _at = store.profile_of(ctx.tx, ctx.person.id)
    options = tuple(Option(seen.value, ctx.t.say(seen_by(seen))) for seen in Seen)
    inputs = tuple(
        ChoiceInput(
            name=name,
            label=ctx.t.say(FIELD_NAMES[name]),
            options=options,
            value=told.seen[name].value,
            required=True,
        )
        for name in FIELDS
    )
    return Form("members.seen", ctx.t("Who sees what"), inputs, ctx.t("Save"))


@routes.command(
    "me start",
    was="start",
    needs=ANYONE,
    part=YOU,
    about=msg("Tell us what you teach, in under two minutes"),
    example=msg("/pln me start"),
)
def start(ctx: Context, _words: str) -> Answer:
    """Open the guided start."""
    return OpenForm(_start_form(ctx, ""))


@routes.press("members.start", needs=ANYONE)
def press_start(ctx: Context, _press: Press) -> Answer:
    """Open the guided start."""
    return OpenForm(_start_form(ctx, ""))


@routes.form("members.start", build=_start_form, needs=ANYONE)
def told(ctx: Context, _row: str, values: Values) -> Answer:
    """Keep what a member tells."""
    before, _at = store.profile_of(ctx.tx, ctx.person.id)
    profile = _told(ctx, before, values)
    if wrong := _wrong_goals(profile.goals):
        return FieldErrors({"goals": wrong})
    store.save_profile(
        ctx.tx,
        ctx.person.id,
        profile,
        zone=_row_of(values["zone"]),
        started_at=ctx.now,
        confirmed_at=ctx.now,
    )
    goals_store.keep(ctx.tx, ctx.network.id, ctx.person.id, profile.goals, ctx.now)
    notices.look_again(ctx.tx, [ctx.person.id], ctx.now)  # quiet hours and zone may be others now
    districts.told(
        ctx.tx,
        ctx.person,
        ctx.now,
        told=profile,
        district=row_number(_row_of(values["district"])),
        school=row_number(_row_of(values["school"])),
    )
    settling.tell_pages(ctx.tx, ctx.person.id)
    wishes = notices.wishes_of(ctx.tx, ctx.directory, ctx.person, ctx.catalogue.asks_first)
    return Reply(cards.started(ctx.t, ctx.person, asks=not wishes.direct))


@routes.command(
    "me profile",
    was="profile",
    needs=ANYONE,
    part=YOU,
    about=msg("See what you told and who sees it"),
    example=msg("/pln me profile"),
)
def show(ctx: Context, _words: str) -> Answer:
    """Show a member what they told."""
    profile, _at = store.profile_of(ctx.tx, ctx.person.id)
    return Reply(cards.profile(ctx.t, ctx.person, profile))


@routes.press("members.seen", needs=ANYONE)
def seen(ctx: Context, _press: Press) -> Answer:
    """Open the form for who sees what."""
    return OpenForm(_seen_form(ctx, ""))


@routes.form("members.seen", build=_seen_form, needs=ANYONE)
def seen_given(ctx: Context, _row: str, values: Values) -> Answer:
    """Keep who sees what."""
    profile, _at = store.profile_of(ctx.tx, ctx.person.id)
    chosen = {name: Seen(str(values[name])) for name in FIELDS}
    store.save_profile(ctx.tx, ctx.person.id, replace(profile, seen=chosen))
    return Reply(cards.profile(ctx.t, ctx.person, replace(profile, seen=chosen)))


@routes.command(
    "who",
    needs=ANYONE,
    part=PEERS,
    about=msg("See what somebody tells of themselves"),
    example=msg("/pln who Priya"),
    argument=Argument("person", msg("Whom?"), ArgumentKind.MEMBER, required=True),
    shortcuts=(Shortcut("who", msg("Who is this?"), On.MEMBER),),
)
def who(ctx: Context, words: str) -> Answer:
    """Show what somebody lets everybody here see."""
    return for_somebody(ctx, words, lambda one: _seen(ctx, one), action="members.who")


@routes.press("members.who", needs=ANYONE)
def who_ofchosen(ctx: Context, press: Press) -> Answer:
    """Show who was chosen among several of a name."""
    return _seen(ctx, whose(ctx, Picked(press.value)))


def _seen(ctx: Context, one: Person) -> Answer:
    told, _at = store.profile_of(ctx.tx, one.id)
    return Reply(cards.seen_by_others(ctx.t, one, told))
