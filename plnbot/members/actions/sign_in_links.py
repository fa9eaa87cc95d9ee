"""Personal links: each signs one member in, once, within ten minutes."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from plnbot.errors import Refused
from plnbot.members import store
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass

LINK_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SignInLinks:
    """The engine's `SignIns`.

    `base` returns where a platform's members reach us, or nothing; `sessions` ends those of accounts.
    """

    base: Callable[[str], str]
    sessions: Callable[[Tx, Sequence[MemberRef]], None] = lambda _tx, _accounts: None

    def address(self, platform: str) -> str:
        """Return where a platform's members reach the pages, or an empty string."""
        return self.base(platform)

    def link(self, tx: Tx, who: MemberRef, path: str, now: datetime) -> str:
        """Return an address that signs `who` in once within ten minutes and opens `path`."""
        base = self.base(who.platform)
        if not base:
            raise Refused(
                msg("Pages have no address here yet. An administrator can set PLNBOT_PUBLIC_URL.")
            )
        token = secrets.token_urlsafe(32)
        store.add_sign_in(tx, _hashed(token), who, path, now + LINK_LASTS)
        return f"{base}/signin/{token}"

    def whose(self, tx: Tx, token: str, now: datetime) -> MemberRef | None:
        """Return who a link was made for, while it can be used; it still can be afterwards."""
        return store.sign_in_of(tx, _hashed(token), now)

    def use(self, tx: Tx, token: str, now: datetime) -> tuple[MemberRef, str] | None:
        """Use up a link: who it was made for and the path it opens, or None."""
        return store.take_sign_in(tx, _hashed(token), now)

    def close(self, tx: Tx, accounts: Sequence[MemberRef]) -> None:
        """End every session of these accounts, and let no link of theirs open another."""
        store.forget_sign_ins(tx, accounts)
        self.sessions(tx, accounts)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
