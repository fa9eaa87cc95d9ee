"""Sealing what is kept and nobody may read who has the database alone, or a backup of it.

The secret that opens it is the deployment's own (`PLNBOT_SECRET_KEY`, or the file `secret`), which is in no
backup. Each use names its purpose, so that what was sealed for one opens for no other.
"""

import base64
import hashlib
import hmac
from dataclasses import field
from typing import TYPE_CHECKING

from plnbot.errors import PlnError
from plnbot.values import dataclass

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class SealedError(PlnError):
    """It was sealed with another secret, or for another purpose."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals and opens by one secret, which does not show; without one, nothing can be sealed."""

    secret: bytes = field(default=b"", repr=False)

    def sealed(self, purpose: str, content: bytes) -> str:
        """Return content as it can be kept; raises `SealedError` where there is no secret."""
        return self._fernet(purpose).encrypt(content).decode()

    def opened(self, purpose: str, sealed: str) -> bytes:
        """Return what was sealed; raises `SealedError` where this secret does not open it."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet(purpose).decrypt(sealed.encode())
        except InvalidToken as error:
            raise SealedError(f"{purpose}: sealed with another secret") from error

    def _fernet(self, purpose: str) -> "Fernet":
        from cryptography.fernet import Fernet

        if not self.secret:
            raise SealedError(f"{purpose}: there is no secret to seal with")
        derived = hmac.digest(self.secret, f"seal/{purpose}".encode(), hashlib.sha256)
        return Fernet(base64.urlsafe_b64encode(derived))
