"""What people of the lobby keep of their practice and share of it: exemplars and lessons."""

from typing import TYPE_CHECKING

from tests.scenarios.driver import Document

if TYPE_CHECKING:
    from tests.browser.filled import Lobby


async def lessons(lobby: "Lobby") -> None:
    """Let Priya share a lesson that Luis uses and Dwayne remixes."""
    await lobby.says("priya", "/pln lessons")
    await lobby.presses("priya", "Share a lesson")
    strip = Document("strips-to-cut.txt", b"Cut along the lines. Three strips for two pupils.")
    await lobby.fills(
        "priya",
        title="Fractions from folded paper",
        about="Each pair folds a strip in three, then in two. They name one part, fold again, and say why"
        " two of the new parts are one of the old.",
        subjects=["math"],
        grades=["3", "4"],
        standards="3.NF.A.1",
        licence="cc-by-sa",
        files=strip,
    )
    await lobby.presses("luis", "I used it", "page/lesson/1")
    await lobby.presses("luis", "Say how it went", "page/lesson/1")
    sentence = "With longer strips all of them saw it. The two at the back folded in fours first."
    await lobby.fills("luis", went="changed", sentence=sentence)
    await lobby.presses("dwayne", "Remix", "page/lesson/1")
    await lobby.fills(
        "dwayne", title="Fractions from ribbon", about="The same with ribbon, by candle light."
    )


async def portfolio(lobby: "Lobby") -> None:
    """Let Sam keep an exemplar in two versions, and show it to Luis, who asks, and by a link."""
    await lobby.says("sam", "/pln portfolio")
    await lobby.presses("sam", "Add an exemplar")
    await lobby.fills(
        "sam",
        title="The first three minutes",
        what="A question on the board, answered standing, before anybody sits down.",
        goal="3",
        indicator="engagement",
        reflection="They begin when they know how to end: a minute, a sentence, a seat.",
    )
    await lobby.presses("sam", "Add evidence", "page/exemplar/1")
    seats = Document("seating-plan.txt", b"Window: pairs that talk. Door: who comes late.")
    await lobby.fills("sam", link="https://example.org/starts", called="Ten starts", files=seats)
    await lobby.presses("sam", "New version", "page/exemplar/1")
    await lobby.fills(
        "sam",
        what="A question on the board, written in pairs, at the window first.",
        why="Standing made the shy ones wait. In pairs all of them had written by minute two.",
    )
    await lobby.presses("sam", "Share", "page/portfolio")
    await lobby.fills("sam", these=["1"], how="person", person="Luis Herrera", days="30")
    await lobby.presses("sam", "Share", "page/portfolio")
    await lobby.fills("sam", these=["1"], how="nameless", days="7")
    await lobby.presses("luis", "Ask about this", "page/portfolio.shared/1")
    await lobby.fills("luis", words="What do the two by the door write now?")
    await lobby.presses("sam", "Answer", "page/exemplar/1")
    await lobby.fills("sam", words="One line each. They asked for the window.")
