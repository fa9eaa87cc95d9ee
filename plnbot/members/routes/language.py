"""The language that the bot speaks with a member, and the clock by which it names times to them."""

from collections.abc import Mapping

from plnbot.engine.audit import Entry
from plnbot.engine.objects import Object
from plnbot.engine.parts import NETWORK, YOU
from plnbot.engine.ports import Argument
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import ANYONE, Role, needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import ZONES
from plnbot.errors import Refused
from plnbot.members import cards, store
from plnbot.members.actions import settling
from plnbot.members.routes.searching import zone_option, zones_found
from plnbot.store.database import Tx
from plnbot.talk import limits
from plnbot.talk.cards import Card, Option, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, Form, Picked, SearchInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.text import clean, verbatim
from plnbot.talk.words import LOCALES, Translate, Value, locale_named, msg, nearest_locale
from plnbot.talk.zones import zone_title, zones_like
from plnbot.walltime import UnknownZoneError, is_zone, zone_named

routes = Routes()
ADMINISTERS = needs(Role.ADMINISTRATOR)
_CHOOSE = msg("Please choose one from the list.")
_LONGEST_ASKED = 40


def _languages(_ctx: Context, typed: str) -> list[Option]:
    names = LOCALES.items()
    return [
        Option(code, verbatim(name)) for code, name in names if typed.casefold() in name.casefold()
    ]


@routes.command(
    "me language",
    was="language",
    needs=ANYONE,
    part=YOU,
    about=msg("Choose the language I speak with you"),
    example=msg("/pln me language English"),
    argument=Argument("language", msg("Which language? Left out, a list asks for it.")),
    suggest=_languages,
)
def language(ctx: Context, words: str) -> Answer:
    """Speak the language that is named; without one, show those there are."""
    asked = clean(words)
    if not asked:
        return Reply(cards.languages(ctx.t))
    found = locale_named(asked)
    if found:
        return _spoken(ctx, found)
    said = ctx.t("I do not speak “{words}” yet.", words=short_words(asked, _LONGEST_ASKED))
    return Reply(cards.languages(ctx.t, said))


@routes.press(cards.LANGUAGE, needs=ANYONE)
def language_pressed(ctx: Context, _press: Press) -> Answer:
    """Show the languages there are."""
    return Reply(cards.languages(ctx.t))


@routes.press(cards.SPEAK, needs=ANYONE)
def speak(ctx: Context, press: Press) -> Answer:
    """Speak the chosen language from now on."""
    if press.value not in LOCALES:
        raise Refused(_CHOOSE)
    return _spoken(ctx, press.value)


def _spoken(ctx: Context, locale: str) -> Answer:
    settling.settle_reader(ctx.tx, ctx.person, ctx.now, locale=locale)
    return Reply(cards.spoken(Translate(locale)))


def _zone_form(ctx: Context, _row: str) -> Form:
    return Form(
        "members.zone", ctx.t("Time zone"), (_zone_input(ctx.t, ctx.person.zone),), ctx.t("Save")
    )


def _zone_input(t: Translate, chosen: str) -> SearchInput:
    return SearchInput(
        name="zone",
        label=t("Time zone"),
        hint=t("Type a city or what you call it, such as Eastern"),
        source=ZONES,
        chosen=zone_option(chosen, t.locale),
        required=True,
    )


@routes.command(
    "me zone",
    was="zone",
    needs=ANYONE,
    part=YOU,
    about=msg("Choose the time zone in which you read times"),
    example=msg("/pln me zone Manila"),
    argument=Argument("city", msg("Which city or zone? Left out, a form asks for it.")),
    suggest=zones_found,
)
def zone(ctx: Context, words: str) -> Answer:
    """Use the zone that is named; of several that fit, let one be chosen."""
    asked = clean(words)
    if not asked:
        return OpenForm(_zone_form(ctx, ""))
    try:
        return _in_zone(ctx, zone_named(asked))
    except UnknownZoneError:
        found = zones_like(asked, limits.OPTIONS, ctx.t.locale)
    match found:
        case []:
            raise Refused(
                msg(
                    "I know no time zone or city called “{words}”. Try the next big city.",
                    words=short_words(asked, _LONGEST_ASKED),
                )
            )
        case [one]:
            return _in_zone(ctx, one)
        case several:
            return Reply(cards.zones(ctx.t, [zone_option(each, ctx.t.locale) for each in several]))


@routes.press(cards.ZONE, needs=ANYONE)
def zone_pressed(ctx: Context, _press: Press) -> Answer:
    """Ask for the zone."""
    return OpenForm(_zone_form(ctx, ""))


