"""Who people are: asked of Slack seldom, and never for a crowd."""

from dataclasses import dataclass, field

import pytest

from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.people import People
from adapters.slack.text import Json
from adapters.slack.tokens import OneToken
from plnbot.refs import MemberRef

HIDDEN = MemberRef("slack", "T1", "U0HIDDEN")


@dataclass(slots=True)
class Directory(Calls):
    """Slack's own directory, which keeps who was asked for."""

    asked: list[str] = field(default_factory=list)
    refuses: str = ""

    async def call(self, workspace: str, method: str, **arguments: object) -> Json:
        """Tell of anybody, unless it refuses."""
        if self.refuses:
            raise TurnedDownError(self.refuses)
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


@pytest.mark.parametrize("error", ["user_not_found", "user_not_visible"])
async def test_whom_slack_hides_is_a_stranger(error: str) -> None:
    """Somebody whom this workspace cannot see is none of its members, so none of ours."""
    hidden = await People(Directory(OneToken("xoxb-1"), refuses=error)).known(HIDDEN)
    assert hidden is not None
    assert hidden.stranger


async def test_a_missing_permission_makes_nobody_a_stranger() -> None:
    """Where the bot may look up nobody, people still take part, under their number."""
    found = await People(Directory(OneToken("xoxb-1"), refuses="missing_scope")).known(HIDDEN)
    assert found is not None
    assert not found.stranger
    assert found.name == HIDDEN.user
