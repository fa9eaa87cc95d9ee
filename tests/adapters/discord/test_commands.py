"""The command menus: what there is fits, in every language, and so do those that are to come."""

from random import Random

from adapters.discord import commands
from adapters.discord.render import Json
from plnbot import capabilities
from plnbot.engine.ports import Argument, Offer, OwnMessage
from plnbot.talk.words import msg
from tests.adapters.discord.strictness import Strict

MOST = 25
HOUSE = {"members"}
TO_COME = 10 - len(capabilities.NAMES)


OWN = OwnMessage(msg("Count as my answer"), msg("Not yours."))


def offers() -> list[Offer]:
    """Return every command, as the desk offers it."""
    routes = capabilities.catalogue(capabilities.every())
    return [
        Offer(each.name, each.about, each.argument, each.suggest is not None, routes.words)
        for _name, each in sorted(routes.commands.items())
    ]


def levels(made: list[Json]) -> list[list[Json]]:
    """Return the options of each level that has some that are commands."""
    found = []
    for each in made:
        options: list[Json] = each.get("options", [])  # type: ignore[assignment]
        found.append(options)
        found += [option.get("options", []) for option in options]  # type: ignore[misc]
    return found


def test_the_capabilities_to_come_fit(strict: Strict) -> None:
    """Each with a group of six commands and a word of every day: one `/pln` holds them all."""
    chance, invented = Random(8), []
    for number in range(TO_COME):
        about = msg(
            "An invented thing that is done, told in words that are about as long as it gets"
        )
        for which in range(6):
            given = Argument(f"what{which}", about) if chance.random() < 0.5 else None
            invented.append(Offer(f"thing{number} do{which}", about, given))
        invented.append(Offer(f"everyday{number}", about))
    every = [*offers(), *invented]
    made = commands.registered(every, OWN)
    typed = [each for each in made if each["name"] == commands.MAIN or commands.MORE in str(each)]
    assert len(typed) == 1
    assert all(len(options) <= MOST for options in levels(made))
    for each in made:
        strict.check("ApplicationCommandUpdateRequest", each, str(each["name"]))


def test_a_capability_has_one_group_and_one_word_of_every_day() -> None:
    """Else eight more would not fit. What is the house's has more of both."""
    for each in capabilities.every():
        names = [name.split() for name in each.routes.commands]
        groups = {first for first, *rest in names if rest}
        alone = {first for first, *rest in names if not rest}
        assert each.name in HOUSE or (len(groups) <= 1 and len(alone - groups) <= 1), each.name


def test_every_word_of_a_command_is_declared() -> None:
    """So that menus show it in the reader's language."""
    for each in offers():
        first, *rest = each.name.split()
        needed = {first, "-".join(rest), each.argument.name if each.argument else ""} - {""}
        assert needed <= set(each.words), each.name


def test_names_are_unlike_each_other_in_every_language() -> None:
    """On one level no two are called the same, or Discord refuses them all."""
    for options in levels(commands.registered(offers(), OWN)):
        for tag in ("es-ES", "es-419"):
            names = [
                dict(each.get("name_localizations", {})).get(tag, each["name"])  # type: ignore[call-overload]
                for each in options
            ]
            assert len(names) == len(set(names)), (tag, names)


def test_what_was_typed_before_leads_to_the_same() -> None:
    """Words that people have learnt go on working, on every platform where they are typed."""
    routes = capabilities.catalogue(capabilities.every())
    assert routes.typed("profile") == ("me profile", "")
    assert routes.typed("forget me") == ("me forget", "")
    assert routes.typed("forget Priya Nair") == ("network forget", "Priya Nair")
    assert routes.typed("role Priya") == routes.typed("network role Priya")
    known = [Offer(each.name, each.about, was=each.was) for each in routes.commands.values()]
    for path, name in ((["profile"], "me profile"), (["forget", "me"], "me forget")):
        found = commands.command_of(path, known)
        assert found is not None, path
        assert found.name == name
