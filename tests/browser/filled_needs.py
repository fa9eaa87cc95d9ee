"""What fills a lobby with what somebody needs next, and with a pathway."""

from typing import Protocol

from tests.scenarios.driver import Given

MENU = """Required: Keep everybody safe
- Safeguarding: https://safe.example.org/course | Talk it through with your head of year
Choose 2: Try something in class
- Exit tickets: https://exit-tickets.example.org/
- Visit a colleague
- Wait longer after a question
- Peer feedback
- Number talks"""


class Lobby(Protocol):
    """People in a lobby that is filled."""

    async def says(self, who: str, words: str) -> object:
        """Write in the room."""

    async def presses(self, who: str, label: str, where: str = ...) -> object:
        """Press a button."""

    async def fills(self, who: str, **values: Given) -> object:
        """Fill in a form."""


async def pathways(lobby: Lobby) -> None:
    """Lay a pathway, and let somebody choose from it and do some of it."""
    await lobby.says("maya", "/pln pathways new")
    await lobby.fills(
        "maya", title="The first year here", about="For who begins. Take your time.", menu=MENU
    )
    await lobby.presses("sam", "Take this pathway", "page/pathway/1")
    await lobby.presses("sam", "I did it", "page/pathway/1")
    await lobby.fills("sam", way="1")
    await lobby.presses("sam", "I choose this", "page/pathway/1")


async def needs_next(lobby: Lobby) -> None:
    """Open introductions; let somebody say what they need next, and no to one of the things offered."""
    await lobby.says("maya", "/pln peers new")
    await lobby.fills("maya", name="Two counties", when="every 3 weeks on Monday 9 am")
    await lobby.says("sam", "/pln pulse")
    await lobby.presses("sam", "Answer now")
    await lobby.fills(
        "sam", need=["climate"], time="lesson", experience="rookie", way=["one_to_one", "talk"]
    )
    await lobby.presses("sam", "Not now", "page/pulse")
