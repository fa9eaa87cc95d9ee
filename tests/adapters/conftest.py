"""The lobby and a Slack workspace, as the scenarios have them."""

from tests.scenarios.conftest import lobby, slack, slack_proxy, slack_without_address

__all__ = ["lobby", "slack", "slack_proxy", "slack_without_address"]