@routes.press(cards.ZONE_CHOSEN, needs=ANYONE)
def zone_chosen(ctx: Context, press: Press) -> Answer:
    """Use the zone that was chosen among several."""
    return _in_zone(ctx, _a_zone(press.value))


@routes.form("members.zone", build=_zone_form, needs=ANYONE)
def zone_given(ctx: Context, _row: str, values: Values) -> Answer:
    """Use the zone that was found."""
    return _in_zone(ctx, _picked(values))


def _in_zone(ctx: Context, found: str) -> Answer:
    settling.settle_reader(ctx.tx, ctx.person, ctx.now, zone=found)
    return Reply(cards.in_zone(ctx.t, found))


def _picked(values: Values) -> str:
    picked = values["zone"]
    return _a_zone(picked.row if isinstance(picked, Picked) else "")


def _a_zone(name: str) -> str:
    if not is_zone(name):
        raise Refused(_CHOOSE)
    return name


def offer(ctx: Context) -> Card | None:
    """Ask who has confirmed neither whether zone and language are right; else return None."""
    if store.has_confirmed(ctx.tx, ctx.person.id):
        return None
    return cards.seems(ctx.t, (ctx.person.zone, ctx.person.locale), _seen(ctx))


def _seen(ctx: Context) -> tuple[str, str]:
    """Return the zone and the locale that the person seems to have; what is not seen, as it is kept."""
    try:
        zone = zone_named(ctx.seems.zone) if ctx.seems.zone else ctx.person.zone
    except UnknownZoneError:
        zone = ctx.person.zone
    return zone, nearest_locale(ctx.seems.locale, ctx.person.locale)


def reads_otherwise(ctx: Context) -> bool:
    """Return whether the person seems to have another zone or language than the one in use."""
    return _seen(ctx) != (ctx.person.zone, ctx.person.locale)


def on_joining(ctx: Context) -> Answer | None:
    """Ask who comes into a room and seems to read it otherwise than it is shown to them."""
    if not reads_otherwise(ctx):
        return None
    card = offer(ctx)
    return None if card is None else Reply(card)


def _pair(_tx: Tx, row: str) -> tuple[str, str] | None:
    found, _, locale = row.partition(" ")
    return (found, locale) if is_zone(found) and locale in LOCALES else None


ZONE_AND_LOCALE: Object[tuple[str, str]] = Object(
    "zone and locale",
    load=_pair,
    network=NothingToDo("the world's zones and the languages there are belong to everybody"),
    scope=" ".join,
    gone=_CHOOSE,
)


@routes.press(cards.CONFIRM, needs=ANYONE, of=ZONE_AND_LOCALE)
def confirmed(ctx: Context, _press: Press, pair: tuple[str, str]) -> Answer:
    """Use the zone and the language that were confirmed."""
    found, locale = pair
    settling.settle_reader(ctx.tx, ctx.person, ctx.now, zone=found, locale=locale)
    return Reply(cards.settled(Translate(locale), found))


def _network_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    options = tuple(Option(code, verbatim(name)) for code, name in LOCALES.items())
    return Form(
        "members.network",
        t("The network"),
        (
            _zone_input(t, ctx.network.zone),
            ChoiceInput(
                name="locale",
                label=t("Language in the rooms"),
                options=options,
                value=ctx.network.locale,
                required=True,
            ),
        ),
        t("Save"),
    )


@routes.command(
    "network language",
    needs=ADMINISTERS,
    part=NETWORK,
    about=msg("Choose the language and the time zone of what everybody reads"),
    example=msg("/pln network language"),
)
def network(ctx: Context, _words: str) -> Answer:
    """Open the form of what the network speaks by."""
    return OpenForm(_network_form(ctx, ""))


@routes.form("members.network", build=_network_form, needs=ADMINISTERS)
def network_given(ctx: Context, _row: str, values: Values) -> Answer:
    """Let the rooms speak so from now on."""
    found, locale = _picked(values), str(values["locale"])
    settling.settle_network(ctx.tx, ctx.person, ctx.now, zone=found, locale=locale)
    said = ctx.t(
        "What everybody reads is in {language} from now on, and its times in {zone}.",
        language=ctx.t.say(cards.LANGUAGES[locale]),
        zone=zone_title(found, ctx.t.locale),
    )
    return Reply(Card(ctx.t("Done"), (Paragraph(said),), Tone.GOOD))


@routes.audit({"network.changed": msg("{who} changed the network's language or time zone")})
def told_of_the_network(_ctx: Context, _entry: Entry) -> Mapping[str, Value]:
    """Name who did."""
    return {}


routes.joined.append(on_joining)
