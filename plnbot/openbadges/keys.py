"""Keys that sign badges, and how they are called: multikeys, `did:key`, `did:web`, fingerprints."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from plnbot.errors import PlnError
from plnbot.values import dataclass

_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PUBLIC: Final = b"\xed\x01"
_LENGTH: Final = 32
WITHDRAWN: Final = "WithdrawnKey"
"""The kind of a service by which an issuer's document says since when a key of its is withdrawn."""
_HTTPS: Final = 443
_STEP: Final = re.compile(r"(?!\.+$)(?:[\w.~-]|%[0-9A-Fa-f]{2})+", re.ASCII)
_HOST: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?")
_LONGEST_DID, _LONGEST_MULTIKEY = 300, 60


class BadKeyError(PlnError):
    """A key, or the name of one, that is none."""


@dataclass(frozen=True, slots=True)
class Public:
    """The public half of an Ed25519 key."""

    raw: bytes

    def __post_init__(self) -> None:
        """Refuse what cannot be one."""
        if len(self.raw) != _LENGTH:
            raise BadKeyError("an Ed25519 key has 32 bytes")

    @property
    def multikey(self) -> str:
        """How documents write it."""
        return "z" + base58(_PUBLIC + self.raw)

    @property
    def did(self) -> str:
        """The name that it has by itself."""
        return f"did:key:{self.multikey}"

    @property
    def fingerprint(self) -> str:
        """What people compare: its SHA-256, four digits at a time."""
        digits = hashlib.sha256(self.raw).hexdigest()
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


class Secret:
    """The secret half; it is never shown, by no `repr` and no error."""

    __slots__ = ("_seed", "public")

    def __init__(self, seed: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        if len(seed) != _LENGTH:
            raise BadKeyError("the seed of an Ed25519 key has 32 bytes")
        self._seed = seed
        self.public = Public(
            Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        )

    def __repr__(self) -> str:
        return f"Secret({self.public.multikey})"

    def sign(self, said: bytes) -> bytes:
        """Return the signature, 64 bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._seed).sign(said)

    def seed(self) -> bytes:
        """Return the seed, for whoever seals it."""
        return self._seed


def is_signed(public: Public, signature: bytes, said: bytes) -> bool:
    """Return whether a key signed that."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public.raw).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_multikey(text: str) -> Public:
    """Return the key that a multikey stands for."""
    is_short = len(text) <= _LONGEST_MULTIKEY
    content = from_base58(text[1:]) if text.startswith("z") and is_short else b""
    if not content.startswith(_PUBLIC):
        raise BadKeyError("that is no Ed25519 multikey")
    return Public(content[len(_PUBLIC) :])


def web_did(address: str) -> str:
    """Return the `did:web` whose document lies at `address`/did.json; raises where it cannot have one."""
    found = urlsplit(address)
    if found.scheme != "https" or not found.hostname or found.query or found.fragment:
        raise BadKeyError("a did:web needs an https address")
    port = f"%3A{found.port}" if found.port not in {None, _HTTPS} else ""
    steps = [quote(each, safe="-._~") for each in found.path.split("/") if each]
    return ":".join(("did:web", found.hostname + port, *steps))


def document_address(did: str) -> str:
    """Return where the document of a `did:web` lies; raises where that is no name of one."""
    kind, _, name = did.partition("did:web:")
    host, *steps = name.split(":")
    is_host = _HOST.fullmatch(unquote(host))
    if kind or not is_host or not all(map(_STEP.fullmatch, steps)) or len(did) > _LONGEST_DID:
        raise BadKeyError("that is no did:web")
    return "/".join((f"https://{unquote(host)}", *(steps or [".well-known"]), "did.json"))


def web_document(
    did: str, keys: Sequence[Public], withdrawn: Sequence[tuple[Public, str]] = ()
) -> Mapping[str, Any]:
    """Return the document of a `did:web`: every key of which signatures are still good.

    Those that were `withdrawn` are said apart, with the instant since when: among the methods, even
    marked as revoked, one of the verifiers that we test with would believe them.
    """
    methods = [
        {
            "id": method_of(did, each),
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": each.multikey,
        }
        for each in keys
    ]
    gone = [
        {
            "id": f"{did}#withdrawn-{each.multikey}",
            "type": WITHDRAWN,
            "serviceEndpoint": {"publicKeyMultibase": each.multikey, "revoked": since},
        }
        for each, since in withdrawn
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
        **({"service": gone} if gone else {}),
    }


def method_of(did: str, key: Public) -> str:
    """Return how a proof names the key of an issuer."""
    return f"{did}#{key.multikey}"


def base58(content: bytes) -> str:
    """Return bytes in base 58, as Bitcoin writes it."""
    number, digits = int.from_bytes(content), ""
    while number:
        number, at = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[at] + digits
    zeros = len(content) - len(content.lstrip(b"\0"))
    return _ALPHABET[0] * zeros + digits


def from_base58(text: str) -> bytes:
    """Return the bytes; raises `BadKeyError` where a letter is none of base 58."""
    number = 0
    for each in text:
        at = _ALPHABET.find(each)
        if at < 0:
            raise BadKeyError("that is not base 58")
        number = number * len(_ALPHABET) + at
    zeros = len(text) - len(text.lstrip(_ALPHABET[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)
