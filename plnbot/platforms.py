"""Platforms, connected as the settings say. Imported only where one is set up."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from aiohttp import web
from pydantic import SecretStr
from sqlalchemy import make_url

from adapters.slack import http
from adapters.slack.connection import SlackConnection, SlackOptions
from adapters.slack.doctor import Doctor
from adapters.slack.oauth import Client
from adapters.slack.store import installations
from adapters.web.entrance.intake import TAKES
from adapters.web.told import told
from config.settings import Settings, secrets_of
from plnbot import capabilities
from plnbot.engine.desk import TheDesk
from plnbot.engine.posts import rooms
from plnbot.findings import Finding
from plnbot.refs import Place
from plnbot.store.database import Unit
from plnbot.store.migrations import standing_of
from plnbot.store.opening import open_store

Looked = TypeVar("Looked")


def slack(settings: Settings, desk: TheDesk, site: web.Application) -> SlackConnection:
    """Return Slack's connection, and let its addresses be served with the pages."""
    connection = SlackConnection(slack_options(settings), desk, desk.store, desk.clock, told)
    open_to_slack(site, connection)
    return connection


def open_to_slack(site: web.Application, connection: SlackConnection) -> None:
    """Serve Slack's addresses with the pages; to one of them come other bodies than our forms."""
    site.router.add_routes(connection.routes())
    site[TAKES][http.ADDRESS] = http.TAKES


async def findings_of(platform: str, settings: Settings) -> list[Finding]:
    """Return what looking at a platform's side of the set-up finds."""
    doctors = {"slack": _slack_findings, "discord": _discord_findings}
    return await doctors[platform](settings)


async def _slack_findings(settings: Settings) -> list[Finding]:
    if not settings.slack_is_set_up:
        return [
            Finding(
                "Slack is not set up",
                "Follow docs/slack.md, which ends with two tokens in the settings.",
            )
        ]
    doctor = Doctor(
        slack_options(settings),
        _word(settings.slack_config_token),
        await _rooms(settings, "slack"),
        await _looked_up(settings, installations),
    )
    return [each async for each in doctor.examined()]


async def _discord_findings(settings: Settings) -> list[Finding]:
    if settings.discord_token is None:
        return [
            Finding(
                "Discord is not set up",
                "Follow docs/discord.md, which ends with a token in PLNBOT_DISCORD_TOKEN.",
            )
        ]
    # Slack's doctor needs nothing of Discord.
    from adapters.discord.api import Api
    from adapters.discord.doctor import Doctor as DiscordDoctor

    doctor = DiscordDoctor(
        Api(settings.discord_api_url, settings.discord_token.get_secret_value()),
        content=settings.discord_message_content == "on",
        members=settings.discord_members == "on",
        threads=settings.discord_threads == "on",
        rooms=await _rooms(settings, "discord"),
    )
    return [each async for each in doctor.examined()]


async def _rooms(settings: Settings, platform: str) -> Sequence[Place]:
    """Return where something is to be posted."""
    posts = capabilities.catalogue(capabilities.every()).posts
    return await _looked_up(settings, lambda tx: rooms(posts, tx, platform))


async def _looked_up(settings: Settings, unit: Unit[Sequence[Looked]]) -> Sequence[Looked]:
    """Return what a look into the database finds; nothing before the first start."""
    if not _has_a_database(settings):
        return ()
    store = open_store(settings.database)
    try:
        return await store.read(unit)
    finally:
        await store.close()


def _has_a_database(settings: Settings) -> bool:
    url = make_url(settings.database)
    file = url.database if url.get_backend_name() == "sqlite" else None
    there = not file or Path(file).exists()
    return there and standing_of(settings.database) == "it is up to date"


def slack_options(settings: Settings) -> SlackOptions:
    """Return how Slack is to be connected."""
    client = settings.slack_client_id and Client(
        settings.slack_client_id,
        _word(settings.slack_client_secret),
        settings.slack_authorize_url,
        settings.public_url or "",
    )
    return SlackOptions(
        settings.slack_api_url,
        secrets_of(settings),
        _word(settings.slack_bot_token),
        _word(settings.slack_app_token),
        _word(settings.slack_signing_secret),
        client or None,
    )


def _word(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""
