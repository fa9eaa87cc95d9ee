"""What Slack's tables keep of people: nothing."""

from plnbot.engine.personal import Personal

PERSONAL = Personal(
    nothing={
        "slack_installation": "workspaces and the bot's own tokens, sealed",
        "slack_edit": "which version of a message is the newest, for two days, without its words",
    }
)
