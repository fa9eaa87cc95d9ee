"""A badge that another program made, openbadgeslib from PyPI: as JSON, in a PNG and in an SVG."""

from datetime import datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from openbadgeslib import baking
from openbadgeslib.ob3 import Achievement, Issuer, OpenBadgeCredential
from openbadgeslib.ob3.credential import IdentityObject
from openbadgeslib.ob3.ldp import OB3LdpSigner

from plnbot.openbadges.keys import Secret, method_of
from tests.credit.badges.issuing import AWARDED

KEY = Secret(b"\x07" * 32)
OWNER = "sam@home.example"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="3"/></svg>'


@cache
def issued(issuer: str = KEY.public.did, until: datetime | None = None, owner: str = OWNER) -> str:
    """Return a badge as another program writes it, for somebody's hashed address."""
    pem = Ed25519PrivateKey.from_private_bytes(KEY.seed()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    credential = OpenBadgeCredential(
        Issuer(issuer, "Lakeside Teachers"),
        None,
        Achievement(
            "urn:uuid:c5b1cbd0", "Asks well", "Asks what has many answers.", "Three times."
        ),
        id="urn:uuid:2f9d2a61-7f3f-4c8b-9b5e-0d9a1f5f2f21",
        issuance_date=AWARDED,
        expiration_date=until,
        identifiers=[IdentityObject.create(owner, "pepper")],
    )
    signer = OB3LdpSigner(pem, method_of(issuer, KEY.public))
    return str(signer.sign_to_json(credential, created=AWARDED))


def in_svg(text: str, svg: bytes = SVG) -> bytes:
    """Return a picture of lines that carries a badge, as openbadgeslib bakes it."""
    baked: bytes = baking.bake_svg(
        svg, text, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3, as_text=True
    )
    return baked


def in_png(png: bytes, text: str) -> bytes:
    """Return a picture of points that carries a badge, as openbadgeslib bakes it."""
    baked: bytes = baking.bake_png(png, text, keyword=baking.ITXT_KEYWORD_OB3)
    return baked
