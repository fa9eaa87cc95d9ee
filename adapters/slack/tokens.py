"""What lets the bot into workspaces: one token from the settings, or those of installations."""

import asyncio
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime, timedelta
from typing import Protocol

from adapters.slack import store
from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.payload import Payload, text_of
from adapters.slack.store import Installation
from plnbot.engine.ports import Clock
from plnbot.sealing import Seal, SealedError
from plnbot.store.database import Store, Tx
from plnbot.values import dataclass

_PURPOSE = "slack tokens"
_AHEAD = timedelta(minutes=30)
_GONE = "not_installed"


class Keys(Protocol):
    """Tokens, and how they end."""

    async def token(self, workspace: str) -> str:
        """Return the bot's token; raises `TurnedDownError` where there is none any more."""
        ...

    async def gone(self, workspace: str, at: datetime) -> None:
        """Take a workspace's leaving in: from now on it gets no call."""
        ...


@dataclass(slots=True)
class OneToken:
    """The token of one workspace, as the settings hold it."""

    value: str
    _left: bool = False

    async def token(self, _workspace: str) -> str:
        """Return it, until it was taken away."""
        if self._left:
            raise TurnedDownError(_GONE)
        return self.value

    async def gone(self, _workspace: str, _at: datetime) -> None:
        """Use it no more. A new one needs a restart, which reads the settings anew."""
        self._left = True


@dataclass(frozen=True, slots=True)
class TokenSeal:
    """Seals tokens for the database."""

    seal: Seal

    def sealed(self, token: str) -> str:
        """Return a token as it is stored; an empty one stays empty."""
        return self.seal.sealed(_PURPOSE, token.encode()) if token else ""

    def opened(self, sealed: str) -> str:
        """Return a stored token; raises `TurnedDownError` where no secret of ours opens it."""
        try:
            return self.seal.opened(_PURPOSE, sealed).decode() if sealed else ""
        except SealedError as error:
            raise TurnedDownError("sealed_with_another_secret") from error

    def renewed(self, sealed: str) -> str:
        """Return a stored token sealed by the present secret; raises as `opened` does."""
        try:
            return self.seal.renewed(_PURPOSE, sealed) if sealed else ""
        except SealedError as error:
            raise TurnedDownError("sealed_with_another_secret") from error


def seal_of(secrets: Sequence[bytes]) -> TokenSeal:
    """Return the seal of these secrets, the present one first."""
    return TokenSeal(Seal(tuple(secrets)))


@dataclass(slots=True)
class InstalledTokens:
    """The tokens of installations, read anew each time, so that one that left is gone at once.

    Where Slack rotates tokens, one is exchanged half an hour before it ends.
    """

    store: Store
    clock: Clock
    seal: TokenSeal
    client_id: str
    client_secret: str
    calls: Calls | None = None
    _exchanging: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def token(self, workspace: str) -> str:
        """Return the bot's token of a workspace."""
        found = await self._installed(workspace)
        if not self._ends_soon(found):
            return self.seal.opened(found.token)
        async with self._exchanging.setdefault(workspace, asyncio.Lock()):
            found = await self._installed(workspace)
            if self._ends_soon(found):
                await self._exchange(found)
                found = await self._installed(workspace)
            return self.seal.opened(found.token)

    async def gone(self, workspace: str, at: datetime) -> None:
        """Forget an installation; what is told twice, or late, does no harm."""
        # Slack tells whole seconds.
        until = at + timedelta(seconds=1)
        await self.store.run(lambda tx: store.uninstall(tx, workspace, until))

    async def renew_seals(self) -> int:
        """Seal every token by the present secret; return how many were sealed by another."""

        def renew(tx: Tx) -> int:
            known = store.installations(tx)
            stale = [each for each in known if self.seal.renewed(each.token) != each.token]
            for each in stale:
                store.reseal(
                    tx,
                    each.workspace,
                    each.token,
                    token=self.seal.renewed(each.token),
                    refresh=self.seal.renewed(each.refresh),
                    expires_at=each.expires_at,
                )
            return len(stale)

        return await self.store.run(renew)

    async def _installed(self, workspace: str) -> Installation:
        found = await self.store.read(lambda tx: store.installed(tx, workspace))
        if found is None:
            raise TurnedDownError(_GONE)
        return found

    def _ends_soon(self, found: Installation) -> bool:
        soon = self.clock.now() + _AHEAD
        return bool(found.refresh) and found.expires_at is not None and found.expires_at <= soon

    async def _exchange(self, found: Installation) -> None:
        if self.calls is None:
            raise AssertionError  # whoever makes both sets it
        answer = await self.calls.call_with(
            "",
            "oauth.v2.access",
            client_id=self.client_id,
            client_secret=self.client_secret,
            grant_type="refresh_token",
            refresh_token=self.seal.opened(found.refresh),
        )
        token = self.seal.sealed(text_of(answer, "access_token"))
        refresh = self.seal.sealed(text_of(answer, "refresh_token"))
        until = ends_at(answer, self.clock.now())
        # Only where the old one still stands: a workspace that left meanwhile must stay gone.
        await self.store.run(
            lambda tx: store.reseal(
                tx,
                found.workspace,
                found.token,
                token=token,
                refresh=refresh,
                expires_at=until,
            )
        )


def ends_at(answer: Payload, now: datetime) -> datetime | None:
    """Return when a token that was just given ends, if Slack rotates it."""
    seconds = answer.get("expires_in")
    return now + timedelta(seconds=seconds) if isinstance(seconds, int) else None
