"""The core's commands as Discord lists them: `/pln …`, and what stands on members and messages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from adapters.discord.codes import CommandType, OptionType
from adapters.discord.markup import cut
from adapters.discord.render import Json
from plnbot.engine.ports import Argument, ArgumentKind, Offer, On, OwnMessage, Shortcut
from plnbot.talk.words import LOCALES, Sentence, Translate, msg

MAIN = "pln"
MORE = "pln-more"
ITSELF = "open"

_OPTIONS = 25
_NAME = 32
_ABOUT = 100
_VALID = re.compile(r"^[-_'\w]{1,32}$")
_TAGS: Mapping[str, tuple[str, ...]] = {"es": ("es-ES", "es-419")}
_OURS: Mapping[str, Sentence] = {ITSELF: msg("open")}
_PLACES = {On.MEMBER: CommandType.MEMBER, On.MESSAGE: CommandType.MESSAGE}
_MAIN_ABOUT = msg("Your learning network: chats, people and more")


def registered(offers: Sequence[Offer], own: OwnMessage | None) -> list[Json]:
    """Return everything that is registered with Discord, in one piece."""
    words = list(_grouped(offers))
    typed = [
        _command(MAIN if at == 0 else f"{MORE}-{at}".removesuffix("-1"), words[at * _OPTIONS :])
        for at in range((len(words) + _OPTIONS - 1) // _OPTIONS)
    ]
    on = [_on(_PLACES[each.on], each.label) for each in _shortcuts(offers)]
    on_ones_own = [_on(CommandType.MESSAGE, own.label)] if own else []
    return [*typed, *on_ones_own, *on]


def shortcut_of(kind: CommandType, label: str, offers: Sequence[Offer]) -> tuple[str, bool] | None:
    """Return the command that was chosen on a member or message, and whether it takes the words."""
    for offer in offers:
        for each in _shortcuts([offer]):
            if _PLACES[each.on] is kind and is_called(each.label, label):
                return offer.name, each.takes
    return None


def is_called(label: Sentence, name: str) -> bool:
    """Return whether this is what Discord calls it when it is chosen: in English, whoever reads."""
    return Translate().say(label).bare() == name


def _shortcuts(offers: Sequence[Offer]) -> list[Shortcut]:
    return [each for offer in offers for each in offer.shortcuts if each.on in _PLACES]


def command_of(path: Sequence[str], offers: Sequence[Offer]) -> Offer | None:
    """Return the command that was chosen in the menus."""
    named = "-".join(path)
    itself = "-".join(path[:-1]) if path and path[-1] == ITSELF else ""
    wanted = {named, itself} - {""}
    by_name = (each for each in offers if each.name.replace(" ", "-") in wanted)
    by_former = (each for each in offers if each.was and each.was.replace(" ", "-") in wanted)
    return next(by_name, None) or next(by_former, None)


def _command(name: str, words: Sequence[Json]) -> Json:
    return {
        "type": CommandType.TYPED,
        "name": name,
        **_about(_MAIN_ABOUT),
        "options": list(words[:_OPTIONS]),
        "contexts": [0, 1],
        "integration_types": [0],
    }


def _grouped(offers: Sequence[Offer]) -> Iterator[Json]:
    """Yield sub-commands, and groups of them where a first word has several."""
    ordered = sorted(offers, key=lambda each: each.name.split())
    for first, same in groupby(ordered, key=lambda each: each.name.split()[0]):
        several = list(same)
        if len(several) == 1 and several[0].name == first:
            yield _sub_command(first, several[0])
            continue
        yield {
            "type": OptionType.GROUP,
            "name": first,
            **_names(first, several[0]),
            **_about(several[0].about),
            "options": [
                _sub_command("-".join(each.name.split()[1:]) or ITSELF, each)
                for each in several[:_OPTIONS]
            ],
        }


def _sub_command(name: str, offer: Offer) -> Json:
    options = [_option(offer.argument, offer)] if offer.argument else []
    return {
        "type": OptionType.SUB_COMMAND,
        "name": cut(name, _NAME),
        **_names(name, offer),
        **_about(offer.about),
        "options": options,
    }


def _option(argument: Argument, offer: Offer) -> Json:
    member = argument.kind is ArgumentKind.MEMBER
    made: Json = {
        "type": OptionType.MEMBER if member else OptionType.WORDS,
        "name": argument.name,
        **_names(argument.name, offer),
        **_about(argument.about),
        "required": argument.required,
    }
    if offer.suggests and not member:
        made["autocomplete"] = True
    return made


def _on(kind: CommandType, name: Sentence) -> Json:
    said = {
        tag: cut(Translate(locale).say(name).bare(), _NAME)
        for locale, tags in _TAGS.items()
        for tag in tags
    }
    english = Translate().say(name).bare()
    other = {tag: words for tag, words in said.items() if words != english}
    made: Json = {"type": kind, "name": english, "contexts": [0], "integration_types": [0]}
    return {**made, "name_localizations": other} if other else made


def _names(name: str, offer: Offer) -> Json:
    """Return how a name reads in other languages, where that is a name that Discord takes."""
    message = _OURS.get(name) or offer.words.get(name)
    found = {
        tag: said
        for locale in LOCALES
        for tag in _TAGS.get(locale, ())
        if message
        and (said := Translate(locale).say(message).bare().casefold()) != name
        and _VALID.match(said)
    }
    return {"name_localizations": found} if found else {}


def _about(message: Sentence) -> Json:
    english = cut(Translate().say(message).bare(), _ABOUT)
    found = {
        tag: said
        for locale in LOCALES
        for tag in _TAGS.get(locale, ())
        if (said := cut(Translate(locale).say(message).bare(), _ABOUT)) != english
    }
    made: Json = {"description": english}
    return {**made, "description_localizations": found} if found else made
