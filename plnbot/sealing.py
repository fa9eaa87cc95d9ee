"""Sealing what is kept and nobody may read who has the database alone, or a backup of it.

The secrets that open it are the deployment's own (`PLNBOT_SECRET_KEY`, or the file `secret`; beside it the
one before, while it is changed), which are in no backup. Each use names its purpose, so that what was sealed
for one opens for no other, and a secret that signs and seals mixes nothing.
"""

import base64
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
    """Seals with the first of its secrets and opens with any; without one, nothing can be sealed."""

    secrets: tuple[bytes, ...] = field(default=(), repr=False)

    def sealed(self, purpose: str, content: bytes) -> str:
        """Return content as it can be kept; raises `SealedError` where there is no secret."""
        if not self.secrets:
            raise SealedError(f"{purpose}: there is no secret to seal with")
        return _fernet(purpose, self.secrets[0]).encrypt(content).decode()

    def opened(self, purpose: str, sealed: str) -> bytes:
        """Return what was sealed; raises `SealedError` where none of the secrets opens it."""
        for secret in self.secrets:
            if (content := _tried(purpose, secret, sealed)) is not None:
                return content
        raise SealedError(f"{purpose}: sealed with another secret")

    def renewed(self, purpose: str, sealed: str) -> str:
        """Return it sealed by the first secret, as it is where it was that already; raises `SealedError`."""
        if self.secrets and _tried(purpose, self.secrets[0], sealed) is not None:
            return sealed
        return self.sealed(purpose, self.opened(purpose, sealed))


def _tried(purpose: str, secret: bytes, sealed: str) -> bytes | None:
    from cryptography.fernet import InvalidToken

    try:
        return _fernet(purpose, secret).decrypt(sealed.encode())
    except InvalidToken:
        return None


def _fernet(purpose: str, secret: bytes) -> "Fernet":
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derives = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"plnbot {purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(derives.derive(secret)))
