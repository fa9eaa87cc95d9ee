"""What takes place, as scheduled events of a server. Best effort: a chat needs no calendar."""

import logging
from datetime import datetime

from adapters.discord import store as kept
from adapters.discord.api import Api, ApiError
from adapters.discord.codes import Code
from adapters.discord.markup import Reader, bare
from adapters.discord.render import Json
from plnbot.engine.ports import Outgoing
from plnbot.refs import Place
from plnbot.store.database import Store
from plnbot.talk.happenings import Happening

log = logging.getLogger(__name__)

NAME = 100
ABOUT = 1000
_MEMBERS_ONLY = 2
_ELSEWHERE = 3
_CANCELLED = 4


async def enter(
    api: Api, store: Store, outgoing: Outgoing, happening: Happening, place: Place
) -> None:
    """Make, change or cancel the event of what takes place; refusals are logged and that is all.

    What may work later (`TooSoonError`, `LostError`) is raised, so that the whole is tried again.
    """
    guild = place.workspace
    known = await store.read(lambda tx: kept.event_of(tx, guild, happening.key))
    path = f"/guilds/{guild}/scheduled-events"
    try:
        if happening.off:
            if known:
                await api.patch(f"{path}/{known}", {"status": _CANCELLED})
                await store.run(lambda tx: kept.keep_event(tx, guild, happening.key, ""))
            return
        body = described(happening, Reader(outgoing.locale, outgoing.zone), place)
        if known:
            await api.patch(f"{path}/{known}", body)
            return
        made = str((await api.post(path, body))["id"])
        await store.run(lambda tx: kept.keep_event(tx, guild, happening.key, made))
    except ApiError as error:
        if error.code == Code.UNKNOWN_EVENT:
            await store.run(lambda tx: kept.keep_event(tx, guild, happening.key, ""))
        log.info("no scheduled event: %s", error)


def described(happening: Happening, reader: Reader, place: Place) -> Json:
    """Return the body of an event that takes place in a text channel."""
    return {
        "name": bare(happening.title, reader, NAME),
        "description": bare(happening.about, reader, ABOUT),
        "scheduled_start_time": _iso(happening.starts_at),
        "scheduled_end_time": _iso(happening.ends_at),
        "privacy_level": _MEMBERS_ONLY,
        "entity_type": _ELSEWHERE,
        "entity_metadata": {"location": f"<#{place.channel}>"},
    }


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
