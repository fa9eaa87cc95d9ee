"""The menu of pages: where capabilities begin, each in the part in which its readers look for it.

A capability declares its pages in it. Whoever may not open a page does not see it there.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from plnbot.engine.context import Context
from plnbot.engine.objects import Guarded
from plnbot.engine.ports import Menu
from plnbot.engine.roles import Needs
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass


class MenuPart(StrEnum):
    """The parts of the menu, in their order."""

    OWN = "own"
    TOGETHER = "together"
    LOOKED_AFTER = "looked after"


TITLES = {
    MenuPart.OWN: msg("You"),
    MenuPart.TOGETHER: msg("Together"),
    MenuPart.LOOKED_AFTER: msg("You look after"),
}


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A page in the menu; `needs` is what is asked of its readers where the page itself decides that."""

    page: str
    title: Sentence
    part: MenuPart
    needs: Needs | None = None


def menu_of(context: Context, declared: Sequence[MenuPage], pages: Mapping[str, Guarded]) -> Menu:
    """Return the menu of this reader; what is theirs is always a part of it."""
    found: dict[MenuPart, list[tuple[str, Sentence]]] = {each: [] for each in MenuPart}
    for each in declared:
        if _may_open(context, pages[each.page], each.needs):
            found[each.part].append((each.page, each.title))
    return [
        (TITLES[part], tuple(there))
        for part, there in found.items()
        if there or part is MenuPart.OWN
    ]


def _may_open(context: Context, route: Guarded, needs: Needs | None) -> bool:
    required = needs or route.without or route.needs
    return route.capability not in context.network.off and context.may_somewhere(required)
