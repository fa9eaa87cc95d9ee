"""Which of Slack's settings go together, and what to do about those that do not."""

from typing import TYPE_CHECKING

from config.values import PREFIX

if TYPE_CHECKING:
    from config.fields import Settings


def mistakes(given: "Settings") -> tuple[tuple[bool, str], ...]:
    """Return what of Slack's settings does not go together, each with what to do about it."""
    slack = f"{PREFIX}SLACK_"
    one, many = given.slack_bot_token is not None, given.slack_client_id is not None
    socket, http = given.slack_app_token is not None, given.slack_signing_secret is not None
    return (
        (
            one and many,
            (
                f"{slack}BOT_TOKEN is for one workspace and {slack}CLIENT_ID for many. Set only one "
                "of the two."
            ),
        ),
        (
            many != (given.slack_client_secret is not None),
            f"{slack}CLIENT_ID and {slack}CLIENT_SECRET go together. Set both, or neither.",
        ),
        (
            (socket or http) and not (one or many),
            (
                f"{slack}BOT_TOKEN is missing: the token that begins xoxb-, from the app's page "
                "OAuth & Permissions."
            ),
        ),
        (
            (one or many) and not (socket or http),
            (
                f"{slack}APP_TOKEN is missing: the token that begins xapp-, from the app's page "
                "Basic Information. It needs no public address. (Behind one, "
                f"{slack}SIGNING_SECRET does instead.)"
            ),
        ),
        (
            http and not socket and not given.public_url,
            (
                f"{slack}SIGNING_SECRET means that Slack calls a public address, so "
                f"{PREFIX}PUBLIC_URL must be set; or set {slack}APP_TOKEN, which needs none."
            ),
        ),
        (
            many and not given.public_url,
            (
                f"{slack}CLIENT_ID lets workspaces install the app by a page, so "
                f"{PREFIX}PUBLIC_URL must be set."
            ),
        ),
    )
