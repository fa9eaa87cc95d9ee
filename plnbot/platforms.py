"""Platforms, connected as the settings say. Imported only where one is set up."""

from aiohttp import web
from pydantic import SecretStr

from adapters.slack.connection import SlackConnection, SlackOptions
from adapters.slack.oauth import Client
from adapters.web.told import told
from config.settings import Settings, secret
from plnbot.engine.desk import TheDesk


def slack(settings: Settings, desk: TheDesk, site: web.Application) -> SlackConnection:
    """Return Slack's connection, and let its addresses be served with the pages."""
    connection = SlackConnection(slack_options(settings), desk, desk.store, desk.clock, told)
    site.router.add_routes(connection.routes())
    return connection


def slack_options(settings: Settings) -> SlackOptions:
    """Return how Slack is to be connected."""
    before = settings.secret_key_before
    client = settings.slack_client_id and Client(
        settings.slack_client_id,
        _word(settings.slack_client_secret),
        settings.slack_authorize_url,
        settings.public_url or "",
    )
    return SlackOptions(
        settings.slack_api_url,
        (secret(settings), *([before.get_secret_value().encode()] if before else [])),
        _word(settings.slack_bot_token),
        _word(settings.slack_app_token),
        _word(settings.slack_signing_secret),
        client or None,
    )


def _word(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""
