"""Who people are: asked of Slack seldom, and never for a crowd."""

from dataclasses import dataclass, field

from adapters.slack.calls import Calls
from adapters.slack.people import People
from adapters.slack.text import Json
from adapters.slack.tokens import OneToken


@dataclass(slots=True)
class Directory(Calls):
    """Slack's own directory, which keeps who was asked for."""

    asked: list[str] = field(default_factory=list)

    async def call(self, workspace: str, method: str, **arguments: object) -> Json:
        """Tell of anybody."""
        user = str(arguments["user"])
        self.asked.append(user)
        return {"user": {"id": user, "team_id": workspace, "real_name": user.title()}}


async def test_a_message_that_names_hundreds_waits_for_few() -> None:
    """However many a message mentions, it cannot use up what Slack tells in a minute."""
    slack = Directory(OneToken("xoxb-1"))
    people = People(slack)
    crowd = [f"U{number:04}" for number in range(500)]
    assert len(await people.names("T1", crowd)) == 20
    assert await people.names("T1", crowd[:2]) == {"U0000": "U0000", "U0001": "U0001"}
    assert len(slack.asked) == 20
