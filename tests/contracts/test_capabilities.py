"""Every capability is declared once, whole, and everything that lists capabilities agrees with it."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from plnbot import capabilities, command_words
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.posts import NothingToDo, Post
from plnbot.engine.roles import DISTRICT, LOCAL, NETWORK, Role, RoleUse, needs, offered
from plnbot.talk.words import msg
from tests.lint.imports import filled_in

WAITS = NothingToDo("this is a test")


def post(card: str) -> Post:
    """Return a post of which nothing needs to be done."""
    return Post(
        card=card,
        rooms=WAITS,
        refused=WAITS,
        wanted=WAITS,
        words=WAITS,
        gap=WAITS,
        renamed=WAITS,
    )


def test_every_folder_that_declares_a_capability_is_listed(repository: Path) -> None:
    """A declaration that nobody lists would be one that nobody reads."""
    declared = {each.parent.name for each in (repository / "plnbot").glob("*/capability.py")}
    assert declared - {"engine"} == set(capabilities.NAMES)


def test_import_contracts_name_every_capability() -> None:
    """Each is filled in where a contract speaks of them: one an item, or all side by side."""
    contract = 'layers = ["{capabilities}"]\nmodules = ["plnbot.x", "plnbot.{capability}"]'
    assert filled_in(contract, ["a", "b"]) == (
        'layers = ["a : b"]\nmodules = ["plnbot.x", "plnbot.a", "plnbot.b"]'
    )


def test_a_card_without_a_declared_post_is_found() -> None:
    """As is a declared post that no card makes, or one that is declared twice."""
    chats = capabilities.every()[0]
    with pytest.raises(ValueError, match="cards without a declared Post"):
        replace(chats, posts=chats.posts[1:])
    with pytest.raises(ValueError, match="no card makes"):
        replace(chats, posts=(*chats.posts, post("chats.unheard_of")))
    unheard_of = MenuPage("unheard-of", msg("Chats"), MenuPart.TOGETHER)
    with pytest.raises(ValueError, match="pages of it that it has not"):
        replace(chats, menu=(unheard_of,))
    with pytest.raises(ValueError, match="declared twice"):
        replace(chats, posts=(*chats.posts, chats.posts[0]))


@pytest.mark.parametrize("name", [each.name for each in fields(Post)])
def test_nothing_about_a_post_can_be_left_out(name: str) -> None:
    """Each thing that can be forgotten in silence is a field that has to be filled."""
    whole = {each.name: getattr(post("a"), each.name) for each in fields(Post)}
    del whole[name]
    with pytest.raises(TypeError, match=name):
        Post(**whole)


def test_a_role_that_is_asked_for_is_declared() -> None:
    """Without that it would be offered to nobody, and what asks for it done by nobody."""
    chats = capabilities.every()[0]
    with pytest.raises(ValueError, match=r"does not declare: .*co_moderator"):
        replace(chats, roles=[each for each in chats.roles if each.role is not Role.CO_MODERATOR])


def test_a_districts_role_counts_for_what_lies_in_one() -> None:
    """An object that lies in no district would be out of reach for everybody who has one."""
    chats = capabilities.every()[0]
    routes = replace(chats.routes, presses=dict(chats.routes.presses))
    press = routes.presses["chat.bonus"]
    routes.presses["chat.bonus"] = replace(press, needs=needs(Role.MODERATOR, local=True))
    with pytest.raises(ValueError, match="lies in none"):
        replace(chats, routes=routes)


def test_a_role_is_held_in_what_has_a_name() -> None:
    """A kind of thing that nothing names could not be shown to administrators."""
    chats = capabilities.every()[0]
    boards = RoleUse(Role.ORGANISER, ("board",), msg("Lead it."))
    with pytest.raises(ValueError, match=r"no name: .*board"):
        replace(chats, roles=(*chats.roles, boards))


@pytest.mark.parametrize(("role", "scopes"), [(Role.MEMBER, ("",)), (Role.MENTOR, ())])
def test_a_role_that_nobody_could_hold(role: Role, scopes: tuple[str, ...]) -> None:
    """What everybody is cannot be given, and what is held in nothing is held by nobody."""
    with pytest.raises(ValueError, match="to nobody"):
        RoleUse(role, scopes, msg("Lead it."))


def test_a_role_that_nothing_uses_is_offered_nowhere() -> None:
    """Whoever gives a role finds those alone by which something can be done, each in its places."""
    uses = [use for each in capabilities.every() for use in each.roles]
    assert offered(uses) == {
        Role.APPROVER: frozenset({NETWORK, *LOCAL}),
        Role.DISTRICT_STAFF: frozenset({NETWORK, *LOCAL}),
        **{
            each: frozenset({NETWORK})
            for each in (
                Role.MODERATOR,
                Role.CO_MODERATOR,
                Role.CURATOR,
                Role.ORGANISER,
                Role.ADMINISTRATOR,
            )
        },
    }
    more = [*uses, RoleUse(Role.MENTOR, (DISTRICT, "pair"), msg("Meet them."))]
    assert offered(more)[Role.MENTOR] == {DISTRICT}


def test_nothing_to_do_has_a_reason() -> None:
    """An empty one says as little as a forgotten one."""
    with pytest.raises(ValueError, match="why"):
        NothingToDo(" ")


def test_two_capabilities_do_not_answer_to_the_same() -> None:
    """One under the name of another is found at the start."""
    chats = capabilities.every()[0]
    with pytest.raises(ValueError, match="two routes"):
        capabilities.catalogue((chats, replace(chats, name="again", posts=chats.posts)))


def test_a_command_that_help_would_not_show_is_found() -> None:
    """Its part of the help is one that a capability declares."""
    first, *others = capabilities.every()
    with pytest.raises(ValueError, match="part of the help"):
        capabilities.catalogue((replace(first, parts=first.parts[1:]), *others))


def test_words_of_the_command_line_are_declared() -> None:
    """What `--help` finds without loading the capabilities is what they declare."""
    declared = [each for capability in capabilities.every() for each in capability.command_words]
    assert command_words.of_capabilities() == {each.name: each for each in declared}
