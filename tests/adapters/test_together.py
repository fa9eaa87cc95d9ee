"""Many who ask the same at the same time are answered at once, and nobody in another's place."""

import asyncio
from collections.abc import Collection, Mapping

import pytest

from adapters.web.together import Together


class Answering:
    """Answers everybody with their own name, or fails, and keeps who was answered together."""

    def __init__(self, *, fails: bool = False) -> None:
        self.together: list[set[str]] = []
        self.goes_on = asyncio.Event()
        self._fails = fails

    async def answer(self, askers: Collection[str]) -> Mapping[str, str]:
        """Answer once it goes on; whose name ends with `?` has to ask alone."""
        self.together.append(set(askers))
        await self.goes_on.wait()
        if self._fails:
            raise ValueError
        return {each: each.upper() for each in askers if not each.endswith("?")}


async def test_who_asks_meanwhile_is_answered_together() -> None:
    """The first is answered by itself; those who ask while it is are answered by one look after it."""
    together, answering = Together[str, str](), Answering()
    first = asyncio.create_task(together.ask("wall", "a", answering.answer))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    later = [
        asyncio.create_task(together.ask("wall", each, answering.answer))
        for each in ("b", "c", "b", "d?")
    ]
    await asyncio.sleep(0)
    answering.goes_on.set()
    assert await asyncio.gather(first, *later) == ["A", "B", "C", "B", None]
    assert answering.together == [{"a"}, {"b", "c", "d?"}]
    assert await together.ask("wall", "e", answering.answer) == "E"


async def test_another_thing_waits_for_nothing() -> None:
    """While one thing is being answered, another is too."""
    together, slow, quick = Together[str, str](), Answering(), Answering()
    quick.goes_on.set()
    waits = asyncio.create_task(together.ask("wall", "a", slow.answer))
    assert await together.ask("grid", "a", quick.answer) == "A"
    assert not waits.done()
    slow.goes_on.set()
    assert await waits == "A"


async def test_who_leaves_takes_nobody_along() -> None:
    """A reader who leaves while they wait changes nothing for who waits beside them."""
    together, answering = Together[str, str](), Answering()
    leaves, stays, also = (
        asyncio.create_task(together.ask("wall", each, answering.answer))
        for each in ("a", "b", "a")
    )
    await asyncio.sleep(0)
    leaves.cancel()
    answering.goes_on.set()
    assert [await stays, await also] == ["B", "A"]
    with pytest.raises(asyncio.CancelledError):
        await leaves


async def test_where_it_fails_each_asks_alone() -> None:
    """What cannot be answered for all at once is no answer, and the next who ask are answered again."""
    together, fails, answers = Together[str, str](), Answering(fails=True), Answering()
    fails.goes_on.set()
    answers.goes_on.set()
    asked = [together.ask("wall", each, fails.answer) for each in ("a", "b")]
    assert await asyncio.gather(*asked) == [None, None]
    assert await together.ask("wall", "a", answers.answer) == "A"
