"""What Slack's tables keep of people: nothing."""

from plnbot.engine.personal import Personal

PERSONAL = Personal(
    nothing={
        "slack_installation": "workspaces and the bot's own tokens, sealed",
    }
)
