"""An evening in a town: a chat or a prompt, and what people say, change and take away around a gap."""

from collections.abc import Mapping
from dataclasses import dataclass

from plnbot.refs import MemberRef
from tests.faults.towns import Town, at_eight
from tests.scenarios.test_prompt_answers import asked
from tests.scenarios.test_whole_chat import planned

NELL = "Nell Newcomer"
BELOW_WHAT_IS_GONE = "I would not say so"
"""Below an answer that is gone by now: it counts where it was heard while that still stood."""


@dataclass(slots=True)
class Evening:
    """What people say in a town: some of it before the gap, some in it."""

    town: Town
    kind: str
    begins_early: bool = False
    came: MemberRef | None = None
    lives: bool = True
    """Whether the chat goes on once the bot is back: only then who came is greeted."""

    @property
    def mark(self) -> str:
        """What answers in the room begin with."""
        return "A1 " if self.kind == "chat" else ""

    @property
    def under(self) -> str:
        """What stands in the card below which they are said: words at a prompt are said below it."""
        return "" if self.kind == "chat" else "What did a pupil"

    async def begin(self) -> None:
        """Let the chat begin, or the prompt be asked, and let people say what is heard."""
        driver = self.town.driver
        if self.kind == "prompt":
            await asked(driver)
        else:
            await planned(driver)
            for who in ("priya", "luis", "emma", "sam", "dwayne"):
                await driver.come(who)
            if self.begins_early:
                await driver.pass_time(at_eight(-40))
                await driver.command("maya", "chat panel")
                await driver.press("maya", "Begin now")
            await driver.pass_time(at_eight(-28 if self.begins_early else 12))
        for who, words in {"priya": "kept", "luis": "old words", "emma": "regretted"}.items():
            await driver.say(who, self.mark + words, under=self.under)
        if self.kind == "chat":
            await driver.say("priya", "A2 with a reply")
            await driver.say("luis", "I agree", under="A2 with a reply")

    async def goes_on(self) -> None:
        """Let people say, change and delete what nobody hears; some are renamed, come and leave."""
        town, driver, mark, under = self.town, self.town.driver, self.mark, self.under
        await driver.say("sam", f"{mark}in the gap", under=under)
        await driver.say("dwayne", f"{mark}first words", under=under)
        await driver.edit("dwayne", f"{mark}first words", f"{mark}second words")
        await driver.say("maya", f"{mark}taken away", under=under)
        await driver.delete("maya", f"{mark}taken away")
        await driver.edit("luis", f"{mark}old words", f"{mark}new words")
        await driver.delete("emma", f"{mark}regretted")
        if self.kind == "chat":
            await driver.say("emma", "from below", under="What worked this week")
            await driver.say("sam", f"A2 {BELOW_WHAT_IS_GONE}", under="A2 with a reply")
            await driver.delete("priya", "A2 with a reply")
        await town.rename("priya", "Priya Sharma-Nair")
        self.came = await town.come(NELL)
        await town.leave("emma")

    @property
    def expected(self) -> Mapping[str, int]:
        """What stands afterwards, each once."""
        words = ["kept", "in the gap", "second words", "new words"]
        if self.kind == "chat":
            words += ["from below"]
        return dict.fromkeys(words, 1)
